"""The page of a shop's attention."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from epeken.core import clock
from umkm.exposure import pages
from umkm.exposure.shares import shares_of, since_of
from umkm.sellers import fetch


@require_safe
@login_required
def shop_exposure(request: HttpRequest) -> HttpResponse:
    seller = fetch.desk_shop(request)
    if seller is None:
        return redirect("umkm:register")
    day = clock.today()
    place = seller.kelurahan.kecamatan.name if seller.kelurahan else ""
    context = {
        "seller": seller,
        "since": since_of(day),
        "day": day,
        "shares": pages.share_rows(seller, shares_of(seller, day), place),
        "places": pages.places_of(seller, day),
        "weeks": pages.weeks_of(seller, day),
    }
    return render(request, "umkm/exposure/shop_exposure.html", context)
