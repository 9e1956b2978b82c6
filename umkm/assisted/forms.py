"""Whom an officer helps to register, and what the resident answers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from epeken.core.models import Kelurahan
from epeken.core.web.forms import HouseForm, LineField, MobileFormField
from epeken.core.web.wards import WardField
from umkm.assisted.services import NIK_END
from umkm.sellers.states import SellerKind


class StartForm(HouseForm):
    name = LineField(
        label=_("Nama warga sesuai KTP"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = MobileFormField(help_text=_("Ponsel warga sendiri. Kode dikirim ke sana, dan hanya ia yang memastikan."))
    kind = forms.ChoiceField(label=_("Jenis usaha"), choices=SellerKind, widget=forms.RadioSelect)
    kelurahan = WardField(label=_("Kelurahan usahanya"))

    def __init__(self, *args: Any, places: QuerySet[Kelurahan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs["autocomplete"] = "off"
        field = self.fields["kelurahan"]
        field.queryset = places.select_related("kecamatan")  # type: ignore[attr-defined]
        if places.count() == 1:
            field.initial = places.get().pk


class NikEndForm(HouseForm):
    nik_end = LineField(
        label=_("Empat angka terakhir NIK Anda"),
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": NIK_END}),
        help_text=_("Ada di KTP. Dengan ini kami tahu bahwa petugas menulis nomor ponsel yang benar."),
    )
