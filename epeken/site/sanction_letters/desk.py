"""Giving a sanction: what the shop's record says, the letter as it would be, and the word that it goes out."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.i18n.times import long_date, long_end
from epeken.site.sanction_letters import record
from epeken.users.fetch import person
from umkm.appeals.policies import last_moment
from umkm.sanctions import policies, services
from umkm.sanctions.forms import SanctionForm
from umkm.sanctions.pages import words_of
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState


@require_http_methods(["GET", "HEAD", "POST"])
def sanction_give(request: HttpRequest, pk: int) -> HttpResponse:
    """The first sending shows the letter, the second one, with `yakin`, gives it."""
    seller = get_object_or_404(
        Seller.objects.exclude(state=SellerState.DRAFT).select_related("kelurahan", "food_court"), pk=pk
    )
    actor, now = person(request), clock.now()
    if not policies.can_sanction(actor, seller):
        raise PermissionDenied
    in_force = list(seller.sanctions.in_force())
    levels = policies.given_levels(in_force, now)
    rows, keys = record.record_of(seller, now), request.POST.getlist("fakta")
    facts = record.chosen(rows, keys)
    post = request.method == "POST"
    form = SanctionForm(request.POST if post else None, levels=levels)
    draft, error, status = None, None, 200
    if post and form.is_valid() and "ubah" not in request.POST:
        given: dict[str, Any] = {"actor": actor, "seller": seller, "now": now, **form.cleaned_data}
        try:
            if "yakin" in request.POST:
                made = services.sanction_shop(facts=facts, **given)
                said = {"number": made.number, "level": made.get_level_display(), "shop": seller}
                messages.success(
                    request, _("Surat %(number)s (%(level)s) untuk %(shop)s keluar; penjual sudah dikabari.") % said
                )
                return redirect("admin:umkm_seller_change", pk)
            services.check_sanction(facts=facts, **given)
            draft = services.drafted(**given)
        except DomainError as problem:
            error, status = problem, problem.status
    elif post and "ubah" not in request.POST:
        status = 422
    context = {
        **admin.site.each_context(request),
        "title": _("Surat sanksi untuk %(shop)s") % {"shop": seller},
        "opts": Seller._meta,
        "original": seller,
        "decision_label": _("Surat sanksi"),
        "seller": seller,
        "form": form,
        "record": [{"row": row, "is_ticked": row.key in keys} for row in rows],
        "in_force": in_force,
        "next_from": policies.next_from(in_force) if seller.state == SellerState.ACTIVE else None,
        "draft": draft,
        "chosen": [words_of(fact) for fact in facts],
        "keys": [row.key for row in rows if row.key in keys],
        "until": long_date(clock.last_day(draft.ends_at)) if draft else "",
        "appeal_by": long_end(last_moment(now)),
        "error": error,
    }
    return render(request, "site/sanctions/give.html", context, status=status)
