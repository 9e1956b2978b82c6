"""Goods on their way: sent, arrived, inspected, taken over (BAST), by a person or by silence."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency, uploads
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.models import Rule
from epeken.core.money import share
from epeken.core.numbers import next_number
from epeken.core.quantity import plain
from epeken.core.states import begin, move
from orders import notices, policies
from orders.errors import SamePerson
from orders.models import InspectionPhoto, Order, OrderLine, Receipt, ReceiptLine
from orders.services import bills, documents
from orders.services import orders as order_services
from orders.states import CloseReason, DeliveryMethod, OrderState, ReceiptState
from umkm.services import stock
from umkm.states import Keeps

logger = logging.getLogger(__name__)

Finding = tuple[Decimal, Decimal, str]  # arrived, accepted, remark
MAX_PHOTOS = 8
BATCH = 200
ZERO = Decimal(0)


@transaction.atomic
def ship_order(*, actor: Any, order: Order, carrier: str, quantities: Mapping[int, Decimal], now: datetime) -> Receipt:
    """The goods leave (or stand ready for pick-up) with a numbered surat jalan.

    `quantities` by order line pk; a line not named goes in full. Raises: NotAllowed, InvalidMove, RuleBroken.
    Locks: Order.
    """
    order = Order.objects.locked().get(pk=order.pk)
    if not policies.is_seller_of(actor, order):
        raise NotAllowed(_("Hanya penjual pesanan ini yang dapat mengirim barangnya."))
    if order.state != OrderState.ACCEPTED or order.receipts.exclude(state=ReceiptState.REJECTED).exists():
        raise InvalidMove(_("Pesanan ini belum disanggupi atau sudah dikirim. Muat ulang halaman lalu periksa lagi."))
    carrier = carrier.strip()
    if order.method == DeliveryMethod.PICKUP:
        carrier = carrier or _("Diambil di toko")
    require(carrier, _("Tulis siapa yang membawa barangnya, misalnya kurir sendiri."), field="carrier")
    lines = list(order.lines.all())
    unknown = set(quantities) - {line.pk for line in lines}
    require(not unknown, _("Ada barang yang bukan bagian pesanan ini. Muat ulang halaman."), code="unknown_line")
    sent = {line.pk: quantities.get(line.pk, line.quantity) for line in lines}
    for line in lines:
        require(
            ZERO <= sent[line.pk] <= line.quantity,
            _("%(name)s: yang dikirim paling banyak %(most)s %(unit)s.")
            % {"name": line.name, "most": plain(line.quantity), "unit": line.get_unit_display()},
            field=f"sent_{line.pk}",
            code="too_many",
        )
    require(any(sent.values()), _("Paling sedikit satu barang harus dikirim."), code="nothing_sent")
    due = max(now, order.deliver_at) + silence_of(lines, now)
    receipt = Receipt.objects.create(
        order=order,
        number=next_number("SJ", clock.local_date(now).year),
        carrier=carrier[:120],
        shipped_at=now,
        inspect_due_at=due,
    )
    ReceiptLine.objects.bulk_create(ReceiptLine(receipt=receipt, order_line=line, sent=sent[line.pk]) for line in lines)
    begin(receipt, actor=actor, now=now, note=carrier)
    notices.order_shipped(receipt, now=now)
    documents.ensure_documents(order, now)
    return receipt


@transaction.atomic
def mark_arrived(*, actor: Any, receipt: Receipt, now: datetime) -> Receipt:
    """The goods are there; the silence clock of the fastest-spoiling line starts.

    Raises: NotAllowed, SamePerson, InvalidMove. Locks: Order, Receipt.
    """
    order = Order.objects.locked().get(pk=receipt.order_id)
    receipt = Receipt.objects.locked().get(pk=receipt.pk)
    _check_receiver(actor, order, now)
    return _arrive(receipt, order, actor=actor, now=now)


@transaction.atomic
def inspect_receipt(
    *,
    actor: Any,
    receipt: Receipt,
    findings: Mapping[int, Finding],
    on_time: bool,
    remark: str,
    photos: Sequence[Any],
    key: str,
    now: datetime,
) -> Receipt:
    """What came and what of it is good, line by line, with photos. A person's order is taken over at once; a
    department signs the BAST as the next step.

    `findings` by receipt line pk; every line must be there. The same key inspects once.
    Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken.
    Locks: BudgetLine, Order, Receipt, Bill, TurnoverMonth, Product.
    """
    who = f"user:{actor.pk}"
    body = {
        "inspect": receipt.pk,
        "findings": {pk: [str(arrived), str(accepted), note] for pk, (arrived, accepted, note) in findings.items()},
        "on_time": on_time,
        "remark": remark,
    }
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return Receipt.objects.get(pk=receipt.pk)
    order_services.lock_budget(receipt.order)
    order = Order.objects.locked().get(pk=receipt.order_id)
    receipt = Receipt.objects.locked().get(pk=receipt.pk)
    _check_receiver(actor, order, now)
    if receipt.state != ReceiptState.ARRIVED:
        raise InvalidMove()
    require(
        len(photos) <= MAX_PHOTOS,
        _("Paling banyak %(most)s foto. Pilih yang paling jelas.") % {"most": MAX_PHOTOS},
        field="photos",
    )
    _record(receipt, findings)
    for photo in photos:
        stored = uploads.store_private_image(
            photo, user=actor, folder=f"inspections/{receipt.number.lower()}", field="photos"
        )
        InspectionPhoto.objects.create(
            receipt=receipt,
            file=stored.name,
            content_type=stored.content_type,
            size=stored.size,
            sha256=stored.sha256,
            uploaded_by=actor,
            uploaded_at=now,
        )
    _inspect(receipt, actor=actor, on_time=on_time, remark=remark, now=now)
    if order.agency_id is None:
        _conclude(receipt, order, actor=actor, office_number="", now=now)
    else:
        notices.receipt_inspected(receipt, now=now)
        documents.ensure_documents(order, now)
    idempotency.settle(person=who, key=key, result=str(receipt.pk))
    return receipt


@transaction.atomic
def sign_bast(*, actor: Any, receipt: Receipt, office_number: str, now: datetime) -> Receipt:
    """The goods change hands: BAST number, accepted amounts on the order, stock delivered, bill issued.

    When everything was rejected there is no BAST: the order closes and the budget is free again.
    Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken.
    Locks: BudgetLine, Order, Receipt, Bill, TurnoverMonth, Product.
    Source: Perpres 16/2018 jo. 12/2021, article 57 (handover of the result of work).
    """
    order_services.lock_budget(receipt.order)
    order = Order.objects.locked().get(pk=receipt.order_id)
    receipt = Receipt.objects.locked().get(pk=receipt.pk)
    _check_receiver(actor, order, now)
    if receipt.state != ReceiptState.INSPECTED:
        raise InvalidMove()
    _check_no_dispute(order)
    return _conclude(receipt, order, actor=actor, office_number=office_number.strip(), now=now)


@transaction.atomic
def confirm_received(*, actor: Any, order: Order, now: datetime) -> Receipt:
    """A buyer has everything as ordered, in one step. Raises: NotAllowed, InvalidMove. Locks: as sign_bast."""
    order_services.lock_budget(order)
    order = Order.objects.locked().get(pk=order.pk)
    if not policies.is_buyer_of(actor, order):
        raise NotAllowed(_("Hanya pembeli pesanan ini yang dapat menyatakan barang diterima."))
    receipt = Receipt.objects.locked().filter(order=order).exclude(state=ReceiptState.REJECTED).first()
    if receipt is None or receipt.state not in (ReceiptState.SHIPPED, ReceiptState.ARRIVED):
        raise InvalidMove()
    _check_no_dispute(order)
    return _accept_all(receipt, order, actor=actor, now=now)


def accept_by_silence(*, now: datetime) -> int:
    """Receipts nobody looked after move on, each in its own transaction; the number that moved.

    Sent and not reported after the silence period → arrived. Arrived and not inspected → accepted in full. Inspected
    and no BAST signed → the system issues it. An undecided dispute stops all three. Safe in parallel.
    """
    due = (
        Receipt.objects.filter(
            state__in=[ReceiptState.SHIPPED, ReceiptState.ARRIVED, ReceiptState.INSPECTED], inspect_due_at__lt=now
        )
        .exclude(order__disputes__state__in=policies.UNDECIDED)
        .order_by("inspect_due_at")
    )
    moved = 0
    for receipt in due[:BATCH]:
        try:
            moved += _step_by_silence(receipt, now)
        except Exception:  # reported, and the next receipt still gets its turn
            logger.exception("Receipt %s could not move on by silence", receipt.number)
    return moved


def silence_of(lines: Sequence[OrderLine], now: datetime) -> timedelta:
    """After how long silence about these goods counts as yes: the shortest period among the lines."""
    order = [Keeps.COOKED, Keeps.FRESH, Keeps.DRY, Keeps.OTHER]
    keeps = min((Keeps(line.keeps) for line in lines), key=order.index)
    return timedelta(hours=Rule.objects.amount(f"receipt.silence_{keeps.value}", clock.local_date(now)))


@transaction.atomic
def _step_by_silence(receipt: Receipt, now: datetime) -> int:
    order_services.lock_budget(receipt.order)
    order = Order.objects.locked().get(pk=receipt.order_id)
    receipt = Receipt.objects.locked().get(pk=receipt.pk)
    if receipt.inspect_due_at is None or receipt.inspect_due_at >= now:
        return 0
    if order.disputes.undecided().exists():
        return 0
    if receipt.state == ReceiptState.SHIPPED:
        _arrive(receipt, order, actor=None, now=now)
    elif receipt.state == ReceiptState.ARRIVED:
        _accept_all(receipt, order, actor=None, now=now)
    elif receipt.state == ReceiptState.INSPECTED:
        _conclude(receipt, order, actor=None, office_number="", now=now)
    else:
        return 0
    return 1


def _check_receiver(actor: Any, order: Order, now: datetime) -> None:
    day = clock.local_date(now)
    if not policies.has_receiver_seat(actor, order, day):
        raise NotAllowed(_("Barang diterima oleh pembelinya; untuk dinas oleh penerima barang yang ditunjuk."))
    earlier = policies.earlier_side(actor, order)
    if earlier is not None:
        raise SamePerson(earlier, _("penerima barang"))


def _check_no_dispute(order: Order) -> None:
    if order.disputes.undecided().exists():
        raise RuleBroken(
            _("Ada sengketa yang belum selesai pada pesanan ini. Selesaikan sengketanya dahulu."), code="dispute_open"
        )


def _arrive(receipt: Receipt, order: Order, *, actor: Any, now: datetime) -> Receipt:
    due = now + silence_of(list(order.lines.all()), now)
    move(receipt, "arrive", actor=actor, now=now, arrived_at=now, inspect_due_at=due)
    notices.receipt_arrived(receipt, now=now)
    return receipt


def _record(receipt: Receipt, findings: Mapping[int, Finding]) -> None:
    lines = list(receipt.lines.select_related("order_line"))
    require(
        set(findings) == {line.pk for line in lines},
        _("Isi hasil pemeriksaan untuk setiap barang."),
        code="line_missing",
    )
    for line in lines:
        arrived, accepted, remark = findings[line.pk]
        name = line.order_line.name
        require(
            ZERO <= arrived <= line.sent,
            _("%(name)s: yang tiba paling banyak %(most)s.") % {"name": name, "most": plain(line.sent)},
            field=f"arrived_{line.pk}",
            code="too_many",
        )
        require(
            ZERO <= accepted <= arrived,
            _("%(name)s: yang diterima baik paling banyak sejumlah yang tiba.") % {"name": name},
            field=f"accepted_{line.pk}",
            code="too_many",
        )
        require(
            remark.strip() or (arrived == line.sent and accepted == arrived),
            _("%(name)s: jumlahnya berbeda, tulis sebabnya.") % {"name": name},
            field=f"remark_{line.pk}",
            code="remark_missing",
        )
        line.arrived, line.accepted, line.remark = arrived, accepted, remark.strip()[:200]
    ReceiptLine.objects.bulk_update(lines, ["arrived", "accepted", "remark"])


def _inspect(receipt: Receipt, *, actor: Any, on_time: bool, remark: str, now: datetime) -> None:
    days = Rule.objects.amount("bill.payment_days", clock.local_date(now))
    move(
        receipt,
        "inspect",
        actor=actor,
        now=now,
        note=remark.strip(),
        inspected_at=now,
        receiver=actor,
        is_on_time=on_time,
        remark=remark.strip()[:300],
        inspect_due_at=clock.due_after_working_days(now, days),
    )


def _accept_all(receipt: Receipt, order: Order, *, actor: Any, now: datetime) -> Receipt:
    if receipt.state == ReceiptState.SHIPPED:
        _arrive(receipt, order, actor=actor, now=now)
    _record(receipt, {line.pk: (line.sent, line.sent, "") for line in receipt.lines.all()})
    came = receipt.arrived_at or now
    _inspect(receipt, actor=actor, on_time=came <= order.deliver_at, remark="", now=now)
    return _conclude(receipt, order, actor=actor, office_number="", now=now)


def _conclude(receipt: Receipt, order: Order, *, actor: Any, office_number: str, now: datetime) -> Receipt:
    """BAST and bill, or the end of the order when nothing was accepted."""
    accepted = {line.order_line_id: line.accepted or ZERO for line in receipt.lines.all()}
    lines = list(order.lines.select_related("product").order_by("product_id"))
    for line in lines:
        line.accepted_quantity = accepted.get(line.pk, ZERO)
        line.accepted_amount = (
            line.amount if line.accepted_quantity == line.quantity else share(line.price, line.accepted_quantity)
        )
    OrderLine.objects.bulk_update(lines, ["accepted_quantity", "accepted_amount"])
    if not any(line.accepted_amount for line in lines):
        move(receipt, "reject", actor=actor, now=now, rejected_at=now)
        order_services.close_order(
            actor=actor, order=order, reason=CloseReason.ALL_REJECTED, note=receipt.remark, now=now
        )
        return receipt
    number = next_number("BAST", clock.local_date(now).year)
    move(receipt, "accept", actor=actor, now=now, accepted_at=now, bast_number=number, office_number=office_number[:60])
    bills.issue_bill(order=order, now=now)
    for line in lines:
        stock.deliver_stock(
            product=line.product,
            held=line.quantity,
            delivered=line.accepted_quantity or ZERO,
            reference=order.number,
            actor=actor,
            now=now,
        )
    notices.receipt_accepted(receipt, now=now)
    documents.ensure_documents(order, now)
    return receipt
