"""Rules: read by day, checked against what the code declares, refused in the admin when they do not fit."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.urls import reverse

from epeken.core import checks, clock, rules
from epeken.core.models import Holiday, Rule
from tests.factories.rules import end_rule

DAY = date(2026, 6, 1)


@pytest.fixture
def limit() -> Iterator[rules.Rupiah]:
    """A rule of this test alone."""
    yield rules.Rupiah("test.limit")
    del rules._declared["test.limit"]


def row(code: str = "test.limit", **over: Any) -> Rule:
    values = {"name": "Uji", "value": 1, "unit": "rupiah", "valid_from": DAY, "source": "Uji", **over}
    return Rule.objects.create(code=code, **values)


@pytest.mark.django_db
def test_the_rule_in_force_is_the_days(limit: rules.Rupiah) -> None:
    row(value=1)
    row(value=2, valid_from=DAY + timedelta(days=10), valid_until=DAY + timedelta(days=20))
    assert [limit.on(DAY + timedelta(days=n)) for n in (0, 9, 10, 20, 21)] == [1, 1, 2, 2, 1]
    with pytest.raises(LookupError):
        limit.on(DAY - timedelta(days=1))


def test_a_code_is_declared_once(limit: rules.Rupiah) -> None:
    with pytest.raises(ValueError, match="twice"):
        rules.Days("test.limit")


@pytest.mark.parametrize(
    ("kind", "value", "text", "fits"),
    [
        (rules.Rupiah, "0", "", True),
        (rules.Rupiah, "-1", "", False),
        (rules.Rupiah, "1.5", "", False),
        (rules.Rupiah, "1", "satu", False),
        (rules.Days, "7", "", True),
        (rules.Days, "0.5", "", False),
        (rules.WorkingDays, "2.000001", "", False),
        (rules.Hours, "1.5", "", False),
        (rules.Rate, "0", "", True),
        (rules.Rate, "1", "", True),
        (rules.Rate, "1.000001", "", False),
        (rules.Rate, "-0.000001", "", False),
        (rules.Text, "0", "Dinas", True),
        (rules.Text, "0", "  ", False),
        (rules.Text, "1", "Dinas", False),
    ],
)
def test_a_value_fits_its_unit(kind: Any, value: str, text: str, fits: bool) -> None:
    rule = kind("test.limit")
    del rules._declared["test.limit"]
    assert (rule.problem(Decimal(value), text) == "") is fits


def check_rules() -> str:
    try:
        call_command("check", databases=["default"], tags=["city"], deploy=True)
    except SystemCheckError as problem:
        return str(problem)
    return ""


@pytest.mark.django_db
def test_the_citys_rules_are_those_the_code_reads() -> None:
    assert check_rules() == ""
    assert {rule.code for rule in rules.declared().values()} == set(Rule.objects.values_list("code", flat=True))


@pytest.mark.django_db
def test_a_row_nobody_reads_is_an_error() -> None:
    row("order.forgotten")
    assert "No code reads rule order.forgotten" in check_rules()


@pytest.mark.django_db
def test_a_constant_without_a_row_today_is_an_error() -> None:
    Rule.objects.filter(code="dispute.answer_days").update(valid_until=clock.today() - timedelta(days=1))
    assert "dispute.answer_days has no row in force" in check_rules()
    Rule.objects.filter(code="dispute.answer_days").update(valid_until=clock.today())
    assert check_rules() == ""


@pytest.mark.django_db
def test_a_row_of_another_unit_is_an_error() -> None:
    Rule.objects.filter(code="dispute.answer_days").update(unit="days")
    assert "is in days, not working_days" in check_rules()


@pytest.mark.django_db
def test_a_rate_above_one_is_an_error() -> None:
    Rule.objects.filter(code="seller.cap_warn_share").update(value=80)
    assert "seller.cap_warn_share" in check_rules()


FORM = {"name": "Uji", "value": "0", "text": "", "valid_until": "", "source": "Uji"}


def add(client: Client, **over: str) -> Any:
    first = clock.today() + timedelta(days=30)
    return client.post(reverse("admin:core_rule_add"), {**FORM, "valid_from": first.isoformat(), **over})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "over",
    [
        {"code": "tidak.ada", "value": "1"},
        {"code": "seller.cap_warn_share", "value": "80"},
        {"code": "dispute.answer_days", "value": "1.5"},
        {"code": "invoice.emeterai_above", "value": "-1"},
        {"code": "tax.regime", "text": "siapa saja"},
        {"code": "tax.regime", "text": ""},
        {"code": "office.name", "value": "1", "text": "Dinas"},
    ],
)
def test_the_admin_refuses_what_does_not_fit(client: Client, admin_user: Any, over: dict[str, str]) -> None:
    client.force_login(admin_user)
    before = Rule.objects.count()
    assert add(client, **over).status_code == 200
    assert Rule.objects.count() == before


@pytest.mark.django_db
def test_the_admin_gives_a_new_row_the_unit_of_its_rule(client: Client, admin_user: Any) -> None:
    client.force_login(admin_user)
    assert add(client, code="dispute.answer_days", value="4").status_code == 302
    made = Rule.objects.filter(code="dispute.answer_days").latest("valid_from")
    assert (made.value, made.unit) == (4, "working_days")
    assert add(client, code="tax.regime", text="platform").status_code == 302
    assert check_rules() == ""


@pytest.mark.django_db
def test_a_rule_that_ends_hands_over_to_the_next() -> None:
    rule = rules.declared()["dispute.answer_days"]
    today = clock.today()
    before = rule.on(today)
    end_rule("dispute.answer_days", today, value=9)
    assert (rule.on(today - timedelta(days=1)), rule.on(today)) == (before, 9)


# --- Holidays ---------------------------------------------------------------------------------------------------------
def days_of(year: int, count: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(count)]


@pytest.mark.parametrize(
    ("today", "known", "missing"),
    [
        (date(2026, 9, 30), days_of(2026, 16), []),
        (date(2026, 10, 1), days_of(2026, 16), [(2027, 0)]),
        (date(2026, 10, 1), days_of(2026, 16) + days_of(2027, 15), [(2027, 15)]),
        (date(2026, 12, 31), days_of(2026, 16) + days_of(2027, 16), []),
        (date(2027, 1, 1), days_of(2026, 16), [(2027, 0)]),
    ],
)
def test_a_year_whose_holidays_are_missing_is_told(today: date, known: list[date], missing: list[Any]) -> None:
    assert checks.unfinished_years(known, today) == missing


@pytest.mark.django_db
def test_missing_holidays_are_a_warning_of_the_system_check(capsys: pytest.CaptureFixture[str]) -> None:
    Holiday.objects.all().delete()
    assert check_rules() == ""
    assert f"The holidays of {clock.today().year} are incomplete: 0 days" in capsys.readouterr().err
