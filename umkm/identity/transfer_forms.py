"""Offering a shop to another person, and taking one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.web.forms import HouseForm, KeyedForm, LineField
from epeken.users.logins import LONGEST
from epeken.users.models import User
from umkm.identity import policies
from umkm.sellers.forms import BankForm, BusinessForm, OwnerForm
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerForm
from umkm.verification.states import SellerDocumentKind


class TransferOfferForm(KeyedForm):
    address = LineField(
        label=_("Surel atau nomor ponsel pemilik baru"),
        max_length=LONGEST,
        help_text=_("Ia masuk atau mendaftar dengan surel atau nomor ini, lalu mengisi datanya sendiri."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label=_("Mengapa toko dialihkan?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300})
    )


def _file() -> forms.FileField:
    return forms.FileField(
        label=pgettext_lazy("satu", "Berkas"),
        error_messages={"required": _("Ambil foto atau pilih berkasnya dahulu."), "empty": _("Berkas ini kosong.")},
    )


class TransferTakeForm(HouseForm):
    """The boxes of the registration, with nothing in them of the earlier owner."""

    owner_name = OwnerForm.base_fields["owner_name"]
    nik = OwnerForm.base_fields["nik"]
    phone = OwnerForm.base_fields["phone"]
    email = OwnerForm.base_fields["email"]
    bank_name = BankForm.base_fields["bank_name"]
    bank_account = BankForm.base_fields["bank_account"]
    bank_holder = BankForm.base_fields["bank_holder"]
    nib = BusinessForm.base_fields["nib"]
    npwp = BusinessForm.base_fields["npwp"]
    ktp = _file()
    bank_book = _file()
    consented = OwnerForm.base_fields["consented"]

    def __init__(self, *args: Any, seller: Seller, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"owner_name": user.name, "phone": user.phone, "email": user.email}
        super().__init__(*args, **kwargs)
        for name in ("nib", "npwp"):
            self.fields[name].required = seller.form == SellerForm.BODY

    def values(self) -> dict[str, Any]:
        """What `take_transfer` takes."""
        return {name: self.cleaned_data[name] for name in policies.TYPED}

    def papers(self) -> dict[SellerDocumentKind, Any]:
        return {kind: self.cleaned_data[kind.value] for kind in policies.TAKEN_PAPERS}

    @property
    def boxes(self) -> list[Any]:
        return [self[name] for name in policies.TYPED]
