"""The inspectorate's lists: purchases of all departments, what was taken out of their files, who looked at whose data.

Read only. Each is also a file: CSV as a whole, XLSX as far as a sheet holds.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from epeken.core import clock, exports
from epeken.core.web.forms import FilterForm
from epeken.core.web.sorting import heads, in_order
from orders.orders.models import Order
from orders.orders.pages import lists
from orders.oversight import looks, purchases, removals
from orders.oversight.forms import LookFilter, PurchaseFilter, RemovedFilter
from procurement.agencies.fetch import inspector

PAGE_SIZE = 25
logger = logging.getLogger(__name__)


@require_safe
@login_required
def purchase_list(request: HttpRequest) -> HttpResponseBase:
    now, user = clock.now(), inspector(request)
    form = PurchaseFilter(request.GET, stages=lists.stage_choices())
    chosen = form.read()
    mine = Order.objects.of_agency_officer(user, clock.local_date(now))
    found = purchases.with_rows(purchases.filtered(mine, chosen, now), now)
    found = in_order(request, found, purchases.columns(), "-pk")
    taken = file_of(request, form, _("belanja-dinas"), purchases.file_head(), found, purchases.file_cells(found, now))
    if taken is not None:
        return taken
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": purchases.rows(page, now),
        "head": heads(request, purchases.columns()),
        "is_filtered": any(value not in (None, "") for value in chosen.values()),
    }
    return render(request, "orders/oversight/purchase_list.html", context)


@require_safe
@login_required
def removed_list(request: HttpRequest) -> HttpResponseBase:
    user, day = inspector(request), clock.local_date(clock.now())
    form = RemovedFilter(request.GET)
    found = removals.found(user, day, form.read())
    found = in_order(request, found, removals.columns(), "-removed_at", "-pk")
    taken = file_of(request, form, _("lampiran-dikeluarkan"), removals.file_head(), found, removals.file_cells)
    if taken is not None:
        return taken
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": _("Lampiran yang dikeluarkan"),
        "lead": _(
            "Apa yang dikeluarkan dari permintaan dan berkas pesanan dinas: alasannya, oleh siapa, dan kapan. "
            "Berkasnya tetap disimpan."
        ),
        "empty": _("Belum ada yang dikeluarkan"),
        "told": _("Lampiran yang dikeluarkan dinas dari permintaan atau berkas pesanan muncul di sini."),
        "form": form,
        "page": page,
        "rows": removals.rows(page),
        "head": heads(request, removals.columns()),
    }
    return render(request, "orders/oversight/record_list.html", context)


@require_safe
@login_required
def look_list(request: HttpRequest) -> HttpResponseBase:
    inspector(request)
    form = LookFilter(request.GET, kinds=looks.kinds())
    found = in_order(request, looks.filtered(form.read()), looks.columns(), "-pk")
    taken = file_of(request, form, _("pembukaan-data"), looks.file_head(), found, looks.file_cells)
    if taken is not None:
        return taken
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": _("Siapa membuka data penjual"),
        "lead": _(
            "Setiap kali petugas membuka NIK, KTP, NPWP, atau rekening penjual. Pemilik toko membaca catatan yang "
            "sama tentang dirinya."
        ),
        "empty": _("Belum ada yang membuka"),
        "told": _("Setiap pembukaan data identitas dan rekening penjual muncul di sini."),
        "form": form,
        "page": page,
        "rows": looks.rows(page),
        "head": heads(request, looks.columns()),
    }
    return render(request, "orders/oversight/record_list.html", context)


def file_of(
    request: HttpRequest,
    form: FilterForm,
    name: str,
    head: Sequence[str],
    found: QuerySet[Any],
    cells: Callable[[Any], Sequence[exports.Cell]],
) -> HttpResponseBase | None:
    """The list as the file that was asked for, logged; None where a page was."""
    kind = request.GET.get("unduh")
    if kind not in ("csv", "xlsx"):
        return None
    form.check_file()
    logger.info("oversight list taken: %s kind=%s person=%s", request.path, kind, request.user.pk)
    if kind == "csv":
        return exports.streamed(name, head, found, cells)
    return exports.as_file(kind, name, head, found, cells)
