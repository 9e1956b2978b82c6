"""Pages of the inspectorate's keys."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.web.answers import carried_out, form_page
from procurement.disclosures import fetch, pages
from procurement.disclosures.forms import ConfirmKeyForm, PublicKeyForm, StopKeyForm
from procurement.disclosures.models import InspectorateKey
from procurement.disclosures.services import keys
from procurement.disclosures.states import StopReason


@require_GET
@login_required
def inspectorate_keys(request: HttpRequest) -> HttpResponse:
    viewer = fetch.recipient(request)
    found = InspectorateKey.objects.select_related("proposed_by", "confirmed_by")
    in_force = InspectorateKey.objects.in_force(clock.today())
    context = {
        "form": PublicKeyForm(),
        "cards": pages.key_cards(found, in_force, viewer),
        "in_force": in_force,
        "waits": InspectorateKey.objects.proposed().exists(),
    }
    return render(request, "procurement/disclosures/key_list.html", context)


@require_POST
@login_required
def inspectorate_key_propose(request: HttpRequest) -> HttpResponse:
    """The public half alone comes here; the browser has kept the other one."""
    viewer = fetch.recipient(request)
    form = PublicKeyForm(request.POST)
    if not form.is_valid():
        raise RuleBroken(str(next(iter(form.errors.values()))[0]), code="key_unreadable")
    keys.propose_key(actor=viewer, public=form.cleaned_data["public"], now=clock.now())
    messages.success(request, _("Kunci tercatat. Bacakan sidiknya kepada inspektur lain, yang mengesahkannya."))
    return redirect("procurement:inspectorate-keys")


@require_http_methods(["GET", "POST"])
@login_required
def inspectorate_key_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = fetch.recipient(request)
    key = fetch.seen_key(request, pk)
    form = ConfirmKeyForm(request.POST if request.method == "POST" else None)
    if carried_out(form, lambda: keys.confirm_key(actor=viewer, key=key, now=clock.now())):
        messages.success(request, _("Kunci disahkan. Pengaduan baru disegel dengannya mulai sekarang."))
        return redirect("procurement:inspectorate-keys")
    return form_page(request, "procurement/disclosures/key_confirm.html", {"form": form, "key": key})


@require_POST
@login_required
def inspectorate_key_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = fetch.recipient(request)
    keys.withdraw_key(actor=viewer, key=fetch.seen_key(request, pk), now=clock.now())
    messages.success(request, _("Kunci ditarik dan tidak akan dipakai."))
    return redirect("procurement:inspectorate-keys")


@require_http_methods(["GET", "POST"])
@login_required
def inspectorate_key_stop(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = fetch.recipient(request)
    key = fetch.seen_key(request, pk)
    form = StopKeyForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        keys.stop_key(actor=viewer, key=key, reason=StopReason(form.cleaned_data["reason"]), now=clock.now())

    if carried_out(form, act):
        messages.success(request, _("Kunci dihentikan. Sampai kunci lain disahkan, pengaduan tidak diterima."))
        return redirect("procurement:inspectorate-keys")
    return form_page(request, "procurement/disclosures/key_stop.html", {"form": form, "key": key})
