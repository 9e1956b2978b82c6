"""The head answers a requester who asked for a higher ceiling."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.users.fetch import person
from procurement.requests import asked_ceilings, fetch, policies
from procurement.requests.forms import CeilingAnswerForm
from procurement.requests.services import ceilings
from procurement.requests.states import CeilingOutcome


@require_http_methods(["GET", "POST"])
@login_required
def ceiling_answer(request: HttpRequest, number: str) -> HttpResponse:
    """GET asks how it was answered, POST records it."""
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    user = person(request)
    may = policies.may_answer_ceiling(user, found, clock.local_date(now)) and asked_ceilings.waits_for_head(found, now)
    if request.method == "GET" and not may:
        return redirect("procurement:request-detail", number=found.number)
    form = CeilingAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given["outcome"] == CeilingOutcome.PUT:
                ceilings.put_to_city(
                    actor=user, request=found, reference=given["reference"], sent_on=given["sent_on"], now=now
                )
            else:
                ceilings.decline_ceiling(actor=user, request=found, reason=given["reason"], now=now)
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Jawaban tercatat, dan %(who)s dikabari.") % {"who": found.requester})
            return redirect("procurement:request-detail", number=found.number)
    text, _kind = asked_ceilings.state_words(found, now)
    context = {
        "agency": found.agency,
        "request_": found,
        "form": form,
        "text": text,
        "raised_by": asked_ceilings.raised_by_words(),
    }
    return render(request, "procurement/requests/ceiling_answer.html", context, status=422 if form.errors else 200)
