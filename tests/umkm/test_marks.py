"""Each colour a page asks for a mark or a tag stands in the stylesheet: without it a refusal looks like an approval."""

import re
from collections.abc import Mapping

import pytest
from django.conf import settings

from orders.confirmations import pages as confirmations
from procurement.disclosures import pages as disclosures
from procurement.frames import pages as frames
from procurement.negotiations import pages as negotiations
from procurement.quotations import pages as quotations
from procurement.requests.pages import requests
from procurement.rotation import pages as rotation
from umkm.area_checks import pages as areas
from umkm.area_checks.models import AreaCheck
from umkm.area_checks.states import AreaCheckState
from umkm.catalogue.pages import my_product
from umkm.findings import CheckResult
from umkm.imports import pages as imports
from umkm.imports import progress
from umkm.requirements import pages as requirements

STATIC = settings.BASE_DIR / "static" / "css"
TAGS: list[Mapping[str, str]] = [
    confirmations._TONES, disclosures.KINDS, frames.STATE_TAGS, negotiations.TAGS, quotations.TAGS,
    requests.STATE_TAGS, rotation.TAGS, my_product.TAGS, progress.TAGS, imports.PLAN_TAGS, imports.OUTCOME_TAGS,
]  # fmt: skip


def _styled(name: str, block: str) -> set[str]:
    return set(re.findall(rf"\.{block}--(\w+)", (STATIC / name).read_text()))


def test_marks_of_the_office_have_their_colour() -> None:
    sent = {
        *requirements.KINDS.values(),
        *(areas._kind(AreaCheck(state=state)) for state in AreaCheckState.values),
        *(result for result in CheckResult.values if result != CheckResult.PASS),
    }
    assert sent - {""} <= _styled("admin/decision.css", "decision__mark")


@pytest.mark.parametrize("tags", TAGS)
def test_tags_have_their_colour(tags: Mapping[str, str]) -> None:
    assert {*tags.values()} - {""} <= _styled("components/tag.css", "tag")
