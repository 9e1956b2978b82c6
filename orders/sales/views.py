"""The seller's month, as a page, as files and as a printed statement; and the packing list of a day."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from epeken.core import clock, exports
from epeken.core.files.uploads import file_response
from epeken.core.i18n.times import month_year
from orders.orders import notices
from orders.sales import labels, packing, pages, statement
from orders.sales.forms import LabelFilter, MonthFilter, PackingFilter
from umkm.sellers import fetch

PAGE_SIZE = 25


@require_safe
@login_required
def sales(request: HttpRequest) -> HttpResponse:
    seller = fetch.desk_shop(request)
    if seller is None:
        return redirect("umkm:register")
    now = clock.now()
    this_month = clock.month_of(now)
    form = MonthFilter(request.GET, first=pages.first_month(seller, this_month), this_month=this_month)
    month = form.month()
    found = pages.sold(seller, month)
    kind = request.GET.get("unduh")
    if kind in ("csv", "xlsx", "pdf"):
        form.check_file()
        if kind == "pdf":
            data = statement.make(seller, month, found, now)
            return file_response(data, content_type="application/pdf", filename=f"{_name(month)}.pdf")
        return exports.as_file(kind, _name(month), pages.file_head(), pages.with_taxes(found), pages.file_cells)
    page = Paginator(pages.with_rows(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "seller": seller,
        "form": form,
        "title": _("Penjualan %(month)s") % {"month": month_year(month)},
        "facts": pages.facts(pages.sums(found), pages.taxes_of(found)),
        "claims": pages.claim_facts(pages.claims_of(seller, month)),
        "days": pages.by_day(found),
        "goods": pages.best_goods(found),
        "page": page,
        "rows": [
            {
                "invoice": one,
                "goods": pages.goods_of(one),
                "buyer": notices.buyer_name(one.order),
                "confirmed": pages.confirmed(one),
                "told": pages.told(one),
            }
            for one in page
        ],
    }
    return render(request, "orders/sales/sales.html", context)


@require_safe
@login_required
def packing_list(request: HttpRequest) -> HttpResponse:
    """Of the day that was asked for, else of the first with something to pack."""
    seller = fetch.desk_shop(request)
    if seller is None:
        return redirect("umkm:register")
    now = clock.now()
    form = PackingFilter(request.GET)
    days = packing.days_of(seller, now)
    day = form.read().get("hari") or next(iter(days), clock.local_date(now))
    orders = packing.orders_on(seller, day, now)
    context = {
        "seller": seller,
        "form": form,
        "day": day,
        "days": [{"day": one, "count": count, "on": one == day} for one, count in days.items()],
        "orders": orders,
        "goods": packing.added_up(orders),
        "printed_at": now,
    }
    return render(request, "orders/sales/packing_list.html", context)


@require_safe
@login_required
def price_labels(request: HttpRequest) -> HttpResponse:
    """Of chosen goods on show, so many of each: the page that asks, and the sheets."""
    seller = fetch.desk_shop(request)
    if seller is None:
        return redirect("umkm:register")
    goods = labels.goods_of(seller)
    if not goods:
        messages.info(request, _("Belum ada barang yang tayang untuk diberi label."))
        return redirect(f"{reverse('umkm:product-mine')}?toko={seller.pk}")
    form = LabelFilter(request.GET, goods=goods)
    wrong = request.GET.get("unduh") == "pdf" and bool(form.left_out)
    if request.GET.get("unduh") == "pdf" and not wrong:
        data = labels.make(seller, form.chosen(), clock.now())
        return file_response(data, content_type="application/pdf", filename="label-harga.pdf", inline=True)
    context = {"seller": seller, "form": form}
    return render(request, "orders/sales/price_labels.html", context, status=422 if wrong else 200)


def _name(month: date) -> str:
    return _("penjualan-%(month)s") % {"month": f"{month:%Y-%m}"}
