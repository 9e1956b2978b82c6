"""Shops and food courts as places."""

import base64
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from epeken.core import clock
from epeken.core.i18n.times import hours_words
from epeken.core.ids import read_id
from umkm.catalogue.models import Product
from umkm.catalogue.views.products import proofs, seller_line
from umkm.discovery.forms import SearchForm
from umkm.discovery.page_copies import copied
from umkm.discovery.pages import cards as cards_pages
from umkm.discovery.pages.results import Links, offered
from umkm.discovery.places import districts, place_of
from umkm.discovery.search import PAGE, Query, search
from umkm.exposure import impressions
from umkm.owners import services as owners
from umkm.sellers import hours, policies
from umkm.sellers.models import FoodCourt, Seller
from umkm.sellers.pages import shops as shops_pages
from umkm.sellers.states import SellerKind, SellerState


@require_GET
@copied
def shop_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    values = SearchForm(request.GET).read()
    is_open = request.GET.get("buka") == "1"
    goods = Product.objects.for_sale().filter(seller=OuterRef("pk")).order_by("-published_at", "-pk")
    shops = Seller.objects.active().filter(Exists(goods))
    for word in values.get("q", "").split()[:8]:
        shops = shops.filter(name__icontains=word)
    if "kec" in values:
        shops = shops.filter(kelurahan__kecamatan=values["kec"])
    if "jenis" in values:
        shops = shops.filter(kind__in=values["jenis"])
    if is_open:
        shops = shops.open_at(now)
    count = len(shops.values_list("pk")[:1001])
    after = _after(values.get("dari", ""))
    if after is not None:
        shops = shops.filter(Q(name__gt=after[0]) | Q(name=after[0], pk__gt=after[1]))
    rows = list(
        shops.select_related("kelurahan", "food_court")
        .annotate(first_picture=Subquery(goods.values("picture")[:1]))
        .only("name", "slug", "kind", "about", "picture", "open_days", "opens_at", "closes_at", "closed_until",
              "kelurahan__name", "food_court__name", "food_court__opens_at", "food_court__closes_at")
        .order_by("name", "pk")[: PAGE + 1]
    )  # fmt: skip
    links = Links(request.GET, reverse("umkm:shop-list"))
    kinds = values.get("jenis", [])
    context: dict[str, Any] = {
        "shops": [
            cards_pages.shop_card(s, s.picture.name or s.first_picture or "", hours.opening_of(s, now).text)
            for s in rows[:PAGE]
        ],
        "count": cards_pages.count_words(count, count > 1000),
        "next": links.with_(dari=_cursor(rows[PAGE - 1])) if len(rows) > PAGE else "",
        "values": values,
        "is_open": is_open,
        "districts": districts(),
        "kinds": [
            {
                "text": cards_pages.kind_title(kind),
                "on": kind in kinds,
                "href": links.without("jenis", kind) if kind in kinds else links.with_(jenis=kind),
            }
            for kind in SellerKind
        ],
        "open_href": links.without("buka") if is_open else links.with_(buka="1"),
        "is_filtered": bool(values or is_open),
    }
    return render(request, "umkm/sellers/shop_list.html", context)


def _cursor(shop: Seller) -> str:
    return base64.urlsafe_b64encode(f"{shop.pk}:{shop.name}"[:60].encode()).decode().rstrip("=")


def _after(text: str) -> tuple[str, int] | None:
    try:
        pk, name = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split(":", 1)
        return (name, read_id(pk)) if read_id(pk) and "\x00" not in name else None
    except ValueError:
        return None


@require_GET
@copied
def shop_detail(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    day = clock.local_date(now)
    shops = Seller.objects.visible_to(request.user).select_related("kelurahan__kecamatan", "food_court__kecamatan")
    seller = shops.filter(slug=slug).first()
    if seller is None:
        # A shop that was there does not vanish without a word; why it is closed is between it and the office.
        paused = get_object_or_404(Seller, slug=slug, state=SellerState.FROZEN)
        return render(request, "umkm/sellers/shop_paused.html", {"seller": paused}, status=404)
    values = SearchForm(request.GET).read()
    action = reverse("umkm:shop-detail", args=[slug])
    goods = list(
        Product.objects.for_sale().filter(seller=seller).as_offers().order_by("-published_at", "-pk")[: PAGE + 1]
        if "dari" not in values
        else []
    )
    if goods and len(goods) <= PAGE:
        shown = cards_pages.grouped_cards(goods)
        next_, count, every = "", len(shown), len(goods)
    else:
        found = search(Query(seller=seller, sort="baru", after=values.get("dari", "")), now=now)
        shown = [cards_pages.card(hit.product, group=hit.group) for hit in found.hits]
        next_ = Links(request.GET, action).with_(dari=found.next) if found.next else ""
        count, every = found.count, Product.objects.for_sale().filter(seller=seller).count()
    room = owners.room_of(seller, day)
    opening = hours.opening_of(seller, now)
    context: dict[str, Any] = {
        "seller": seller,
        "line": seller_line(seller),
        "opening": opening,
        "days": hours.days_text(seller.open_days),
        "hours": hours_words(*hours.hours_of(seller)),
        "is_active": seller.state == SellerState.ACTIVE,
        "room_words": shops_pages.room_words(room) or _("Masih bisa menerima pesanan bulan ini."),
        "room_is_tight": room.is_nearly_full,
        "proofs": proofs(seller, shops_pages.proofs_of(seller, day)),
        "cards": shown,
        "next": next_,
        "count": cards_pages.thousands(count),
        "goods_count": count,
        "every": cards_pages.thousands(every) if every > count else "",
        "picture": seller.picture.name or "",
        "goods_picture": goods[0].picture if goods else "",
        "is_mine": request.user.is_authenticated and policies.can_act_for(request.user, seller),
    }
    return render(request, "umkm/sellers/shop_detail.html", context)


@require_GET
@copied
def swk_list(request: HttpRequest) -> HttpResponse:
    place = place_of(request)
    courts = shops_pages.courts(clock.now(), kecamatan=place.kecamatan if place else "")
    context = {
        "courts": courts,
        "place": place,
        "open": sum(court.open for court in courts),
        "shops": sum(court.shops for court in courts),
    }
    return render(request, "umkm/sellers/swk_list.html", context)


@require_GET
@copied
def swk_detail(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    court = get_object_or_404(FoodCourt.objects.select_related("kecamatan"), slug=slug)
    squares, shops = shops_pages.stalls_of(court, now)
    values = SearchForm(request.GET).read()
    query = Query(court=court, sort="cocok", after=values.get("dari", ""))
    place = place_of(request)
    found = search(query, now=now, place=place)
    links = Links(request.GET, reverse("umkm:swk-detail", args=[slug]))
    context: dict[str, Any] = {
        "court": court,
        "hours": hours_words(court.opens_at, court.closes_at),
        "squares": squares,
        "open": sum(square.is_open for square in squares),
        "total": sum(square.seller is not None for square in squares),
        "shops": [cards_pages.shop_card(view.seller, view.picture, view.opening.text) for view in shops],
        "cards": [cards_pages.hit_card(hit) for hit in found.hits],
        "count": cards_pages.count_words(found.count, found.is_capped),
        "next": links.with_(dari=found.next) if found.next else "",
    }
    response = render(request, "umkm/sellers/swk_detail.html", context)
    return impressions.offering(response, offered(found, place))
