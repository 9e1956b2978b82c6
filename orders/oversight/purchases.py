"""Purchases of all departments with their flags, as the inspectorate lists them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, DateTimeField, F, Func, Min, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock, exports
from epeken.core.i18n.times import brief_date
from epeken.core.i18n.words import rupiah
from epeken.core.web.sorting import Column
from orders.billing.models import Invoice
from orders.billing.querysets import TO_SEND
from orders.disputes.models import Dispute
from orders.orders import status
from orders.orders.pages import lists
from orders.orders.querysets import OrderQuerySet
from orders.oversight.flags import Flag, conditions, flags_of, page_of, with_flags
from orders.oversight.forms import ANY
from umkm.sellers.models import Seller


def filtered(orders: OrderQuerySet, values: Mapping[str, Any], now: datetime) -> OrderQuerySet:
    """By the fields of PurchaseFilter."""
    found = lists.filtered(orders, values, now)
    if values.get("dinas"):
        found = found.filter(agency=values["dinas"])
    if values.get("pemilik"):
        found = found.filter(seller__owner=values["pemilik"])
    if values.get("paling_sedikit") is not None:
        found = found.filter(total__gte=values["paling_sedikit"])
    if values.get("paling_banyak") is not None:
        found = found.filter(total__lte=values["paling_banyak"])
    flag = values.get("tanda")
    if flag:
        rules = conditions(now)
        found = found.filter(reduce(or_, rules.values()) if flag == ANY else rules[Flag(flag)])
    return found


def with_rows(orders: OrderQuerySet, now: datetime) -> OrderQuerySet:
    """With all that a row reads. Adds `owner_shops`: how many shops the seller's owner group has; `owed`: whole rupiah
    still to be sent of what was delivered and billed; `late_due` and `late_as_of`: since when it is late with it, and
    the moment of which that is told (now, or when a dispute stopped it); of one that is late with nothing but was, when
    the bill that was paid late first fell due, and the start of the day its last payment left; `late_for`: how long
    that is, by which rows are sorted."""
    shops = Seller.objects.filter(owner=OuterRef("seller__owner")).order_by().values("owner")
    counted = Subquery(shops.annotate(n=Count("pk")).values("n"))
    of_order = Invoice.objects.filter(order=OuterRef("pk")).order_by()
    owed = of_order.unpaid().values("order").annotate(sum=Sum(TO_SEND)).values("sum")
    late = of_order.unpaid_late(now).order_by("due_at").values("due_at")[:1]
    paid_late = of_order.paid_late().order_by("due_at", "pk")
    # The first moment of the day, by the clock of the city.
    zone = clock.ZONE.key
    paid_on = Func(
        F("last_paid_on"), template=f"(%(expressions)s)::timestamp AT TIME ZONE '{zone}'", output_field=DateTimeField()
    )
    stopped = Dispute.objects.undecided().filter(order=OuterRef("pk")).values("opened_at")[:1]
    found = with_flags(lists.with_status(orders), now).annotate(
        owner_shops=counted,
        owed=Coalesce(Subquery(owed), 0),
        unpaid_due=Subquery(late),
        late_due=Coalesce("unpaid_due", Subquery(paid_late.values("due_at")[:1])),
        late_as_of=Case(
            When(unpaid_due__isnull=False, then=Coalesce(Subquery(stopped), Value(now))),
            default=Subquery(paid_late.values(start=paid_on)[:1]),
        ),
    )
    return found.annotate(late_for=F("late_as_of") - F("late_due"))


def columns() -> list[Column]:
    return [
        Column(pgettext("satu", "Pesanan"), "nomor", "number"),
        Column(_("Penjual"), "toko", "seller__name"),
        Column(_("Keadaan dan tanda")),
        Column(_("Nilai pesanan"), "jumlah", "total_now", n=True),
        Column(_("Belum dibayar"), "belum-dibayar", "owed", n=True),
        Column(_("Hari kerja terlambat"), "terlambat", "late_for", n=True),
    ]


def rows(orders: Iterable[Any], now: datetime) -> list[dict[str, Any]]:
    """`orders`: `with_rows`."""
    orders = list(orders)
    late = _days_late(min((order.late_due for order in orders if order.late_due), default=None), now)
    return [
        {
            "order": order,
            "status": status.of(order, now),
            "placed": brief_date(order.placed_at),
            "amount": rupiah(order.total_now),
            "owed": rupiah(order.owed) if order.owed else "",
            "late": late(order),
            "owner": owner_words(order),
            "owner_href": f"{reverse('orders:purchase-list')}?{urlencode({'pemilik': order.seller.owner_id or ''})}",
            "flags": [{"text": str(flag.label), "href": page_of(flag, order)} for flag in flags_of(order)],
        }
        for order in orders
    ]


def _days_late(first: datetime | None, now: datetime) -> Callable[[Any], int | None]:
    """Of an order `with_rows` the working days it is or was late with money; None of one that never was.
    `first`: the earliest `late_due` of all that are asked. One query."""
    holidays = clock.holidays_between(clock.local_date(first), clock.local_date(now)) if first else frozenset()

    def days(order: Any) -> int | None:
        if order.late_due is None:
            return None
        today = clock.local_date(order.late_as_of)
        return clock.working_days_between(clock.last_day(order.late_due), today, holidays)

    return days


def owner_words(order: Any) -> str:
    """`Pemilik #12, 3 toko`: shops of one NIK or bank account are one owner group. '' where none is known."""
    owner, shops = order.seller.owner_id, order.owner_shops
    if owner is None:
        return ""
    words = {"owner": owner, "shops": shops}
    return _("Pemilik #%(owner)d") % words if shops == 1 else _("Pemilik #%(owner)d, %(shops)d toko") % words


def file_head() -> list[str]:
    return [
        _("Nomor surat pesanan"), _("Nama"), _("Dinas"), _("Nomor permintaan"), _("Penjual"),
        _("Nomor kelompok pemilik"), _("Toko dalam kelompok"), _("Dipesan"), _("Keadaan"), _("Jumlah pesanan"),
        _("Belum dibayar"), _("Hari kerja terlambat"), *(str(flag.label) for flag in Flag),
    ]  # fmt: skip


def file_cells(found: OrderQuerySet, now: datetime) -> Callable[[Any], list[exports.Cell]]:
    """Of each order of `found`, which is `with_rows`. Nothing is read before the first row is asked for."""
    late = cache(lambda: _days_late(found.order_by().aggregate(first=Min("late_due"))["first"], now))

    def cells(order: Any) -> list[exports.Cell]:
        flags = flags_of(order)
        return [
            order.number, order.title, order.agency.short_name, order.request.number, order.seller.name,
            exports.Number(order.seller.owner_id), order.owner_shops, order.placed_at, status.headline_of(order),
            order.total_now, order.owed, late()(order), *(_("ya") if flag in flags else "" for flag in Flag),
        ]  # fmt: skip

    return cells
