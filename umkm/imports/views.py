"""The seller's pages of imports of goods, and the files around them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock, exports
from epeken.core.errors import DomainError
from epeken.core.files.uploads import file_response
from epeken.core.web.answers import ask_first, ask_sure, form_page, is_sure
from epeken.users.fetch import person
from umkm.catalogue import low_prices
from umkm.imports import columns, files, pages, services
from umkm.imports.explained import explained
from umkm.imports.forms import ImportForm
from umkm.imports.models import GoodsImport
from umkm.imports.progress import AT_WORK, TAGS, counts_of, facts
from umkm.imports.querysets import OPEN_STATES
from umkm.imports.states import ImportState, RowOutcome, RowPlan
from umkm.sellers import fetch
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState

PAGE_SIZE = 50
FAR = "harga"  # of the filter, beside plans and outcomes


def _shops(request: HttpRequest) -> list[Seller]:
    """Those that may add goods."""
    found = Seller.objects.of_member(person(request)).exclude(state__in=[SellerState.REJECTED, SellerState.FROZEN])
    return list(found.order_by("pk"))


def _shop(request: HttpRequest) -> Seller:
    """Of a file that is fetched. Raises Http404."""
    found = fetch.named_shop(request, _shops(request))
    if found is None:
        raise Http404
    return found


def _mine(request: HttpRequest, pk: int) -> GoodsImport:
    found = GoodsImport.objects.visible_to(person(request)).select_related("seller", "uploaded_by")
    one: GoodsImport = get_object_or_404(found, pk=pk)
    return one


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    shops = _shops(request)
    seller = fetch.named_shop(request, shops)
    if seller is None:
        return redirect("umkm:product-mine")
    post = request.method == "POST"
    form = ImportForm(request.POST if post else None, request.FILES if post else None)
    if post and form.is_valid():
        typed = form.cleaned_data
        try:
            made = services.upload_import(
                actor=person(request), seller=seller, file=typed["file"], archive=typed["archive"],
                sends=typed["sends"], key=typed["key"], now=clock.now(),
            )  # fmt: skip
        except DomainError as problem:
            form.refuse(problem)
        else:
            return redirect("umkm:import-detail", made.pk)
    found = list(GoodsImport.objects.filter(seller=seller)[:20])
    # The shop has one at most, and it may be an older one that is being taken back.
    still_open = GoodsImport.objects.filter(seller=seller, state__in=OPEN_STATES).first()
    context = {
        "form": form,
        "seller": seller,
        "shops": shops,
        "rows": [{"import": one, "tag": TAGS[ImportState(one.state)]} for one in found],
        "columns": explained(),
        "open": still_open,
    }
    return form_page(request, "umkm/imports/import_list.html", context)


@login_required
@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    one = _mine(request, pk)
    counts = counts_of(one, services.RUN_KINDS)
    rows = one.rows.select_related("product__seller", "product__category").order_by("number")
    state = request.GET.get("baris", "")
    if state == FAR:
        rows = rows.filter(price_is_far=True)
    elif state in RowPlan.values:
        rows = rows.filter(plan=state)
    elif state in RowOutcome.values:
        rows = rows.filter(outcome=state)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "seller": one.seller,
        "import": one,
        "tag": TAGS[ImportState(one.state)],
        "is_at_work": one.state in AT_WORK,
        "work": {
            "import": one,
            "counts": counts,
            "can_undo": one.machine.allows(one.state, "undo") and counts.left_to_undo,
        },
        "facts": facts(counts, RowPlan, RowOutcome),
        # Not of a file that was read only after this page took its state.
        "file_problems": []
        if one.state == ImportState.READING
        else one.problems.exclude(number__in=one.rows.values("number"))[:50],
        "page": page,
        "rows": pages.rows_of(one, page),
        "tabs": [
            {"value": plan.value, "text": plan.label, "count": counts.plans[plan], "on": plan.value == state}
            for plan in RowPlan
            if counts.plans[plan]
        ]
        + _far_tab(one, chosen=state),
        "all": sum(counts.plans.values()),
        "chosen": state,
        "refused_as": one.file_kind.upper()
        if counts.plans[RowPlan.WRONG] or counts.outcomes[RowOutcome.REFUSED]
        else "",
    }
    return render(request, "umkm/imports/import_detail.html", context)


def _far_tab(one: GoodsImport, *, chosen: str) -> list[dict[str, Any]]:
    count = one.rows.filter(price_is_far=True).count()
    return [{"value": FAR, "text": _("Harga jauh berbeda"), "count": count, "on": chosen == FAR}] if count else []


def _act(request: HttpRequest, pk: int, service: Callable[..., Any], said: str) -> HttpResponse:
    one = _mine(request, pk)
    try:
        service(actor=person(request), goods_import=one, now=clock.now())
    except DomainError as problem:
        if problem.code == low_prices.CODE:
            return ask_sure(
                request,
                title=_("Harga-harga ini benar?"),
                text=f"{problem.message} {_('Harga yang turun langsung dilihat pembeli dan dapat dipesan.')}",
                verb=_("Ya, jalankan dengan harga ini"),
                back=reverse("umkm:import-detail", args=[pk]),
                layout="layouts/seller.html",
            )
        messages.error(request, problem.message)
    else:
        messages.success(request, said)
    return redirect("umkm:import-detail", pk)


@login_required
@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    confirm = partial(services.confirm_import, is_sure=is_sure(request))
    return _act(request, pk, confirm, _("Impor berjalan. Halaman ini boleh ditutup."))


@login_required
@require_POST
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.cancel_import, _("Impor dihentikan. Yang sudah dijalankan tetap ada."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    one = _mine(request, pk)
    if request.method != "POST":
        return ask_first(
            request,
            title=_("Kembalikan impor %(name)s?") % {"name": one.file_name},
            text=_(
                "Barang baru ditarik dan barang yang berubah kembali seperti semula. Harga yang turun naik lagi saat "
                "itu juga bila impornya belum lama; yang lain dari barang yang tayang menunggu kurator. Itu, dan yang "
                "tetap karena sudah dipesan, diubah, atau diputuskan kurator, disebutkan satu per satu."
            ),
            verb=_("Kembalikan impor ini"),
            back=reverse("umkm:import-detail", args=[pk]),
            layout="layouts/seller.html",
        )
    return _act(request, pk, services.undo_import, _("Impor sedang dikembalikan."))


@login_required
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    data = files.template(_shop(request))
    return file_response(data, content_type=exports.XLSX, filename="contoh-impor-barang.xlsx")


@login_required
@require_safe
def import_refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were not done, with why, as a file of the kind they came in."""
    one = _mine(request, pk)
    write = exports.as_csv if one.file_kind == "csv" else exports.as_xlsx
    return write("baris-ditolak", [*columns.NAMES, "baris", "kesalahan"], files.refused_rows(one))


@login_required
@require_safe
def goods_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The shop's goods in the columns of an import."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    return exports.as_file(kind, "barang", columns.NAMES, files.goods_of(_shop(request)), files.writer())
