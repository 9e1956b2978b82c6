"""The city's wards to choose from, under the names of their districts."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.models import Kelurahan


class WardChoices(forms.models.ModelChoiceIterator):
    """Wards under the name of their district."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        wards = self.queryset.select_related("kecamatan").order_by("kecamatan__name", "name")
        for name, group in groupby(wards, key=lambda ward: ward.kecamatan.name):
            yield (name, [self.choice(ward) for ward in group])


class WardField(forms.ModelChoiceField):
    """All wards by district. "Wonorejo" exists twice, so each choice says its district too."""

    iterator = WardChoices

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Kelurahan.objects.select_related("kecamatan"))
        kwargs.setdefault("empty_label", _("Pilih kelurahan"))
        super().__init__(**kwargs)
