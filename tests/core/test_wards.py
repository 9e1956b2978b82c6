"""Whoever chooses a ward finds it in the order in which it is written, in every form."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.urls import get_resolver

from epeken.core.models import Kecamatan, Kelurahan
from epeken.core.web.wards import Ward, WardField, grouped
from umkm.discovery.forms import ward_choices

pytestmark = pytest.mark.django_db


def written(choices: Any) -> list[str]:
    """The options as they stand in the list, without the empty one."""
    found: list[str] = []
    for value, label in choices:
        found += [words for _code, words in label] if isinstance(label, list) else [label] if value else []
    return found


def forms_of_the_project() -> Iterator[type[forms.BaseForm]]:
    get_resolver().url_patterns  # every form is imported by a view
    waiting: list[Any] = [forms.BaseForm]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one.__module__.startswith(("epeken.", "umkm.", "procurement.", "orders.")):
            yield one


def test_every_form_that_asks_for_a_ward_asks_alike() -> None:
    fields = [
        (form.__qualname__, field)
        for form in forms_of_the_project()
        if not issubclass(form, forms.ModelForm)  # the admin's: there one is looked for by what is typed
        for field in getattr(form, "base_fields", {}).values()
        if isinstance(field, forms.ModelChoiceField) and field.queryset.model is Kelurahan
    ]
    assert len(fields) >= 6
    assert [name for name, field in fields if not isinstance(field, WardField)] == []


def test_the_list_is_sorted_by_what_is_written_and_names_each_ward_once() -> None:
    asked, told = written(WardField().choices), written(ward_choices())
    assert asked == told == sorted(asked)
    assert len(set(asked)) == len(asked) == len(settings.CITY.rows("wilayah.csv"))
    row = settings.CITY.rows("wilayah.csv")[0]
    assert f"{row['kecamatan']} — {row['kelurahan']}" in asked


def test_of_some_wards_it_shows_those_alone() -> None:
    ward = Kelurahan.objects.order_by("-code")[0]
    field = WardField(queryset=Kelurahan.objects.filter(pk=ward.pk))
    assert written(field.choices) == [f"{ward.kecamatan.name} — {ward.name}"]
    assert field.clean(ward.pk) == ward


def test_wards_of_one_name_stand_each_in_its_district() -> None:
    districts = list(Kecamatan.objects.order_by("name")[:2])
    rows = [Ward(district.name, "Wonorejo", district.pk) for district in reversed(districts)]
    assert grouped(rows) == [(district.name, [(district.pk, f"{district.name} — Wonorejo")]) for district in districts]
