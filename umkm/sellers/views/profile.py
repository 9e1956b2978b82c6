"""Views of the shop's own page, for its members."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.targets import is_page, own_target
from epeken.users.fetch import person
from umkm.sanctions import pages as sanction_pages
from umkm.sellers import fetch, hours, services, steps
from umkm.sellers.forms import PictureForm, ShopProfileForm
from umkm.sellers.models import Seller
from umkm.sellers.pages import application as application_pages
from umkm.sellers.pages.history import looks_at
from umkm.sellers.states import RUNNING


def _shop(request: HttpRequest) -> Seller | None:
    mine = Seller.objects.of_member(person(request)).filter(state__in=RUNNING)
    return fetch.named_shop(request, mine.order_by("pk"))


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    seller = _shop(request)
    if seller is None:
        return redirect("umkm:register")
    now = clock.now()
    form = ShopProfileForm(request.POST or None, seller=seller, day=clock.local_date(now))
    if request.method == "POST" and form.is_valid():
        try:
            services.save_profile(
                actor=person(request),
                seller=seller,
                values=form.values(),
                now=now,
                shown=form.cleaned_data["shown"],
            )
        except DomainError as problem:
            form.refuse(problem)
            form.tell(services.profile_problems(seller, form.values(), clock.local_date(now)))
        else:
            messages.success(request, _("Halaman toko sudah diperbarui."))
            if form.cleaned_data["closed_until"] is not None:
                messages.info(request, _("Pesanan yang sudah Anda sanggupi tetap ditunggu pembeli; lihat di Tugas."))
            return redirect(f"{reverse('umkm:seller-profile')}?toko={seller.pk}")
    return _profile_page(request, seller, form, PictureForm())


@require_POST
@login_required
def opening(request: HttpRequest) -> HttpResponse:
    """The switch of the desk's pages: closed for the rest of the day, or without a holiday again, whatever it was. It
    says what is so now. Back to the page it was pressed on."""
    seller = _shop(request)
    if seller is None:
        return redirect("umkm:register")
    now, back = clock.now(), own_target(request, request.POST.get("next"))
    closes = request.POST.get("keadaan") == "tutup"
    # Pressed on a page from before the shop closed by its hours: no holiday is written of that.
    changes = not closes or hours.can_close_today(seller, now)
    values = {"closed_until": clock.local_date(now) if closes else None}
    try:
        if changes:
            seller = services.save_profile(actor=person(request), seller=seller, values=values, now=now)
    except DomainError as problem:
        messages.error(request, problem.message)
    else:
        state = {"state": hours.opening_of(seller, now).text}
        if not changes:
            messages.info(request, _("Tidak ada yang berubah. %(state)s.") % state)
        elif closes:
            messages.success(request, _("%(state)s. Pesanan yang sudah disanggupi tetap ditunggu.") % state)
        else:
            messages.success(request, _("Libur diakhiri. %(state)s.") % state)
    if back and is_page(urlsplit(back).path):
        return redirect(back)
    return redirect(f"{reverse('site:seller-dashboard')}?toko={seller.pk}")


@never_cache
@require_POST
@login_required
def picture(request: HttpRequest) -> HttpResponse:
    seller = _shop(request)
    if seller is None:
        return redirect("umkm:register")
    now = clock.now()
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.set_shop_picture(actor=person(request), seller=seller, file=form.cleaned_data["picture"], now=now)
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Foto toko sudah diganti."))
            return redirect(f"{reverse('umkm:seller-profile')}?toko={seller.pk}")
    return _profile_page(request, seller, ShopProfileForm(seller=seller, day=clock.local_date(now)), form)


def _profile_page(request: HttpRequest, seller: Seller, form: ShopProfileForm, photo: PictureForm) -> HttpResponse:
    context = {
        "seller": seller,
        "form": form,
        "photo": photo,
        "opening": hours.opening_of(seller, clock.now()),
        "identity": [
            {"label": steps.label_of(name), "value": application_pages.shown(seller, name)}
            for name in ("owner_name", "nik", "phone", "npwp", "bank_name", "bank_account", "bank_holder")
        ],
        "viewers": looks_at(seller)[:50],
        "frozen": sanction_pages.freezing(seller, clock.now()),
        "warned": sanction_pages.warned(seller, clock.now()),
        "others": Seller.objects.of_member(person(request)).exclude(pk=seller.pk),
    }
    status = 422 if form.errors or photo.errors else 200
    return render(request, "umkm/sellers/seller_profile.html", context, status=status)
