"""Frames: the list, one of them with its requests, proposing, signing, refusing and ending it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from procurement.agencies import fetch as agencies_fetch
from procurement.frames import fetch, pages, policies, services, terms
from procurement.frames.forms import CloseFrameForm, FrameForm, SignFrameForm
from procurement.frames.models import ApprovalFrame
from procurement.frames.states import FrameState
from procurement.requests import policies as requests_policies
from procurement.requests.models import PurchaseRequest

PAGE_SIZE = 25


@require_GET
@login_required
def frame_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, _agencies = agencies_fetch.membership_of(request, now)
    day = clock.local_date(now)
    found = ApprovalFrame.objects.filter(agency=agency).select_related("line").order_by("-pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "agency": agency,
        "page": page,
        "head": pages.list_head(),
        "rows": pages.list_rows(page, day),
        "can_propose": policies.can_propose(person(request), agency.pk, day),
        "can_request": requests_policies.can_request(person(request), agency, day),
    }
    return render(request, "procurement/frames/frame_list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def frame_create(request: HttpRequest) -> HttpResponse:
    """A proposal; begun from a request of the department when `dari` names one."""
    now = clock.now()
    agency, _agencies = agencies_fetch.membership_of(request, now)
    user, day = person(request), clock.local_date(now)
    if not policies.can_propose(user, agency.pk, day):
        raise NotAllowed(_("Kerangka persetujuan diusulkan oleh PP atau PPK dinas ini."))
    example = PurchaseRequest.objects.filter(agency=agency, number=request.GET.get("dari", "")).first()
    form = FrameForm(
        request.POST if request.method == "POST" else None,
        agency=agency,
        day=day,
        initial=FrameForm.begun_from(example) if example else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.propose_frame(actor=user, agency=agency, now=now, **form.typed())
        except NotAllowed:
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            said = _("Kerangka %(number)s menunggu tanda tangan kepala dinas.")
            messages.success(request, said % {"number": made.number})
            return redirect("procurement:frame-detail", number=made.number)
    return form_page(request, "procurement/frames/frame_form.html", {"agency": agency, "form": form})


@require_GET
@login_required
def frame_detail(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    frame = fetch.seen_frame(request, number, now)
    return _page(request, frame, SignFrameForm())


@require_POST
@login_required
def frame_sign(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    frame = fetch.seen_frame(request, number, now)
    form = SignFrameForm(request.POST)
    if form.is_valid():
        try:
            services.sign_frame(actor=person(request), frame=frame, now=now, **form.cleaned_data)
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Kerangka berlaku. Permintaan di dalamnya langsung disetujui saat dikirim."))
            return redirect("procurement:frame-detail", number=frame.number)
    return _page(request, frame, form)


@require_http_methods(["GET", "POST"])
@login_required
def frame_close(request: HttpRequest, number: str) -> HttpResponse:
    """A proposal is refused or taken back, a signed frame ends; each with a reason."""
    now = clock.now()
    frame = fetch.seen_frame(request, number, now)
    user = person(request)
    if request.method == "GET" and not policies.can_close(user, frame, clock.local_date(now)):
        return redirect("procurement:frame-detail", number=frame.number)
    form = CloseFrameForm(request.POST if request.method == "POST" else None)
    is_head = policies.is_head(user, frame.agency_id, clock.local_date(now))
    said = _("Kerangka %(number)s diakhiri.")
    if frame.state == FrameState.PROPOSED:
        said = _("Kerangka %(number)s tidak ditandatangani.") if is_head else _("Usulan %(number)s ditarik.")
    close = services.refuse_frame if frame.state == FrameState.PROPOSED else services.end_frame
    if request.method == "POST" and form.is_valid():
        try:
            close(actor=user, frame=frame, note=form.cleaned_data["note"], now=now)
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, said % {"number": frame.number})
            return redirect("procurement:frame-detail", number=frame.number)
    context = {"agency": frame.agency, "frame": frame, "form": form, "is_head": is_head}
    return form_page(request, "procurement/frames/frame_close.html", context)


def _page(request: HttpRequest, frame: ApprovalFrame, form: SignFrameForm) -> HttpResponse:
    now = clock.now()
    user, day = person(request), clock.local_date(now)
    words, kind = pages.tag(frame, day)
    together = terms.whole(frame, day)
    page = Paginator(pages.requests_of(frame), PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "agency": frame.agency,
        "frame": frame,
        "form": form,
        "tag": kind,
        "tag_text": words,
        "bar": pages.bar(frame),
        "facts": pages.facts(frame),
        "goods_head": pages.goods_head(),
        "goods_rows": pages.goods_rows(frame),
        "ceilings": pages.ceiling_warnings(frame),
        "rest": pages.rest_words(frame) if frame.state == FrameState.PROPOSED else "",
        "sellers": pages.sellers_words(frame),
        "together": together if together.numbers else None,
        "request_head": pages.request_head(),
        "request_rows": pages.request_rows(page),
        "page": page,
        "events": pages.events(frame),
        "can_request": (frame.state == FrameState.SIGNED and clock.is_valid_on(frame, day))
        and requests_policies.can_request(user, frame.agency, day),
        "can_sign": policies.can_sign(user, frame, day),
        "is_short": frame.state == FrameState.PROPOSED and frame.amount > frame.line.available,
        "can_close": policies.can_close(user, frame, day),
    }
    return form_page(request, "procurement/frames/frame_detail.html", context)
