"""What must hold for the tax of any invoice."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.billing.models import TaxLine
from orders.billing.states import PaymentMethod, TaxKind
from orders.billing.taxes import (
    TaxedLine,
    TaxedSeller,
    TaxInput,
    compute,
    in_force,
    rates_on,
    replacing,
    total,
)
from tests.orders.billing.test_taxes import DAY, amounts
from umkm.catalogue.states import FoodKind

pytestmark = pytest.mark.django_db


@st.composite
def invoices(draw: st.DrawFn) -> TaxInput:
    lines = st.builds(
        TaxedLine,
        amount=st.integers(1, 50_000_000),
        food_kind=st.sampled_from(list(FoodKind)),
        is_staple=st.booleans(),
    )
    return TaxInput(
        lines=tuple(draw(st.lists(lines, min_size=1, max_size=6))),
        delivery=draw(st.integers(0, 2_000_000)),
        seller=draw(st.builds(TaxedSeller, *[st.booleans()] * 5)),
        day=DAY,
        method=draw(st.sampled_from([None, *PaymentMethod])),
        is_split=draw(st.booleans()),
    )


@given(invoices())
def test_withheld_is_never_more_than_the_price_and_each_tax_is_rounded_once(invoice: TaxInput) -> None:
    gross = sum(line.amount for line in invoice.lines) + invoice.delivery
    results = compute(invoice, rates_on(DAY))
    assert 0 <= total(results) < gross
    assert len({result.kind for result in results}) == len(results)
    for result in results:
        assert result.rule.valid_from <= DAY
        assert result.explanation
        assert 0 <= result.base <= gross
        if result.amount and result.kind != TaxKind.PPN:
            exact = Fraction(result.base) * Fraction(result.rate)
            assert result.amount == (exact + Fraction(1, 2)).__floor__()


@given(invoices(), st.integers(1, 6))
def test_the_order_of_lines_changes_no_tax_by_more_than_the_shared_delivery(invoice: TaxInput, turn: int) -> None:
    turned = replace(invoice, lines=invoice.lines[turn:] + invoice.lines[:turn], delivery=0)
    rates = rates_on(DAY)
    assert amounts(compute(turned, rates)) == amounts(compute(replace(invoice, delivery=0), rates))


@given(invoices())
def test_without_npwp_income_tax_is_double(invoice: TaxInput) -> None:
    rates = rates_on(DAY)
    having = compute(replace(invoice, seller=replace(invoice.seller, has_npwp=True)), rates)
    lacking = compute(replace(invoice, seller=replace(invoice.seller, has_npwp=False)), rates)
    for one, other in zip(having, lacking, strict=True):
        factor = 1 if one.kind == TaxKind.PPN else one.rule.no_npwp_factor
        assert abs(other.amount - factor * one.amount) <= 1


@given(
    invoices(), st.lists(st.tuples(st.sampled_from([None, *PaymentMethod]), st.booleans(), st.booleans()), max_size=5)
)
def test_however_often_it_is_computed_again_the_lines_in_force_sum_to_what_is_withheld(
    invoice: TaxInput, turns: list[tuple[str | None, bool, bool]]
) -> None:
    """By card, by transfer, with a certificate, with everything deducted: earlier lines stay, none counts twice."""
    rates = rates_on(DAY)
    kept: list[TaxLine] = []
    for method, certificate, is_empty in [(None, invoice.seller.has_final_tax_certificate, False), *turns]:
        seller = replace(invoice.seller, has_final_tax_certificate=certificate)
        results = [] if is_empty else compute(replace(invoice, method=method, seller=seller), rates)
        written = replacing(in_force(kept), results, is_deducted=is_empty)
        kept += [
            TaxLine(
                pk=len(kept) + n, rule=new.rule, kind=new.kind, base=new.base, rate=new.rate, amount=new.amount,
                explanation=new.explanation,
            )
            for n, new in enumerate(written, 1)
        ]  # fmt: skip
        assert total(in_force(kept)) == total(results)
        assert replacing(in_force(kept), results) == []
