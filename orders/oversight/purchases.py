"""Purchases of all departments with their flags, as the inspectorate lists them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import exports
from epeken.core.i18n.times import brief_date
from epeken.core.i18n.words import rupiah
from epeken.core.web.sorting import Column
from orders.orders import status
from orders.orders.next_step import unpaid_of
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
    """With all that a row reads. Adds `owner_shops`: how many shops the seller's owner group has."""
    shops = Seller.objects.filter(owner=OuterRef("seller__owner")).order_by().values("owner")
    counted = Subquery(shops.annotate(n=Count("pk")).values("n"))
    return with_flags(lists.with_status(orders), now).annotate(owner_shops=counted)


def columns() -> list[Column]:
    return [
        Column(pgettext("satu", "Pesanan"), "nomor", "number"),
        Column(_("Dinas"), "dinas", "agency__short_name"),
        Column(_("Penjual"), "toko", "seller__name"),
        Column(_("Keadaan dan tanda")),
        Column(_("Nilai pesanan"), "jumlah", "total_now", n=True),
    ]


def rows(orders: Iterable[Any], now: datetime) -> list[dict[str, Any]]:
    """`orders`: `with_rows`."""
    return [
        {
            "order": order,
            "status": status.of(order, now),
            "placed": brief_date(order.placed_at),
            "amount": rupiah(order.total_now),
            "owed": rupiah(owed) if (owed := owed_of(order)) else "",
            "owner": owner_words(order),
            "owner_href": f"{reverse('orders:purchase-list')}?{urlencode({'pemilik': order.seller.owner_id or ''})}",
            "flags": [{"text": str(flag.label), "href": page_of(flag, order)} for flag in flags_of(order)],
        }
        for order in orders
    ]


def owed_of(order: Any) -> int:
    """What is still to be sent to the seller of what was delivered and billed."""
    return sum(invoice.to_send for invoice in unpaid_of(order))


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
        _("Belum dibayar"), *(str(flag.label) for flag in Flag),
    ]  # fmt: skip


def file_cells(order: Any) -> list[exports.Cell]:
    flags = flags_of(order)
    return [
        order.number, order.title, order.agency.short_name, order.request.number, order.seller.name,
        exports.Number(order.seller.owner_id), order.owner_shops, order.placed_at, status.headline_of(order),
        order.total_now, owed_of(order), *(_("ya") if flag in flags else "" for flag in Flag),
    ]  # fmt: skip
