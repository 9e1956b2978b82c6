"""Where an order stands, in words. The one place that derives them from the four machines; pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock
from epeken.core.i18n.times import short_date, short_end
from epeken.core.i18n.words import rupiah
from orders.billing import standing
from orders.billing.models import Invoice, Payment
from orders.billing.states import UNPAID, CommitmentState, InvoiceState
from orders.cancellations.states import CancellationState
from orders.compensations import pages as compensations
from orders.compensations.states import CompensationState
from orders.confirmations.models import SellerConfirmation
from orders.deliveries.models import Delivery
from orders.deliveries.policies import is_all_rejected
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.disputes.states import DisputeState
from orders.orders.models import Order, goods_words
from orders.orders.next_step import (
    delivery_of,
    dispute_of,
    invoice_of,
    is_awaited,
    is_invoice_awaited,
    is_rest_expected,
    live_invoices_of,
    sends_by,
    waiting_of,
)
from orders.orders.states import Channel, DeliveryMethod, OrderState
from orders.orders.words import close_words
from orders.remedies.states import DONE, OPEN, RemedyKind
from orders.schedules.due import is_scheduled


@dataclass(frozen=True)
class Where:
    """The states an order is in, all four machines."""

    order: str
    channel: str = Channel.AGENCY
    method: str = DeliveryMethod.SELLER
    close_reason: str = ""
    delivery: str | None = None
    invoice: str | None = None  # the oldest unpaid, else the last paid
    hold: str = ""  # why that one is held, by the treasurer or the approver
    papers: str = ""  # whose required paper that one waits for
    is_corrected: bool = False  # its money was sent, and the record is being corrected
    is_rest_to_send: bool = False  # of it money is still to be sent besides
    is_reversed: bool = False  # its payment was, and it is to be paid again
    is_in_part: bool = False  # a part of it is paid
    rest: bool = False  # part of the goods was not sent yet and is still expected
    dispute: str | None = None
    is_refused: bool = False  # the delivery was inspected, and nothing of it is good
    cancellation: str | None = None  # the request to cancel that waits
    is_awaited: bool = False  # goods come again, by a decision, before anything else of it is paid


@dataclass(frozen=True)
class Chip:
    """One of the three states shown side by side. `kind`: done, now (waits for somebody), no, wait (not yet)."""

    label: str
    text: str
    note: str
    kind: str


@dataclass(frozen=True)
class OrderStatus:
    """`amount`: what the order comes to, whole rupiah; `goods`: those that it pays, `subject`: them or the event."""

    headline: str
    kind: str
    chips: tuple[Chip, Chip, Chip]
    amount: int
    goods: str
    subject: str


def headline(at: Where) -> str:
    """One sentence for lists and notices; never shown instead of the three states where there is room for them."""
    if at.order == OrderState.CLOSED:
        return pgettext("pesanan", "Batal")
    if at.dispute in (DisputeState.OPENED, DisputeState.ANSWERED):
        return _("Keluhan: %(state)s") % {"state": str(DisputeState(at.dispute).label).lower()}
    if at.order == OrderState.FINISHED:
        return _("Selesai")
    if at.order == OrderState.PLACED:
        return _("Menunggu jawaban penjual")
    if at.cancellation is not None:
        claimed = at.cancellation == CancellationState.CLAIMED
        return _("Ganti rugi menunggu jawaban dinas") if claimed else _("Diminta batal, menunggu jawaban")
    if at.delivery is None:
        return _("Disiapkan penjual")
    if at.delivery == DeliveryState.SHIPPED:
        return _under_way(at.method, rest=at.rest)
    if at.delivery == DeliveryState.ARRIVED:
        return _("Tiba, menunggu pemeriksaan")
    if at.delivery == DeliveryState.INSPECTED:
        return _("Diperiksa, tidak ada yang baik") if at.is_refused else _("Diperiksa, menunggu BAST")
    if at.delivery == DeliveryState.MISSED and at.rest:
        return _("Tidak diambil") if at.method == DeliveryMethod.PICKUP else _("Barang tidak datang")
    if at.rest:
        return _("Sisa barang disiapkan penjual")
    if at.is_awaited:
        return _("Menunggu barang pengganti")
    if at.channel != Channel.AGENCY:
        return _("Menunggu uang tunai dicatat")
    # Goods of which nothing is to be paid yet stand as a bill that is not checked.
    return standing.words(
        at.invoice if at.invoice in UNPAID else InvoiceState.ISSUED,
        hold=at.hold,
        papers=at.papers,
        is_corrected=at.is_corrected,
        is_rest_to_send=at.is_rest_to_send,
        is_reversed=at.is_reversed,
        is_in_part=at.is_in_part,
    )


def kind_of(at: Where) -> str:
    """`done`, `no` or `now`: how a list marks the headline."""
    if at.order == OrderState.CLOSED:
        return "no"
    undecided = at.dispute in (DisputeState.OPENED, DisputeState.ANSWERED)
    return "done" if at.order == OrderState.FINISHED and not undecided else "now"


def headline_of(order: Order) -> str:
    """The headline alone, for files of many orders; `order` as in `of`."""
    return headline(_where(order))


def _where(order: Order) -> Where:
    delivery, invoice, dispute = delivery_of(order), invoice_of(order), dispute_of(order)
    waiting = waiting_of(order)
    unpaid = invoice if invoice is not None and invoice.state in UNPAID else None
    return Where(
        order=order.state,
        channel=order.channel,
        method=order.method,
        close_reason=order.close_reason,
        delivery=delivery.state if delivery else None,
        invoice=invoice.state if invoice else None,
        hold=standing.hold_words(unpaid) if unpaid else "",
        papers=standing.paper_words(unpaid) if unpaid and order.agency_id else "",
        is_corrected=unpaid is not None and unpaid.correcting_id is not None,
        is_rest_to_send=unpaid is not None and bool(unpaid.to_send),
        is_reversed=unpaid is not None and standing.is_to_pay_again(unpaid),
        is_in_part=unpaid is not None and unpaid.paid > 0,
        dispute=dispute.state if dispute else None,
        rest=is_rest_expected(order),
        is_refused=delivery is not None and _is_refused(delivery),
        cancellation=waiting.state if waiting else None,
        is_awaited=_is_awaited(order, invoice),
    )


def of(
    order: Order, now: datetime, *, reversing: Payment | None = None, missing: SellerConfirmation | None = None
) -> OrderStatus:
    """From an order whose lines, deliveries with their lines, disputes and invoices are prefetched. `reversing`: a
    payment of it whose reversal waits, for those who may read that. `missing`: money its seller says did not come."""
    delivery, invoice, dispute = delivery_of(order), invoice_of(order), dispute_of(order)
    at = _where(order)
    chips = (_agreement(order), _delivery(order, delivery, now), _money(order, invoice, now))
    if dispute is not None and order.state == OrderState.ACCEPTED:
        chips = (chips[0], _paused(chips[1]) if _waits(delivery) else chips[1], _stopped(chips[2]))
    if missing is not None and chips[2].kind == "done":
        said = _by(_("bendahara menjawab paling lambat %(day)s"), missing.trace_due_at)
        chips = (chips[0], chips[1], Chip(chips[2].label, _("Menurut penjual belum masuk"), said, "no"))
    if reversing is not None:
        said = _("pembatalan %(amount)s menunggu kepala dinas") % {"amount": rupiah(reversing.amount)}
        chips = (chips[0], chips[1], replace(chips[2], note=said, kind="now"))
    goods = goods_words(list(order.lines.all()), billed=bool(_billed(order)))
    return OrderStatus(
        headline=headline(at), kind=kind_of(at), chips=chips, amount=comes_to(order), goods=goods,
        subject=order.title or goods,
    )  # fmt: skip


def comes_to(order: Order) -> int:
    """Whole rupiah: as agreed without the dates that were given up (`with_total_now`, where that was asked), and what
    is invoiced once no more goods of it are expected."""
    billed = _billed(order)
    return sum(invoice.gross for invoice in billed) if billed else getattr(order, "total_now", order.total)


def _billed(order: Order) -> list[Invoice]:
    """What is to be paid for it, once no more goods of it are expected."""
    waits = is_rest_expected(order) or any(one.state in WITHOUT_RESULT for one in order.deliveries.all())
    return [] if order.state == OrderState.CLOSED or waits else list(live_invoices_of(order))


def _waits(delivery: Delivery | None) -> bool:
    """Whether its next step is one that a dispute stops; goods on the road travel on."""
    return delivery is not None and delivery.state in (DeliveryState.ARRIVED, DeliveryState.INSPECTED)


def _paused(chip: Chip) -> Chip:
    """As while a dispute is undecided: it waits for nobody here, and no day is told."""
    return replace(chip, kind="wait", note=_("berhenti sampai keluhan selesai")) if chip.kind == "now" else chip


def _stopped(chip: Chip) -> Chip:
    """Money that waits for somebody waits for the end of the dispute, whoever's turn it was."""
    return replace(chip, text=_("Berhenti karena keluhan"), kind="wait", note="") if chip.kind == "now" else chip


def _is_awaited(order: Order, invoice: Invoice | None) -> bool:
    """Whether goods are to come again before an invoice is paid: that of the goods, or there is none to pay yet."""
    if invoice is not None and invoice.state in UNPAID:
        return is_invoice_awaited(order, invoice)
    return any(is_awaited(remedy) for remedy in order.remedies.all())


def _agreement(order: Order) -> Chip:
    label = pgettext("satu", "Pesanan")
    if order.state == OrderState.CLOSED:
        return Chip(label, pgettext("pesanan", "Batal"), close_words(order), "no")
    if order.state == OrderState.PLACED:
        return Chip(label, _("Menunggu penjual"), _by(_("batas %(day)s"), order.answer_due_at), "now")
    waiting = waiting_of(order)
    if waiting is not None:
        return Chip(label, _("Diminta batal"), _by(_("dijawab paling lambat %(day)s"), waiting.due_at), "now")
    if order.state == OrderState.FINISHED:
        return Chip(label, _("Selesai"), _on(_("sejak %(day)s"), order.finished_at), "done")
    return Chip(label, _("Disanggupi"), _on(_("Disanggupi penjual %(day)s"), order.accepted_at), "done")


def _delivery(order: Order, delivery: Delivery | None, now: datetime) -> Chip:
    label = _("Penerimaan")
    if delivery is None:
        if order.state == OrderState.ACCEPTED:
            return Chip(
                label,
                _("Disiapkan penjual"),
                _by(
                    _("siap paling lambat %(day)s")
                    if order.method == DeliveryMethod.PICKUP
                    else _("tiba paling lambat %(day)s"),
                    order.awaited_at,
                ),
                "now",
            )
        is_fetched = order.method == DeliveryMethod.PICKUP
        if order.state == OrderState.CLOSED:
            return Chip(label, _("Tidak disiapkan") if is_fetched else _("Tidak dikirim"), "", "no")
        return Chip(label, _("Belum siap diambil") if is_fetched else _("Belum dikirim"), "", "wait")
    if delivery.state == DeliveryState.SHIPPED:
        text = _under_way(order.method, rest=is_rest_expected(order))
        return Chip(label, text, _on(_("sejak %(day)s"), delivery.shipped_at), "now")
    if delivery.state == DeliveryState.ARRIVED:
        note = _by(_("periksa paling lambat %(day)s"), delivery.due_at)
        return Chip(label, _("Tiba, belum diperiksa"), note, "now")
    if delivery.state == DeliveryState.INSPECTED:
        text = _("Tidak ada yang baik") if _is_refused(delivery) else _("Diperiksa, menunggu BAST")
        return Chip(label, text, _on(_("Diperiksa %(day)s"), delivery.inspected_at), "now")
    if delivery.state == DeliveryState.MISSED:
        text = _("Tidak diambil") if order.method == DeliveryMethod.PICKUP else _("Tidak datang")
        return Chip(label, text, _by(_("ditunggu lagi sampai %(day)s"), order.rest_due_at), "no")
    if order.state == OrderState.ACCEPTED and is_rest_expected(order):
        done = _("Diterima sebagian") if delivery.state == DeliveryState.ACCEPTED else _("Sebagian ditolak")
        said = _("berikutnya paling lambat %(day)s") if is_scheduled(order) else _("sisanya paling lambat %(day)s")
        return Chip(label, done, _by(said, sends_by(order, now)), "now")
    if delivery.state == DeliveryState.REJECTED:
        return Chip(label, _("Ditolak semua"), _on(_("Diputuskan %(day)s"), delivery.rejected_at), "no")
    full = all(line.accepted_quantity == line.quantity for line in order.lines.all())
    said = _("BAST terbit %(day)s") if order.agency_id else _("Diterima %(day)s")
    return Chip(
        label, _("Diterima lengkap") if full else _("Diterima sebagian"), _on(said, delivery.accepted_at), "done"
    )


def _money(order: Order, invoice: Invoice | None, now: datetime) -> Chip:
    label = _("Pembayaran")
    if invoice is None:
        by = {
            CommitmentState.COMMITTED: (_("Anggaran terikat"), _("ditagih sesudah BAST"), "wait"),
            CommitmentState.PENDING: (_("Tunai saat diterima"), "", "wait"),
            CommitmentState.SETTLED: (_("Dibayar"), "", "done"),
            CommitmentState.VOID: (_("Gugur"), _("tidak ada yang dibayar"), "no")
            if order.agency_id
            else (_("Tidak ada yang dibayar"), "", "no"),
        }
        if (owed := compensations.of_order(order)) is not None:
            paid = owed.state == CompensationState.PAID
            text = _("Ganti rugi %(amount)s") % {"amount": rupiah(owed.amount)}
            return Chip(label, text, compensations.late_words(owed, now), "done" if paid else "now")
        text, note, kind = by[CommitmentState(order.commitment.state)]
        return Chip(label, text, note, kind)
    if invoice.state == InvoiceState.PAID and order.state == OrderState.ACCEPTED:
        return Chip(label, _("Dibayar sebagian"), _("sisanya ditagih sesudah diterima"), "now")
    if invoice.state == InvoiceState.PAID and not invoice.gross:
        return Chip(label, _("Tidak ada yang dibayar"), _on(_("Dipotong seluruhnya %(day)s"), invoice.paid_at), "done")
    if invoice.state == InvoiceState.PAID and (refund := _refund(order, label, invoice)) is not None:
        return refund
    if invoice.state == InvoiceState.PAID:
        return Chip(label, _("Dibayar"), _on(_("Dicatat %(day)s"), invoice.paid_at), "done")
    if is_invoice_awaited(order, invoice):
        return Chip(label, _("Menunggu barang pengganti"), _("dibayar sesudahnya"), "wait")
    if order.agency_id is None:
        return Chip(label, _("Belum dibayar"), _("%(amount)s tunai") % {"amount": rupiah(invoice.outstanding)}, "now")
    text, kind = standing.words_of(invoice), "no" if invoice.held_at is not None else "now"
    return Chip(label, text, _pay_by(invoice, now), kind)


def _pay_by(invoice: Invoice, now: datetime) -> str:
    """Of what is still to be paid: its end, or since when it is over."""
    if invoice.due_at is None:
        return ""
    if clock.is_over(invoice.due_at, now):
        return _by(_("lewat batas %(day)s"), invoice.due_at)
    if waits := standing.event_words(invoice):
        return waits
    if invoice.correcting_id is not None:
        return _by(_("paling lambat %(day)s"), invoice.due_at)
    return _by(_("sisanya paling lambat %(day)s") if invoice.paid else _("batas %(day)s"), invoice.due_at)


def _refund(order: Order, label: str, invoice: Invoice) -> Chip | None:
    """Money that a decision gives back to the person who paid it; None where nothing is, or ever was to be."""
    owed = [remedy for remedy in order.remedies.all() if remedy.kind == RemedyKind.REFUND and remedy.state in OPEN]
    if owed:
        return Chip(label, _("Uang harus dikembalikan"), _by(_("batas %(day)s"), owed[0].due_at), "now")
    back = returned(order)
    if not back:
        return None
    text = _("Uang dikembalikan") if back >= invoice.paid else _("Sebagian uang dikembalikan")
    return Chip(label, text, rupiah(back), "done")


def returned(order: Order) -> int:
    """Whole rupiah given back to the person who paid, as far as the buyer, silence or the city says."""
    return sum(row.amount for row in order.remedies.all() if row.kind == RemedyKind.REFUND and row.state in DONE)


def _under_way(method: str, *, rest: bool) -> str:
    if method == DeliveryMethod.PICKUP:
        return _("Sebagian siap diambil") if rest else _("Siap diambil")
    return _("Sebagian dalam perjalanan") if rest else _("Dalam perjalanan")


def _is_refused(delivery: Delivery) -> bool:
    return delivery.state == DeliveryState.INSPECTED and is_all_rejected(delivery)


def _on(text: str, moment: datetime | None) -> str:
    return text % {"day": short_date(moment)} if moment else ""


def _by(text: str, end: datetime | None) -> str:
    return text % {"day": short_end(end)} if end else ""
