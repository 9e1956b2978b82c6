"""Pages of who looks at registrations for a kelurahan or kecamatan."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.files.uploads import private_response
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from umkm.area_checks import pages, policies, services
from umkm.area_checks.forms import AreaCheckForm
from umkm.area_checks.models import AreaCheck, VisitPhoto
from umkm.area_checks.states import AreaCheckState
from umkm.assisted.models import AssistedRegistration
from umkm.assisted.policies import may_assist
from umkm.assisted.states import AssistedState
from umkm.requirements import pages as requirement_pages
from umkm.requirements.status import status_of
from umkm.sellers import services as sellers
from umkm.verification import openings
from umkm.verification import pages as verification_pages
from umkm.verification.states import LookPurpose


def _shown(request: HttpRequest, pk: int) -> AreaCheck:
    """One that the person may see; any other does not exist for them."""
    found = AreaCheck.objects.shown_to(person(request), clock.now())
    check: AreaCheck = get_object_or_404(
        found.select_related("case__seller__kelurahan__kecamatan", "case__seller__food_court", "kelurahan__kecamatan"),
        pk=pk,
    )
    return check


@never_cache
@require_GET
@login_required
def area_checks(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    checks = AreaCheck.objects.shown_to(person(request), now)
    if not policies.is_posted(person(request), clock.local_date(now)) and not checks.exists():
        raise Http404
    waiting, answered = pages.rows(checks, now)
    at_desk = AssistedRegistration.objects.of_officer(person(request), now).at_the_desk()
    helped = at_desk.filter(state=AssistedState.WAITING)
    context = {
        "waiting": waiting,
        "answered": answered,
        "assists": may_assist(person(request), clock.local_date(now)),
        "helped": helped.count(),
    }
    return render(request, "umkm/area_checks/area_checks.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def area_check(request: HttpRequest, pk: int) -> HttpResponse:
    check = _shown(request, pk)
    post = request.method == "POST"
    form = AreaCheckForm(request.POST if post else None, request.FILES if post else None)
    if post and form.is_valid():
        try:
            services.decide_check(actor=person(request), check=check, now=clock.now(), **form.values())
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Jawaban Anda tercatat; %(shop)s diteruskan.") % {"shop": check.case.seller})
            return redirect("umkm:area-check-list")
    return form_page(request, "umkm/area_checks/area_check.html", _context(request, check, form))


@require_POST
@login_required
def area_check_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    check = _shown(request, pk)
    chosen = request.POST.getlist("bagian")
    written = {name: request.POST.get(f"alasan-{name}", "").replace("\x00", "") for name in chosen}
    try:
        services.send_back_check(actor=person(request), check=check, remarks=written, now=clock.now())
    except DomainError as problem:
        asked = [key for key in request.POST if key.startswith("alasan-")]
        typed = {key.removeprefix("alasan-"): request.POST.get(key, "") for key in asked}
        context = _context(request, check, AreaCheckForm(), ticked=chosen, written=typed, error=problem)
        context |= {"error": problem, "send_back_opened": True}
        return render(request, "umkm/area_checks/area_check.html", context, status=problem.status)
    messages.success(request, _("%(shop)s dikembalikan dengan alasan Anda.") % {"shop": check.case.seller})
    return redirect("umkm:area-check-list")


def _context(request: HttpRequest, check: AreaCheck, form: AreaCheckForm, **sent: Any) -> dict[str, Any]:
    """`sent`: what was to be sent back and was refused (`asked_parts`)."""
    now, seller = clock.now(), check.case.seller
    is_running = check.state == AreaCheckState.RUNNING
    context: dict[str, Any] = {"check": check, "seller": seller, "form": form, "is_running": is_running}
    if not is_running:
        return context | {"findings": pages.findings(check.case, person(request))}
    papers = list(services.papers_of(seller))
    return context | {
        "facts": pages.facts(seller),
        "papers": papers,
        "requirements": requirement_pages.of_place(status_of(seller, clock.local_date(now))),
        "unopened": openings.unopened_names(person(request), papers, check.opened_at),
        "can_decide": policies.can_decide(person(request), check, clock.local_date(now)),
        "late": policies.is_late(check, now),
        "findings": pages.findings(check.case, person(request)),
        "parts": verification_pages.asked_parts(pages.parts(seller), **sent),
        "most_photos": services.MOST_PHOTOS,
    }


@require_GET
@login_required
def area_document(request: HttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """A picture of the place, to who is asked about it. Each opening is logged and seen by the owner."""
    check = _shown(request, pk)
    if check.state != AreaCheckState.RUNNING:
        raise Http404
    seller = check.case.seller
    document = get_object_or_404(services.papers_of(seller).exclude(file=""), pk=document_pk)
    sellers.log_view(
        actor=person(request), seller=seller, what=document.kind, document=document, purpose=LookPurpose.CASE.value,
        now=clock.now(),
    )  # fmt: skip
    return _file(request, document, f"{document.kind}-{seller.pk}")


@require_GET
@login_required
def visit_photo(request: HttpRequest, pk: int) -> HttpResponse:
    photo = get_object_or_404(VisitPhoto.objects.visible_to(person(request)).exclude(file=""), pk=pk)
    return _file(request, photo, f"kunjungan-{photo.pk}")


def _file(request: HttpRequest, row: Any, stem: str) -> HttpResponse:
    suffix = "pdf" if row.content_type == "application/pdf" else "jpg"
    return private_response(
        row.file, reader=person(request).pk, content_type=row.content_type, filename=f"{stem}.{suffix}", inline=True
    )
