"""Pages for whoever writes to the inspectorate. None of them asks or keeps who that is."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, require
from epeken.core.files import uploads
from procurement.disclosures import errors, fetch, pages, rules, sealing, senders
from procurement.disclosures.forms import CarriedForm, DisclosureForm, FollowForm, OpeningForm, SealedForm
from procurement.disclosures.models import InspectorateKey
from procurement.disclosures.services import receiving
from procurement.disclosures.services.receiving import SealedMessage
from procurement.disclosures.states import MessagePart

PAGE, SENT, FOLLOW = (f"procurement/disclosures/{name}.html" for name in ("disclosure_form", "sent", "follow"))


@never_cache
@require_http_methods(["GET", "POST"])
def disclosure_create(request: HttpRequest) -> HttpResponse:
    """The form; what is posted here came from a browser without scripts and is sealed before anything is stored."""
    key = _key_in_force()
    sent = request.method == "POST"
    form = DisclosureForm(
        request.POST if sent else None, request.FILES if sent else None, initial={"code": sealing.new_code()}
    )
    if sent and form.is_valid():
        try:
            found = receiving.receive_complaint(message=_sealed_here(request, form, key), now=clock.now())
        except DomainError as problem:
            form.refuse(problem)
        else:
            context = {"number": found.number, "code": sealing.grouped(form.cleaned_data["code"]), "key": found.key}
            return render(request, SENT, context)
    return _page(request, PAGE, {"form": form, "no_key": errors.no_key().message, **_sealing()})


@never_cache
@require_POST
def disclosure_receive(request: HttpRequest) -> HttpResponse:
    """What a browser has sealed: a complaint or an addition. Answers in JSON."""
    form = SealedForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"code": "not_sealed", "message": _("Muat ulang halaman, lalu kirim lagi.")}, status=422)
    given = form.cleaned_data
    message = SealedMessage(
        number=given["number"],
        opening=bytes.fromhex(given["opening"]),
        fingerprint=given["fingerprint"],
        sealed=given["sealed"].read(),
        token=given["key"],
    )
    act = {
        MessagePart.COMPLAINT: receiving.receive_complaint,
        MessagePart.ADDITION: receiving.add_to_complaint,
    }[given["part"]]
    try:
        _count(request)
        found = act(message=message, now=clock.now())
    except DomainError as problem:
        key = _key_in_force() if problem.code == "key_changed" else None
        told = {"public": key.public, "fingerprint": key.fingerprint} if key else None
        return JsonResponse({"code": problem.code, "message": problem.message, "key": told}, status=problem.status)
    return JsonResponse({"number": found.number})


@never_cache
@require_http_methods(["GET", "POST"])
def disclosure_follow(request: HttpRequest) -> HttpResponse:
    """State, answers and a form for more, for who has the code. Without scripts the code comes here and is not kept."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            context |= _followed(code)
        except DomainError as problem:
            form.refuse(problem)
    return _page(request, FOLLOW, context)


@never_cache
@require_POST
def disclosure_look(request: HttpRequest) -> HttpResponse:
    """The same as a piece for a browser that keeps the code to itself: answers are still sealed."""
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"code": "code_unknown", "message": errors.unknown_code().message}, status=422)
    try:
        found = fetch.by_opening(bytes.fromhex(form.cleaned_data["opening"]))
    except DomainError as problem:
        return JsonResponse({"code": problem.code, "message": problem.message}, status=problem.status)
    context = {"followed": pages.followed(found, None), "more": CarriedForm(), **_sealing()}
    return render(request, "procurement/disclosures/_followed.html", context)


@never_cache
@require_POST
def disclosure_add(request: HttpRequest) -> HttpResponse:
    """An addition from a browser without scripts."""
    key = _key_in_force()
    more = CarriedForm(request.POST, request.FILES)
    if not more.is_valid() and "code" in more.errors:
        return _page(request, FOLLOW, {"form": FollowForm(request.POST)})
    try:
        if more.is_valid():
            receiving.add_to_complaint(message=_sealed_here(request, more, key), now=clock.now())
            return render(request, FOLLOW, {"form": FollowForm(), "is_added": True, **_followed(_code(more))})
    except DomainError as problem:
        more.refuse(problem)
    try:
        context = {"form": FollowForm(), **_followed(_code(more)), "more": more}
    except DomainError as problem:
        form = FollowForm(request.POST)
        form.refuse(problem)
        return _page(request, FOLLOW, {"form": form})
    return render(request, FOLLOW, context, status=422)


def _followed(code: str) -> dict[str, Any]:
    keys = sealing.keys_of(code)
    found = fetch.by_opening(keys.opening)
    return {
        "followed": pages.followed(found, keys.answers),
        "more": CarriedForm(initial={"code": code}),
        **_sealing(),
    }


def _sealing() -> dict[str, Any]:
    """What a form that a script seals needs."""
    return {"key": _key_in_force(), "most": settings.UPLOAD_MAX_BYTES}


def _code(form: CarriedForm) -> str:
    return sealing.read_code(form.data.get("code", ""))


def _sealed_here(request: HttpRequest, form: CarriedForm, key: InspectorateKey | None) -> SealedMessage:
    """Raises RuleBroken."""
    if key is None:
        raise errors.no_key()
    _count(request)
    given, keys = form.cleaned_data, sealing.keys_of(form.cleaned_data["code"])
    made = [uploads.encode_document(file, field="attachments") for file in given["attachments"]]
    plain = sealing.packed(
        about=given.get("about", ""),
        order=given.get("order", ""),
        text=given["text"],
        answers=keys.answers,
        files=[sealing.SealedFile(file.content_type, file.data) for file in made],
    )
    part = MessagePart.COMPLAINT if isinstance(form, DisclosureForm) else MessagePart.ADDITION
    sealed = sealing.seal(sealing.public_key(key.public), plain, number=keys.number, part=part)
    return SealedMessage(keys.number, keys.opening, key.fingerprint, sealed, given["key"])


def _count(request: HttpRequest) -> None:
    """Raises RuleBroken `address_limit`."""
    address = get_adapter().get_client_ip(request)
    require(
        senders.is_within(address, rules.ADDRESS.on(clock.today())),
        _("Terlalu banyak kiriman dari jaringan ini. Tunggu sepuluh menit, lalu kirim lagi."),
        code="address_limit",
    )


def _key_in_force() -> InspectorateKey | None:
    found: InspectorateKey | None = InspectorateKey.objects.in_force(clock.today())
    return found


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """422 with a refused form. Its files are not kept, unlike those of other forms."""
    form = context["form"]
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)
