"""What a budget year leaves open in a department, for its PPK and head; for the inspectorate what nobody decided."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.i18n.times import left_words
from epeken.core.i18n.words import rupiah
from epeken.site.dashboards.work_lists import SHOWN, WorkList
from orders.orders.models import Order
from orders.year_end import commitments, notices, pages
from orders.year_end.commitments import OpenCommitment
from orders.year_end.states import YearEndLevel
from procurement.agencies.models import Agency


def open_commitments(agency: Agency, now: datetime) -> WorkList:
    """Orders about which somebody is to decide, the first to be passed on at the top."""
    found = commitments.open_orders(now, Order.objects.filter(agency=agency))
    waiting = [row for row in found if row.waits_since is not None]
    waiting.sort(key=lambda row: (row.due is not None, row.due or now))
    link = _("Lihat %(count)s pesanan, %(amount)s belum dibayar") % {
        "count": len(found), "amount": rupiah(commitments.sums(found)["amount"]),
    }  # fmt: skip
    items = [_item(row, now) for row in waiting[:SHOWN]]
    return WorkList(_("Akhir tahun anggaran: putuskan"), len(waiting), items, reverse("orders:year-end"), link)


def passed_on(now: datetime) -> WorkList:
    """What neither PPK nor head decided, of all departments."""
    found = [row for row in commitments.open_orders(now) if row.level == YearEndLevel.INSPECTORATE]
    return WorkList(
        _("Akhir tahun anggaran: tidak diputus dinas"),
        len(found),
        [_item(row, now, named=True) for row in found[:SHOWN]],
        reverse("orders:year-end-oversight"),
        _("Lihat semua pesanan akhir tahun"),
        _("Tidak ada keputusan akhir tahun yang sampai ke inspektorat."),
    )


def _item(row: OpenCommitment, now: datetime, *, named: bool = False) -> dict[str, Any]:
    agency = [row.order.agency.short_name] if named and row.order.agency is not None else []
    return {
        "title": _("%(task)s: %(order)s") % {"task": pages.decision_words(row), "order": row.order.title},
        "href": notices.page_of(row.order),
        "note": ", ".join([row.order.number, *agency, row.order.seller.name, rupiah(row.amount)]),
        "left": left_words(row.due, now) if row.due is not None else "",
        "now": row.due is None,
    }
