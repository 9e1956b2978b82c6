"""Tax of one invoice: the worked examples of tax_cases.csv, and what must hold for any invoice."""

import csv
import random
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from epeken.core import clock
from epeken.core.i18n.times import full_date
from epeken.core.models import Rule
from orders.billing import checks
from orders.billing.models import TaxExemption, TaxLine, TaxRate
from orders.billing.states import PaymentMethod, TaxKind, TaxRegime
from orders.billing.taxes import (
    EXEMPTIONS,
    NOT_PKP,
    NoRates,
    Rates,
    TaxedLine,
    TaxedSeller,
    TaxInput,
    TaxResult,
    compute,
    in_force,
    rates_on,
    replacing,
    total,
)
from tests.factories.rules import end_rule
from umkm.catalogue.states import FoodKind

DAY = date(2026, 9, 24)
PERSON = TaxedSeller()
FINAL = TaxedSeller(has_final_tax_certificate=True)
SMALL = TaxedSeller(has_low_turnover_statement=True)


@pytest.fixture
def rates(db: None) -> Rates:
    return rates_on(DAY)


def goods(amount: int, **over: Any) -> TaxedLine:
    return TaxedLine(amount=amount, **over)


def catering(amount: int) -> TaxedLine:
    return TaxedLine(amount=amount, food_kind=FoodKind.CATERING)


def stall(amount: int) -> TaxedLine:
    return TaxedLine(amount=amount, food_kind=FoodKind.SHOP)


def invoice(*lines: TaxedLine, seller: TaxedSeller = PERSON, delivery: int = 0, **over: Any) -> TaxInput:
    return TaxInput(lines=lines, delivery=delivery, seller=seller, day=over.pop("day", DAY), **over)


def amounts(results: list[TaxResult]) -> dict[str, int]:
    return {str(r.kind): r.amount for r in results}


CASES_FILE = Path(__file__).parent / "tax_cases.csv"
FLAGS = {
    "body": {"is_person": False},
    "pkp": {"is_pkp": True},
    "no_npwp": {"has_npwp": False},
    "statement": {"has_low_turnover_statement": True},
    "certificate": {"has_final_tax_certificate": True},
}
LINES = {
    "goods": {},
    "staple": {"is_staple": True},
    "stall": {"food_kind": FoodKind.SHOP},
    "catering": {"food_kind": FoodKind.CATERING},
}


COUNT = 132


def read_cases() -> list[dict[str, str]]:
    with CASES_FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES = read_cases()


def case_of(row: dict[str, str]) -> TaxInput:
    lines = [part.split(":") for part in row["lines"].split()]
    return TaxInput(
        lines=tuple(TaxedLine(amount=int(amount), **LINES[what]) for what, amount in lines),
        delivery=int(row["delivery"] or 0),
        seller=TaxedSeller(**{name: value for flag in row["seller"].split() for name, value in FLAGS[flag].items()}),
        day=date.fromisoformat(row["day"]),
        method=row["method"] or None,
        is_split=row["split"] == "yes",
        purchase_value=int(row["purchase"] or 0),
    )


def results_of(row: dict[str, str]) -> list[TaxResult]:
    case = case_of(row)
    if row["regime"] == TaxRegime.PLATFORM:
        end_rule("tax.regime", case.day, text=TaxRegime.PLATFORM)
    return compute(case, rates_on(case.day))


def cited(result: TaxResult) -> str:
    return "+".join(one.code for one in result.exemptions) or result.rule.code


@pytest.mark.parametrize("row", CASES, ids=[row["what"] for row in CASES])
@pytest.mark.django_db
def test_worked_examples(row: dict[str, str]) -> None:
    """Figure, rule or exemption of each kind, and the law it is from, as tax_cases.csv says."""
    results = results_of(row)
    assert amounts(results) == {str(kind): int(row[kind]) for kind in TaxKind if row[kind]}
    assert " ".join(f"{result.kind}={cited(result)}" for result in results) == row["cited"]
    law, _, article = row["source"].partition(" pasal ")
    assert article or row["source"].endswith("(pasalnya belum dicatat)")
    assert any(law.removesuffix(" (pasalnya belum dicatat)") in result.basis for result in results)
    for result in results:
        assert result.explanation
        assert "[?]" not in result.basis
        if not result.is_collected:
            assert result.amount == 0
            assert result.rule.source not in result.basis
    if row["regime"] == TaxRegime.PLATFORM:
        assert all("bendahara" not in result.explanation for result in results)


def test_the_table_is_as_long_as_it_was_meant_and_has_no_row_twice() -> None:
    assert len(CASES) == COUNT
    assert len({row["what"] for row in CASES}) == COUNT
    assert len({tuple(value for name, value in row.items() if name != "what") for row in CASES}) == COUNT


@pytest.mark.django_db
def test_every_row_of_rates_and_exemptions_is_read() -> None:
    """By a case of the table: a row that decides none of them is one that nothing reads."""
    regime = Rule.objects.get(code="tax.regime").pk
    rates: set[tuple[str, date]] = set()
    exemptions: set[tuple[str, date]] = set()
    for row in CASES:
        for result in results_of(row):
            rates.add((result.rule.code, result.rule.valid_from))
            exemptions |= {(one.code, one.valid_from) for one in result.exemptions}
        Rule.objects.filter(code="tax.regime").exclude(pk=regime).delete()
        Rule.objects.filter(pk=regime).update(valid_until=None)
    assert rates == set(TaxRate.objects.values_list("code", "valid_from"))
    assert exemptions == set(TaxExemption.objects.values_list("code", "valid_from"))


@pytest.mark.parametrize(("model", "over"), [(TaxRate, {"rate": "0.1"}), (TaxExemption, {})])
@pytest.mark.django_db
def test_the_system_check_names_rows_that_nothing_reads(model: Any, over: dict[str, Any]) -> None:
    assert checks.taxes_are_complete(databases=["default"]) == []
    row = {"name": "Uji", "valid_from": date(2026, 1, 1), "source": "Uji", **over}
    model.objects.create(code="nobody", kind=TaxKind.PPN, **row)
    known = model.objects.exclude(code="nobody").exclude(kind=TaxKind.PPN).earliest("pk")
    model.objects.create(code=known.code, kind=TaxKind.PPN, **row)
    found = checks.taxes_are_complete(databases=["default"])
    assert {one.id for one in found} == {"orders.E001", "orders.E002"}


@pytest.mark.django_db
def test_the_system_check_names_a_rate_that_ended() -> None:
    TaxRate.objects.filter(code="pph23_catering").update(valid_until=clock.today() - timedelta(days=1))
    assert [found.id for found in checks.taxes_are_complete(databases=["default"])] == ["orders.E003"]


@pytest.mark.parametrize("code", sorted(EXEMPTIONS.keys() - {NOT_PKP}))
@pytest.mark.django_db
def test_an_exemption_that_ended_exempts_nobody(code: str) -> None:
    """The first case it decides, a day later: the row is no longer cited, and nothing of its kind is free by it."""
    row = next(row for row in CASES if code in re.split(r"[ =+]", row["cited"]) and row["regime"] == "treasurer")
    case = case_of(row)
    TaxExemption.objects.filter(code=code).update(valid_until=case.day - timedelta(days=1))
    results = results_of(row)
    assert all(code not in cited(result) for result in results)
    assert total(results) > sum(int(row[kind] or 0) for kind in TaxKind) or code in ("local_food", "staple")


def random_invoice(dice: random.Random) -> TaxInput:
    lines = tuple(
        TaxedLine(
            amount=dice.choice([1, 999, 27_500, 2_000_000, dice.randint(1, 50_000_000)]),
            food_kind=dice.choice(list(FoodKind)),
            is_staple=dice.random() < 0.3,
        )
        for _n in range(dice.randint(1, 6))
    )
    seller = TaxedSeller(*(dice.random() < 0.5 for _n in range(5)))
    return TaxInput(
        lines=lines,
        delivery=dice.choice([0, 0, 1, 25_000]),
        seller=seller,
        day=DAY,
        method=dice.choice([None, *PaymentMethod]),
        is_split=dice.random() < 0.3,
    )


def test_what_holds_for_any_invoice(rates: Rates) -> None:
    dice = random.Random(5078)
    for _n in range(2_000):
        case = random_invoice(dice)
        results = compute(case, rates)
        gross = sum(line.amount for line in case.lines) + case.delivery
        kinds = [r.kind for r in results]
        assert len(kinds) == len(set(kinds)), case
        assert TaxKind.PPN in kinds, case
        assert 0 <= total(results) <= gross, case
        assert all(isinstance(r.amount, int) and isinstance(r.base, int) for r in results)
        assert all(0 < len(r.explanation) <= 600 for r in results)
        ppn = next(r for r in results if r.kind == TaxKind.PPN)
        if not case.seller.is_pkp:
            assert ppn.amount == 0, case
        if ppn.amount:
            # Price and PPN together are exactly what was charged, to the rupiah.
            taxable = [line for line in case.lines if line.food_kind == FoodKind.NONE and not line.is_staple]
            assert abs(ppn.base * Decimal("0.11") - ppn.amount) < 1
            assert ppn.base + ppn.amount >= sum(line.amount for line in taxable)
        bases = sum(r.base for r in results if r.kind != TaxKind.PPN)
        assert bases <= gross, case
        assert not {TaxKind.PPH22, TaxKind.PPH22_FINAL} <= set(kinds), case


def test_more_goods_never_mean_less_tax(rates: Rates) -> None:
    last = 0
    for amount in range(1_900_000, 2_200_000, 7_919):
        now = total(compute(invoice(goods(amount)), rates))
        assert now >= last
        last = now


def test_nothing_accepted_bears_no_income_tax(rates: Rates) -> None:
    assert amounts(compute(invoice(goods(0)), rates)) == {"ppn": 0}


@pytest.mark.django_db
def test_rates_depend_on_the_day() -> None:
    assert rates_on(date(2024, 12, 31))["ppn"].rate == Decimal("0.11")
    assert rates_on(date(2025, 1, 1))["ppn"].rate == Decimal("0.12")


NO_RATES = [
    # goods or catering, seller, day, the tax that is missing
    (goods(10_000_000), PERSON, date(2022, 4, 30), "PPh 22"),
    (goods(10_000_000), FINAL, date(2022, 12, 19), "PPh final"),
    (catering(1_000_000), PERSON, date(2022, 3, 31), "PPN"),
    (goods(10_000_000), PERSON, date(1999, 1, 1), "pajak"),
]


@pytest.mark.parametrize(("line", "seller", "day", "tax"), NO_RATES)
@pytest.mark.django_db
def test_a_day_without_rates_is_refused_with_a_sentence(
    line: TaxedLine, seller: TaxedSeller, day: date, tax: str
) -> None:
    with pytest.raises(NoRates) as refused:
        compute(invoice(line, seller=seller), rates_on(day))
    assert refused.value.code == "no_tax_rates"
    assert tax in refused.value.message
    assert full_date(day) in refused.value.message


@pytest.mark.django_db
def test_the_refusal_is_in_the_readers_language() -> None:
    with override("en"), pytest.raises(NoRates, match="cannot be computed"):
        compute(invoice(goods(10_000_000)), rates_on(date(2022, 4, 30)))


def test_the_sheet_says_why_nothing_is_collected(rates: Rates) -> None:
    results = compute(invoice(goods(1_500_000)), rates)
    said = {str(r.kind): r.explanation for r in results}
    assert "tidak lebih dari Rp2.000.000" in said["pph22"]
    assert "bukan Pengusaha Kena Pajak" in said["ppn"]


def test_a_later_line_of_a_kind_replaces_the_earlier() -> None:
    first = TaxLine(pk=1, kind=TaxKind.PPH22, amount=150_000)
    ppn = TaxLine(pk=2, kind=TaxKind.PPN, amount=0)
    later = TaxLine(pk=3, kind=TaxKind.PPH22, amount=0)
    assert in_force([later, first, ppn]) == [later, ppn]


def test_one_line_of_goods_and_catering_says_what_each_bears(rates: Rates) -> None:
    both = invoice(goods(3_000_000), catering(1_000_000), seller=FINAL)
    [final, _ppn] = compute(both, rates)
    assert (final.base, final.amount) == (4_000_000, 20_000)
    assert "Rp15.000" in final.explanation and "Rp5.000" in final.explanation
    assert "Seluruhnya 0,5% dari Rp4.000.000 = Rp20.000." in final.explanation
    [by_card, _ppn] = compute(replace(both, method=PaymentMethod.KKPD), rates)
    assert (by_card.base, by_card.amount) == (1_000_000, 5_000)
    assert "kartu kredit pemerintah daerah" in by_card.explanation and "Rp5.000" in by_card.explanation
    assert all(law in by_card.basis for law in ("PP 55/2022", "PMK 164/2023", "pasal 12 ayat (2)"))


def test_what_is_computed_anew_leaves_no_line_of_a_kind_that_is_gone(rates: Rates) -> None:
    """An invoice issued before a certificate covered catering: PPh 23 gives way to the final tax, and is not kept."""
    kept = [
        TaxLine(pk=n, kind=result.kind, rule=result.rule, base=result.base, rate=result.rate, amount=result.amount,
                explanation=result.explanation)
        for n, result in enumerate(compute(invoice(catering(1_000_000)), rates), 1)
    ]  # fmt: skip
    results = compute(invoice(catering(1_000_000), seller=FINAL), rates)
    written = replacing(kept, results)
    assert amounts(written) == {"pph22_final": 5_000, "pph23": 0}
    later = [TaxLine(pk=10 + n, kind=new.kind, amount=new.amount) for n, new in enumerate(written)]
    assert total(in_force([*kept, *later])) == total(results)
    assert replacing(kept, compute(invoice(catering(1_000_000)), rates)) == []
