"""What a budget year leaves open in a department, for its PPK and head; for the inspectorate what nobody decided."""

from datetime import datetime
from typing import Any

from django.db.models import Case, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.i18n.times import left_words
from epeken.core.i18n.words import rupiah
from epeken.site.dashboards.work_lists import SHOWN, WorkList
from orders.orders.models import Order
from orders.year_end import commitments, notices, pages, waiting
from orders.year_end.commitments import OpenCommitment
from procurement.agencies.models import Agency


def open_commitments(agency: Agency, now: datetime, *, heads: bool = False) -> WorkList:
    """Orders about which somebody is to decide, the first to be passed on at the top. `heads`: for a head who is no
    PPK, those whose turn has come to the head."""
    orders = waiting.open_orders(now, Order.objects.filter(agency=agency))
    found = commitments.totals(orders)
    undecided = orders.filter(waits_since__isnull=False)
    count = found.undecided
    if heads and count:
        undecided = undecided.filter(waiting.reached_head(now))
        count = undecided.count()
    link = _("Lihat %(count)s pesanan, %(amount)s belum dibayar") % {
        "count": found.listed, "amount": rupiah(found.amount),
    }  # fmt: skip
    items = []
    if count:
        items = _items(undecided, now)
    return WorkList(_("Akhir tahun anggaran: putuskan"), count, items, reverse("orders:year-end"), link)


def passed_on(now: datetime) -> WorkList:
    """What neither PPK nor head decided, of all departments."""
    found = waiting.open_orders(now).filter(waiting.passed_on(now))
    count = found.count()
    return WorkList(
        _("Akhir tahun anggaran: tidak diputus dinas"),
        count,
        _items(found, now, named=True) if count else [],
        reverse("orders:year-end-oversight"),
        _("Lihat semua pesanan akhir tahun"),
        _("Tidak ada keputusan akhir tahun yang sampai ke inspektorat."),
    )


def _items(orders: QuerySet[Any], now: datetime, *, named: bool = False) -> list[dict[str, Any]]:
    """Whose time runs out first at the top, as far as the desk shows; what was passed on below."""
    is_over = Case(When(waiting.passed_on(now), then=1), default=0)
    rows = orders.select_related("agency", "seller").order_by(is_over, "waits_since", "pk")[:SHOWN]
    return [_item(row, now, named=named) for row in commitments.read(rows, now)]


def _item(row: OpenCommitment, now: datetime, *, named: bool = False) -> dict[str, Any]:
    agency = [row.order.agency.short_name] if named and row.order.agency is not None else []
    return {
        "title": _("%(task)s: %(order)s") % {"task": pages.decision_words(row), "order": row.order.title},
        "href": notices.page_of(row.order),
        "note": ", ".join([row.order.number, *agency, row.order.seller.name, rupiah(row.amount)]),
        "left": left_words(row.due, now) if row.due is not None else "",
        "now": row.due is None,
        "due": row.due,
    }
