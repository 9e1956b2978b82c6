"""What waits for the inspectorate, the longest first, and which purchases of the year bear which flag."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import left_words, short_date
from epeken.core.i18n.words import rupiah
from epeken.site.dashboards import tax_work, year_end_day
from epeken.site.dashboards.agency_day import missing_money
from epeken.site.dashboards.work_lists import WorkList, first
from epeken.users.models import User
from orders.billing import pages as billing_pages
from orders.deliveries.models import Delivery
from orders.ladder import notices
from orders.ladder.models import LateStep
from orders.ladder.states import LateLevel
from orders.orders.models import Order
from orders.oversight.flags import Flag, conditions
from procurement.agencies.models import Agency
from procurement.agencies.querysets import INSPECT
from procurement.disclosures.models import Disclosure, InspectorateKey
from procurement.disclosures.policies import is_recipient


def groups(user: User, now: datetime) -> list[WorkList]:
    found = [late_invoices(now), missing_money(now), not_recorded(now), year_end_day.passed_on(now)]
    undeposited = tax_work.late_deposits(list(Agency.objects.all()), clock.local_date(now))
    found += [undeposited] if undeposited.count else []
    return [complaints(now, user), *found] if is_recipient(user) else found


def complaints(now: datetime, user: User) -> WorkList:
    """Sealed complaints nobody has opened, the oldest first; above them, a key that waits for this person's word, or
    that none is in force to seal one to."""
    address, day = reverse("procurement:disclosure-list"), clock.local_date(now)
    count, rows = first(Disclosure.objects.unread().order_by("day", "pk"))
    items = [
        {
            "title": row.number,
            "href": reverse("procurement:disclosure-detail", args=[row.number]),
            "note": _("masuk %(day)s, belum dibuka") % {"day": short_date(row.day)},
        }
        for row in rows
    ]
    if key := _key(user, day):
        items, count = [key, *items], count + 1
    return WorkList(
        _("Pengaduan tentang pejabat"), count, items, address, _("Lihat semua pengaduan"),
        _("Tidak ada pengaduan yang belum dibuka."),
    )  # fmt: skip


def _key(user: User, day: date) -> dict[str, Any] | None:
    """What is to be done about the key: who did not make it confirms it."""
    is_in_force = InspectorateKey.objects.in_force(day) is not None
    made = InspectorateKey.objects.proposed().select_related("proposed_by").first()
    if made is None and is_in_force:
        return None
    note = "" if is_in_force else _("tanpa kunci tidak ada pengaduan yang dapat diterima")
    title, address = _("Buat dan sahkan kunci inspektorat"), reverse("procurement:inspectorate-keys")
    if made is not None and made.proposed_by_id == user.pk:
        title = _("Kunci Anda menunggu disahkan inspektur lain")
    elif made is not None:
        title = _("Sahkan kunci inspektorat buatan %(name)s") % {"name": made.proposed_by}
        address = reverse("procurement:inspectorate-key-confirm", args=[made.pk])
    return {"title": title, "href": address, "note": note, "now": True}


def late_invoices(now: datetime) -> WorkList:
    """Invoices brought to the inspectorate and still not paid."""
    found = LateStep.objects.last_of_late(now).filter(level=LateLevel.INSPECTORATE)
    rows: Sequence[Any]
    count, rows = first(
        found.select_related("invoice__order__agency", "invoice__order__seller").order_by("due_on", "pk")
    )
    holidays = billing_pages.holidays_of([step.invoice for step in rows], now)
    return WorkList(
        _("Tagihan terlambat yang sampai ke inspektorat"),
        count,
        [
            {
                "title": step.invoice.order.title,
                "href": notices.page_of(step.invoice),
                "note": ", ".join([
                    step.invoice.number, step.invoice.order.agency.short_name, step.invoice.order.seller.name,
                    rupiah(step.invoice.owed), _("sejak %(day)s") % {"day": short_date(step.sent_at)},
                ]),
                "left": billing_pages.days_left_words(step.invoice, now, holidays),
                "now": True,
            }
            for step in rows
        ],
        f"{reverse('orders:purchase-list')}?{urlencode({'tanda': Flag.LATE.value, 'urut': '-terlambat'})}",
        _("Lihat semua belanja yang terlambat dibayar"),
        _("Tidak ada tagihan yang sampai ke inspektorat."),
    )  # fmt: skip


def not_recorded(now: datetime) -> WorkList:
    """Goods whose arrival neither receiver nor head saw to, so that it was passed to the inspectorate."""
    found = Delivery.objects.not_recorded(INSPECT).filter(order__agency__isnull=False)
    count, rows = first(found.select_related("order__agency", "order__seller").order_by("order__deliver_at", "pk"))
    return WorkList(
        _("Barang yang tidak dicatat tiba"),
        count,
        [
            {
                "title": row.order.title,
                "href": reverse("orders:order-detail", args=[row.order.number]),
                "note": ", ".join([
                    row.order.number, row.order.agency.short_name, row.order.seller.name,
                    _("dikirim %(day)s") % {"day": short_date(row.shipped_at)},
                ]),
                "left": left_words(row.deliver_at, now),
                "now": True,
            }
            for row in rows
        ],
        f"{reverse('orders:purchase-list')}?{urlencode({'tahap': 'dikirim'})}",
        _("Lihat semua barang dalam perjalanan"),
        _("Tidak ada barang yang diteruskan ke inspektorat."),
    )  # fmt: skip


def flagged(user: User, now: datetime) -> list[dict[str, Any]]:
    """For `components/facts.html`: how many purchases placed this year bear which flag. One query."""
    day = clock.local_date(now)
    since = date(day.year, 1, 1)
    found = Order.objects.of_agency_officer(user, day).filter(placed_at__gte=clock.start_of(since))
    counts = found.aggregate(**{flag.name: Count("pk", filter=rule) for flag, rule in conditions(now).items()})
    return [
        {
            "label": flag.label,
            "value": counts[flag.name],
            "href": f"{reverse('orders:purchase-list')}?{urlencode({'tanda': flag.value, 'sejak': since})}",
        }
        for flag in Flag
    ]
