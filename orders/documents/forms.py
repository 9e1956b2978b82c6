"""Attachments, and asking whether a document is genuine."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.web.forms import HouseForm, LineField, PaperFormField
from orders.documents.states import BY_OFFICE, AttachmentKind, WaiverReason


class AttachmentForm(HouseForm):
    kind = forms.ChoiceField(label=_("Jenis"), choices=[(kind, AttachmentKind(kind).label) for kind in BY_OFFICE])
    title = LineField(
        label=_("Judul"), max_length=120, required=False, help_text=_("Misalnya undangan rapat 17 September.")
    )
    file = PaperFormField(label=pgettext_lazy("satu", "Berkas"))
    in_siblings = forms.BooleanField(label="", required=False, initial=True)

    def __init__(self, *args: Any, kind: str = "", siblings: Sequence[str] = (), **kwargs: Any) -> None:
        """`kind`: the place the person came from; it is not asked again. `siblings`: the numbers of the other orders
        of its request."""
        super().__init__(*args, **kwargs)
        if siblings:
            label = _("Juga untuk pesanan lain dari permintaan ini: %(numbers)s")
            self.fields["in_siblings"].label = label % {"numbers": ", ".join(siblings)}
        else:
            del self.fields["in_siblings"]
        if kind:
            self.initial["kind"] = kind
            self.fields["kind"].widget = forms.HiddenInput()


class RemovalForm(HouseForm):
    note = LineField(
        label=_("Sebab dikeluarkan"),
        max_length=200,
        help_text=_("Misalnya berkas rapat yang lain. Berkas dan sebabnya tetap terbaca di sini."),
    )


class WaiverForm(HouseForm):
    reason = forms.ChoiceField(label=_("Alasan"), choices=WaiverReason.choices, widget=forms.RadioSelect)
    note = LineField(
        label=_("Penjelasan"), max_length=300, help_text=_("Berdiri dalam berkas SPJ dengan nama dan jabatan Anda.")
    )


class CodeForm(HouseForm):
    """The code under the QR, with or without its dashes."""

    kode = LineField(
        label=_("Kode dokumen"),
        max_length=60,
        help_text=_("24 huruf dan angka di kaki dokumen, misalnya abcd-efgh-…"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def clean_kode(self) -> str:
        code = re.sub(r"[^a-z0-9]", "", str(self.cleaned_data["kode"]).lower())
        if not code:
            raise forms.ValidationError(_("Tulis kode yang ada di kaki dokumen."))
        return code[:40]


class CopyForm(HouseForm):
    """A copy in hand, to be compared with the one we made. It is read and forgotten."""

    file = forms.FileField(label=_("Salinan PDF"), widget=forms.FileInput(attrs={"accept": "application/pdf"}))
