"""Rules: read by day, checked against what the code declares, refused in the admin when they do not fit."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.urls import reverse

from epeken.core import checks, clock, rules
from epeken.core.i18n.times import full_date
from epeken.core.models import Holiday, Rule
from epeken.core.quantity import percent, plain
from epeken.core.web.admin import DatedAdmin
from orders.billing.models import TaxExemption, TaxRate
from orders.documents.models import SlotRule
from procurement.guards.models import AccountGoods
from tests.factories.rules import end_rule
from tests.html_forms import form_of
from umkm.requirements.models import Requirement

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


def test_a_process_that_only_started_knows_every_rule_of_the_code() -> None:
    """A page of the office needs them all, whether or not the process ran what reads them."""
    root = Path(settings.BASE_DIR)
    sources = [path for app in ("epeken", "umkm", "procurement", "orders") for path in (root / app).rglob("*.py")]
    kinds = "|".join(("Rupiah", "Days", "WorkingDays", "Hours", "Count", "Rate", "Text"))
    written = re.compile(rf'\b(?:{kinds})\(\s*"(\w+\.[\w.]+)"')
    wanted = {code for path in sources for code in written.findall(path.read_text())}
    started = "import django; django.setup(); from epeken.core import rules; print(*rules.declared())"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "epeken.settings", "DEBUG": "1"}
    said = subprocess.run([sys.executable, "-c", started], cwd=root, env=env, capture_output=True, text=True).stdout
    assert set(said.split()) == wanted == rules.declared().keys()


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
        {"code": "dispute.answer_days", "value": "999999999999"},
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
@pytest.mark.parametrize("days", [-400, -1, 0])
def test_a_new_value_begins_tomorrow_at_the_earliest(client: Client, admin_user: Any, days: int) -> None:
    """What was decided by today's value is never judged anew by another."""
    client.force_login(admin_user)
    before, start = Rule.objects.count(), clock.today() + timedelta(days=days)
    answer = add(client, code="dispute.answer_days", value="4", valid_from=start.isoformat())
    assert f"Mulai paling cepat {full_date(clock.today() + timedelta(days=1))}" in answer.content.decode()
    assert Rule.objects.count() == before
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert add(client, code="dispute.answer_days", value="4", valid_from=tomorrow).status_code == 302


@pytest.mark.django_db
def test_a_rule_in_force_ends_today_at_the_earliest_and_only_with_another_after_it(
    client: Client, admin_user: Any
) -> None:
    client.force_login(admin_user)
    rule, today = Rule.objects.get(code="dispute.answer_days"), clock.today()
    page = reverse("admin:core_rule_change", args=[rule.pk])

    def end(day: date) -> Any:
        return client.post(page, {**form_of(client, page), "valid_until": day.isoformat()})

    assert "Berakhir paling cepat" in end(today - timedelta(days=1)).content.decode()
    assert "Tambahkan dahulu penggantinya" in end(today).content.decode()
    add(client, code=rule.code, value="4", valid_from=(today + timedelta(days=2)).isoformat())
    assert end(today).status_code == 200, "a day without a rule lies between them"
    assert end(today + timedelta(days=1)).status_code == 302
    after = Rule.objects.get(code=rule.code, valid_from=today + timedelta(days=2))
    assert client.post(reverse("admin:core_rule_delete", args=[after.pk]), {"post": "yes"}).status_code == 403
    assert check_rules() == ""


@pytest.mark.django_db
def test_a_change_begins_from_what_holds_today(client: Client, admin_user: Any) -> None:
    """The list says which row holds; its page leads to a form with its rule, name and value."""
    client.force_login(admin_user)
    rule = Rule.objects.get(code="seller.cap_warn_share")
    page = client.get(reverse("admin:core_rule_change", args=[rule.pk])).content.decode()
    address = reverse("admin:core_rule_add", query={"code": rule.code})
    assert f'href="{address}"' in page
    form = form_of(client, address)
    assert (form["code"], form["name"], form["value"]) == ([rule.code], [rule.name], [plain(rule.value)])
    row(rule.code, value="0.9", unit="rate", valid_from=clock.today() + timedelta(days=3))
    row(rule.code, value="0.5", unit="rate", valid_from=rule.valid_from - timedelta(days=3))
    shown = client.get(reverse("admin:core_rule_changelist"), {"q": rule.code, "berlaku": "ya"}).content.decode()
    assert percent(rule.value) in shown and "90%" not in shown and "50%" not in shown
    every = client.get(reverse("admin:core_rule_changelist"), {"q": rule.code}).content.decode()
    assert all(word in every for word in ("Berlaku hari ini", "Mulai nanti", "Tidak berlaku lagi"))


@pytest.mark.django_db
@pytest.mark.parametrize("model", [TaxRate, TaxExemption, SlotRule, AccountGoods, Requirement])
def test_every_dated_row_that_has_begun_stays_what_it_was(client: Client, admin_user: Any, model: Any) -> None:
    client.force_login(admin_user)
    held = model.objects.filter(valid_from__lte=clock.today(), valid_until=None).order_by("pk").first()
    name = model._meta.label_lower.replace(".", "_")
    page = reverse(f"admin:{name}_change", args=[held.pk])
    assert set(form_of(client, page)) & {field.name for field in model._meta.fields} <= {
        "name", "purpose", "position", "valid_until", "source",
    }  # fmt: skip
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    answer = client.post(page, {**form_of(client, page), "valid_until": yesterday})
    assert "Berakhir paling cepat" in answer.content.decode()
    assert client.post(reverse(f"admin:{name}_delete", args=[held.pk]), {"post": "yes"}).status_code == 403
    added = client.post(reverse(f"admin:{name}_add"), {"valid_from": clock.today().isoformat()})
    assert "Mulai paling cepat" in added.content.decode()


def test_no_page_of_the_office_lets_dated_rows_be_rewritten() -> None:
    """Whoever reads rows by the day they hold relies on it."""
    dated = {"valid_from", "valid_until", "source"}
    pages = {model: page for model, page in admin.site._registry.items() if dated <= _names(model)}
    assert len(pages) >= 5
    assert [model for model, page in pages.items() if not isinstance(page, DatedAdmin)] == []


def _names(model: Any) -> set[str]:
    return {field.name for field in model._meta.fields}


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


@pytest.mark.django_db
def test_only_a_tax_that_is_computed_has_a_rate(client: Client, admin_user: Any) -> None:
    client.force_login(admin_user)
    page = reverse("admin:orders_taxrate_add")
    rate = TaxRate.objects.get(code="pph22_goods")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    values = form_of(client, page) | {
        "name": "PPh 22", "kind": rate.kind, "rate": "0,02", "source": "Contoh", "valid_from": tomorrow,
    }  # fmt: skip
    before = TaxRate.objects.count()
    assert client.post(page, {**values, "code": "uji_c"}).status_code == 200
    assert TaxRate.objects.count() == before
    wrong = client.post(page, {**values, "code": rate.code, "kind": "ppn"})
    assert "Kode ini dibaca untuk PPh 22" in wrong.content.decode()
    answer = client.post(page, {**values, "code": rate.code})
    assert answer.status_code == 302, answer.context["errors"]
    assert TaxRate.objects.filter(code=rate.code).count() == 2
