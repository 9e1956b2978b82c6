"""Draws of turns: their public pages, and what the requester does with one."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.web.answers import ask_first
from epeken.users.fetch import person
from procurement.requests import contents, policies
from procurement.requests import fetch as requests_fetch
from procurement.requests.contents import goods_of
from procurement.requests.models import PurchaseRequest
from procurement.rotation import fetch, lists, pages, results, rules, services
from procurement.rotation.forms import DrawCancelForm, PublicValueForm
from procurement.rotation.models import RotationDraw
from procurement.rotation.states import DrawState
from umkm.catalogue.models import Product
from umkm.catalogue.states import Unit
from umkm.sellers.policies import own_shops

PAGE_SIZE = 25


@require_GET
def draw_list(request: HttpRequest) -> HttpResponse:
    found = RotationDraw.objects.select_related("request__agency", "category").order_by("-pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "head": pages.list_head(), "rows": pages.list_rows(page)}
    return render(request, "procurement/rotation/draw_list.html", context)


@require_GET
def draw_detail(request: HttpRequest, number: str) -> HttpResponse:
    draw = fetch.seen_draw(number)
    shops = [shop.pk for shop in own_shops(request.user)]
    context = _facts(draw) | {"own": pages.own_words(draw, shops), "is_buyers": fetch.sees_request(request, draw)}
    return render(request, "procurement/rotation/draw_detail.html", context)


@require_GET
def draw_data(request: HttpRequest, number: str) -> HttpResponse:
    """What anybody draws once more with."""
    return JsonResponse(
        pages.published(fetch.seen_draw(number)), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


@require_http_methods(["GET", "POST"])
@login_required
def request_draw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Of the goods of one line: the list as it would be published, then its draw."""
    now = clock.now()
    found = requests_fetch.seen_request(request, number, now)
    product = get_object_or_404(Product, pk=pk, pk__in=found.lines.values("product"))
    can_edit = policies.can_edit(person(request), found, clock.local_date(now))
    if request.method == "POST" and can_edit and request.POST.get("sure") != "1":
        return _ask_to_announce(request, found, product, now)
    if request.method == "POST":
        try:
            draw = services.announce_draw(actor=person(request), request=found, product=product, now=now)
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            messages.error(request, problem.message)
            return redirect("procurement:request-draw", number=number, pk=pk)
        messages.success(
            request, _("Undian %(number)s diumumkan. Siapa pun dapat membaca daftarnya.") % {"number": draw.number}
        )
        return redirect("procurement:request-draw", number=number, pk=pk)
    if not can_edit:
        return redirect("procurement:request-detail", number=found.number)
    made = RotationDraw.objects.with_list().of_goods(found, goods_of(product)).first()
    if made is not None:
        return _page(request, made, now)
    held = contents.read(found, now)
    line = next((one for one in held.kept if one.product_id == pk), None)
    if line is None:
        return redirect("procurement:request-detail", number=found.number)
    turns = lists.turn_list(found, held, line, now)
    context = {
        "agency": found.agency,
        "request_": found,
        "turns": turns,
        "head": pages.head()[:-1],
        "rows": pages.preview_rows(turns),
        "left_out": pages.left_out_words(", ".join(one.offer.seller.name for one in turns.left_out)),
        "public_value": rules.PUBLIC_VALUE.on(clock.local_date(now)),
        "wait_days": rules.WAIT.on(clock.local_date(now)),
    }
    return render(request, "procurement/rotation/request_draw.html", context)


@require_POST
@login_required
def draw_make(request: HttpRequest, number: str) -> HttpResponse:
    form = PublicValueForm(request.POST)

    def make(draw: RotationDraw) -> None:
        value = form.cleaned_data["public_value"] if form.is_valid() else ""
        services.make_draw(actor=person(request), draw=draw, public_value=value, now=clock.now())

    return _act(request, number, make, _("Sudah diundi. Yang mendapat giliran ada di draf."))


@require_POST
@login_required
def draw_pass(request: HttpRequest, number: str) -> HttpResponse:
    def pass_turn(draw: RotationDraw) -> None:
        services.pass_turn(actor=person(request), draw=draw, now=clock.now())

    return _act(request, number, pass_turn, _("Giliran berikutnya ada di draf."))


@require_POST
@login_required
def draw_cancel(request: HttpRequest, number: str) -> HttpResponse:
    form = DrawCancelForm(request.POST)

    def cancel(draw: RotationDraw) -> None:
        if form.is_valid():
            services.cancel_draw(actor=person(request), draw=draw, reason=form.cleaned_data["reason"], now=clock.now())
        else:
            messages.error(request, _("Pilih alasan membatalkan undian."))

    return _act(request, number, cancel, "")


def _act(request: HttpRequest, number: str, act: Callable[[RotationDraw], None], said: str) -> HttpResponse:
    """Back to the request; a refusal stands on the draw's own page."""
    draw = fetch.department_draw(request, number, clock.now())
    try:
        act(draw)
    except (NotAllowed, InvalidMove):
        raise
    except DomainError as problem:
        messages.error(request, problem.message)
        return redirect("procurement:draw-detail", number=draw.number)
    if said:
        messages.success(request, said)
    return redirect("procurement:request-detail", number=draw.request.number)


def _ask_to_announce(request: HttpRequest, found: PurchaseRequest, product: Product, now: datetime) -> HttpResponse:
    """Once more, because anybody reads the list from then on and it is not drawn up a second time."""
    quantity = found.lines.filter(product=product).values_list("quantity", flat=True).first() or Decimal(0)
    text = _(
        "Daftarnya menjadi umum, dan semua penjual di dalamnya diberi tahu. Jumlah (%(count)s), waktu, dan tempatnya "
        "tetap sampai diundi; undian untuk barang ini hanya sekali."
    )
    return ask_first(
        request,
        title=_("Umumkan undian %(goods)s?") % {"goods": product.category},
        text=text % {"count": Unit(product.unit).counted(quantity)},
        verb=_("Umumkan undian"),
        back=reverse("procurement:request-draw", args=[found.number, product.pk]),
        layout="layouts/agency.html",
        sent=[("sure", "1")],
    )


def _page(request: HttpRequest, draw: RotationDraw, now: datetime) -> HttpResponse:
    """Of a draw that was announced, for its requester. What would be refused today is not offered."""
    is_open = draw.state == DrawState.ANNOUNCED
    turn = results.chosen(draw) if draw.state == DrawState.DRAWN else None
    context = _facts(draw) | {
        "agency": draw.request.agency,
        "request_": draw.request,
        "value_form": PublicValueForm() if is_open and clock.is_over(draw.draw_from, now) else None,
        "cancel_form": DrawCancelForm() if is_open else None,
        "turn": turn,
        "turn_fault": lists.fault_of(draw, turn, draw.request, now) if turn else "",
    }
    return render(request, "procurement/rotation/request_drawn.html", context)


def _facts(draw: RotationDraw) -> dict[str, Any]:
    text, kind = pages.said(draw)
    return {
        "draw": draw,
        "said": text,
        "kind": kind,
        "goods": pages.goods_words(draw),
        "head": pages.head(),
        "rows": pages.rows(draw),
        "left_out": pages.left_out_words(pages.left_out(draw)),
        "rules": pages.rule_words(draw),
        "proofs": pages.proofs(draw),
        "steps": pages.steps(),
    }
