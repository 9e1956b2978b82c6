"""The photos of the seller's own goods."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.answers import ask_first
from epeken.users.fetch import person
from umkm.catalogue.forms import PhotoForm
from umkm.catalogue.models import Product, ProductPhoto
from umkm.catalogue.pages.my_product import alt_form
from umkm.catalogue.services import photos
from umkm.catalogue.views.my_product import mine, page, run


@login_required
@require_POST
def photo_create(request: HttpRequest, pk: int) -> HttpResponse:
    product = mine(request, pk)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            photo = photos.add_photo(
                actor=person(request),
                product=product,
                file=form.cleaned_data["photo"],
                alt=form.cleaned_data["alt"],
                now=clock.now(),
            )
        except DomainError as problem:
            form.refuse(problem)
        else:
            said = _("Foto tersimpan dan menunggu kurator.") if photo.is_waiting else _("Foto tersimpan.")
            messages.success(request, said)
            return redirect("umkm:product-edit", pk)
    return page(request, product, photo_form=form)


def _photo(product: Product, photo_pk: int) -> ProductPhoto:
    return get_object_or_404(product.photos, pk=photo_pk)


@login_required
@require_POST
def photo_first(request: HttpRequest, pk: int, photo_pk: int) -> HttpResponse:
    return run(
        request,
        pk,
        lambda p: photos.move_photo(actor=person(request), photo=_photo(p, photo_pk), now=clock.now()),
        _("Foto ini sekarang yang pertama."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def photo_remove(request: HttpRequest, pk: int, photo_pk: int) -> HttpResponse:
    if request.method != "POST":
        product = mine(request, pk)
        photo = _photo(product, photo_pk)
        return ask_first(
            request,
            title=_("Hapus foto ini?"),
            text=_("%(name)s: %(alt)s. Foto yang dihapus tidak dapat dikembalikan.")
            % {"name": product.name, "alt": photo.alt or _("tanpa keterangan")},
            verb=_("Hapus foto"),
            back=reverse("umkm:product-edit", args=[pk]),
            layout="layouts/seller.html",
        )
    return run(
        request,
        pk,
        lambda p: photos.remove_photo(actor=person(request), photo=_photo(p, photo_pk), now=clock.now()),
        _("Foto dihapus."),
    )


@login_required
@require_POST
def photo_describe(request: HttpRequest, pk: int, photo_pk: int) -> HttpResponse:
    product = mine(request, pk)
    photo = _photo(product, photo_pk)
    form = alt_form(photo, request.POST)
    if form.is_valid():
        try:
            photos.describe_photo(actor=person(request), photo=photo, now=clock.now(), **form.cleaned_data)
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Keterangan foto tersimpan."))
            return redirect("umkm:product-edit", pk)
    return page(request, product, alt_form=form)
