"""Tax of one invoice: worked examples, and what must hold for any invoice."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from orders.billing.states import PaymentMethod, TaxKind, TaxRegime
from orders.billing.taxes import Rates, TaxedLine, TaxedSeller, TaxInput, TaxResult, compute, in_force, rates_on, total
from tests.factories.rules import end_rule
from umkm.catalogue.states import FoodKind

DAY = date(2026, 9, 24)
PERSON = TaxedSeller()
NO_NPWP = TaxedSeller(has_npwp=False)
PKP = TaxedSeller(is_person=False, is_pkp=True)
FINAL = TaxedSeller(has_final_tax_certificate=True)
SMALL = TaxedSeller(has_low_turnover_statement=True)
SMALL_BODY = TaxedSeller(is_person=False, has_low_turnover_statement=True)


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


EXAMPLES = [
    # what, invoice, {kind: amount}
    ("goods above the minimum", invoice(goods(10_000_000)), {"pph22": 150_000, "ppn": 0}),
    ("goods at the minimum", invoice(goods(2_000_000)), {"pph22": 0, "ppn": 0}),
    ("one rupiah above", invoice(goods(2_000_001)), {"pph22": 30_000, "ppn": 0}),
    ("at the minimum but split", invoice(goods(2_000_000), is_split=True), {"pph22": 30_000, "ppn": 0}),
    ("without NPWP double", invoice(goods(10_000_000), seller=NO_NPWP), {"pph22": 300_000, "ppn": 0}),
    ("certificate PP 55", invoice(goods(10_000_000), seller=FINAL), {"pph22_final": 50_000, "ppn": 0}),
    ("low turnover, person", invoice(goods(10_000_000), seller=SMALL), {"pph22": 0, "ppn": 0}),
    ("low turnover, body", invoice(goods(10_000_000), seller=SMALL_BODY), {"pph22": 150_000, "ppn": 0}),
    ("government card", invoice(goods(10_000_000), method=PaymentMethod.KKPD), {"pph22": 0, "ppn": 0}),
    ("delivery follows the goods", invoice(goods(9_000_000), delivery=1_000_000), {"pph22": 150_000, "ppn": 0}),
    ("delivery lifts it over the minimum", invoice(goods(1_990_000), delivery=20_000), {"pph22": 30_150, "ppn": 0}),
    ("catering, no minimum", invoice(catering(100_000)), {"pph23": 2_000, "ppn": 0}),
    ("catering without NPWP", invoice(catering(1_950_000), seller=NO_NPWP), {"pph23": 78_000, "ppn": 0}),
    ("catering with delivery", invoice(catering(1_950_000), delivery=25_000), {"pph23": 39_500, "ppn": 0}),
    (
        "catering on card keeps PPh 23",
        invoice(catering(1_000_000), method=PaymentMethod.KKPD),
        {"pph23": 20_000, "ppn": 0},
    ),
    ("stall food is PPh 22", invoice(stall(3_000_000)), {"pph22": 45_000, "ppn": 0}),
    ("stall food, small", invoice(stall(300_000)), {"pph22": 0, "ppn": 0}),
    ("PKP goods", invoice(goods(11_100_000), seller=PKP), {"pph22": 150_000, "ppn": 1_100_000}),
    ("PKP at the minimum without PPN", invoice(goods(2_220_000), seller=PKP), {"pph22": 0, "ppn": 0}),
    ("PKP above the minimum without PPN", invoice(goods(2_220_111), seller=PKP), {"pph22": 30_002, "ppn": 220_011}),
    ("PKP small but split", invoice(goods(1_110_000), seller=PKP, is_split=True), {"pph22": 15_000, "ppn": 110_000}),
    ("PKP staple", invoice(goods(11_100_000, is_staple=True), seller=PKP), {"pph22": 166_500, "ppn": 0}),
    ("PKP catering bears no PPN", invoice(catering(11_100_000), seller=PKP), {"pph23": 222_000, "ppn": 0}),
    (
        "PKP goods and catering, delivery shared",
        invoice(goods(5_550_000), catering(5_550_000), seller=PKP, delivery=111_000),
        # 55,500 each: goods 5,605,500 hold PPN 555,500; base 5,050,000. Catering base 5,605,500.
        {"pph22": 75_750, "pph23": 112_110, "ppn": 555_500},
    ),
    (
        "half a rupiah goes up",
        invoice(goods(2_000_100)),  # 1.5 % = 30,001.5
        {"pph22": 30_002, "ppn": 0},
    ),
    (
        "old rate of PPN",
        invoice(goods(11_100_000), seller=PKP, day=date(2024, 6, 3)),
        {"pph22": 150_000, "ppn": 1_100_000},
    ),
]


@pytest.mark.parametrize(("what", "case", "expected"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
@pytest.mark.django_db
def test_worked_examples(what: str, case: TaxInput, expected: dict[str, int]) -> None:
    results = compute(case, rates_on(case.day))
    assert amounts(results) == expected
    assert all(r.explanation and r.rule.source for r in results)


PLATFORM = [
    ("goods, whatever the amount", invoice(goods(100_000)), {"pph22": 500, "ppn": 0}),
    ("goods and services alike", invoice(goods(1_000_000), catering(1_000_000)), {"pph22": 10_000, "ppn": 0}),
    ("no doubling", invoice(goods(10_000_000), seller=NO_NPWP), {"pph22": 50_000, "ppn": 0}),
    ("card changes nothing", invoice(goods(10_000_000), method=PaymentMethod.KKPD), {"pph22": 50_000, "ppn": 0}),
    ("certificate: final", invoice(goods(10_000_000), seller=FINAL), {"pph22_final": 50_000, "ppn": 0}),
    ("statement: nil", invoice(goods(10_000_000), seller=SMALL), {"pph22": 0, "ppn": 0}),
    ("PKP, small: PPN is collected", invoice(goods(1_110_000), seller=PKP), {"pph22": 5_000, "ppn": 110_000}),
    ("PKP catering bears no PPN", invoice(catering(1_110_000), seller=PKP), {"pph22": 5_550, "ppn": 0}),
    (
        "delivery counts",
        invoice(goods(1_000_000), delivery=100_100),  # 0.5 % = 5,500.5
        {"pph22": 5_501, "ppn": 0},
    ),
]


@pytest.mark.parametrize(("what", "case", "expected"), PLATFORM, ids=[e[0] for e in PLATFORM])
@pytest.mark.django_db
def test_where_the_platform_collects(what: str, case: TaxInput, expected: dict[str, int]) -> None:
    end_rule("tax.regime", case.day, text=TaxRegime.PLATFORM)
    results = compute(case, rates_on(case.day))
    assert amounts(results) == expected
    assert all("bendahara" not in r.explanation for r in results)
    yesterday = rates_on(case.day - timedelta(days=1))
    assert yesterday.regime == TaxRegime.TREASURER


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
        assert all(0 < len(r.explanation) <= 400 for r in results)
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


@pytest.mark.django_db
def test_a_day_without_rates_is_a_fault() -> None:
    with pytest.raises(LookupError):
        rates_on(date(1999, 1, 1))


def test_the_sheet_says_why_nothing_is_collected(rates: Rates) -> None:
    results = compute(invoice(goods(1_500_000)), rates)
    said = {str(r.kind): r.explanation for r in results}
    assert "tidak lebih dari Rp2.000.000" in said["pph22"]
    assert "bukan Pengusaha Kena Pajak" in said["ppn"]


def test_a_later_line_of_a_kind_replaces_the_earlier() -> None:
    from orders.billing.models import TaxLine

    first = TaxLine(pk=1, kind=TaxKind.PPH22, amount=150_000)
    ppn = TaxLine(pk=2, kind=TaxKind.PPN, amount=0)
    later = TaxLine(pk=3, kind=TaxKind.PPH22, amount=0)
    assert in_force([later, first, ppn]) == [later, ppn]


@pytest.mark.parametrize(("seller", "told"), [(SMALL, True), (FINAL, True), (PERSON, False)])
def test_papers_that_do_not_change_the_tax_of_a_meal_are_named(rates: Rates, seller: TaxedSeller, told: bool) -> None:
    (meal,) = (r for r in compute(invoice(catering(1_000_000), seller=seller), rates) if r.kind == TaxKind.PPH23)
    assert meal.amount == 20_000
    assert ("PPh 23 dipotong dengan tarif di atas" in meal.explanation) is told
