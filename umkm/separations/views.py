"""The owner's page of one tie: what it rests on, how far a request about it is, and the form that contests it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, NotAllowed
from epeken.core.files.uploads import private_response
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from umkm.owners import pages as owner_pages
from umkm.sellers import policies as sellers_policies
from umkm.sellers.models import Seller
from umkm.separations import pages, policies, services
from umkm.separations.forms import SeparationForm
from umkm.separations.models import SeparationPhoto, SeparationRequest
from umkm.separations.states import OPEN_STATES


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def separation_create(request: HttpRequest, pk: int, other_pk: int) -> HttpResponse:
    user = person(request)
    seller = get_object_or_404(Seller.objects.of_member(user), pk=pk)
    if not sellers_policies.is_owner(user, seller):
        raise NotAllowed(_("Ikatan toko hanya dapat disanggah oleh pemiliknya."))
    tie = next((tie for tie in owner_pages.ties_of(seller) if tie.other == other_pk), None)
    if tie is None:
        raise Http404
    shops = list(Seller.objects.filter(owner=seller.owner_id).order_by("pk"))
    other = next(shop for shop in shops if shop.pk == other_pk)
    mine = SeparationRequest.objects.visible_to(user).filter(seller=seller, other=other)
    latest = mine.prefetch_related("photos").order_by("-pk").first()
    form = SeparationForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            services.request_separation(actor=user, seller=seller, other=other, now=clock.now(), **form.cleaned_data)
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Sanggahan dikirim. Petugas lain yang memutusnya."))
            return redirect("umkm:separation-create", pk, other_pk)
    is_open = SeparationRequest.objects.of_pair(pk, other_pk).open().exists()
    running = latest if latest is not None and latest.state in OPEN_STATES else None
    context = {
        "form": form,
        "seller": seller,
        "tie": tie,
        "latest": latest,
        "told": pages.told(latest) if latest else "",
        "is_open": is_open,
        "may_withdraw": running is not None and policies.is_own(user, running),
        "asked_by_other": is_open and running is None,
        "obstacle": policies.separation_of(seller, other, shops).obstacle,
    }
    return form_page(request, "umkm/separations/separation_create.html", context)


@require_POST
@login_required
def separation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = SeparationRequest.objects.visible_to(person(request)).select_related("seller", "other")
    wanted = get_object_or_404(found, pk=pk)
    services.withdraw_separation(actor=person(request), separation=wanted, now=clock.now())
    messages.success(request, _("Sanggahan ditarik. Kedua toko tetap dihitung satu pemilik."))
    if wanted.seller.owner_id != wanted.other.owner_id:  # the tie is gone, and with it its page
        return redirect("umkm:application", wanted.seller_id)
    return redirect("umkm:separation-create", wanted.seller_id, wanted.other_id)


@require_safe
@login_required
def separation_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the private store, for the owner who sent it and the officers who read the request."""
    seen = SeparationRequest.objects.visible_to(person(request))
    photo = get_object_or_404(SeparationPhoto.objects.filter(request__in=seen).exclude(file=""), pk=pk)
    name = f"bukti-{photo.pk}.jpg"
    return private_response(
        photo.file, reader=request.user.pk, content_type=photo.content_type, filename=name, inline=True
    )
