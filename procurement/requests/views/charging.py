"""Which budget line pays for which goods of a draft."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.users.fetch import person
from procurement.requests import contents, fetch
from procurement.requests.forms import ChargeForm
from procurement.requests.pages import charging
from procurement.requests.services import drafts


@require_POST
@login_required
def request_charge(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    held = contents.read(found, now)
    lines = charging.choosable(found, held, charging.spendable(found, now))
    form = ChargeForm(request.POST, request=found, goods=held.kept, lines=lines)
    try:
        if form.is_valid():
            drafts.charge_goods(
                actor=person(request), request=found, payers=form.payers, now=now, shown=request.POST.get("shown", "")
            )
            messages.success(request, _("Pembebanan barang tersimpan."))
        else:
            drafts.locked_draft(person(request), found, now)  # who may not change it hears that
            name, problems = next(iter(form.errors.items()))
            messages.error(request, f"{form.fields[name].label}: {problems[0]}")
    except (NotAllowed, InvalidMove):
        raise
    except DomainError as problem:
        messages.error(request, problem.message)
    return redirect(reverse("procurement:request-detail", args=[found.number]) + "#beban")
