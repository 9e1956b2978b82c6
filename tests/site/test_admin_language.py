"""The officers' pages say in Indonesian what the theme and other libraries mark in English."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from epeken.core.i18n import catalogue
from epeken.core.models import Rule
from tests.factories.umkm import make_staff

pytestmark = pytest.mark.django_db
SPOKEN = ("placeholder", "title", "aria-label", "alt", "data-label")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def told(page: bytes) -> Iterator[str]:
    """Every piece of text a person sees or hears on the page; icons are drawn from their names."""
    tree = html.document_fromstring(page.decode())
    for element in tree.xpath(
        "//comment() | //script | //style | //*[contains(@class, 'material-symbols')] | //textarea"
    ):
        element.drop_tree()
    found = [*tree.itertext()]
    for element in tree.iter(html.etree.Element):
        found += [element.get(name, "") for name in SPOKEN]
        if element.tag == "input" and element.get("type") in {"submit", "button"}:
            found.append(element.get("value", ""))
    yield from (words for words in (" ".join(text.split()) for text in found) if words)


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
    found = {words for page in pages for words in told(page.content) if any(p.fullmatch(words) for p in patterns)}
    assert not sorted(found)
