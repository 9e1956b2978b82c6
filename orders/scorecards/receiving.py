"""How soon a department that has the goods says so, how often it says nothing, how often it takes a payment back."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from epeken.core.clock import local_date
from orders.billing.models import Payment
from orders.deliveries.models import Delivery
from orders.deliveries.querysets import DeliveryQuerySet
from orders.deliveries.states import DeliveryState
from orders.reversals.models import PaymentReversal
from orders.reversals.querysets import ReversalQuerySet
from orders.reversals.states import ReversalState
from orders.scorecards.figures import Case, Family, Figure, Holidays, Measured, Span, Value, at_most, count_of, share_of
from orders.scorecards.paying import HALF, MOST

HOUR = timedelta(hours=1)


def _measure(agencies: Sequence[int], span: Span, now: datetime) -> Measured:
    """Two queries."""
    taken: dict[int, list[int]] = defaultdict(list)
    silent: Counter[int] = Counter()
    rows = _accepted(agencies, span).values_list("order__agency", "arrived_at", "accepted_at", "inspected_at")
    for agency, arrived, accepted, inspected in rows:
        taken[agency].append(_hours(arrived, accepted))
        silent[agency] += inspected is None
    paid = Payment.objects.filter(**span.within("recorded_at"), invoice__order__agency__in=agencies).order_by()
    back = Count("pk", filter=Q(reversals__state=ReversalState.RELEASED), distinct=True)
    reversed_ = paid.values_list("invoice__order__agency").annotate(back=back, n=Count("pk", distinct=True))
    return {
        "terima-separuh": {agency: _in_hours(at_most(hours, HALF)) for agency, hours in taken.items()},
        "terima-sembilan": {agency: _in_hours(at_most(hours, MOST)) for agency, hours in taken.items()},
        "dianggap": {agency: share_of(silent[agency], len(hours)) for agency, hours in taken.items()},
        "bayar-batal": {agency: count_of(part, whole) for agency, part, whole in reversed_},
    }


def _accepted(agencies: Sequence[int], span: Span) -> DeliveryQuerySet:
    """With a BAST of the span."""
    found = Delivery.objects.filter(state=DeliveryState.ACCEPTED, arrived_at__isnull=False, order__agency__in=agencies)
    return found.filter(**span.within("accepted_at")).order_by("-accepted_at", "-pk")


def _reversed(agencies: Sequence[int], span: Span) -> ReversalQuerySet:
    """Of payments recorded in the span, whenever they were reversed."""
    found = PaymentReversal.objects.released().filter(**span.within("payment__recorded_at"))
    return found.filter(payment__invoice__order__agency__in=agencies).order_by("-ended_at", "-pk")


def _hours(arrived: datetime, accepted: datetime) -> int:
    """Whole ones that passed."""
    return max((accepted - arrived) // HOUR, 0)


def _in_hours(hours: int) -> Value:
    return Value(hours, _("%(hours)d jam") % {"hours": hours} if hours else _("kurang dari 1 jam"))


def _accepted_cases(agency: int, span: Span, now: datetime) -> QuerySet[Any]:
    return _accepted([agency], span).select_related("order__seller")


def _silent_cases(agency: int, span: Span, now: datetime) -> QuerySet[Any]:
    return _accepted([agency], span).accepted_by_silence().select_related("order__seller")


def _accepted_case(delivery: Any, _holidays: Holidays) -> Case:
    return _delivery_case(delivery, _in_hours(_hours(delivery.arrived_at, delivery.accepted_at)))


def _delivery_case(delivery: Any, value: Value | str) -> Case:
    order = delivery.order
    href = reverse("orders:order-detail", args=[order.number]) + "#antar"
    day = local_date(delivery.accepted_at)
    return Case(delivery.bast_number, order.title, href, order.seller.name, day, value)


def _reversed_case(row: Any, _holidays: Holidays) -> Case:
    invoice = row.payment.invoice
    order = invoice.order
    href = reverse("orders:order-detail", args=[order.number]) + "#jejak"
    return Case(
        invoice.number, order.title, href, order.seller.name, local_date(row.ended_at), row.get_reason_display()
    )  # fmt: skip


FAMILY = Family(
    "terima",
    gettext_lazy("Menerima barang"),
    (
        Figure(
            "terima-separuh",
            pgettext_lazy("paling lama", "Separuh"),
            gettext_lazy("Separuh barang diterima paling lama"),
            gettext_lazy(
                "Jam dari barang tiba sampai BAST, dari BAST yang terbit pada masa ini, juga yang terbit tanpa tanda "
                "tangan. Separuhnya terbit dalam waktu ini atau lebih cepat."
            ),
            _accepted_cases,
            _accepted_case,
        ),
        Figure(
            "terima-sembilan",
            pgettext_lazy("paling lama", "Sembilan dari sepuluh"),
            gettext_lazy("Sembilan dari sepuluh barang diterima paling lama"),
            gettext_lazy("Dihitung dari BAST yang sama. Hanya satu dari sepuluh BAST terbit lebih lama dari ini."),
            _accepted_cases,
            _accepted_case,
        ),
        Figure(
            "dianggap",
            gettext_lazy("Dianggap diterima"),
            gettext_lazy("Dianggap diterima tanpa diperiksa"),
            gettext_lazy(
                "Dari BAST yang terbit pada masa ini: yang terbit karena tidak ada yang memeriksa barangnya sampai "
                "batas waktunya."
            ),
            _silent_cases,
            lambda row, _holidays: _delivery_case(row, _("tidak diperiksa")),
        ),
        Figure(
            "bayar-batal",
            gettext_lazy("Pembayaran dibatalkan"),
            pgettext_lazy("rapor", "Pembayaran yang dibatalkan"),
            gettext_lazy(
                "Pembayaran yang dicatat pada masa ini dan kemudian dibatalkan, juga yang hanya dibetulkan catatannya; "
                "dari semua pembayaran yang dicatat pada masa ini."
            ),
            lambda agency, span, now: _reversed([agency], span).select_related("payment__invoice__order__seller"),
            _reversed_case,
        ),
    ),
    _measure,
)
