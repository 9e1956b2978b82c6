"""Agreed compensations: the head names a budget line, the treasurer pays."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import left_words
from epeken.core.i18n.words import rupiah
from epeken.site.dashboards.work_lists import WorkList, first
from orders.compensations.models import Compensation
from procurement.agencies.models import Agency


def to_charge(agency: Agency, now: datetime) -> WorkList:
    return _list(_("Ganti rugi: tunjuk mata anggarannya"), Compensation.objects.to_charge(), agency, now)


def to_pay(agency: Agency, now: datetime) -> WorkList:
    return _list(_("Ganti rugi yang harus dibayar"), Compensation.objects.to_pay(), agency, now)


def _list(title: str, found: Any, agency: Agency, now: datetime) -> WorkList:
    """The first to fall due at the top."""
    of_agency = found.filter(order__agency=agency).select_related("order__seller")
    count, rows = first(of_agency.order_by("due_at", "pk"))
    return WorkList(title, count, [_item(row, now) for row in rows])


def _item(row: Compensation, now: datetime) -> dict[str, Any]:
    order = row.order
    return {
        "title": order.title,
        "href": reverse("orders:compensation-detail", args=[row.number]),
        "note": ", ".join([row.number, order.number, order.seller.name, rupiah(row.amount)]),
        "left": left_words(row.due_at, now),
        "now": clock.last_day(row.due_at) <= clock.local_date(now),
    }
