"""Every page of the admin, walked once: what each of them says."""

import re

import pytest
from django.contrib import admin
from django.urls import get_resolver

from epeken.core.models import Kelurahan
from epeken.core.money import RupiahField
from tests.site import admin_pages
from tests.site.access_world import build
from umkm.discovery.models import Synonym

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("admin")]  # one process walks

# Words of both languages, and names.
SHARED = {"epeken", "nik", "ppn", "swk"}
# As Django writes a decimal: 12,000 for a dozen, 0,015000 for a rate.
IDLE_ZERO = re.compile(r"-?\d+,\d*0")


def amounts() -> set[str]:
    """Every amount of four digits and more the office's models hold, in digits alone."""
    assert get_resolver().url_patterns
    found = set()
    for page in admin.site._registry.values():
        for model in (page.model, *(inline.model for inline in page.inlines)):
            for field in (field for field in model._meta.fields if isinstance(field, RupiahField)):
                found |= {str(value) for value in model._default_manager.values_list(field.name, flat=True) if value}
    return {digits for digits in found if len(digits) > 3}


@pytest.fixture(scope="module")
def walked(module_transaction: None) -> dict[str, set[str]]:
    """What each page says to an administrator, by address."""
    return admin_pages.texts(build().people["admin"], "id")


@pytest.fixture
def _django_db_helper(walked: dict[str, set[str]], savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the module holds the rows of the pages."""


def test_no_page_of_the_admin_tells_digits_alone(walked: dict[str, set[str]]) -> None:
    raw = amounts()
    assert len(raw) > 5
    wrong: dict[str, str] = {}
    for address, said in walked.items():
        wrong |= {text: address for text in said if text in raw or IDLE_ZERO.fullmatch(text)}
    assert wrong == {}


def test_no_english_word_is_left_on_any_page_of_the_admin(walked: dict[str, set[str]]) -> None:
    _indonesian, english = admin_pages.vocabulary()
    places = {word for name in Kelurahan.objects.values_list("name", flat=True) for word in admin_pages.words(name)}
    typed = {word for row in Synonym.objects.all() for word in admin_pages.words(str(row))}  # as buyers say it
    left: dict[str, set[str]] = {}
    for address, said in walked.items():
        for text in said:
            if remnants := admin_pages.words(text) & english - places - typed - SHARED:
                left.setdefault(f"{text[:80]}: {', '.join(sorted(remnants))}", set()).add(address)
    assert {text: sorted(where)[0] for text, where in sorted(left.items())} == {}
