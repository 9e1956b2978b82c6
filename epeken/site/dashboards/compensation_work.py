"""Agreed compensations: the head names a budget line and decides on a payment that was wrong, the treasurer pays; and
what a shop reads of its own."""

from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import left_words
from epeken.core.i18n.words import rupiah
from epeken.site.dashboards.work_lists import WorkList, first
from orders.compensations import pages
from orders.compensations.models import Compensation, CompensationReversal
from orders.compensations.states import CompensationState
from procurement.agencies.models import Agency
from umkm.sellers.models import Seller

SHOWN = 20  # of a shop


def for_head(agency: Agency, now: datetime) -> WorkList:
    """Those without a budget line yet, or of which the treasurer asks to reverse a payment; and what is late, whoever
    holds it."""
    asked = CompensationReversal.objects.waiting().filter(payment__compensation=OuterRef("pk"))
    found = Compensation.objects.annotate(asked_due=Subquery(asked.values("due_at")[:1]))
    late = ~Q(state=CompensationState.PAID) & clock.over("due_at", now)
    found = found.filter(Q(state=CompensationState.AGREED) | Q(asked_due__isnull=False) | late)
    return _list(
        _("Ganti rugi menunggu kepala dinas atau terlambat"),
        found.annotate(turn_due=Coalesce("asked_due", "due_at")),
        agency,
        now,
    )


def to_pay(agency: Agency, now: datetime) -> WorkList:
    found = Compensation.objects.to_pay().annotate(turn_due=F("due_at"))
    return _list(_("Ganti rugi yang harus dibayar"), found, agency, now)


def of_shop(seller: Seller, now: datetime) -> list[dict[str, Any]]:
    """What departments owe the shop since they agreed to its claims, what is due first at the top; then what was paid
    last. One query."""
    found = Compensation.objects.filter(order__seller=seller).select_related("order__agency")
    return [
        {
            "row": row,
            "order": row.order,
            "turn": pages.turn_words(row),
            "due": left_words(row.due_at, now) if row.state != CompensationState.PAID else "",
            "is_late": pages.is_late(row, now),
        }
        for row in found.order_by(F("paid_on").desc(nulls_first=True), "due_at", "pk")[:SHOWN]
    ]


def _list(title: str, found: Any, agency: Agency, now: datetime) -> WorkList:
    """The first to fall due at the top."""
    of_agency = found.filter(order__agency=agency).select_related("order__seller")
    count, rows = first(of_agency.order_by("turn_due", "pk"))
    return WorkList(title, count, [_item(row, now) for row in rows])


def _item(row: Any, now: datetime) -> dict[str, Any]:
    order = row.order
    turn = _("Pembayarannya diminta dibatalkan") if getattr(row, "asked_due", None) else pages.turn_words(row)
    return {
        "title": order.title,
        "href": reverse("orders:compensation-detail", args=[row.number]),
        "note": ", ".join([row.number, order.number, order.seller.name, rupiah(row.amount), turn]),
        "left": left_words(row.turn_due, now),
        "now": clock.last_day(row.turn_due) <= clock.local_date(now),
        "due": row.turn_due,
    }
