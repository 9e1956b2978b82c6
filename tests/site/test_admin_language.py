"""The officers' pages speak Indonesian, also where the theme, Django or another library wrote the words."""

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from lxml import html

from epeken.core.i18n import catalogue
from tests.factories import umkm as make
from tests.site.access_world import build

pytestmark = pytest.mark.django_db
WRITERS = [*catalogue.LIBRARIES, "django.contrib.admin", "django.contrib.auth"]
SPOKEN = ("placeholder", "title", "aria-label", "alt", "data-label")
# Words no Indonesian sentence has; `by`, `in` and the like stand in names of machines and of people.
ENGLISH = frozenset(
    "the and your you this these that please select selected search add added change changed delete deleted save "
    "continue editing view history filter with from was were are have has not yet any all home welcome back close "
    "remove successfully password required following object objects item items row rows result results found".split()
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def told(page: bytes) -> Iterator[str]:
    """Every piece of text a person sees or hears on the page; icons are drawn from their names."""
    tree = html.document_fromstring(page.decode())
    for element in tree.xpath("//script | //style | //*[contains(@class, 'material-symbols')] | //textarea"):
        element.drop_tree()
    found = [*tree.itertext()]
    for element in tree.iter(html.etree.Element):
        found += [element.get(name, "") for name in SPOKEN]
        if element.tag == "input" and element.get("type") in {"submit", "button"}:
            found.append(element.get("value", ""))
    yield from (words for words in (" ".join(text.split()) for text in found) if words)


def english_sources() -> list[re.Pattern[str]]:
    """The libraries' source strings that stand otherwise in Indonesian, each with anything in its placeholders."""
    patterns = []
    with translation.override("id"):
        for context, text in catalogue.library_strings(WRITERS):
            said = translation.pgettext(context, text) if context else translation.gettext(text)
            if said != text and len(PLACEHOLDER.sub("", text).split()) > 0:
                parts = [re.escape(" ".join(part.split(" "))) for part in PLACEHOLDER.split(" ".join(text.split()))]
                patterns.append(re.compile(".+".join(parts)))
    return patterns


def pages() -> Iterator[str]:
    """Addresses of the admin: the general ones, and every page of every model, with one row where there is one."""
    for name in ["index", "password_change", "login"]:
        yield reverse(f"admin:{name}")
    yield "/admin/tidak-ada/"
    for model in admin.site._registry:
        stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{stem}_changelist")
        yield reverse(f"{stem}_changelist") + "?q=tidakadayangbegini"
        yield reverse(f"{stem}_add")
        one = model._default_manager.first()
        if one is not None:
            for act in ["change", "history", "delete"]:
                yield reverse(f"{stem}_{act}", args=[quote(one.pk)])
        for act in ["import", "export"]:
            try:
                yield reverse(f"{stem}_{act}")
            except NoReverseMatch:
                continue


def remnants(page: bytes, sources: list[re.Pattern[str]]) -> set[str]:
    return {
        words
        for words in told(page)
        if ENGLISH & set(re.findall(r"[a-z]+", words.lower())) or any(source.fullmatch(words) for source in sources)
    }


def test_no_english_is_left_on_an_officers_page() -> None:
    world, sources = build(), english_sources()
    assert len(sources) > 200
    boss, helper = Client(), Client()
    boss.force_login(world.people["admin"])
    helper.force_login(make.make_staff("umkm.view_seller"))
    found, seen = {}, 0
    for address in pages():
        for client in [boss, helper, Client()]:
            page = client.get(address, follow=True)
            seen += page.status_code == 200
            if left := remnants(page.content, sources):
                found[address] = left
    assert seen > 100
    assert not found
