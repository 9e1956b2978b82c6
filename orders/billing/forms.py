"""Recording a payment, replacing an invoice."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.i18n.words import rupiah
from epeken.core.web.forms import (
    DayFormField,
    FilterForm,
    HouseForm,
    KeyedForm,
    LineField,
    PaperFormField,
    RupiahFormField,
)
from orders.billing.checklist import CheckLine
from orders.billing.services.joint_payments import JOINT
from orders.billing.states import HoldReason, PaymentMethod
from procurement.agencies.models import Agency

CHOSEN = re.compile(r"[0-9]{1,18}:[0-9]{1,18}")


class AgencyFilter(FilterForm):
    """`agencies`: those the person reads; nothing is asked where there is one."""

    dinas = forms.ChoiceField(label=_("Dinas"), required=False)

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), one.short_name) for one in agencies]
        self.fields["dinas"].choices = [("", _("Semua dinas")), *named]  # type: ignore[attr-defined]
        if len(named) < 2:
            del self.fields["dinas"]


class InvoiceFilter(AgencyFilter):
    """GET filters: of whoever reads several departments one of them; where the invoice stands, words in its number, its
    order's, the title or the shop, days of the BAST."""

    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[
            ("", _("Belum dibayar")),
            ("lewat", _("Lewat batas")),
            ("periksa", _("Untuk diperiksa bendahara")),
            ("berkas", _("Menunggu berkas")),
            ("disetujui", _("Menunggu persetujuan bayar")),
            ("siap", _("Siap dibayar")),
            ("ditahan", pgettext_lazy("tagihan", "Ditahan")),
            ("sengketa", _("Ada keluhan")),
            ("dibayar", _("Sudah dibayar")),
            ("dibatalkan", _("Pembayaran dibatalkan")),
            ("diminta", _("Pembayaran diminta dibatalkan")),
            ("semua", _("Semua tagihan")),
        ],
    )
    q = LineField(label=_("Cari nomor, nama, atau toko"), max_length=80, required=False)
    sejak = DayFormField(label=_("Terbit sejak"), required=False)
    sampai = DayFormField(label=_("Sampai"), required=False)


class LateYearField(LineField):
    """What allows a payment after the budget year."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Dasar bayar lewat tahun anggaran"),
            max_length=120,
            required=False,
            help_text=_("Hanya bila dibayar sesudah tahun anggarannya, misalnya nomor DPAL-SKPD."),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )


class ReferenceField(LineField):
    def __init__(self, **over: Any) -> None:
        given: dict[str, Any] = {
            "label": _("Nomor bukti"),
            "max_length": 60,
            "required": False,
            "help_text": _("Nomor SP2D atau nomor transaksi. Wajib, kecuali untuk uang persediaan (UP/GU)."),
            "widget": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        super().__init__(**given | over)


class PaidOnField(DayFormField):
    def __init__(self) -> None:
        super().__init__(label=_("Tanggal bayar"), help_text=_("Untuk LS: tanggal SP2D."))


class ProofField(PaperFormField):
    def __init__(self) -> None:
        super().__init__(label=_("Bukti bayar"), error_messages={"required": _("Unggah bukti bayar, foto atau PDF.")})


PAID_WITH = [(method.value, method.label) for method in PaymentMethod if method != PaymentMethod.CASH]


class PaymentForm(KeyedForm):
    method = forms.ChoiceField(
        label=_("Cara bayar"),
        choices=PAID_WITH,
        widget=forms.RadioSelect,
    )
    reference = ReferenceField()
    amount = RupiahFormField(
        label=_("Jumlah yang dibayar"),
        min_value=1,
        required=False,
        help_text=_("Kosongkan bila seluruh sisanya dibayar sekarang."),
    )
    paid_on = PaidOnField()
    late_year_basis = LateYearField()
    shown = RupiahFormField(required=False, widget=forms.HiddenInput)
    proof = ProofField()
    account_confirmed = forms.BooleanField(
        label=_("Rekening yang dibayar sudah saya cocokkan dengan tagihan ini"), required=False
    )

    def __init__(
        self, *args: Any, is_year_over: bool, is_part_paid: bool, asks_account: bool = False, **kwargs: Any
    ) -> None:
        """`asks_account`: the shop changes its account, or has changed it since the invoice. `is_year_over`: today
        lies after the budget year, so a basis may be needed. `is_part_paid`: a card, which
        pays all at once, is not offered; the service says why when it is asked for all the same."""
        super().__init__(*args, **kwargs)
        method = self.fields["method"]
        assert isinstance(method, forms.ChoiceField)
        if is_part_paid and not self.is_bound:
            method.choices = [choice for choice in PAID_WITH if choice[0] != PaymentMethod.KKPD]
        if not is_year_over:
            del self.fields["late_year_basis"]
        if not asks_account:
            del self.fields["account_confirmed"]

    def tell_excess(self, outstanding: int) -> None:
        """Beside whatever else was refused: more than is open, so that one round says both."""
        amount = self.data.get("amount", "")
        try:
            typed = self.fields["amount"].clean(amount)
        except forms.ValidationError:
            return
        if typed is not None and typed > outstanding and "amount" not in self.errors:
            self.add_error("amount", _("Yang belum dibayar tinggal %(left)s.") % {"left": rupiah(outstanding)})


class VerifyForm(HouseForm):
    """What the treasurer says themselves; the rest of the checklist the rows say."""

    ticked = forms.MultipleChoiceField(
        label=_("Yang Anda periksa sendiri"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, lines: Iterable[CheckLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [
            (line.item.value, f"{line.item.label}: {line.detail}" if line.detail else line.item.label)
            for line in lines
            if line.is_true is None
        ]
        self.fields["ticked"].choices = asked  # type: ignore[attr-defined]


class ChosenField(forms.MultipleChoiceField):
    """Invoices ticked on a page, each with what it showed there: `pk:stamp`, or `pk:rupiah`. One that changed since is
    no fault of the form: the service says so."""

    def valid_value(self, value: Any) -> bool:
        return CHOSEN.fullmatch(str(value)) is not None

    def clean(self, value: Any) -> dict[int, int]:
        """By pk what the page showed."""
        return {int(pk): int(shown) for pk, shown in (pair.split(":") for pair in super().clean(value))}


class PaymentApprovalForm(KeyedForm):
    chosen = ChosenField(label=_("Tagihan"), error_messages={"required": _("Pilih paling sedikit satu tagihan.")})


class JointPaymentForm(KeyedForm):
    """One number and one proof for several invoices, each paid in full."""

    chosen = ChosenField(label=_("Tagihan"), error_messages={"required": _("Pilih paling sedikit dua tagihan.")})
    method = forms.ChoiceField(
        label=_("Cara bayar"), choices=[(method.value, method.label) for method in JOINT], widget=forms.RadioSelect
    )
    reference = ReferenceField(
        required=True, help_text=_("Nomor SP2D atau nomor transaksi, sama untuk semua tagihan yang dipilih.")
    )
    paid_on = PaidOnField()
    late_year_basis = LateYearField()
    proof = ProofField()

    def __init__(self, *args: Any, is_year_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_year_over:
            del self.fields["late_year_basis"]


class ReturnForm(HouseForm):
    reason = forms.CharField(
        label=_("Yang harus dibetulkan"),
        max_length=300,
        help_text=_("Bendahara membacanya, lalu memeriksa tagihannya lagi."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )


class HoldForm(HouseForm):
    reason = forms.ChoiceField(label=_("Alasan ditahan"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Penjelasan untuk penjual"),
        max_length=300,
        required=False,
        help_text=_(
            "Tulis yang harus dibetulkan. Wajib bila berkasnya belum lengkap, jumlahnya keliru, atau alasannya lain."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )

    def __init__(self, *args: Any, reasons: Iterable[HoldReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in reasons]  # type: ignore[attr-defined]


class ReissueForm(HouseForm):
    reason = forms.CharField(
        label=_("Yang keliru"),
        max_length=300,
        help_text=_("Misalnya status PKP penjual sudah berubah, atau nomor rekeningnya salah."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
    )
