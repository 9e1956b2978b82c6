"""What an inspector looks for in a department's purchase, and on which page it is seen. The only place that says it."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.billing.models import Invoice
from orders.cancellations.models import Cancellation
from orders.cancellations.states import CANCELLED
from orders.compensations.models import CompensationReversal
from orders.deliveries.models import Delivery
from orders.disputes.models import Dispute
from orders.documents.models import Attachment, SlotWaiver
from orders.orders.models import Order
from orders.orders.querysets import OrderQuerySet
from orders.orders.states import OrderState
from orders.reversals.models import PaymentReversal
from procurement.guards.models import GuardFinding
from procurement.guards.states import Outcome


class Flag(TextChoices):
    VIOLATION = "pelanggaran", _("Peringatan dinilai pelanggaran")
    JUSTIFIED = "alasan", _("Peringatan dijawab dengan alasan")
    WAIVED = "dikecualikan", _("Lampiran wajib dikecualikan")
    REMOVED = "dikeluarkan", _("Lampiran dikeluarkan")
    SILENT = "dianggap", _("Dianggap diterima tanpa diperiksa")
    LATE = "terlambat", pgettext_lazy("belanja", "Terlambat dibayar")
    REVERSED = "ditarik", _("Pembayaran dibatalkan")
    CANCELLED = "dibatalkan", _("Pesanan atau sisanya batal")
    UNDECIDED = "belum-diputus", _("Keluhan lewat batas putusan")
    FOR_NOTHING = "tanpa-hasil", _("Keluhan dinas berakhir tanpa hasil")


_OF_ORDER = {"order": OuterRef("pk")}


def _findings(outcome: Outcome) -> QuerySet[Any]:
    return GuardFinding.objects.filter(request=OuterRef("request"), outcome=outcome)


def _rows(now: datetime) -> dict[Flag, list[QuerySet[Any]]]:
    """Of an order: rows of any of which one is enough. What a dispute stops is not late, unless it was before."""
    return {
        Flag.VIOLATION: [_findings(Outcome.CONFIRMED)],
        Flag.JUSTIFIED: [_findings(Outcome.ACCEPTED)],
        Flag.WAIVED: [SlotWaiver.objects.filter(**_OF_ORDER)],
        Flag.REMOVED: [Attachment.objects.removed().filter(**_OF_ORDER)],
        Flag.SILENT: [Delivery.objects.accepted_by_silence().filter(**_OF_ORDER)],
        Flag.LATE: [
            rows.filter(**_OF_ORDER) for rows in (Invoice.objects.unpaid_late(now), Invoice.objects.paid_late())
        ],
        Flag.REVERSED: [
            rows.released().filter(**{rows.of_order: OuterRef("pk")})
            for rows in (PaymentReversal.objects.all(), CompensationReversal.objects.all())
        ],
        # Also what its seller declined or let lapse.
        Flag.CANCELLED: [
            Cancellation.objects.filter(state__in=CANCELLED, **_OF_ORDER),
            Order.objects.filter(pk=OuterRef("pk"), state=OrderState.CLOSED),
        ],
        Flag.UNDECIDED: [Dispute.objects.undecided_late(now).filter(**_OF_ORDER)],
        Flag.FOR_NOTHING: [Dispute.objects.came_to_nothing().filter(**_OF_ORDER)],
    }


def conditions(now: datetime) -> dict[Flag, Q]:
    """Of orders: those that bear it."""
    return {flag: reduce(or_, [Q(Exists(rows)) for rows in found]) for flag, found in _rows(now).items()}


def with_flags(orders: OrderQuerySet, now: datetime) -> OrderQuerySet:
    """Adds what `flags_of` reads, in the same statement."""
    return orders.annotate(**{_name(flag): rule for flag, rule in conditions(now).items()})


def flags_of(order: Order) -> list[Flag]:
    return [flag for flag in Flag if getattr(order, _name(flag))]


def page_of(flag: Flag, order: Order) -> str:
    """Where it is seen, for whoever reads all departments."""
    number = order.number
    if flag in (Flag.VIOLATION, Flag.JUSTIFIED):
        query = {"q": order.request.number if order.request else "", "hasil": _OUTCOMES[flag].value}
        return f"{reverse('procurement:finding-list')}?{urlencode(query)}"
    if flag == Flag.REMOVED:
        return f"{reverse('orders:removed-list')}?{urlencode({'q': number})}"
    if flag == Flag.LATE:
        query = {"keadaan": "semua", "q": number}
        return f"{reverse('orders:treasurer')}?{urlencode(query)}"
    # A payment of a bill or of a compensation that was reversed stands in the history, beside the one recorded since.
    place = {Flag.WAIVED: "berkas", Flag.SILENT: "antar"}.get(flag, "jejak")
    return f"{reverse('orders:order-detail', args=[number])}#{place}"


_OUTCOMES = {Flag.VIOLATION: Outcome.CONFIRMED, Flag.JUSTIFIED: Outcome.ACCEPTED}


def _name(flag: Flag) -> str:
    return f"is_{flag.name.lower()}"
