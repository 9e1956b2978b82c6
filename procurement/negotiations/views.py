"""A negotiation for both sides: opened at the seller's part, looked at, answered."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as show
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from epeken.core.web.answers import ask_sure, form_page, is_sure
from epeken.users.fetch import person
from procurement.negotiations import fetch, pages, policies, results
from procurement.negotiations.forms import OfferForm, StopForm
from procurement.negotiations.models import Negotiation
from procurement.negotiations.services import rounds
from procurement.negotiations.states import NegotiationState, Side
from procurement.negotiations.terms import ceiling_of, part_of, standing_for, terms_of, terms_of_round
from procurement.requests import contents
from procurement.requests import fetch as requests_fetch
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import RequestState
from umkm.catalogue import low_prices
from umkm.sellers.models import Seller


@require_http_methods(["GET", "POST"])
@login_required
def negotiation_create(request: HttpRequest, number: str, seller: int) -> HttpResponse:
    """The department's first offer to one seller of the request."""
    now = clock.now()
    found = requests_fetch.seen_request(request, number, now)
    shop = get_object_or_404(Seller, pk__in=found.sellers.values("seller"), pk=seller)
    if request.method == "GET" and not policies.can_open(person(request), found, clock.local_date(now)):
        return redirect("procurement:request-detail", number=found.number)
    form = _offer_form(request, found, shop, None, now)
    if request.method == "POST" and form.is_valid():
        try:
            made = rounds.open_negotiation(
                actor=person(request), request=found, seller=shop, terms=form.terms,
                words=form.cleaned_data["words"], key=form.cleaned_data["key"], now=now, is_sure=is_sure(request),
            )  # fmt: skip
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            if problem.code == low_prices.CODE:
                return _ask_sure(request, problem, "layouts/agency.html")
            form.refuse(problem)
        else:
            messages.success(request, _("Tawaran terkirim ke %(shop)s.") % {"shop": shop.name})
            return redirect("procurement:negotiation-detail", number=made.number)
    context = {"agency": found.agency, "request_": found, "shop": shop, "form": form, "layout": "layouts/agency.html"}
    return form_page(request, "procurement/negotiations/offer_form.html", context)


@require_safe
@login_required
def negotiation_detail(request: HttpRequest, number: str) -> HttpResponse:
    """The same page for both sides and the inspectorate; what they may do differs."""
    now = clock.now()
    found = fetch.seen_negotiation(request, number, now)
    context = _context(request, found) | {"page": pages.page(found, person(request), now)}
    return show(request, "procurement/negotiations/negotiation_detail.html", context)


@require_POST
@login_required
def negotiation_accept(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_negotiation(request, number, now)
    round_number = request.POST.get("round", "")
    if not round_number.isdecimal() or len(round_number) > 4:
        raise RuleBroken(_("Formulir ini rusak. Muat ulang halaman."), code="invalid")
    try:
        rounds.accept_offer(
            actor=person(request), negotiation=found, round_number=int(round_number),
            key=request.POST.get("key", "")[:64], now=now,
        )  # fmt: skip
    except NotAllowed:
        raise
    except InvalidMove:
        found.refresh_from_db()
        if found.state != NegotiationState.AGREED or found.closed_at is None:
            raise
        # Pressed in another tab before, or by a colleague.
        words = {"total": rupiah(results.total_of(results.last(found))), "when": long_time(found.closed_at)}
        messages.info(request, _("Sudah disepakati %(total)s pada %(when)s.") % words)
    except DomainError as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Disepakati. Harga permintaan ini sudah memakai tawaran itu."))
    return redirect("procurement:negotiation-detail", number=found.number)


@require_http_methods(["GET", "POST"])
@login_required
def negotiation_counter(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_negotiation(request, number, now)
    side = policies.side_of(person(request), found, clock.local_date(now))
    if request.method == "GET" and not policies.has_turn(found, side):
        return redirect("procurement:negotiation-detail", number=found.number)
    form = _offer_form(request, found.request, found.seller, found, now)
    if request.method == "POST" and form.is_valid():
        try:
            rounds.counter_offer(
                actor=person(request), negotiation=found, terms=form.terms, words=form.cleaned_data["words"],
                key=form.cleaned_data["key"], now=now, is_sure=is_sure(request),
            )  # fmt: skip
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            if problem.code == low_prices.CODE:
                return _ask_sure(request, problem, fetch.layout_for(request, found))
            form.refuse(problem)
        else:
            messages.success(request, _("Tawaran Anda terkirim."))
            return redirect("procurement:negotiation-detail", number=found.number)
    context = _context(request, found) | {"form": form, "shop": found.seller, "request_": found.request}
    return form_page(request, "procurement/negotiations/offer_form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def negotiation_refuse(request: HttpRequest, number: str) -> HttpResponse:
    """The seller stays with the price there is."""
    return _stop(request, number, Side.SELLER)


@require_http_methods(["GET", "POST"])
@login_required
def negotiation_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """The department stops."""
    return _stop(request, number, Side.BUYER)


def _stop(request: HttpRequest, number: str, side: Side) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_negotiation(request, number, now)
    mine = policies.side_of(person(request), found, clock.local_date(now))
    if request.method == "GET" and (mine != side or not policies.can_stop(found, side, now)):
        return redirect("procurement:negotiation-detail", number=found.number)
    form = StopForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act = rounds.refuse_offer if side == Side.SELLER else rounds.withdraw_offer
        try:
            act(
                actor=person(request), negotiation=found, note=form.cleaned_data["note"],
                key=form.cleaned_data["key"], now=now,
            )  # fmt: skip
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Negosiasi selesai. Harga di permintaan tidak berubah."))
            return redirect("procurement:negotiation-detail", number=found.number)
    context = _context(request, found) | {"form": form, "is_sellers": side == Side.SELLER}
    context["total"] = results.total_of(results.first(found))
    return form_page(request, "procurement/negotiations/negotiation_stop.html", context)


def _ask_sure(request: HttpRequest, problem: DomainError, layout: str) -> HttpResponse:
    """A price far below what stands is sent only by who saw it once more; it is recorded for ever."""
    return ask_sure(
        request,
        title=_("Harganya benar?"),
        text=f"{problem.message} {_('Tawaran yang terkirim tercatat di berita acara.')}",
        verb=_("Ya, kirim harga ini"),
        back=request.path,
        layout=layout,
    )


def _context(request: HttpRequest, found: Negotiation) -> dict[str, Any]:
    context: dict[str, Any] = {"negotiation": found, "layout": fetch.layout_for(request, found)}
    return context | ({"seller": found.seller} if "seller" in context["layout"] else {"agency": found.request.agency})


def _offer_form(
    request: HttpRequest, found: PurchaseRequest, shop: Seller, negotiation: Negotiation | None, now: datetime
) -> OfferForm:
    """Its boxes hold what the other side offered last. Raises: InvalidMove once the request left its approver."""
    if found.state != RequestState.SUBMITTED:
        raise InvalidMove()
    part = part_of(contents.read(found, now), shop)
    shown = terms_of(found, part) if negotiation is None else terms_of_round(results.last(negotiation))
    data = request.POST if request.method == "POST" else None
    side = policies.side_of(person(request), negotiation, clock.local_date(now)) if negotiation else None
    most = ceiling_of(found, part, standing_for(negotiation, side))
    return OfferForm(data, part=part, most=most, shown=shown)
