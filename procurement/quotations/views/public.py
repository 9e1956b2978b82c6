"""What anybody may read: what is asked, by which rule, and after the award every offer with its figures."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from epeken.core import clock
from procurement.quotations import fetch, outcome, pages, questions, results
from procurement.quotations.models import Quotation
from procurement.quotations.states import QuotationState

PER_PAGE = 25


@require_safe
def quotation_public_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    found = Quotation.objects.public().select_related("agency").answerable_first(now)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = pages.list_rows(page, "procurement:quotation-public", now)
    context = {"page": page, "head": pages.list_head(), "rows": rows}
    return render(request, "procurement/quotations/quotation_public_list.html", context)


@require_safe
def quotation_public(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = fetch.public_quotation(number)
    offers = results.offers_of(found) if outcome.last_request(found) is not None else []
    context = {
        "quotation": found,
        "tag": pages.TAGS[QuotationState(found.state)],
        "left": pages.left_of(found, now),
        "facts": [*pages.facts(found, is_public=True), *pages.invited_facts(found)],
        "goods_head": pages.goods_head(),
        "goods": pages.goods_rows(found),
        "outcome": pages.outcome_words(found, offers),
        "offers_head": pages.public_head(found),
        "offers": pages.public_rows(found, offers),
        "asked": questions.page_of(found, questions.questions_of(found), now),
    }
    return render(request, "procurement/quotations/quotation_public.html", context)
