"""How long requests wait for their approval, what goes back, what is cancelled, which complaints were lost."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from epeken.core import clock
from epeken.core.clock import local_date
from orders.cancellations.models import Cancellation
from orders.cancellations.querysets import CancellationQuerySet
from orders.disputes.models import Dispute
from orders.disputes.querysets import DisputeQuerySet
from orders.disputes.states import DisputeOutcome, DisputeState
from orders.orders.models import Order
from orders.remedies.states import CITY
from orders.scorecards.figures import Case, Family, Figure, Holidays, Measured, Span, Value, count_of
from orders.scorecards.paying import HALF, MOST, percentiles, working_days
from procurement.requests.models import PurchaseRequest, RequestEvent

SENT, BACK = "submit", "send_back"


def _measure(agencies: Sequence[int], span: Span, now: datetime) -> Measured:
    """Seven queries."""
    holidays, days = span.holidays(), defaultdict(list)
    for agency, sent, at in _approvals(agencies, span).values_list("request__agency", "sent_at", "at"):
        days[agency].append(clock.working_days_between(local_date(sent), local_date(at), holidays))
    moved = RequestEvent.objects.filter(**span.within("at"), action__in=(SENT, BACK), request__agency__in=agencies)
    back = (
        moved.order_by()
        .values_list("request__agency")
        .annotate(back=Count("request", filter=Q(action=BACK), distinct=True), sent=Count("request", distinct=True))
    )
    accepted = Order.objects.filter(**span.within("accepted_at"), agency__in=agencies).order_by()
    accepted_by = dict(accepted.values_list("agency").annotate(n=Count("pk")))
    cancelled = dict(
        _cancelled(agencies, span).order_by().values_list("order__agency").annotate(n=Count("order", distinct=True))
    )
    decided = _decided(agencies, span).order_by().values_list("order__agency")
    lost = decided.annotate(lost=Count("pk", filter=LOST), n=Count("pk"))
    return {
        "setuju-separuh": percentiles(days, HALF),
        "setuju-sembilan": percentiles(days, MOST),
        "dikembalikan": {agency: count_of(part, whole) for agency, part, whole in back},
        "batal": {
            agency: Value(cancelled.get(agency, 0), str(cancelled.get(agency, 0)))
            for agency in {*accepted_by, *cancelled}
        },
        "keluhan-kalah": {agency: count_of(part, whole) for agency, part, whole in lost},
        "keluhan-tanpa-hasil": _given_up_of(agencies, span),
    }


LOST = Q(outcome__in=(DisputeOutcome.NOTHING, DisputeOutcome.ACCEPTANCE))


def _approvals(agencies: Sequence[int], span: Span) -> QuerySet[Any]:
    """Approvals by a person, with `sent_at`: when the request was last sent before."""
    sent = RequestEvent.objects.filter(request=OuterRef("request"), action=SENT, sequence__lt=OuterRef("sequence"))
    found = RequestEvent.objects.filter(**span.within("at"), action="approve", request__agency__in=agencies)
    found = found.annotate(sent_at=Subquery(sent.order_by("-sequence").values("at")[:1]))
    return found.filter(sent_at__isnull=False).order_by("-at", "-pk")


def _cancelled(agencies: Sequence[int], span: Span) -> CancellationQuerySet:
    found = Cancellation.objects.by_buyer_after_acceptance()
    return found.filter(**span.within("ended_at"), order__agency__in=agencies).order_by("-ended_at", "-pk")


def _decided(agencies: Sequence[int], span: Span) -> DisputeQuerySet:
    """Complaints of the department that the city's officer decided: what its own people settled is not judged."""
    by_city = Q(events__action="decide", events__acted_as=CITY)
    found = Dispute.objects.filter(by_city, state=DisputeState.DECIDED, opened_by_seller=False)
    return found.filter(**span.within("decided_at"), order__agency__in=agencies).order_by("-decided_at", "-pk")


def _ended(agencies: Sequence[int], span: Span) -> DisputeQuerySet:
    """Complaints of the department that are over, whoever ended them."""
    found = Dispute.objects.filter(opened_by_seller=False, order__agency__in=agencies, **span.within("decided_at"))
    return found.order_by("-decided_at", "-pk")


def _given_up(agencies: Sequence[int], span: Span) -> DisputeQuerySet:
    """Those that the department's own people ended without a result."""
    return _ended(agencies, span).came_to_nothing().filter(state=DisputeState.DECIDED)


def _given_up_of(agencies: Sequence[int], span: Span) -> dict[int, Value]:
    own = Count("pk", filter=Q(pk__in=_given_up(agencies, span).order_by().values("pk")))
    found = _ended(agencies, span).order_by().values_list("order__agency").annotate(own=own, n=Count("pk"))
    return {agency: count_of(part, whole) for agency, part, whole in found}


def _approval_case(event: Any, holidays: Holidays) -> Case:
    days = clock.working_days_between(local_date(event.sent_at), local_date(event.at), holidays)
    by = str(event.actor_name or event.actor or "")
    return _request_case(event.request, by, event.at, working_days(days))


def _returned(agency: int, span: Span, now: datetime) -> QuerySet[PurchaseRequest]:
    """Each once, with when and why it went back last."""
    back = RequestEvent.objects.filter(**span.within("at"), request=OuterRef("pk"), action=BACK).order_by("-sequence")
    found = PurchaseRequest.objects.filter(agency=agency).annotate(
        back_at=Subquery(back.values("at")[:1]), back_note=Subquery(back.values("note")[:1])
    )
    return found.filter(back_at__isnull=False).select_related("requester").order_by("-back_at", "-pk")


def _request_case(request: Any, note: str, at: datetime, value: Value | str) -> Case:
    href = reverse("procurement:request-detail", args=[request.number])
    return Case(request.number, request.title, href, note, local_date(at), value)


def _order_case(order: Any, at: datetime, value: Value | str) -> Case:
    href = reverse("orders:order-detail", args=[order.number])
    return Case(order.number, order.title, href, order.seller.name, local_date(at), value)


FAMILY = Family(
    "putus",
    gettext_lazy("Memutuskan dan menepati"),
    (
        Figure(
            "setuju-separuh",
            pgettext_lazy("paling lama", "Separuh"),
            gettext_lazy("Separuh permintaan disetujui paling lama"),
            gettext_lazy(
                "Hari kerja dari permintaan terakhir dikirim sampai disetujui pejabat, dari persetujuan pada masa ini. "
                "Yang disetujui sendiri oleh kerangka tidak dihitung."
            ),
            lambda agency, span, now: _approvals([agency], span).select_related("request", "actor"),
            _approval_case,
        ),
        Figure(
            "setuju-sembilan",
            pgettext_lazy("paling lama", "Sembilan dari sepuluh"),
            gettext_lazy("Sembilan dari sepuluh permintaan disetujui paling lama"),
            gettext_lazy(
                "Dihitung dari persetujuan yang sama. Hanya satu dari sepuluh permintaan menunggu lebih lama dari ini."
            ),
            lambda agency, span, now: _approvals([agency], span).select_related("request", "actor"),
            _approval_case,
        ),
        Figure(
            "dikembalikan",
            gettext_lazy("Permintaan dikembalikan"),
            gettext_lazy("Permintaan dikembalikan"),
            gettext_lazy(
                "Permintaan yang dikembalikan ke pemesan pada masa ini, dari permintaan yang dikirim atau dikembalikan "
                "pada masa ini; tiap permintaan sekali."
            ),
            _returned,
            lambda row, _holidays: _request_case(row, str(row.requester), row.back_at, row.back_note),
        ),
        Figure(
            "batal",
            gettext_lazy("Pesanan dibatalkan"),
            gettext_lazy("Pesanan dibatalkan sesudah disanggupi"),
            gettext_lazy(
                "Pesanan yang sudah disanggupi penjual lalu dibatalkan dinas pada masa ini, seluruhnya atau sisanya. "
                "Yang dibatalkan karena penjual tidak mengirim tidak dihitung."
            ),
            lambda agency, span, now: _cancelled([agency], span).select_related("order__seller"),
            lambda row, _holidays: _order_case(row.order, row.ended_at, row.get_reason_display()),
        ),
        Figure(
            "keluhan-kalah",
            gettext_lazy("Keluhan tidak dikabulkan"),
            gettext_lazy("Keluhan yang tidak dikabulkan"),
            gettext_lazy(
                "Keluhan dinas yang diputus petugas kota pada masa ini tanpa apa pun yang harus diganti penjual, dari "
                "semua keluhan dinas yang diputus petugas kota. Yang diselesaikan berdua tidak dihitung."
            ),
            lambda agency, span, now: _decided([agency], span).select_related("order__seller"),
            lambda row, _holidays: _order_case(row.order, row.decided_at, row.get_outcome_display()),
        ),
        Figure(
            "keluhan-tanpa-hasil",
            gettext_lazy("Keluhan diakhiri sendiri"),
            gettext_lazy("Keluhan dinas diselesaikan sendiri tanpa hasil"),
            gettext_lazy(
                "Keluhan dinas yang selesai pada masa ini karena dinas sendiri mengakhirinya tanpa penggantian, "
                "potongan, atau uang kembali, dari semua keluhan dinas yang selesai. Selama itu pembayaran berhenti."
            ),
            lambda agency, span, now: _given_up([agency], span).select_related("order__seller"),
            lambda row, _holidays: _order_case(row.order, row.decided_at, row.decision),
        ),
    ),
    _measure,
)
