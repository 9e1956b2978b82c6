"""Proposing another identity of a shop: the boxes of the registration, with a reason and a picture of the proof."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.idempotency import new_key
from epeken.core.web.forms import DayFormField, KeyedForm, LineField
from umkm.identity import policies
from umkm.identity.states import IdentityKind
from umkm.sellers.forms import BankForm, BusinessForm, OwnerForm, ShopForm, StepForm

# How the number of a paper is written, so that nobody learns it from a refusal.
NUMBERS = {
    IdentityKind.NIB: _("NIB terdiri dari 13 angka."),
    IdentityKind.PIRT: _("P-IRT ditulis 13 angka, tanda hubung, lalu 2 angka."),
    IdentityKind.HALAL: _("ID dan 17 angka, seperti di sertifikatnya."),
}


class ChangeForm(StepForm):
    kind = ""

    key = KeyedForm.base_fields["key"]
    reason = forms.CharField(
        label=_("Mengapa berubah?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
    )
    file = forms.FileField(
        label=pgettext_lazy("satu", "Berkas"),
        error_messages={"required": _("Ambil foto atau pilih berkasnya dahulu."), "empty": _("Berkas ini kosong.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial["key"] = new_key()

    def adapt(self) -> None:
        super().adapt()
        for name in [name for name in self.fields if hasattr(self.seller, name)]:
            if name not in policies.fields_of(self.kind, self.seller):
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        """What `propose_change` takes."""
        asked = policies.fields_of(self.kind, self.seller)
        return {name: self.cleaned_data[name] for name in asked if name in self.cleaned_data}

    def paper(self) -> dict[str, Any]:
        """Number and last day of a document that is asked for itself."""
        return {}

    @property
    def boxes(self) -> list[Any]:
        """The data themselves, in the order of the registration."""
        return [self[name] for name in policies.fields_of(self.kind, self.seller)]


class BankChangeForm(ChangeForm):
    kind = IdentityKind.BANK.value
    bank_name = BankForm.base_fields["bank_name"]
    bank_account = BankForm.base_fields["bank_account"]
    bank_holder = BankForm.base_fields["bank_holder"]


class ContactChangeForm(ChangeForm):
    kind = IdentityKind.CONTACT.value
    phone = OwnerForm.base_fields["phone"]
    email = OwnerForm.base_fields["email"]


class OwnerChangeForm(ChangeForm):
    kind = IdentityKind.OWNER.value
    owner_name = OwnerForm.base_fields["owner_name"]
    nik = OwnerForm.base_fields["nik"]


class PlaceChangeForm(ChangeForm):
    kind = IdentityKind.PLACE.value
    food_court = ShopForm.base_fields["food_court"]
    stall_number = ShopForm.base_fields["stall_number"]
    address = ShopForm.base_fields["address"]
    kelurahan = ShopForm.base_fields["kelurahan"]
    latitude = ShopForm.base_fields["latitude"]
    longitude = ShopForm.base_fields["longitude"]


class NpwpChangeForm(ChangeForm):
    """The tax number of a shop that had none, or has another."""

    kind = IdentityKind.NPWP.value
    npwp = BusinessForm.base_fields["npwp"]

    def adapt(self) -> None:
        super().adapt()
        self.fields["npwp"].required = not self.seller.npwp


class PaperChangeForm(ChangeForm):
    """A newer document in place of the one the shop has."""

    paper_kind = ""

    number = LineField(label=_("Nomor dokumen"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    expires_on = DayFormField(label=_("Berlaku sampai"), required=False)

    def paper(self) -> dict[str, Any]:
        return {"number": self.cleaned_data["number"], "expires_on": self.cleaned_data["expires_on"]}

    def adapt(self) -> None:
        super().adapt()
        self.fields["number"].help_text = NUMBERS[IdentityKind(self.paper_kind)]
        if policies.must_end(self.paper_kind, self.day):
            self.fields["expires_on"].required = True
        else:
            self.fields["expires_on"].help_text = _("Kosongkan bila dokumennya tidak menyebut hari terakhir.")

    @property
    def boxes(self) -> list[Any]:
        return [self["number"], self["expires_on"]]


class NibChangeForm(PaperChangeForm):
    paper_kind = IdentityKind.NIB.value


class PirtChangeForm(PaperChangeForm):
    paper_kind = IdentityKind.PIRT.value


class HalalChangeForm(PaperChangeForm):
    paper_kind = IdentityKind.HALAL.value


FORMS: dict[str, type[ChangeForm]] = {
    **{
        form.kind: form
        for form in (BankChangeForm, ContactChangeForm, OwnerChangeForm, PlaceChangeForm, NpwpChangeForm)
    },
    **{form.paper_kind: form for form in (NibChangeForm, PirtChangeForm, HalalChangeForm)},
}
