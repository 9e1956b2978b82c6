"""An update adds the dated rows that the database lacks, once, and leaves the city's alone."""

from io import StringIO

import pytest
from django.core.management import call_command

from epeken.core import checks, clock
from epeken.core.models import ReferenceRow, Rule
from orders.billing.models import TaxExemption
from orders.documents.models import SlotRule

pytestmark = pytest.mark.django_db
LACKING = ("contract.", "paper.", "tax.slip", "seller.sanction_signer")
CHANGED = "seller.verification_days"


def fill() -> str:
    out = StringIO()
    call_command("fill_reference", stdout=out)
    return out.getvalue()


def codes() -> set[str]:
    return set(Rule.objects.values_list("code", flat=True))


def test_a_database_of_an_earlier_release_gets_what_it_lacks_once() -> None:
    """It ran before some rules were read, and the city had changed another one."""
    shipped = codes()
    for prefix in LACKING:
        Rule.objects.filter(code__startswith=prefix).delete()
    SlotRule.objects.filter(kind__in=("tax_deposit", "tax_slip")).delete()
    TaxExemption.objects.filter(code=TaxExemption.objects.earliest("pk").code).delete()
    Rule.objects.filter(code=CHANGED).update(value=9, source="Perwali 1/2026")
    before = {row.pk: (row.value, row.text, row.source) for row in Rule.objects.all()}
    missing = shipped - codes()
    assert len(missing) > 6
    said = fill()
    assert all(f"added core.Rule {code}" in said for code in missing) and CHANGED not in said
    assert codes() == shipped
    assert {row.pk: (row.value, row.text, row.source) for row in Rule.objects.all() if row.pk in before} == before
    assert [fault.msg for fault in checks.rule_faults(Rule.objects.all(), clock.today())] == []
    # Of an order that was placed before, no other paper is asked all at once.
    asked = SlotRule.objects.filter(kind__in=("tax_deposit", "tax_slip"))
    assert {row.valid_from for row in asked} == {clock.today()}
    assert ReferenceRow.objects.filter(table="core.Rule", was_added=True).count() == len(missing)
    rows = Rule.objects.count(), SlotRule.objects.count()
    assert "0 rows added" in fill()
    assert (Rule.objects.count(), SlotRule.objects.count()) == rows


def test_what_the_city_removed_stays_away() -> None:
    assert "0 rows added" in fill()
    gone = SlotRule.objects.filter(kind="placed_photo")
    assert gone.delete()[0]
    assert "0 rows added" in fill()
    assert not gone.exists()
