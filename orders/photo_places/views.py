"""What the place of a phone is kept for, and a person's yes or no."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.web.targets import came_from, own_target
from epeken.users.fetch import person
from orders.photo_places import services


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def place_consent(request: HttpRequest) -> HttpResponse:
    user, now = person(request), clock.now()
    back = own_target(request, request.POST.get("next"), request.GET.get("next"), came_from(request))
    if request.method == "POST":
        if request.POST.get("answer") == "yes":
            services.give_consent(actor=user, now=now)
            messages.success(request, _("Persetujuan dicatat. Lokasi ditambahkan saat Anda memilih foto pemeriksaan."))
        else:
            services.withdraw_consent(actor=user, now=now)
            messages.success(request, _("Persetujuan ditarik. Foto berikutnya disimpan tanpa lokasi."))
        return redirect(f"{reverse('orders:place-consent')}?{urlencode({'next': back})}")
    may_agree = services.may_consent(user, clock.local_date(now))
    context = {"consent": services.consent_of(user), "may_agree": may_agree, "back": back or reverse("home")}
    return render(request, "orders/photo_places/place_consent.html", context)
