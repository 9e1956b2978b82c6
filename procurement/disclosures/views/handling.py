"""Pages of the inspectorate. What is sealed is opened in the inspector's browser and never comes back here readable."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.idempotency import new_key
from procurement.disclosures import fetch, pages
from procurement.disclosures.forms import SealedAnswerForm
from procurement.disclosures.models import Disclosure, InspectorateKey
from procurement.disclosures.services import handling
from procurement.disclosures.states import DisclosureState

PER_PAGE = 30


@require_GET
@login_required
def disclosure_list(request: HttpRequest) -> HttpResponse:
    fetch.recipient(request)
    found = Disclosure.objects.listed().select_related("key")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    in_force = InspectorateKey.objects.in_force(clock.today())
    context = {"key": in_force, "page": page, "rows": pages.disclosure_rows(page)}
    return render(request, "procurement/disclosures/disclosure_list.html", context)


@never_cache
@require_GET
@login_required
def disclosure_detail(request: HttpRequest, number: str) -> HttpResponse:
    fetch.recipient(request)
    found = fetch.seen_disclosure(request, number)
    (row,) = pages.disclosure_rows([found])
    context = {
        "disclosure": found,
        "row": row,
        "keys": pages.keys_needed(found),
        "looks": pages.looks(found),
        "answer_key": new_key(),
        "can_answer": found.case_state != DisclosureState.CLOSED,
        "can_close": found.case_state == DisclosureState.ANSWERED,
    }
    return render(request, "procurement/disclosures/disclosure_detail.html", context)


@never_cache
@require_POST
@login_required
def disclosure_open(request: HttpRequest, number: str) -> HttpResponse:
    """What is sealed, for the browser that holds the key; that it was fetched is kept."""
    user = fetch.recipient(request)
    found = fetch.seen_disclosure(request, number)
    sealed = handling.open_disclosure(actor=user, disclosure=found, now=clock.now())
    (row,) = pages.disclosure_rows([fetch.seen_disclosure(request, number)])
    return JsonResponse({"messages": pages.opened(sealed), "state": row.state, "looks": pages.looks(found)})


@never_cache
@require_POST
@login_required
def disclosure_answer(request: HttpRequest, number: str) -> HttpResponse:
    user = fetch.recipient(request)
    found = fetch.seen_disclosure(request, number)
    form = SealedAnswerForm(request.POST)
    if not form.is_valid():
        told = next(iter(form.errors.values()))[0]
        return JsonResponse({"code": "answer_not_sealed", "message": told}, status=422)
    try:
        handling.answer_disclosure(
            actor=user,
            disclosure=found,
            sealed=form.cleaned_data["sealed"],
            token=form.cleaned_data["key"],
            now=clock.now(),
        )
    except DomainError as problem:
        return JsonResponse({"code": problem.code, "message": problem.message}, status=problem.status)
    answer = found.messages.select_related("key", "author").filter(token=form.cleaned_data["key"])
    (row,) = pages.disclosure_rows([fetch.seen_disclosure(request, number)])
    return JsonResponse({"number": found.number, "messages": pages.opened(answer), "state": row.state})


@require_POST
@login_required
def disclosure_close(request: HttpRequest, number: str) -> HttpResponse:
    user = fetch.recipient(request)
    found = fetch.seen_disclosure(request, number)
    handling.close_disclosure(actor=user, disclosure=found, now=clock.now())
    messages.success(request, _("Pengaduan %(number)s ditutup.") % {"number": found.number})
    return redirect("procurement:disclosure-list")
