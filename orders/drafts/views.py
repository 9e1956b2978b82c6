"""The page that works without network, and the address to which phones send what was written on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.forms import HouseForm
from epeken.users.fetch import person
from epeken.users.models import User
from orders.deliveries import policies, services
from orders.deliveries.forms import InspectForm, MissingForm
from orders.deliveries.models import Delivery
from orders.drafts import pages
from orders.drafts.forms import DraftForm
from orders.drafts.models import DraftedAct
from orders.drafts.services import Draft, record_draft
from orders.drafts.states import DraftAct
from orders.photo_places.services import consent_of


@require_safe
@login_required
def offline_page(request: HttpRequest) -> HttpResponse:
    """Kept on the phone while it is signed in; says when it was made."""
    now, user = clock.now(), person(request)
    cards = pages.cards_of(user, now)
    context = {
        "cards": cards,
        "layout": pages.layout_of(user, cards, clock.local_date(now)),
        "made_at": now,
        "person": pages.person_token(user),
        "acts": DraftAct.choices,
        "place_consent": consent_of(user),
    }
    return render(request, "orders/drafts/offline.html", context)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker stands at the root, so that it sees every page; it holds nothing of anybody."""
    answer = render(request, "orders/drafts/worker.js", content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def token(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and the token with which a draft is sent."""
    if not request.user.is_authenticated:
        return _signed_out()
    answer = JsonResponse({"person": pages.person_token(person(request)), "csrf": get_token(request)})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def draft_create(request: HttpRequest) -> HttpResponse:
    """200: it is done, now or before. Anything of 4xx says what is wrong with the draft, which stays on the phone."""
    if not request.user.is_authenticated:
        return _signed_out()
    now, user = clock.now(), person(request)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _wrong(form)
    given = form.cleaned_data
    if given["person"] != pages.person_token(user):
        return _answer(409, "other_person", _("Draf ini ditulis dengan akun lain. Masuk dengan akun itu."))
    if DraftedAct.objects.filter(by=user, client_id=given["key"]).exists():
        return _taken()
    delivery = (
        Delivery.objects.visible_to(user, clock.local_date(now))
        .select_related("order")
        .filter(number=given["delivery"])
        .first()
    )
    if delivery is None:
        return _answer(404, "not_found", _("Kiriman ini tidak terlihat oleh akun Anda. Tanyakan kepada dinas Anda."))
    becomes = _becoming(request, user, delivery, given, now)
    if isinstance(becomes, HouseForm):
        return _wrong(becomes)
    draft = Draft(given["key"], given["act"], given["claimed_at"])
    try:
        record_draft(actor=user, delivery=delivery, draft=draft, becomes=becomes, now=now)
    except DomainError as error:
        return _answer(error.status, error.code, error.message)
    return _taken()


def _becoming(
    request: HttpRequest, user: User, delivery: Delivery, given: dict[str, Any], now: datetime
) -> Callable[[], Delivery] | HouseForm:
    """The act, or the form that does not hold."""
    if given["act"] == DraftAct.ARRIVE:
        return lambda: services.mark_arrived(actor=user, delivery=delivery, now=now)
    if given["act"] == DraftAct.MISS:
        missing = MissingForm(request.POST)
        if not missing.is_valid():
            return missing
        note = missing.cleaned_data["note"]
        return lambda: services.report_missing(actor=user, delivery=delivery, note=note, now=now)
    wanted = policies.photos_wanted(delivery, delivery.order, clock.local_date(now))
    found = InspectForm(request.POST, request.FILES, delivery=delivery, photos=wanted)
    if not found.is_valid():
        return found
    return lambda: services.inspect_delivery(
        actor=user,
        delivery=delivery,
        findings=found.findings(),
        came_at=found.moment(),
        remark=found.cleaned_data["remark"],
        photos=found.cleaned_data["photos"],
        place=found.cleaned_data["place"],
        key=given["key"],
        now=now,
    )


def _taken() -> JsonResponse:
    return JsonResponse({"taken": True})


def _signed_out() -> JsonResponse:
    return _answer(401, "signed_out", _("Masuk lagi supaya draf di ponsel ini dapat dikirim."))


def _wrong(form: HouseForm) -> JsonResponse:
    words = [str(message) for messages in form.errors.values() for message in messages]
    return _answer(422, "invalid", " ".join(dict.fromkeys(words)))


def _answer(status: int, code: str, message: str) -> JsonResponse:
    answer = JsonResponse({"code": code, "message": message}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
