"""The officers' pages speak one language at a time: theirs, ours and the libraries' words alike."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.functional import Promise
from django.utils.translation import override

from epeken.core.i18n import catalogue
from epeken.core.models import Rule
from epeken.core.registry import HouseConfig
from tests.factories.umkm import make_staff
from tests.site.admin_pages import PLACEHOLDER, told

pytestmark = pytest.mark.django_db


def test_no_source_string_of_a_library_is_left_on_an_officers_page() -> None:
    patterns = [
        re.compile(".+".join(re.escape(part) for part in PLACEHOLDER.split(" ".join(text.split()))))
        for _context, text in catalogue.sources("id")
        if text != "Format"  # the same word
    ]
    boss = make_staff(is_superuser=True)
    client, rule = Client(), Rule.objects.first()
    assert rule is not None
    client.force_login(boss)
    users = reverse("admin:users_user_changelist")
    addresses = [
        reverse("admin:index"), users, f"{users}?q=tidakadayangbegini", f"{users}?is_active__exact=1",
        reverse("admin:users_user_add"), reverse("admin:core_rule_add"), reverse("admin:password_change"),
        reverse("admin:procurement_budgetline_changelist"), reverse("admin:procurement_budgetline_import"),
        *(reverse(f"admin:core_rule_{act}", args=[rule.pk]) for act in ["change", "history"]),
        *(reverse(f"admin:users_user_{act}", args=[boss.pk]) for act in ["change", "history"]),
    ]  # fmt: skip
    pages = [client.get(address, follow=True) for address in addresses]
    assert {page.status_code for page in pages} == {200}
    assert b"Cari bagian dan daftar..." in pages[0].content
    # Django counts people as things: "0 buah (1 total)".
    assert {"0 hasil (", "Tampilkan semua", ")"} <= set(told(pages[2].content))
    found = {words for page in pages for words in told(page.content) if any(p.fullmatch(words) for p in patterns)}
    assert not sorted(found)


def rooms() -> dict[Any, Any]:
    assert get_resolver().url_patterns
    return admin.site._registry


def shown_models() -> set[type[models.Model]]:
    return {*rooms(), *(inline.model for page in rooms().values() for inline in page.inlines)}


def test_every_model_and_every_field_an_officer_meets_has_a_name_of_ours() -> None:
    """Django makes names of the rest, out of the identifiers."""
    ours = [model for model in apps.get_models() if isinstance(apps.get_app_config(model._meta.app_label), HouseConfig)]
    unnamed = [model._meta.label for model in ours if not isinstance(model._meta.verbose_name, Promise)]
    unnamed += [model._meta.label for model in ours if not isinstance(model._meta.verbose_name_plural, Promise)]
    unnamed += [
        f"{model._meta.label}.{field.name}"
        for model in shown_models() & set(ours)
        for field in model._meta.fields
        if not isinstance(field._verbose_name, Promise)  # type: ignore[attr-defined]
        and not field.auto_created
        and not isinstance(field, models.GeneratedField)
    ]
    assert unnamed == []
    apart = [config.label for config in apps.get_app_configs() if isinstance(config, HouseConfig)]
    named = [label for label in apart if isinstance(apps.get_app_config(label).verbose_name, Promise)]
    met = {model._meta.app_label for model in shown_models()}
    assert met & set(apart) <= set(named)


def test_every_column_an_officer_meets_has_a_name_of_ours() -> None:
    """Fields have theirs; what a page or a model computes needs a description."""
    unnamed = []
    for page in rooms().values():
        for holder in (page, *page.inlines):
            fields = {field.name for field in holder.model._meta.get_fields()}
            columns = (*getattr(holder, "list_display", ()), *(holder.readonly_fields or ()), *(holder.fields or ()))
            for name in (name for name in columns if isinstance(name, str) and name != "__str__"):
                column = getattr(holder, name, None)
                is_named = isinstance(getattr(column, "short_description", None), Promise)
                unnamed += [] if is_named or (column is None and name in fields) else [f"{holder}: {name}"]
    assert unnamed == []


def test_reference_data_of_the_product_speaks_the_readers_language() -> None:
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    said = {
        "core_rule": ("Batas omzet penjual per bulan", "A seller&#x27;s turnover cap a month"),
        "orders_taxrate": ("PPh 23 jasa boga atau katering", "PPh 23 on catering"),
        "orders_taxexemption": ("PPN kebutuhan pokok", "PPN on staples"),
        "umkm_requirement": ("Foto stan dengan nomornya terlihat.", "The stall with its number in view."),
    }
    for name, (indonesian, english) in said.items():
        for language, shown, hidden in (("id", indonesian, english), ("en", english, indonesian)):
            client.post(reverse("set_language"), {"language": language})
            page = client.get(reverse(f"admin:{name}_changelist"), {"all": ""}).content.decode()
            assert shown in page and hidden not in page, (name, language)


def test_english_tells_one_thing_from_many_and_each_field_from_the_others() -> None:
    """Indonesian has one word for a thing and many of them; two fields of one name leave the reader guessing."""
    same_in_number = {"kelurahan", "goods", "goods by account", "goods of the price standard"}
    for language in ("id", "en"):
        with override(language):
            for model in shown_models():
                names = [str(field.verbose_name) for field in model._meta.fields]
                assert len(set(names)) == len(names), (language, model._meta.label, sorted(names))
    with override("en"):
        single = {str(m._meta.verbose_name) for m in rooms() if m._meta.verbose_name == m._meta.verbose_name_plural}
    assert single == same_in_number


def test_the_first_column_of_every_list_is_called_by_its_name() -> None:
    """On a small screen the theme writes "Pilih baris ini" before a first column that is no link, whatever it holds."""
    wrong = [
        type(shown).__name__
        for shown in admin.site._registry.values()
        if shown.list_display_links and shown.list_display_links[0] != shown.list_display[0]
    ]
    assert not wrong
