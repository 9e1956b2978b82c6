"""The approver's page: everything on one page, one decision."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.web.answers import ask_first, form_page
from epeken.users.fetch import person
from epeken.users.models import User
from procurement.agencies import fetch as agencies_fetch
from procurement.agencies import policies as agencies_policies
from procurement.agencies.states import OfficerRole, office_label
from procurement.attachments import pages as attachments_pages
from procurement.guards.models import GuardFinding
from procurement.negotiations import pages as negotiation_pages
from procurement.negotiations import results
from procurement.negotiations.states import NegotiationState
from procurement.requests import chain, contents, fetch, obstacles, officers, policies, refusals
from procurement.requests.errors import OwnShop
from procurement.requests.forms import ApprovalForm, SendBackForm
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.officers import SIGNERS
from procurement.requests.pages import approvals as approvals_pages
from procurement.requests.pages import charging, deadlines, papers
from procurement.requests.pages import requests as requests_pages
from procurement.requests.services import decisions, signing
from procurement.requests.states import RequestState
from procurement.schedules import pages as schedules_pages
from procurement.sourcing import comparison, pages, sheets
from umkm.sellers.models import Seller

SURE = ("sure", "1")


@require_GET
@login_required
def approval_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, _agencies = agencies_fetch.membership_of(request, now)
    day = clock.local_date(now)
    members = [m for m in agencies_policies.appointments(person(request), day) if m.agency_id == agency.pk]
    submitted = PurchaseRequest.objects.submitted().filter(agency=agency).select_related("requester").order_by("due_at")
    turns = set(submitted.waiting_for(person(request), members, day).order_by().values_list("pk", flat=True))
    mine = [row for row in submitted if row.pk in turns]
    others = [row for row in submitted if row.pk not in turns]
    context = {
        "agency": agency,
        "items": approvals_pages.approval_items(mine, now),
        "others": approvals_pages.approval_items(others, now, view="procurement:request-detail"),
        "is_approver": any(member.role in SIGNERS for member in members),
    }
    return render(request, "procurement/requests/approval_list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def approval_detail(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    user = person(request)
    if request.method == "GET":
        if not policies.can_decide(user, found, clock.local_date(now)):
            if (shop := _own_shop(user, found, now)) is not None:
                messages.error(request, OwnShop(shop).message)
            return redirect("procurement:request-detail", number=found.number)
        held = contents.read(found, now)
        return _page(request, found, held, _form(None, found, held.kept, person(request)), now)
    held = contents.read(found, now)
    lines = held.lines if found.state != RequestState.SUBMITTED else held.kept
    form = _form(request.POST, found, lines, person(request))
    if request.POST.get("decision") == ApprovalForm.PREVIEW:
        if found.state != RequestState.SUBMITTED and getattr(request, "htmx", False):
            context = {"said": refusals.moved_on(found, note=form.written).message, "number": found.number}
            return render(request, "procurement/requests/_approval_moved.html", context, status=409)
        return _page(request, found, held, form, now, is_preview=True)
    if form.is_valid() and _asks_first(form, found, request, now):
        return ask_first(
            request,
            title=_("Tolak permintaan ini?"),
            text=approvals_pages.rejecting_words(found, form.cleaned_data["note"]),
            verb=_("Tolak permintaan"),
            back=reverse("procurement:approval-detail", args=[found.number]),
            layout="layouts/agency.html",
            sent=[*((name, str(text)) for name, text in request.POST.items() if name != "csrfmiddlewaretoken"), SURE],
        )
    if form.is_valid():
        try:
            _decide(user, found, form, request.POST.get("shown", ""), now)
        except NotAllowed:
            raise
        except InvalidMove:
            found.refresh_from_db()
            if found.state == RequestState.SUBMITTED:
                raise
            raise refusals.moved_on(found, note=form.written) from None
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _said(form.cleaned_data["decision"]))
            if form.cleaned_data["decision"] == ApprovalForm.APPROVE:
                return redirect("procurement:request-detail", number=found.number)
            return redirect("procurement:approval-list")
    found = fetch.seen_request(request, number, now)
    return _page(request, found, contents.read(found, now), form, now)


@require_http_methods(["GET", "POST"])
@login_required
def request_send_back(request: HttpRequest, number: str) -> HttpResponse:
    """After the approval too: to the requester, with what to mend."""
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    user = person(request)
    if request.method == "GET" and not policies.can_issue(user, found, clock.local_date(now)):
        return redirect("procurement:request-detail", number=found.number)
    form = SendBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.send_back_request(
                actor=user, request=found, note=form.cleaned_data["note"], key=form.cleaned_data["key"], now=now,
                seen=RequestState.APPROVED,
            )  # fmt: skip
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _said(ApprovalForm.SEND_BACK))
            return redirect("procurement:request-detail", number=found.number)
    agreed = [one for one in results.of_request(found).values() if one.state == NegotiationState.AGREED]
    context = {
        "agency": found.agency,
        "request_": found,
        "form": form,
        "agreed": [negotiation_pages.outcome_words(one) for one in agreed],
    }
    return form_page(request, "procurement/requests/request_send_back.html", context)


def _form(data: Any, found: PurchaseRequest, lines: Iterable[RequestLine], user: User) -> ApprovalForm:
    signs = found.state == RequestState.SUBMITTED and chain.current(found, user) is not None
    return ApprovalForm(data, lines=lines, findings=_findings(found), signs=signs)


def _asks_first(form: ApprovalForm, found: PurchaseRequest, request: HttpRequest, now: datetime) -> bool:
    """A rejection ends the request for good, so who may decide is asked once, after it was said why."""
    if form.cleaned_data["decision"] != ApprovalForm.REJECT or not form.cleaned_data["note"].strip():
        return False
    return SURE not in request.POST.items() and policies.can_decide(person(request), found, clock.local_date(now))


def _decide(user: User, found: PurchaseRequest, form: ApprovalForm, shown: str, now: datetime) -> None:
    decision, note, key = (form.cleaned_data[name] for name in ("decision", "note", "key"))
    common: dict[str, Any] = {
        "actor": user, "request": found, "note": note, "key": key, "now": now, "outcomes": form.outcomes,
    }  # fmt: skip
    if decision == ApprovalForm.APPROVE:
        decisions.approve_request(dropped=form.dropped, shown=shown, **common)
    elif decision == ApprovalForm.SIGN:
        signing.sign_request(actor=user, request=found, note=note, key=key, shown=shown, now=now)
    elif decision == ApprovalForm.SEND_BACK:
        decisions.send_back_request(seen=RequestState.SUBMITTED, **common)
    else:
        decisions.reject_request(**common)


def _own_shop(user: User, found: PurchaseRequest, now: datetime) -> Seller | None:
    """Why an officer whose turn it would be is not offered the decision: they are tied to this shop."""
    roles = agencies_policies.memberships(user, found.agency_id, clock.local_date(now))
    if found.state != RequestState.SUBMITTED or not roles & set(SIGNERS):
        return None
    return policies.own_shop(user, found)


def _quotation(found: PurchaseRequest) -> dict[str, Any] | None:
    """The request for quotation whose award it buys, and how many offers were ranked."""
    if found.from_quotation is None:
        return None
    ranked = found.from_quotation.offers.filter(rank__isnull=False).count()
    return {"number": found.from_quotation.number, "ranked": ranked}


def _findings(found: PurchaseRequest) -> list[GuardFinding]:
    return list(GuardFinding.objects.unanswered().filter(request=found).select_related("chosen_by"))


def _said(decision: str) -> str:
    return {
        ApprovalForm.APPROVE: _("Permintaan disetujui. Terbitkan surat pesanannya supaya penjual bisa mulai."),
        ApprovalForm.SIGN: _("Permintaan ditandatangani. Pejabat berikutnya sudah diberi tahu."),
        ApprovalForm.SEND_BACK: _("Permintaan dikembalikan ke pemesan. Anggaran dan barangnya sudah dilepas."),
        ApprovalForm.REJECT: _("Permintaan ditolak. Anggaran dan barangnya sudah dilepas."),
    }[decision]


def _page(
    request: HttpRequest,
    found: PurchaseRequest,
    held: contents.RequestContents,
    form: ApprovalForm,
    now: datetime,
    *,
    is_preview: bool = False,
) -> HttpResponse:
    day = clock.local_date(now)
    if found.state != RequestState.SUBMITTED:
        raise refusals.moved_on(found, note=form.written)
    if not policies.can_decide(person(request), found, day):
        raise NotAllowed(_("Permintaan ini diputuskan pejabat lain."))
    office = officers.office_of(found, day, viewer=person(request))
    signatures = chain.of_request(found, person(request))
    signs = chain.current(found, person(request)) is not None
    sheet, negotiated = sheets.kept(found), results.of_request(found)
    in_the_way = list(
        refusals.to_approve(
            found, held, dropped=form.dropped, outcomes=form.outcomes, findings=form.findings, sheet=sheet,
            negotiated=negotiated, signed=signatures, office=str(office or ""), note=form.written, now=now,
        )
    )  # fmt: skip
    blocks = approvals_pages.blocks(list(refusals.to_sign(found, now)) if signs else in_the_way)
    context = {
        "agency": found.agency,
        "request_": found,
        "form": form,
        "key": request.POST.get("key") if is_preview else form["key"].value(),
        "shown": held.shown,
        "office": office_label(agencies_policies.acting_as(person(request), found.agency_id, str(office), day)),
        "sums": approvals_pages.decision_sums(found, held, set(form.dropped)),
        "is_preview": is_preview,
        "signs": signs,
        "blocks": blocks,
    }
    if is_preview and getattr(request, "htmx", False):
        return render(request, "procurement/requests/_approval_preview.html", context)
    less_for_more = obstacles.less_for_more(found, held, now)
    remedies = charging.remedies(found, held, form.findings, now)
    people = agencies_policies.holders_of(found.agency_id, [OfficerRole.RECEIVER, OfficerRole.TREASURER], day)
    context |= {
        "signatures": requests_pages.signature_rows(found, signatures, person(request), day),
        "schedule": schedules_pages.rows(found),
        "judge": requests_pages.judge_words(found, form.findings, person(request), day) if signs else "",
        "guards": [] if signs else charging.with_remedies(form.guards, remedies, "finding"),
        "rows": [row | {"less_for_more": less_for_more.get(row["line"].pk, "")} for row in form.rows],
        "groups": requests_pages.groups(held, (), less_for_more) if signs else [],
        "contents": held,
        "files": attachments_pages.files_of(found, person(request), day),
        "warnings": [
            *(approvals_pages.later(in_the_way) if signs else []),
            *({"kind": "now", "text": remedy["text"]} for remedy in remedies.values() if signs),
            *approvals_pages.said_before(found),
            *comparison.warnings(found, held, sheet, now, negotiated),
        ],
        "quotation": _quotation(found),
        # A price that sealed offers decided is not called unnegotiated.
        "negotiations": negotiation_pages.part_rows(found, held, negotiated, can_open=not signs, now=now)
        if negotiated or found.from_quotation_id is None
        else [],
        "compared": pages.sheet_rows(sheet),
        "meta": requests_pages.meta(found, held, papers.of_request(found, held, day)),
        "hold": requests_pages.hold_words(found, now),
        "deadline": deadlines.item(found, now),
        "late": deadlines.late_note(found, now),
        "receivers": ", ".join(str(each) for each in people[OfficerRole.RECEIVER]),
        "treasurers": ", ".join(str(each) for each in people[OfficerRole.TREASURER]),
    }
    status = 422 if form.is_bound and form.errors and not is_preview else 200
    return render(request, "procurement/requests/approval_detail.html", context, status=status)
