"""Shape of what senders and the inspectorate send."""

import binascii
import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm, KeyedForm, LineField, PhotosFormField, PhotosInput
from procurement.disclosures import sealing
from procurement.disclosures.services.receiving import MOST_FILES, MOST_SIGNS
from procurement.disclosures.states import MessagePart, StopReason

MOST_MB = settings.UPLOAD_MAX_BYTES // 1024**2
KINDS = "image/jpeg,image/png,image/webp,application/pdf"


class FollowForm(HouseForm):
    code = forms.CharField(
        label=_("Kode rahasia"),
        max_length=60,
        help_text=_("25 huruf dan angka. Huruf besar atau kecil sama saja; tanda hubung boleh ditinggalkan."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = sealing.read_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("Kode terdiri atas 25 huruf dan angka. Periksa lagi."), code="code_unread")
        return code


class CarriedForm(KeyedForm):
    """What a sender writes; the code travels with the page. Without scripts it comes here and is kept nowhere."""

    code = forms.CharField(max_length=60, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    text = forms.CharField(
        label=_("Apa yang terjadi"),
        max_length=MOST_SIGNS,
        help_text=_("Siapa, apa, kapan, di mana. Hal yang hanya Anda yang tahu dapat menunjukkan siapa Anda."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
    attachments = PhotosFormField(
        label=_("Foto atau PDF"),
        required=False,
        help_text=format_lazy(
            _(
                "Paling banyak {files}, bersama-sama paling besar {most} MB. Foto ditulis ulang tanpa lokasi dan data "
                "kamera; nama berkas tidak ikut. PDF dapat memuat nama pembuatnya."
            ),
            files=MOST_FILES,
            most=MOST_MB,
        ),
        widget=PhotosInput(attrs={"accept": KINDS}),
    )

    def clean_code(self) -> str:
        code = sealing.read_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("Formulir ini rusak. Muat ulang halaman."), code="code_unread")
        return code

    def clean_attachments(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["attachments"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(__("Paling banyak %(most)s lampiran.") % {"most": MOST_FILES}, code="too_many")
        if sum(file.size for file in files) > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                __("Semua lampiran bersama paling besar %(most)d MB.") % {"most": MOST_MB}, code="too_large"
            )
        return files


class DisclosureForm(CarriedForm):
    field_order = ["about", "order", "text", "attachments"]

    about = LineField(
        label=_("Tentang pejabat atau dinas"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    order = LineField(
        label=_("Nomor pesanan"),
        required=False,
        max_length=40,
        help_text=_("Bila ada. Nomor pesanan Anda sendiri dapat menunjukkan siapa Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SealedForm(KeyedForm):
    """What a browser has sealed. Nothing in it can be read here."""

    part = forms.ChoiceField(
        choices=[(part.value, part.label) for part in (MessagePart.COMPLAINT, MessagePart.ADDITION)]
    )
    number = forms.RegexField(f"^LA-[{sealing.ALPHABET}]{{4}}-[{sealing.ALPHABET}]{{4}}$")
    opening = forms.RegexField("^[0-9a-f]{64}$")
    fingerprint = forms.RegexField("^([0-9A-F]{4} ){7}[0-9A-F]{4}$")
    sealed = forms.FileField(allow_empty_file=False)


class OpeningForm(HouseForm):
    """What finds a complaint without telling the code."""

    opening = forms.RegexField("^[0-9a-f]{64}$")


class SealedAnswerForm(KeyedForm):
    sealed = forms.CharField(max_length=100_000)

    def clean_sealed(self) -> bytes:
        try:
            return sealing.from_text(self.cleaned_data["sealed"])
        except (binascii.Error, ValueError):
            raise forms.ValidationError(_("Jawaban ini rusak. Muat ulang halaman."), code="unreadable") from None


class PublicKeyForm(HouseForm):
    public = forms.CharField(max_length=90, widget=forms.HiddenInput)

    def clean_public(self) -> str:
        public: str = self.cleaned_data["public"]
        if not re.fullmatch(r"[A-Za-z0-9_-]{87}", public):
            raise forms.ValidationError(_("Buat kunci di halaman ini; perlu peramban dengan skrip."), code="unreadable")
        return public


class ConfirmKeyForm(HouseForm):
    compared = forms.BooleanField(
        label=_("Saya mencocokkan sidik kunci ini dengan yang dibacakan pembuatnya, tidak lewat e-Peken")
    )


class StopKeyForm(HouseForm):
    reason = forms.ChoiceField(label=_("Mengapa dihentikan"), choices=StopReason, widget=forms.RadioSelect)
