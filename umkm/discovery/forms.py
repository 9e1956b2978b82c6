"""Shape and text of a search."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import FilterForm, HouseForm, LineField, RupiahFormField
from epeken.core.web.wards import FIND, Ward, grouped
from umkm.catalogue.models import Category
from umkm.discovery.places import districts, places
from umkm.discovery.search import SORTS
from umkm.sellers.states import SellerKind


class SearchForm(FilterForm):
    """A search as an address."""

    q = LineField(label=_("Yang dicari"), required=False, max_length=100)
    kategori = forms.SlugField(label=_("Kategori"), required=False)
    kec = forms.ChoiceField(label=_("Kecamatan"), required=False, choices=lambda: list(districts().items()))
    kel = forms.MultipleChoiceField(
        label=_("Kelurahan"), required=False, choices=lambda: [(code, place.name) for code, place in places().items()]
    )
    jenis = forms.MultipleChoiceField(required=False, choices=SellerKind)
    min = RupiahFormField(label=_("Harga paling rendah"), required=False)
    maks = RupiahFormField(label=_("Harga paling tinggi"), required=False)
    halal = forms.BooleanField(required=False)
    hari_ini = forms.BooleanField(required=False)
    swk = forms.SlugField(required=False)
    urut = forms.ChoiceField(required=False, choices=[(name, name) for name in SORTS])
    dari = LineField(required=False, max_length=90)
    persis = forms.BooleanField(required=False)

    def read(self) -> dict[str, Any]:
        """The values that say something."""
        return {name: value for name, value in super().read().items() if value not in (None, "", [], False)}


class PlaceForm(HouseForm):
    """Where the visitor is."""

    kelurahan = forms.ChoiceField(label=_("Kelurahan Anda"), widget=forms.Select(attrs=FIND))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = ward_choices()  # type: ignore[attr-defined]


def ward_choices() -> list[Any]:
    wards = [Ward(place.kecamatan_name, place.name, place.code) for place in places().values()]
    return [("", _("Pilih kelurahan")), *grouped(wards)]


def category_choices(categories: Iterable[Category], kind: str) -> list[Any]:
    """The leaves this kind of seller may list in, under their parents."""
    rows = list(categories)
    parents = {c.parent_id for c in rows if c.parent_id}
    names = {c.pk: c.title for c in rows}
    groups: dict[str, list[tuple[int, str]]] = {}
    for category in rows:
        if category.pk not in parents and category.allows(kind):
            head = names[category.parent_id] if category.parent_id else category.title
            groups.setdefault(head, []).append((category.pk, category.title))
    return [("", _("Pilih kategori")), *groups.items()]
