"""The money side: billed when goods are taken over, checked by the treasurer, paid with proof."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.models import Rule
from epeken.core.numbers import next_number
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import notices, policies, taxes
from orders.billing.models import Invoice, InvoiceSeller, Payment, TaxLine
from orders.billing.states import InvoiceState, PaymentMethod
from orders.deliveries import policies as deliveries_policies
from orders.deliveries.states import DeliveryState
from orders.documents import services as documents
from orders.orders import parties
from orders.orders import policies as orders_policies
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order
from orders.orders.services import agreement as order_services
from procurement.agencies.states import OfficerRole
from procurement.budgets import services as budgets
from umkm.sellers.models import Seller

TREASURY = (PaymentMethod.UP_GU, PaymentMethod.LS, PaymentMethod.KKPD, PaymentMethod.TRANSFER)
NEEDS_REFERENCE = (PaymentMethod.LS, PaymentMethod.KKPD, PaymentMethod.TRANSFER)


@transaction.atomic
def issue_invoice(*, order: Order, now: datetime) -> Invoice:
    """The invoice of what was accepted, with its tax lines; what will not be paid goes back to the budget.

    A department's invoice waits for its treasurer until the end of the third working day. A person's invoice gets its
    amount and stays to be paid in cash. Raises: InvalidMove. Locks: BudgetLine (held by the caller), Order (held
    by the caller), Invoice.
    Source: PMK 231/PMK.03/2019 jo. PMK 59/PMK.03/2022.
    """
    invoice = Invoice.objects.locked().get(order=order)
    day = clock.local_date(now)
    gross = sum(line.accepted_amount or 0 for line in order.lines.all()) + order.delivery_cost
    amounts: dict[str, Any] = {
        "number": next_number("INV", day.year),
        "kuitansi_number": next_number("KW", day.year),
        "billed_at": now,
        "gross": gross,
    }
    if order.agency_id is None:
        if invoice.state != InvoiceState.PENDING:
            raise InvalidMove()
        amounts |= {"withheld": 0, "net": gross}
        Invoice.objects.filter(pk=invoice.pk).update(**amounts)
        invoice.refresh_from_db()
        return invoice
    seller = InvoiceSeller.objects.create(invoice=invoice, **parties.payee_facts(order.seller))
    split = is_split(order)
    results = taxes.compute(tax_input(order, day=day, seller=taxed_seller(seller), split=split), taxes.rates_on(day))
    withheld = taxes.total(results)
    days = Rule.objects.amount("invoice.payment_days", day)
    amounts |= {
        "withheld": withheld,
        "net": gross - withheld,
        "is_split": split,
        "due_at": clock.due_after_working_days(now, days),
    }
    move(invoice, "invoice", actor=None, now=now, **amounts)
    _write_taxes(invoice, results)
    line = order_services.lock_budget(order)
    if line is not None and order.total > gross:
        budgets.uncommit(
            line=line, amount=order.total - gross, reference=order.number, actor=None, now=now,
            note=_("Tidak semua barang diterima"),
        )  # fmt: skip
    return invoice


def taxed_seller(seller: Seller | InvoiceSeller) -> taxes.TaxedSeller:
    """A shop as it is today, or as it was when an invoice was issued."""
    return taxes.TaxedSeller(
        is_person=seller.is_person,
        is_pkp=seller.is_pkp,
        has_npwp=seller.has_npwp,
        has_low_turnover_statement=seller.has_low_turnover_statement,
        has_final_tax_certificate=seller.has_final_tax_certificate,
    )


def tax_by_card(invoice: Invoice) -> list[taxes.TaxResult]:
    """The tax of an issued invoice when it is paid by government card: its own facts, the rates of its own day."""
    if invoice.billed_at is None or invoice.is_split is None:
        raise InvalidMove()
    day = clock.local_date(invoice.billed_at)
    facts = tax_input(
        invoice.order,
        day=day,
        seller=taxed_seller(invoice.seller_party),
        split=invoice.is_split,
        method=PaymentMethod.KKPD,
    )
    return taxes.compute(facts, taxes.rates_on(day))


def tax_input(
    order: Order, *, day: date, seller: taxes.TaxedSeller, split: bool, method: str | None = None
) -> taxes.TaxInput:
    """The facts tax depends on: what was accepted (or ordered, before that), by whom it is sold, and when."""
    return taxes.TaxInput(
        lines=tuple(
            taxes.TaxedLine(
                amount=line.accepted_amount if line.accepted_amount is not None else line.amount,
                food_kind=line.food_kind,
                is_staple=line.is_staple,
            )
            for line in order.lines.all()
        ),
        delivery=order.delivery_cost,
        seller=seller,
        day=day,
        method=method,
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


@transaction.atomic
def verify_invoice(*, actor: User, invoice: Invoice, now: datetime) -> Invoice:
    """The treasurer has the documents and finds them complete. Raises: NotAllowed, RoleAlreadyHeld, InvalidMove,
    RuleBroken. Locks: Order, Invoice."""
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    _check_treasurer(actor, order, now)
    _check_undisputed(order)
    move(invoice, "verify", actor=actor, now=now, acted_as=OfficerRole.TREASURER, verified_at=now, verifier=actor)
    notices.invoice_verified(invoice, now=now)
    return invoice


@transaction.atomic
def record_payment(
    *,
    actor: User,
    invoice: Invoice,
    method: str,
    reference: str,
    paid_on: date,
    proof: Any,
    key: str,
    now: datetime,
) -> Payment:
    """The money left the treasury: exactly the invoice's net, with proof; the budget is realised, the order finished.

    Paid by government card (KKPD), PPh 22 is not withheld: the tax is computed again and a line that changes is
    replaced by a later one; the net grows by it. The same key pays once.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: BudgetLine, Order, Invoice.
    Source: PMK 231/PMK.03/2019 jo. PMK 59/PMK.03/2022 (payments by government credit card).
    """
    who = f"user:{actor.pk}"
    reference = reference.strip()
    body = {"pay": invoice.pk, "method": method, "reference": reference, "paid_on": paid_on}
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return Payment.objects.get(invoice_id=invoice.pk)
    line = order_services.lock_budget(invoice.order)
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    _check_treasurer(actor, order, now)
    if invoice.state != InvoiceState.VERIFIED or line is None or invoice.billed_at is None or invoice.gross is None:
        raise InvalidMove(_("Tagihan ini belum dinyatakan lengkap atau sudah dibayar. Muat ulang halaman."))
    _check_undisputed(order)
    _check_payment(invoice, method, reference, paid_on, proof, now)
    if method == PaymentMethod.KKPD:
        _withhold_by_card(invoice)
    stored = uploads.store_private_document(
        proof, user=actor, folder=f"payments/{str(invoice.number).lower()}", field="proof"
    )
    payment = _pay(invoice, order, actor, method, reference, paid_on, now, stored)
    budgets.realise(
        line=line, committed=invoice.gross, paid=invoice.gross, reference=order.number, actor=actor, now=now
    )
    notices.invoice_paid(invoice, payment, now=now)
    documents.ensure_documents(order, now)
    idempotency.settle(person=who, key=key, result=str(payment.pk))
    return payment


@transaction.atomic
def record_cash(*, actor: User, invoice: Invoice, key: str, now: datetime) -> Payment:
    """The seller has the buyer's cash in hand; the order is finished. The same key records once.

    Raises: NotAllowed, InvalidMove. Locks: Order, Invoice.
    """
    who = f"user:{actor.pk}"
    if idempotency.claim(person=who, key=key, body={"cash": invoice.pk}) is not None:
        return Payment.objects.get(invoice_id=invoice.pk)
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    if not orders_policies.is_seller_of(actor, order):
        raise NotAllowed(_("Uang tunai dicatat oleh penjual yang menerimanya."))
    if invoice.state != InvoiceState.PENDING or invoice.net is None:
        raise InvalidMove(_("Uang baru dapat dicatat sesudah barang diterima pembeli."))
    day = clock.local_date(now)
    payment = _pay(invoice, order, actor, PaymentMethod.CASH, "", day, now, None)
    notices.cash_received(invoice, now=now)
    idempotency.settle(person=who, key=key, result=str(payment.pk))
    return payment


def _pay(
    invoice: Invoice,
    order: Order,
    actor: User,
    method: str,
    reference: str,
    paid_on: date,
    now: datetime,
    stored: uploads.Stored | None,
) -> Payment:
    if invoice.net is None:
        raise InvalidMove()
    proof = {"proof": stored.name, "proof_type": stored.content_type, "proof_sha256": stored.sha256} if stored else {}
    try:
        with transaction.atomic():
            payment = Payment.objects.create(
                invoice=invoice,
                method=method,
                reference=reference[:60],
                paid_on=paid_on,
                amount=invoice.net,
                recorded_by=actor,
                recorded_at=now,
                **proof,
            )
    except IntegrityError:
        raise RuleBroken(
            _("Nomor transfer ini sudah dipakai untuk tagihan lain. Periksa nomornya."),
            field="reference",
            code="reference_used",
        ) from None
    office = OfficerRole.TREASURER if order.agency_id is not None else ""
    move(invoice, "pay", actor=actor, now=now, acted_as=office, paid_at=now)
    move(order, "finish", actor=actor, now=now, finished_at=now)
    return payment


def _withhold_by_card(invoice: Invoice) -> None:
    if invoice.gross is None:
        raise InvalidMove()
    before = {line.kind: line for line in taxes.in_force(invoice.tax_lines.all())}
    results = tax_by_card(invoice)
    changed = [r for r in results if r.kind not in before or before[r.kind].amount != r.amount]
    if not changed:
        return
    _write_taxes(invoice, changed)
    withheld = taxes.total(results)
    Invoice.objects.filter(pk=invoice.pk).update(withheld=withheld, net=invoice.gross - withheld)
    invoice.refresh_from_db()


def _write_taxes(invoice: Invoice, results: list[taxes.TaxResult]) -> None:
    TaxLine.objects.bulk_create(
        TaxLine(
            invoice=invoice,
            rule=result.rule,
            kind=result.kind,
            base=result.base,
            rate=result.rate,
            amount=result.amount,
            explanation=result.explanation,
        )
        for result in results
    )


def _check_treasurer(actor: User, order: Order, now: datetime) -> None:
    day = clock.local_date(now)
    if not policies.has_treasurer_role(actor, order, day):
        raise NotAllowed(_("Pembayaran diperiksa dan dicatat oleh bendahara dinas ini."))
    earlier = orders_policies.earlier_side(actor, order)
    if earlier is None and deliveries_policies.received_by(actor, order):
        earlier = _("penerima barang")
    if earlier is not None:
        raise RoleAlreadyHeld(earlier, _("bendahara yang membayar"))


def _check_undisputed(order: Order) -> None:
    if order.disputes.undecided().exists():
        raise RuleBroken(
            _("Ada sengketa yang belum selesai pada pesanan ini. Selesaikan sengketanya dahulu."), code="dispute_open"
        )
    if not order.deliveries.filter(state=DeliveryState.ACCEPTED).exists():
        raise InvalidMove()


def _check_payment(invoice: Invoice, method: str, reference: str, paid_on: date, proof: Any, now: datetime) -> None:
    require(method in TREASURY, _("Pilih cara bayar."), field="method", code="method_unknown")
    require(
        reference or method not in NEEDS_REFERENCE,
        _("Tulis nomor SP2D.") if method == PaymentMethod.LS else _("Tulis nomor bukti bayar."),
        field="reference",
        code="reference_missing",
    )
    billed_on = clock.local_date(invoice.billed_at) if invoice.billed_at else paid_on
    require(
        billed_on <= paid_on <= clock.local_date(now),
        _("Tanggal bayar tidak boleh sebelum tagihan dan tidak boleh sesudah hari ini."),
        field="paid_on",
        code="paid_on_outside",
    )
    require(proof, _("Unggah bukti bayar, foto atau PDF."), field="proof", code="proof_missing")
