"""An order page's parts: each delivery with what may be done with it, each invoice with its clock, tax and payments."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core.clock import local_date
from epeken.core.i18n.times import left_words
from epeken.core.quantity import grouped
from epeken.users.models import User
from orders.billing import pages as billing_pages
from orders.billing import standing as billing_standing
from orders.billing import tax_papers
from orders.billing.models import Invoice, InvoiceCheck
from orders.billing.pages import HoldAnswer, PaymentClock, TaxRow
from orders.billing.services.invoices import cost_left
from orders.billing.tax_papers import ToldPapers
from orders.confirmations.pages import ConfirmationCard, of_delivery
from orders.deliveries import fetching
from orders.deliveries import policies as deliveries_policies
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.documents.completeness import Lack, lacks_of, way_out
from orders.orders.models import Order
from orders.orders.next_step import (
    dispute_of,
    is_in_parts,
    is_invoice_awaited,
    is_rest_expected,
    live_invoices_of,
    replaced_invoices_of,
)
from orders.orders.pages.steps import DeliverySteps, InvoiceSteps, delivery_steps, invoice_steps
from orders.orders.pages.told_acts import arrival_words
from orders.pins.pages import PinCard
from orders.pins.pages import card_of as pin_card
from orders.remedies.states import RemedyKind, RemedyState
from orders.reversals.pages import PaymentRow, payment_rows
from orders.tax_decisions import pages as tax_decisions
from orders.tax_decisions.pages import ToldDecision
from orders.tax_invoices.pages import TaxInvoiceCard, card_of
from umkm.catalogue.states import Unit

ZERO = Decimal(0)


@dataclass(frozen=True)
class DeliveryPart:
    """`count` of `total`: which of the order's deliveries it is. `left`: words for the time to inspect it."""

    delivery: Delivery
    confirmation: ConfirmationCard | None  # what the seller says about its BAST
    count: int
    total: int
    steps: DeliverySteps
    left: str
    paused: bool
    is_partial: bool  # it is not the whole order
    is_followed: bool  # more of the order is still to be sent
    wants_photos: bool  # its inspection has photos
    cash: (
        int  # rupiah a person pays for it when it is the next that is accepted, as it was sent; 0 once it has a result
    )
    pin: PinCard | None  # of the receiving side, while it is on its way
    is_paid_for: bool  # a bill of it lives, and asks for money
    came: str  # when it came, where that was said to be before it was recorded
    billed: int  # rupiah that will be invoiced once the BAST of what was counted is signed; 0 before and after

    @property
    def is_one_of_many(self) -> bool:
        return self.total > 1

    @property
    def is_missed(self) -> bool:
        """Nothing of it came: it was called missing, or never left."""
        return self.delivery.state in (DeliveryState.MISSED, DeliveryState.WITHDRAWN)

    @property
    def is_withdrawn(self) -> bool:
        return self.delivery.state == DeliveryState.WITHDRAWN

    @property
    def short(self) -> list[DeliveryLine]:
        """Lines that came and of which something was not taken; it is not invoiced, and `remark` says why."""
        return [] if self.is_missed else [line for line in self.delivery.lines.all() if line.refused_at_receipt]

    @property
    def decided(self) -> list[DeliveryLine]:
        """Lines of which a decision counts something as accepted; `remark` is what was said at the receipt."""
        return [line for line in self.delivery.lines.all() if line.decided]

    @property
    def rejected(self) -> list[DeliveryLine]:
        """Lines of which a decision refuses something that was received."""
        return [line for line in self.delivery.lines.all() if line.rejected_since]

    @property
    def fetching(self) -> str:
        """Who fetches what was refused, where and until when; "" without any."""
        return fetching.words(self.delivery.order, self.delivery)

    @property
    def is_all_rejected(self) -> bool:
        """Inspected, and nothing of it is good."""
        return deliveries_policies.is_all_rejected(self.delivery)


@dataclass(frozen=True)
class InvoicePart:
    """`payments`: reversed ones too. `paid_in`: working days from BAST to the last that stands; None while none does.
    `paused`: a dispute is undecided, so the time to pay stands still and there is no clock."""

    invoice: Invoice
    steps: InvoiceSteps
    clock: PaymentClock | None
    taxes: list[TaxRow]
    decisions: list[ToldDecision]  # of what it is taxed on
    tax_papers: ToldPapers
    tax_invoice: TaxInvoiceCard | None  # of a bill of which PPN is collected
    payments: list[PaymentRow]
    paid_in: int | None
    paused: bool
    awaited: bool  # goods of it come again first, by a decision
    lacks: list[Lack]  # what keeps this person from declaring it complete or paying it
    way_out: str  # who may let which of these go unasked
    checks: list[InvoiceCheck]  # of its last check, for the inspectorate; approvers read it on their page
    holder: str  # who holds it now, of a department's that runs; "" otherwise

    @property
    def hold_remark(self) -> str:
        return billing_standing.hold_remark(self.invoice)

    @property
    def hold_answer(self) -> HoldAnswer | None:
        """What its seller can do about it while it is held."""
        return billing_pages.hold_answer(self.invoice)

    @property
    def received(self) -> int:
        """Rupiah of the goods that came and their delivery, before a decision took something off."""
        return self.invoice.gross + self.invoice.deduction


def delivery_parts(order: Order, user: User, now: datetime, cards: list[ConfirmationCard]) -> list[DeliveryPart]:
    """Oldest first. `came` is said of deliveries `with_arrival_record`, as the order's page reads them."""
    deliveries = list(order.deliveries.all())
    is_partial = is_in_parts(order)
    paused = dispute_of(order) is not None
    steps = delivery_steps(user, order, now)
    is_followed = is_rest_expected(order)
    return [
        DeliveryPart(
            delivery=delivery,
            confirmation=of_delivery(cards, delivery.pk),
            count=count,
            total=len(deliveries),
            steps=steps[delivery.pk],
            left=_left(delivery, now, paused=paused),
            paused=paused,
            is_partial=is_partial,
            is_followed=is_followed,
            wants_photos=deliveries_policies.photos_wanted(delivery, order, local_date(now)) > 0,
            cash=_cash(delivery, order),
            pin=pin_card(delivery, receives=deliveries_policies.can_receive(user, order, local_date(now))),
            is_paid_for=any(row.delivery_id == delivery.pk and row.gross for row in live_invoices_of(order)),
            came=arrival_words(order, delivery, getattr(delivery, "arrival_recorded_at", None)),
            billed=_billed(delivery, order),
        )
        for count, delivery in enumerate(deliveries, 1)
    ]


def to_bill(shown: Iterable[DeliveryPart]) -> int | None:
    """Rupiah that will be billed for what was counted and awaits its BAST; None where nothing does."""
    waiting = [part.billed for part in shown if part.delivery.state == DeliveryState.INSPECTED]
    return sum(waiting) if waiting else None


def counted(shown: Iterable[DeliveryPart]) -> dict[int, str]:
    """By order line: `diterima 1 dari 2`, where an inspection that awaits its BAST took less than was sent."""
    found: dict[int, str] = {}
    for part in shown:
        for line in part.delivery.lines.all() if part.delivery.state == DeliveryState.INSPECTED else ():
            if line.kept < line.sent:
                words = {"kept": grouped(line.kept), "sent": grouped(line.sent)}
                found[line.order_line_id] = _("diterima %(kept)s dari %(sent)s") % words
    return found


def refused_since(shown: Iterable[DeliveryPart]) -> dict[int, str]:
    """By order line: `12 kotak ditolak sesudah ditagih`, where the bill stayed and what it asks became less."""
    found: dict[int, Decimal] = {}
    units: dict[int, str] = {}
    for part in shown:
        for line in part.delivery.lines.all():
            if line.returned:
                found[line.order_line_id] = found.get(line.order_line_id, Decimal(0)) + line.returned
                units[line.order_line_id] = line.order_line.unit
    text = _("%(amount)s ditolak sesudah ditagih")
    return {pk: text % {"amount": Unit(units[pk]).counted(amount)} for pk, amount in found.items()}


def _reads_lacks(steps: InvoiceSteps) -> bool:
    return steps.verify or steps.wait or steps.pay


def invoice_parts(
    order: Order, user: User, now: datetime, cards: list[ConfirmationCard], *, inspects: bool = False
) -> list[InvoicePart]:
    """Those in force, oldest first. `inspects`: with the treasurer's checklist."""
    steps, day = invoice_steps(user, order, now), local_date(now)
    disputed = dispute_of(order) is not None
    decided = tax_decisions.of_order(order)
    parts = []
    for invoice in live_invoices_of(order):
        rows = payment_rows(invoice, order, user, now, cards)
        standing = [row.payment for row in rows if not row.is_reversed]
        clock = billing_pages.payment_clock(invoice, now)
        awaited = is_invoice_awaited(order, invoice)
        lacks = lacks_of(order, invoice) if _reads_lacks(steps[invoice.pk]) else []
        taxes = billing_pages.tax_lines(invoice)
        parts.append(
            InvoicePart(
                invoice=invoice,
                steps=steps[invoice.pk],
                clock=None if disputed or awaited else clock,
                taxes=taxes,
                decisions=tax_decisions.told(
                    invoice, [row.line for row in taxes], decided.get(invoice.delivery_id, [])
                ),
                tax_papers=tax_papers.told(invoice),
                tax_invoice=card_of(order, invoice, user),
                payments=rows,
                paid_in=billing_pages.paid_in(invoice, standing[-1]) if standing else None,
                paused=disputed and clock is not None,
                awaited=awaited,
                lacks=lacks,
                way_out=way_out(lacks),
                checks=invoice.last_checks if inspects else [],
                holder=billing_pages.holder_words(invoice, day) if clock and not (disputed or awaited) else "",
            )
        )
    return parts


def replaced_parts(
    order: Order, user: User, now: datetime, cards: list[ConfirmationCard]
) -> list[tuple[Invoice, list[PaymentRow]]]:
    """Invoices in whose place others came, oldest first, with the payments of them that were reversed; without those
    nobody paid for."""
    found = [(one, payment_rows(one, order, user, now, cards)) for one in replaced_invoices_of(order)]
    return [(invoice, rows) for invoice, rows in found if rows]


def _cash(delivery: Delivery, order: Order) -> int:
    if delivery.state not in WITHOUT_RESULT:
        return 0
    return max(_worth(delivery, order, lambda line: line.sent) - _deducted(delivery, order), 0)


def _billed(delivery: Delivery, order: Order) -> int:
    if delivery.state != DeliveryState.INSPECTED:
        return 0
    return max(_worth(delivery, order, lambda line: line.kept) - _deducted(delivery, order), 0)


def _deducted(delivery: Delivery, order: Order) -> int:
    """What a decision takes off the bill that is still to be issued for it."""
    return sum(
        remedy.amount
        for remedy in order.remedies.all()
        if remedy.delivery_id == delivery.pk
        and remedy.kind == RemedyKind.DEDUCTION
        and remedy.state == RemedyState.OWED
    )


def _worth(delivery: Delivery, order: Order, quantity: Callable[[DeliveryLine], Decimal]) -> int:
    """Rupiah for so much of each line with the delivery cost; 0 when no goods are billed. Goods that came again are
    billed as far as no earlier invoice bears them (`remedies.results.cover`)."""
    remedy = next((row for row in order.remedies.all() if row.pk == delivery.remedy_id), None)
    borne = remedy.invoiced_left if remedy is not None else ZERO
    goods = sum(line.price_of(max(quantity(line) - borne, ZERO)) for line in delivery.lines.all())
    return goods + cost_left(delivery, live_invoices_of(order)) if goods else 0


def _left(delivery: Delivery, now: datetime, *, paused: bool) -> str:
    if paused:
        return _("Waktu berhenti sampai keluhan selesai")
    return left_words(delivery.due_at, now) if delivery.due_at else ""
