"""The city's wards to choose from: in the order in which they are written, whoever asks for one."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.models import Kelurahan

# For a list of all wards, whatever field it is of.
FIND = {"data-find": _("Cari kelurahan atau kecamatan"), "data-find-none": _("Tidak ada yang cocok")}


class Ward(NamedTuple):
    """What a choice says of one: `value` is what is sent."""

    district: str
    name: str
    value: Any

    @property
    def words(self) -> str:
        """The district first, by which the list is sorted; "Wonorejo" exists twice."""
        return f"{self.district} — {self.name}"


def grouped(wards: Iterable[Ward]) -> list[tuple[str, list[tuple[Any, str]]]]:
    """Under the names of their districts, sorted by what is written."""
    ranked = sorted(wards, key=lambda ward: (ward.district, ward.name))
    return [
        (district, [(ward.value, ward.words) for ward in group])
        for district, group in groupby(ranked, key=lambda ward: ward.district)
    ]


class WardChoices(forms.models.ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        wards = self.queryset.select_related("kecamatan")
        yield from grouped(Ward(ward.kecamatan.name, ward.name, self.choice(ward)[0]) for ward in wards)


class WardField(forms.ModelChoiceField):
    """One of all wards, or of those of `queryset`."""

    iterator = WardChoices

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Kelurahan.objects.select_related("kecamatan"))
        kwargs.setdefault("empty_label", _("Pilih kelurahan"))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A box above the list narrows it by what is typed (forms.js)."""
        return {**super().widget_attrs(widget), **FIND}
