"""An invoice is issued with the BAST of one delivery, with its tax from dated rates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from epeken.core import clock
from epeken.core.money import share, split
from epeken.core.numbers import next_number
from epeken.core.services import service
from epeken.core.states import begin, move
from orders.billing import deductions, rules, tax_papers, taxes
from orders.billing.models import Invoice, InvoiceSeller, TaxLine
from orders.billing.states import PaymentMethod
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import WITHOUT_RESULT
from orders.orders import parties
from orders.orders.models import Order
from orders.orders.next_step import is_awaited
from orders.schedules import due
from procurement.numbering.numbers import take_number
from procurement.numbering.states import NumberedPaper

ZERO = Decimal(0)


@service
def issue_invoice(*, delivery: Delivery, now: datetime, due_at: datetime | None = None) -> Invoice:
    """The invoice of what was accepted of one delivery, with its tax lines; the first one of the order, or of
    each of its dates, bears the delivery cost.

    A department's invoice waits for its treasurer until the end of the third working day, or `due_at` when it takes the
    place of another; a person's waits for cash.
    Locks: none; called with BudgetLine, Order and Delivery locked.
    Source: PMK 231/PMK.03/2019 jo. PMK 59/PMK.03/2022.
    """
    order, day = delivery.order, clock.local_date(now)
    values: dict[str, Any] = {
        "order": order,
        "delivery": delivery,
        "number": next_number("INV", day.year),
        "kuitansi_number": next_number("KW", day.year),
        "office_number": take_number(order.agency, NumberedPaper.KUITANSI, day),
        "goods_total": sum(line.billed for line in delivery.lines.all()),
        "delivery_cost": cost_left(delivery, Invoice.objects.live().filter(order=order)),
        "cost_day": due.day_of(delivery),
        "issued_at": now,
    }
    values["deduction"] = deductions.take(delivery, values["goods_total"] + values["delivery_cost"], now)
    gross = values["goods_total"] + values["delivery_cost"] - values["deduction"]
    results: list[taxes.TaxResult] = []
    if order.agency_id is None:
        values |= {"purchase_value": gross}
    else:
        rates = taxes.rates_on(day)
        shop = parties.seller_of(order)
        seller = tax_papers.taxed_shop(shop, day)
        values |= {
            "purchase_value": purchase_value(order, rates) - _value_of_deduction(delivery, values, seller, rates),
            "is_split": is_split(order) if delivery.counted_as_split is None else delivery.counted_as_split,
            "due_at": due_at or clock.due_after_working_days(now, rules.PAYMENT.on(day)),
        }
        results = taxes.compute(_tax_input(delivery, values, seller, day=day), rates)
    withheld = taxes.total(results)
    invoice = Invoice.objects.create(**values, gross=gross, withheld=withheld, net=gross - withheld)
    if order.agency_id is not None:
        InvoiceSeller.objects.create(invoice=invoice, **parties.payee_facts(shop), **tax_papers.stated(shop, day))
        tax_papers.keep(invoice, shop, day)
    begin(invoice, actor=None, now=now)
    write_taxes(invoice, results)
    if gross == 0:  # all of it deducted: nobody has anything to pay
        move(invoice, "settle", actor=None, now=now, paid_at=now)
    return invoice


def cost_left(delivery: Delivery, billed: Iterable[Invoice]) -> int:
    """The delivery cost the delivery's invoice bears: the order's, or its part for the date of a schedule, unless one
    of those in force (`billed`) does."""
    order, day = delivery.order, due.day_of(delivery)
    if any(invoice.delivery_cost and invoice.cost_day_id == (day.pk if day else None) for invoice in billed):
        return 0
    return order.delivery_cost if day is None else due.cost_on(order, day)


def expected_gross(delivery: Delivery, amounts: Mapping[int, Decimal]) -> int:
    """Rupiah: what the invoice of an inspected delivery would bear if so much of each line (by its pk) were kept. For
    goods that come as ordered."""
    rows = delivery.lines.select_related("order_line")
    worth = sum(line.price_of(amounts[line.pk]) for line in rows)
    worth += cost_left(delivery, Invoice.objects.live().filter(order=delivery.order_id))
    return worth - deductions.expected(delivery, worth)


def tax_by_card(invoice: Invoice) -> list[taxes.TaxResult]:
    """The tax of an invoice when it is paid by government card."""
    return _tax_of(invoice, PaymentMethod.KKPD)


def tax_by_transfer(invoice: Invoice) -> list[taxes.TaxResult]:
    """The tax of an invoice when it is paid in any other way."""
    return _tax_of(invoice, None)


def is_taxed_otherwise(invoice: Invoice, *, is_split: bool) -> bool:
    """Whether the bill's tax is another by what was decided of its delivery since: on its own day, by its own facts of
    the seller."""
    results = _tax_of(invoice, None, is_split=is_split)
    return bool(taxes.replacing(taxes.in_force(invoice.tax_lines.select_related("rule")), results))


def explanations_in(language: str, invoice: Invoice) -> dict[str, str]:
    """What the invoice's tax lines say, by the Indonesian words kept with them."""
    words: dict[str, str] = {}
    for method in (None, PaymentMethod.KKPD):
        kept, told = _tax_of(invoice, method), _tax_of(invoice, method, language=language)
        words |= {one.explanation: other.explanation for one, other in zip(kept, told, strict=True)}
    return words


def _tax_of(
    invoice: Invoice, method: str | None, *, language: str = "id", is_split: bool | None = None
) -> list[taxes.TaxResult]:
    """Computed again on the invoice's own facts and the rates of its own day. `is_split` in place of its own."""
    day = clock.local_date(invoice.issued_at)
    facts = {
        "delivery_cost": invoice.delivery_cost,
        "deduction": invoice.deduction,
        "purchase_value": invoice.purchase_value,
        "is_split": invoice.is_split if is_split is None else is_split,
    }
    seller = tax_papers.taxed_party(invoice.seller_party)
    given = _tax_input(invoice.delivery, facts, seller, day=day, method=method)
    return taxes.compute(given, taxes.rates_on(day), language=language)


def expected_tax_input(order: Order, *, day: date, split: bool) -> taxes.TaxInput:
    """The facts tax would depend on if the whole order were delivered at once on `day`."""
    return taxes.TaxInput(
        lines=_taxed(order),
        delivery=order.delivery_cost,
        seller=tax_papers.taxed_shop(parties.seller_of(order), day),
        day=day,
        is_split=split,
    )


def is_split(order: Order) -> bool:
    """Whether the purchase was cut up: the department ordered from the same owner on the same day once more.

    Source: PMK 59/PMK.03/2022: the minimum does not hold for payments split from a larger transaction.
    """
    return order.pk in split_among([order])


def split_among(orders: Sequence[Order]) -> set[int]:
    """Which of these orders are parts of a larger purchase; one query."""
    mine = [order for order in orders if order.agency_id is not None and order.seller.owner_id is not None]
    if not mine:
        return set()
    others = Order.objects.counting().filter(
        agency_id__in={order.agency_id for order in mine},
        seller__owner_id__in={order.seller.owner_id for order in mine},
        placed_at__gte=clock.start_of(clock.local_date(min(order.placed_at for order in mine))),
    )
    found: dict[tuple[Any, Any, date], set[int]] = {}
    for pk, agency, owner, placed in others.values_list("pk", "agency_id", "seller__owner_id", "placed_at"):
        found.setdefault((agency, owner, clock.local_date(placed)), set()).add(pk)
    return {
        order.pk
        for order in mine
        if found.get((order.agency_id, order.seller.owner_id, clock.local_date(order.placed_at)), set()) - {order.pk}
    }


def write_taxes(invoice: Invoice, results: Sequence[taxes.TaxResult]) -> None:
    """One row for each result; earlier rows stay. Locks: none; called with Order locked."""
    TaxLine.objects.bulk_create(
        TaxLine(
            invoice=invoice,
            rule=result.rule,
            kind=result.kind,
            base=result.base,
            rate=result.rate,
            amount=result.amount,
            explanation=result.explanation,
            exemption=result.exemptions[0] if result.exemptions else None,
            basis=result.basis,
        )
        for result in results
    )


def replace_taxes(invoice: Invoice, results: Sequence[taxes.TaxResult], *, is_deducted: bool = False) -> int:
    """Makes `results` the tax in force, by later lines where something changes; the rupiah withheld. Called with the
    order locked."""
    kept = taxes.in_force(invoice.tax_lines.select_related("rule"))
    write_taxes(invoice, taxes.replacing(kept, results, is_deducted=is_deducted))
    return taxes.total(results)


def lower_taxes(invoice: Invoice, before: int) -> tuple[list[taxes.TaxResult], int]:
    """The tax of an invoice whose `deduction` just grew from `before`; and its purchase value, less by what the
    deduction is worth without PPN."""
    day = clock.local_date(invoice.issued_at)
    rates, seller = taxes.rates_on(day), tax_papers.taxed_party(invoice.seller_party)
    facts = {"delivery_cost": invoice.delivery_cost, "is_split": invoice.is_split}
    worth = [
        _value_of_deduction(invoice.delivery, facts | {"deduction": amount}, seller, rates)
        for amount in (before, invoice.deduction)
    ]
    value = max(invoice.purchase_value - (worth[1] - worth[0]), 0)
    facts |= {"purchase_value": value, "deduction": invoice.deduction}
    results = taxes.compute(_tax_input(invoice.delivery, facts, seller, day=day), rates) if invoice.gross else []
    return results, value


def _value_of_deduction(
    delivery: Delivery, facts: dict[str, Any], seller: taxes.TaxedSeller, rates: taxes.Rates
) -> int:
    """What the deduction is worth without PPN, in rupiah."""
    if not facts["deduction"]:
        return 0
    full, less = (_amounts(delivery, facts["delivery_cost"], deduction) for deduction in (0, facts["deduction"]))
    return taxes.value_without_ppn(*full, seller, rates) - taxes.value_without_ppn(*less, seller, rates)


def _amounts(delivery: Delivery, cost: int, deduction: int) -> tuple[tuple[taxes.TaxedLine, ...], int]:
    """Accepted lines and delivery cost, each less its share of the deduction."""
    lines = list(delivery.lines.select_related("order_line"))
    amounts = [line.billed for line in lines]
    off = split(deduction, [*amounts, cost]) if deduction else [0] * (len(amounts) + 1)
    taxed = tuple(
        taxes.TaxedLine(amount=amount - less, food_kind=line.food_kind, is_staple=line.order_line.is_staple)
        for line, amount, less in zip(lines, amounts, off[:-1], strict=True)
    )
    return taxed, cost - off[-1]


def _tax_input(
    delivery: Delivery, facts: dict[str, Any], seller: taxes.TaxedSeller, *, day: date, method: str | None = None
) -> taxes.TaxInput:
    lines, cost = _amounts(delivery, facts["delivery_cost"], facts["deduction"])
    return taxes.TaxInput(
        lines=lines,
        delivery=cost,
        seller=seller,
        day=day,
        method=method,
        is_split=facts["is_split"],
        purchase_value=facts["purchase_value"],
    )


def purchase_value(order: Order, rates: taxes.Rates) -> int:
    """What the whole purchase is worth as far as it is known today: accepted, on its way, still to be sent, or to come
    again for goods that are on no invoice."""
    seller = tax_papers.taxed_shop(parties.seller_of(order), rates.day)
    return taxes.value_without_ppn(_taxed(order), order.delivery_cost, seller, rates)


def _taxed(order: Order) -> tuple[taxes.TaxedLine, ...]:
    going = [one.pk for one in order.deliveries.all() if one.state in WITHOUT_RESULT and one.remedy_id is None]
    under_way: dict[int, Decimal] = {}
    if going:
        sent = DeliveryLine.objects.filter(delivery__in=going).values_list("order_line_id")
        under_way = dict(sent.annotate(sum=Sum("sent")))
    for remedy in order.remedies.all():
        if is_awaited(remedy):
            line_pk = remedy.order_line_id or 0
            under_way[line_pk] = under_way.get(line_pk, ZERO) + remedy.uninvoiced_left
    parts = []
    for line in order.lines.all():
        expected = (line.accepted_quantity or ZERO) + under_way.get(line.pk, ZERO)
        if order.rest_closed_at is None:
            expected += line.unsent_quantity
        amount = share(line.price, expected)
        parts.append(taxes.TaxedLine(amount=amount, food_kind=line.food_kind, is_staple=line.is_staple))
    return tuple(parts)
