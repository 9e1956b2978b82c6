"""A department's orders: filters, order of columns, export."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from epeken.core import clock, exports
from epeken.core.errors import NotAllowed
from epeken.core.web.sorting import Column, heads, in_order
from epeken.users.fetch import person
from orders.orders import status
from orders.orders.forms import OrderFilter
from orders.orders.models import Order
from orders.orders.next_step import live_invoices_of
from orders.orders.pages import lists as lists_pages
from procurement.agencies.models import Agency
from procurement.agencies.querysets import INSPECT

PAGE_SIZE = 25


@require_safe
@login_required
def agency_orders(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    user = person(request)
    day = clock.local_date(now)
    agencies = Agency.objects.all() if user.has_perm(INSPECT) else Agency.objects.of_officer(user, day)
    if not agencies:
        raise NotAllowed(_("Halaman ini untuk pejabat dinas. Masuk dengan akun dinas Anda."))
    form = OrderFilter(request.GET, stages=lists_pages.stage_choices())
    found = lists_pages.with_status(Order.objects.of_agency_officer(user, day))
    chosen = form.read()
    found = lists_pages.filtered(found, chosen, now)
    found = in_order(request, found, _columns(), "-pk")
    wanted = request.GET.get("unduh")
    if wanted in ("csv", "xlsx"):
        form.check_file()
        return exports.as_file(wanted, _("pesanan-dinas"), _head(), found, _cells)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"order": order, "status": status.of(order, now)} for order in page],
        "form": form,
        "head": heads(request, _columns()),
        "total": sum(order.total_now for order in page),
        "several": len(agencies) > 1,
        "inspects": user.has_perm(INSPECT),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "orders/orders/agency_orders.html", context)


def _columns() -> list[Column]:
    return [
        Column(pgettext("satu", "Pesanan"), "nomor", "number"),
        Column(_("Penjual"), "toko", "seller__name"),
        Column(_("Diantar"), "antar", "deliver_at"),
        Column(_("Keadaan")),
        Column(pgettext("uang", "Jumlah"), "jumlah", "total_now", n=True),
    ]


def _head() -> list[str]:
    return [
        _("Nomor surat pesanan"), _("Nama"), _("Penjual"), _("Dinas"), _("Nomor permintaan"), _("Dipesan"),
        _("Diantar"), _("Keadaan"), _("Nomor BAST"), _("Nomor tagihan"), _("Jumlah pesanan"), _("Tagihan"),
        _("Pajak"), _("Untuk penjual"), _("Lunas dicatat"),
    ]  # fmt: skip


def _cells(order: Any) -> list[exports.Cell]:
    """`order`: `with_status`."""
    invoices = live_invoices_of(order)
    handovers = [delivery.bast_number or "" for delivery in order.deliveries.all() if delivery.accepted_at]
    paid = [invoice.paid_at for invoice in invoices if invoice.paid_at]
    return [
        order.number,
        order.title,
        order.seller.name,
        order.agency.short_name if order.agency else "",
        order.request.number if order.request else "",
        order.placed_at,
        clock.told_end(order.awaited_at),
        status.headline_of(order),
        ", ".join(handovers),
        ", ".join(invoice.number for invoice in invoices),
        order.total_now,
        sum(invoice.gross for invoice in invoices) if invoices else None,
        sum(invoice.withheld for invoice in invoices) if invoices else None,
        sum(invoice.net for invoice in invoices) if invoices else None,
        max(paid) if invoices and len(paid) == len(invoices) else None,
    ]
