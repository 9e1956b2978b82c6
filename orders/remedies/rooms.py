"""How much a decision may still give: off an invoice, in goods, of money that was paid, of what was refused, or of what
was received. Reads only."""

from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from orders.billing import deductions
from orders.billing.models import Invoice
from orders.billing.states import UNPAID, HoldReason
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import DeliveryState
from orders.disputes.models import Dispute
from orders.orders.models import OrderLine
from orders.orders.states import OrderState
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyState
from orders.schedules import changes as schedules
from orders.tax_deposits.models import DepositedTax

ZERO = Decimal(0)


def invoice_of(delivery: Delivery) -> Invoice | None:
    """The one in force."""
    return Invoice.objects.live().filter(delivery=delivery).first()


def invoices_of(delivery: Delivery) -> list[Invoice]:
    """Those in force of the delivery and of what came in its place: all that its goods are paid by."""
    own = Q(delivery=delivery) | Q(delivery__remedy__delivery=delivery)
    return list(Invoice.objects.live().filter(own).select_related("delivery").order_by("pk"))


def deductible(delivery: Delivery) -> int:
    """Whole rupiah: what is still payable for the delivery, with what was decided before. Goods that came again have
    something of their own only where they have an invoice of their own."""
    invoice = invoice_of(delivery)
    if invoice is not None:
        return deductions.still_payable(invoice)
    if delivery.state == DeliveryState.REJECTED or delivery.remedy_id is not None:
        return 0
    decided = Remedy.objects.pending_deductions().filter(delivery=delivery).aggregate(sum=Sum("amount"))["sum"] or 0
    worth = sum(line.price_of(came(line)) for line in delivery.lines.select_related("order_line"))
    return max(worth - decided, 0)


def refundable(delivery: Delivery) -> int:
    """Whole rupiah a person paid for the delivery and nobody was told to return."""
    invoice = invoice_of(delivery)
    if invoice is None or delivery.order.agency_id is not None:
        return 0
    decided = Remedy.objects.refunds().standing().filter(delivery=delivery).aggregate(sum=Sum("amount"))["sum"] or 0
    return max(invoice.paid - decided, 0)


def came(line: DeliveryLine) -> Decimal:
    """What came of it, as far as anybody counted."""
    if line.accepted is not None:
        return line.kept
    return line.sent if line.arrived is None else line.arrived


def is_short(line: DeliveryLine) -> bool:
    """Counted, and not all of it accepted: the rest is not invoiced."""
    return line.refused > 0


def replaceable(line: DeliveryLine) -> Decimal:
    """How much of it may be decided to come again: of goods not counted yet what was sent; of counted ones those that
    were refused, where some were, since those accepted are what the buyer keeps; of goods handed over what was accepted
    of them, or since in their place. Without what is to come again already, and what a decision refused. What comes in
    place of others is judged with those."""
    delivery = line.delivery
    if delivery.remedy_id is not None:
        return ZERO
    decided = Remedy.objects.awaited().filter(delivery=delivery.pk, order_line=line.order_line_id)
    if delivery.state != DeliveryState.ACCEPTED:
        most = line.refused if is_short(line) else line.sent
        return max(most - sum((remedy.left for remedy in decided), ZERO), ZERO)
    again = DeliveryLine.objects.filter(
        delivery__remedy__delivery=delivery, delivery__state=DeliveryState.ACCEPTED, order_line=line.order_line_id
    )
    most = line.invoiced - line.returned + sum((row.invoiced for row in again), ZERO)
    return max(most - sum((remedy.invoiced_left for remedy in decided), ZERO), ZERO)


def acceptable(line: DeliveryLine) -> Decimal:
    """How much of it may be decided to count as accepted: what was refused when it came and neither came again nor is
    to; of goods that were called missing all that was sent, while nothing was sent in their place. Nothing where
    `unacceptable_words` says why."""
    if line.delivery.state == DeliveryState.MISSED:
        day = line.delivery.due_day
        left = line.order_line.unsent_quantity if day is None else schedules.left_on(day, line.order_line)
        return line.sent if line.sent <= left else ZERO
    replaced = Remedy.objects.replacements().filter(delivery=line.delivery_id, order_line=line.order_line_id)
    return max(line.refused_at_receipt - sum((_replaced(remedy) for remedy in replaced), ZERO), ZERO)


def _replaced(remedy: Remedy) -> Decimal:
    """What of refused goods came again, or is to."""
    if remedy.state == RemedyState.VOID:
        return ZERO
    if remedy.state == RemedyState.LAPSED:  # what came stands first for what was invoiced before
        return max(remedy.came + remedy.refused - (remedy.quantity or ZERO), ZERO)
    return remedy.refused


def refusable(line: DeliveryLine) -> Decimal:
    """How much of it may be decided to be refused: what the buyer keeps and is not to come again. Nothing where
    `unrefusable_words` says why."""
    again = Remedy.objects.awaited().filter(delivery=line.delivery_id, order_line=line.order_line_id)
    return max(line.kept - sum((remedy.invoiced_left for remedy in again), ZERO), ZERO)


def whole_of(bill: Invoice) -> int:
    """Rupiah: all of a bill of which nothing is kept, with the delivery cost where the order has no other bill."""
    is_alone = not Invoice.objects.live().filter(order=bill.order_id).exclude(pk=bill.pk).exists()
    return bill.gross if is_alone else 0


def refund_of(delivery: Delivery, sold: OrderLine | None, quantity: Decimal | None) -> int:
    """Whole rupiah that a decision now to refuse so much of the line, or without one all that is kept, would give back
    to the person who paid (`deliveries.refusing`)."""
    room, bill = refundable(delivery), invoice_of(delivery)
    if not room or bill is None:
        return 0
    rows = list(delivery.lines.select_related("order_line"))
    found = [(row, refusable(row) if quantity is None else quantity) for row in rows if sold in (None, row.order_line)]
    worth = sum(-row.price_of(-refused) for row, refused in found)
    if sum(row.kept for row in rows) <= sum(refused for _row, refused in found):
        worth = max(worth, whole_of(bill))
    return min(room, max(worth - deductible(delivery), 0))


def refunded_by(dispute: Dispute) -> int:
    """Whole rupiah that its decision gives back to the person who paid."""
    return Remedy.objects.refunds().filter(dispute=dispute).aggregate(sum=Sum("amount"))["sum"] or 0


def unrefusable_words(delivery: Delivery) -> str:
    """Why nothing more of it can be refused by a decision, and what is possible instead; "" where it can."""
    words = {"number": delivery.number}
    if delivery.state == DeliveryState.ARRIVED:
        return _("Kiriman %(number)s belum diperiksa: yang tidak sesuai ditolak saat memeriksanya.") % words
    if delivery.state not in (DeliveryState.INSPECTED, DeliveryState.ACCEPTED):
        return _("Dari kiriman %(number)s tidak ada barang yang diterima.") % words
    if delivery.remedy is not None:
        words["replaced"] = delivery.remedy.delivery.number
        if invoice_of(delivery) is not None:
            return _("Kiriman %(number)s mengganti barang kiriman %(replaced)s: potong tagihannya.") % words
        return (
            _("Kiriman %(number)s mengganti barang kiriman %(replaced)s dan tidak ditagih sendiri: pilih %(replaced)s.")
            % words
        )
    if not any(refusable(line) for line in delivery.lines.select_related("order_line")):
        return _("Dari kiriman %(number)s tidak ada lagi barang yang disimpan pembeli.") % words
    if delivery.state == DeliveryState.INSPECTED or deductible(delivery) or refundable(delivery):
        return ""
    if delivery.order.agency_id is None:
        return _("Uang kiriman %(number)s sudah harus dikembalikan seluruhnya.") % words
    return (
        _("Tagihan kiriman %(number)s sudah dibayar. Minta bendahara mengajukan pembatalan pembayarannya dahulu.")
        % words
    )


def is_replaceable(delivery: Delivery) -> bool:
    """Whether the bill of goods handed over may give way to one of other goods."""
    return delivery.order.state == OrderState.ACCEPTED and not _closed_words(delivery, invoice_of(delivery))


def unacceptable_words(delivery: Delivery) -> str:
    """Why nothing more of it can count as accepted, and what is possible instead; "" where it can."""
    order, words = delivery.order, {"number": delivery.number}
    if order.state != OrderState.ACCEPTED:
        return _("Pesanannya sudah selesai atau batal, jadi penerimaannya tidak dapat diubah lagi.")
    if delivery.state == DeliveryState.MISSED:
        return _unexpected_words(delivery)
    if delivery.state == DeliveryState.INSPECTED:
        return ""
    if delivery.state != DeliveryState.ACCEPTED:
        return _("Kiriman %(number)s belum diperiksa, atau ditolak seluruhnya.") % words
    if delivery.remedy_id is not None:
        return (
            _("Kiriman %(number)s mengganti barang lain: yang belum diterima darinya masih dapat dikirim lagi.") % words
        )
    return _closed_words(delivery, invoice_of(delivery))


def _unexpected_words(delivery: Delivery) -> str:
    """Of goods that were called missing: nobody waits for them any more, or others were sent in their place."""
    words = {"number": delivery.number}
    if delivery.remedy_id is not None:
        return _("Kiriman %(number)s mengganti barang lain: kirim penggantinya sekali lagi.") % words
    is_given_up = delivery.due_day is not None and delivery.due_day.missed_at is not None
    if delivery.order.rest_closed_at is not None or is_given_up:
        return _("Barang kiriman %(number)s tidak ditunggu lagi: anggaran dan stoknya sudah dilepas.") % words
    if any(not acceptable(line) for line in delivery.lines.select_related("order_line")):
        return _("Barang kiriman %(number)s sudah dikirim lagi, atau jumlah pesanannya sudah berubah.") % words
    return ""


def _closed_words(delivery: Delivery, invoice: Invoice | None) -> str:
    """Of goods handed over: their bill cannot become higher any more."""
    if invoice is None:
        return _("Kiriman %(number)s tidak punya tagihan yang berlaku.") % {"number": delivery.number}
    words = {"number": invoice.number, "paid": rupiah(invoice.paid)}
    if invoice.paid or invoice.sent_amount:
        return _("Tagihan %(number)s sudah dibayar %(paid)s, jadi tidak dapat ditambah lagi.") % words
    if invoice.state not in UNPAID:
        return _("Tagihan %(number)s sudah selesai, jadi tidak dapat ditambah lagi.") % words
    if invoice.hold_reason == HoldReason.DEBT or invoice.carried_at is not None:
        return _("Tagihan %(number)s diakui utang dengan jumlah itu, jadi tidak dapat ditambah lagi.") % words
    deposit = DepositedTax.objects.live().filter(invoice=invoice).first()
    if deposit is not None:
        words["ntpn"] = deposit.ntpn
        return (
            _("Pajak tagihan %(number)s sudah disetor dengan NTPN %(ntpn)s. Tarik catatan setorannya dahulu.") % words
        )
    return ""
