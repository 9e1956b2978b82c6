"""The owner's page of an appeal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.files.uploads import private_response
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from umkm.appeals import services
from umkm.appeals.forms import AppealForm
from umkm.appeals.models import Appeal, AppealPhoto
from umkm.appeals.states import AppealState
from umkm.sanctions.models import Sanction
from umkm.sellers.models import Seller
from umkm.verification.models import VerificationCase
from umkm.verification.states import CaseState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def case_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk`: of the registration."""
    seller = get_object_or_404(Seller.objects.of_member(person(request)), pk=pk)
    case = get_object_or_404(seller.cases.filter(state=CaseState.REJECTED).order_by("-pk")[:1])
    why = case.note if case.reject_reason == "other" else f"{case.get_reject_reason_display()}. {case.note}"
    return _appeal(request, case, why, layout="layouts/public.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sanction_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Sanction.objects.filter(seller__in=Seller.objects.of_member(person(request)))
    sanction = get_object_or_404(mine.select_related("seller"), pk=pk)
    why = f"{sanction.get_level_display()}: {sanction.get_reason_display()}. {sanction.note}"
    return _appeal(request, sanction, why, layout="layouts/seller.html")


def _page_of(decision: VerificationCase | Sanction) -> str:
    """Where the shop reads the decision, and how far an appeal against it is."""
    if isinstance(decision, Sanction):
        return f"{reverse('umkm:sanction-list', args=[decision.seller_id])}#sanksi-{decision.pk}"
    return f"{reverse('umkm:application', args=[decision.seller_id])}#ditolak"


def _appeal(request: HttpRequest, decision: VerificationCase | Sanction, why: str, *, layout: str) -> HttpResponse:
    """Filed once: whoever comes again reads how far it is."""
    back = _page_of(decision)
    user, now, post = person(request), clock.now(), request.method == "POST"
    try:
        services.check_appeal(user, decision, decision.seller, now)
    except DomainError as problem:
        if problem.code == services.APPEALED:
            messages.info(request, problem.message)
            return redirect(back)
        if not post:
            raise
    form = AppealForm(*((request.POST, request.FILES) if post else ()))
    if post and form.is_valid():
        try:
            appeal = services.file_appeal(actor=user, decision=decision, now=now, **form.cleaned_data)
        except DomainError as problem:
            form.refuse(problem)
        else:
            if appeal.state == AppealState.WITH_HEAD:
                said = _(
                    "Banding dikirim. Tidak ada petugas lain yang dapat memutusnya, jadi langsung ke kepala dinas."
                )
            else:
                said = _("Banding dikirim. Petugas lain yang memutusnya.")
            messages.success(request, said)
            return redirect(back)
    context = {"form": form, "seller": decision.seller, "why": why, "back": back, "layout": layout}
    return form_page(request, "umkm/appeals/appeal_create.html", context)


@require_POST
@login_required
def appeal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = get_object_or_404(Appeal.objects.visible_to(person(request)), pk=pk)
    services.withdraw_appeal(actor=person(request), appeal=appeal, now=clock.now())
    messages.success(request, _("Banding ditarik. Keputusan yang pertama tetap berlaku."))
    decision = appeal.sanction or appeal.case
    assert decision is not None  # by its CHECK
    return redirect(_page_of(decision))


@require_safe
@login_required
def appeal_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the private store, for who filed the appeal and the officers who read it."""
    seen = Appeal.objects.visible_to(person(request))
    photo = get_object_or_404(AppealPhoto.objects.filter(appeal__in=seen).exclude(file=""), pk=pk)
    name = f"foto-banding-{photo.pk}.jpg"
    return private_response(
        photo.file, reader=request.user.pk, content_type=photo.content_type, filename=name, inline=True
    )
