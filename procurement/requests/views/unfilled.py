"""A part whose order brought nothing: sourced again, or left."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.web.answers import ask_first
from epeken.users.fetch import person
from epeken.users.models import User
from procurement.requests import fetch, policies, unfilled
from procurement.requests.forms import SourceAgainForm
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.next_step import waits_for_seller
from procurement.requests.services import unfilled as services
from procurement.requests.states import OPEN
from procurement.sourcing.replacements import replacements_of


@require_http_methods(["GET", "POST"])
@login_required
def request_source_again(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """To the draft that continues the part. A moment is asked for when the first one is past, or by GET."""
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    part = fetch.unfilled_part(found, pk)
    user = person(request)
    if request.method == "GET" and not policies.can_request(user, found.agency, clock.local_date(now)):
        return redirect("procurement:request-detail", number=found.number)
    asked = request.method == "POST" and "deliver_at" in request.POST
    form = SourceAgainForm(request.POST if asked else None)
    error: DomainError | None = None
    if request.method == "POST" and (not asked or form.is_valid()):
        try:
            draft = services.source_again(
                actor=user,
                part=part,
                now=now,
                deliver_at=form.cleaned_data["deliver_at"] if asked else None,
                rows=None if part.live_continuations else _chosen(request, found, part, now),
            )
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            error = problem
            if asked:
                form.refuse(problem)
        else:
            if not _is_own_draft(draft, user, request.POST.get("seller", "")):
                words = {"continued": unfilled.continued_words(draft), "number": draft.number}
                messages.info(
                    request, _("%(continued)s di permintaan %(number)s, jadi tidak dibuat draf lagi.") % words
                )
                return redirect("procurement:request-detail", number=draft.number)
            rest = _("Pilih penjual lain, lalu kirim.")
            if request.POST.get("seller"):
                rest = _("Penjualnya sudah terpilih: periksa, lalu kirim.")
            said = _("Draf %(number)s melanjutkan permintaan %(earlier)s.")
            messages.success(request, f"{said} {rest}" % {"number": draft.number, "earlier": found.number})
            return redirect("procurement:request-detail", number=draft.number)
    context = {
        "agency": found.agency,
        "request_": found,
        "form": form,
        "text": unfilled.said(part),
        "error": error if not asked else None,
    }
    wrong = error is not None or bool(form.errors)
    return render(request, "procurement/requests/request_source_again.html", context, status=422 if wrong else 200)


def _is_own_draft(draft: PurchaseRequest, user: User, seller: str) -> bool:
    """Whether what continues the part is the draft that was asked for, and not what somebody made meanwhile."""
    shops = {str(row.seller_id) for row in draft.sellers.all()}
    return draft.state in OPEN and draft.requester_id == user.pk and (not seller or seller in shops)


def _chosen(
    request: HttpRequest, found: PurchaseRequest, part: RequestSeller, now: datetime
) -> tuple[RequestSeller, list[RequestLine]] | None:
    """The goods of the shop that was chosen among those proposed, while it can bring them."""
    chosen = request.POST.get("seller", "")
    if not chosen:
        return None
    for one in replacements_of(found, part, now, actor=person(request)):
        if str(one.seller.pk) == chosen:
            return one.rows()
    raise RuleBroken(_("Toko ini tidak sanggup lagi. Muat ulang halaman lalu pilih lagi."), code="replacement_changed")


@require_http_methods(["GET", "POST"])
@login_required
def request_sourcing_end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The goods of the part are no longer needed. GET asks, POST records it."""
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    part = fetch.unfilled_part(found, pk)
    if request.method == "GET":
        if not policies.can_request(person(request), found.agency, clock.local_date(now)) or not waits_for_seller(part):
            return redirect("procurement:request-detail", number=found.number)
        return ask_first(
            request,
            title=_("Barang dari %(shop)s tidak diperlukan lagi?") % {"shop": part.seller.name},
            text=_(
                "Penjual lain tidak dicari lagi, dan ini tidak dapat diurungkan. Bila ternyata perlu, salin "
                "permintaannya menjadi permintaan baru."
            ),
            verb=_("Tidak diperlukan lagi"),
            back=reverse("procurement:request-detail", args=[found.number]),
            layout="layouts/agency.html",
        )
    services.end_sourcing(actor=person(request), part=part, now=now)
    messages.success(request, _("Tercatat: barang dari %(shop)s tidak diperlukan lagi.") % {"shop": part.seller.name})
    return redirect("procurement:request-detail", number=found.number)
