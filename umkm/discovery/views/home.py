"""The home page, and where the visitor says where they are."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.core.quantity import percent
from epeken.core.web.answers import form_page
from epeken.core.web.targets import own_target
from epeken.core.web.templatetags.uang import tanggal
from umkm.discovery.forms import PlaceForm
from umkm.discovery.page_copies import copied
from umkm.discovery.pages import cards as cards_pages
from umkm.discovery.pages import home as home_pages
from umkm.discovery.places import COOKIE_AGE, Place, place_of
from umkm.discovery.search import Query, search
from umkm.exposure import impressions
from umkm.exposure import rules as exposure_rules
from umkm.owners import rules as owner_rules
from umkm.sellers.pages import shops as shops_pages

OFTEN = ("nasi kotak", "jajan pasar", "beras", "seragam", "suvenir")


@require_GET
@copied
def home(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    day = clock.local_date(now)
    place = place_of(request)
    near = search(
        Query(kecamatan=place.kecamatan if place else "", today=True, sort="dekat" if place else "cocok"),
        now=now,
        place=place,
    )
    hits = _one_a_shop(near.hits)[:8]
    new = home_pages.new_goods(now, without=[hit.product.pk for hit in hits])
    context = {
        "place": place,
        "often": OFTEN,
        "board": _board(now, place),
        "near": [cards_pages.card(hit.product, group=hit.group) for hit in hits],
        "near_url": reverse("umkm:search", query={"hari_ini": 1} | ({"kec": place.kecamatan} if place else {})),
        "new_url": reverse("umkm:search", query={"urut": "baru"}),
        "near_count": cards_pages.count_words(near.count, near.is_capped),
        "near_goods": near.count,
        "new": [cards_pages.row(product) for product in new],
        "quiet": [_quiet(shop) for shop in home_pages.quiet_shops(day)],
        "courts": shops_pages.courts(now, kecamatan=place.kecamatan if place else "", limit=4),
        "figures": _figures(now),
    }
    response = render(request, "umkm/discovery/home.html", context)
    goods = [*(hit.product for hit in hits), *new]
    kecamatan = impressions.looked_for_in("", place)
    return impressions.offering(response, impressions.impressions_of(goods, kecamatan=kecamatan))


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Remembers the visitor's kelurahan in a cookie of this site, for a year."""
    back = own_target(request, request.POST.get("next"), request.GET.get("next")) or reverse("umkm:home")
    current = place_of(request)
    form = PlaceForm(request.POST or None, initial={"kelurahan": current.code if current else ""})
    if request.method == "POST" and form.is_valid():
        response = redirect(back)
        response.set_cookie(
            settings.PLACE_COOKIE_NAME,
            form.cleaned_data["kelurahan"],
            max_age=COOKIE_AGE,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
        return response
    return form_page(request, "umkm/discovery/place.html", {"form": form, "next": back})


@require_GET
def ranking(request: HttpRequest) -> HttpResponse:
    """The rule behind every list, in plain words."""
    day = clock.today()
    context = {
        "cap": owner_rules.CAP.on(day),
        "warn": percent(owner_rules.WARN_SHARE.on(day)),
        "window": exposure_rules.WINDOW_DAYS.on(day),
        "lift": percent(exposure_rules.LIFT.on(day)),
        "conduct_days": exposure_rules.CONDUCT_DAYS.on(day),
    }
    return render(request, "umkm/discovery/ranking.html", context)


def _one_a_shop(hits: list[Any]) -> list[Any]:
    """One card a shop while there are enough shops; the others fill up."""
    first: dict[int, Any] = {}
    for hit in hits:
        first.setdefault(hit.product.seller_id, hit)
    return [*first.values(), *(hit for hit in hits if first[hit.product.seller_id] is not hit)]


def _board(now: datetime, place: Place | None) -> dict[str, Any]:
    board = home_pages.open_board(now, place)
    near = board.place
    items = [
        {
            "title": shop.seller.name,
            "href": reverse("umkm:shop-detail", args=[shop.seller.slug]),
            "picture": shop.picture,
            "note": shop.seller.place,
            "until": _("s.d. %(hour)s") % {"hour": shop.opening.until},
        }
        for shop in board.shops
    ]
    return {
        "when": long_time(now),
        "title": _("Sedang buka di %(place)s") % {"place": near.kecamatan_name if near else settings.CITY.name},
        "items": items,
        "more_text": ngettext("%(count)s penjual lain sedang buka", "%(count)s penjual lain sedang buka", board.others)
        % {"count": cards_pages.thousands(board.others)}
        if board.others
        else "",
        "more_href": reverse("umkm:shop-list") + "?buka=1" + (f"&kec={near.kecamatan}" if near else ""),
    }


def _orders_words(count: int) -> str:
    return ngettext("%(n)s pesanan sejauh ini.", "%(n)s pesanan sejauh ini.", count) % {"n": count}


def _quiet(shop: home_pages.QuietShop) -> dict[str, str]:
    seller = shop.seller
    since = clock.local_date(seller.approved_at) if seller.approved_at else None
    parts = []
    if since:
        parts.append(_("Bergabung %(day)s.") % {"day": tanggal(since)})
    parts.append(_orders_words(shop.orders) if shop.orders else _("Belum ada pesanan."))
    place = seller.place
    if seller.kelurahan and not seller.food_court_id:
        place = f"{seller.kelurahan.name}, {seller.kelurahan.kecamatan.name}"
    return {
        "name": seller.name,
        "href": reverse("umkm:shop-detail", args=[seller.slug]),
        "picture": shop.picture,
        "place": place,
        "words": cards_pages.first_sentence(seller.about),
        "fact": " ".join(parts),
    }


def _figures(now: datetime) -> dict[str, Any]:
    counted = home_pages.city_figures(now)
    return {
        "counted_at": counted.counted_at,
        "items": [
            {"value": cards_pages.thousands(counted.sellers), "text": _("penjual aktif yang sudah diperiksa")},
            {
                "value": _("%(n)s kelurahan") % {"n": cards_pages.thousands(counted.wards)},
                "text": _("dari 153 punya paling sedikit satu penjual"),
            },
            {"value": cards_pages.thousands(counted.goods), "text": _("barang tayang, semuanya dilihat kurator")},
            {
                "value": cards_pages.thousands(counted.sellers_with_orders),
                "text": _("penjual menerima pesanan bulan ini"),
            },
        ],
    }
