"""One product, as a buyer sees it."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.i18n.times import clock_words, long_date
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import plain, read_quantity
from umkm.catalogue import feasibility
from umkm.catalogue.models import Product
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.policies import cut_off_of, is_for_sale
from umkm.catalogue.states import FoodKind, StockMode, Unit
from umkm.discovery.page_copies import copied
from umkm.discovery.pages import cards as cards_pages
from umkm.discovery.places import Place, place_of
from umkm.owners import services as owners
from umkm.requirements.states import OfficerFinding
from umkm.sellers import hours, policies
from umkm.sellers.models import Seller
from umkm.sellers.pages import shops as shops_pages
from umkm.sellers.states import SellerKind
from umkm.stock.supply import supply_of
from umkm.variants.pages import choices_of
from umkm.verification.models import SellerDocument
from umkm.verification.states import SellerDocumentKind


@require_GET
@copied
def product_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    found = Product.objects.visible_to(request.user).select_related(
        "category__parent", "seller__kelurahan__kecamatan", "seller__food_court", "group"
    )
    product = get_object_or_404(found, pk=pk)
    if request.path != (right := cards_pages.product_url(product)):
        query = request.GET.urlencode()
        return redirect(f"{right}?{query}" if query else right, permanent=True)
    now = clock.now()
    day = clock.local_date(now)
    seller = product.seller
    room = owners.room_of(seller, day)
    # What is made per day is asked of the first day it can come: today's is no use to anybody when that is later.
    on = feasibility.first_day(product, now) if product.stock_mode == StockMode.DAILY else day
    supply = supply_of([product], on)
    left = supply.free(product, [on])
    on_show = is_for_sale(product)
    opening = hours.opening_of(seller, now)
    papers = shops_pages.proofs_of(seller, day)
    facts = _facts(product, place_of(request), now, request.path)
    is_told = any(opening.text == fact["note"] for fact in facts)
    context: dict[str, Any] = {
        "product": product,
        "unit": product.get_unit_display(),
        "seller": seller,
        "photos": product_pages.photos_of(product),
        "on_show": on_show,
        "can_buy": on_show and not room.is_full and (left >= product.minimum or product.stock_mode == StockMode.DAILY),
        "numbers": _numbers(product, request.GET.get("jumlah", ""), day),
        "left": left,
        "left_words": _left_words(product, left, on, day),
        "is_low": left < product.minimum * 10,
        "whole": supply.capacity_on(product, on) if product.stock_mode == StockMode.DAILY else left,
        "rules": _rules(product),
        "choices": choices_of(product, request.GET.urlencode(), now),
        "facts": facts,
        "opening": opening,
        "room_words": shops_pages.room_words(room),
        "room_is_full": room.is_full,
        "proofs": proofs(seller, papers),
        "others": [cards_pages.card(other) for other in product_pages.other_goods(product)],
        "prices": _prices(product),
        "is_mine": request.user.is_authenticated and policies.can_act_for(request.user, seller),
        "crumbs": _crumbs(product),
        "seller_line": seller_line(seller, "" if is_told else opening.text),
    }
    return render(request, "umkm/catalogue/product_detail.html", context)


def _numbers(product: Product, typed: str, day: date) -> dict[str, Any]:
    """For `components/quantity.html`: how it is counted; of a refused number what was typed, and why not."""
    numbers: dict[str, Any] = {"step": product.step, "minimum": product.minimum}
    try:
        quantity = read_quantity(typed)
    except RuleBroken as refusal:
        return numbers | ({"typed": typed[:20], "problem": refusal.message} if typed.strip() else {})
    return numbers | {"typed": plain(quantity), "problem": feasibility.problem_of(product, quantity, day)}


def proofs(seller: Seller, papers: list[SellerDocument]) -> list[dict[str, str]]:
    """What the city looked at, by the act that somebody did: a photo that was seen is no visit. `papers` of
    `proofs_of`; never the documents themselves."""
    words = {
        SellerDocumentKind.PRODUCTION: ("chef-hat", _("Tempat produksi"), _("Foto tempat produksi diperiksa")),
        SellerDocumentKind.SHOP_FRONT: ("store", _("Tempat usaha"), _("Foto tempat usaha diperiksa")),
        SellerDocumentKind.STALL_LETTER: ("store", _("Pemegang stan"), _("Surat pengelola SWK diperiksa")),
        SellerDocumentKind.HALAL: ("badge-check", _("Sertifikat halal"), _("Sertifikat diperiksa")),
        SellerDocumentKind.PIRT: ("shield-check", _("P-IRT"), _("Nomor P-IRT diperiksa")),
        SellerDocumentKind.NIB: ("id-card", _("NIB"), _("Nomor Induk Berusaha diperiksa")),
    }
    found = []
    for paper in papers:
        if paper.kind in words:
            icon, title, text = words[SellerDocumentKind(paper.kind)]
            if paper.kind == SellerDocumentKind.HALAL and paper.number:
                text = _("Nomor %(number)s, diperiksa") % {"number": paper.number}
            found.append({"icon": icon, "title": title, "text": text})
    visits = {
        OfficerFinding.PRODUCTION_SEEN: ("chef-hat", _("Dibuat sendiri"), _("Dilihat petugas")),
        OfficerFinding.PLACE_SEEN: ("store", _("Tempat usaha"), _("Dilihat petugas")),
        OfficerFinding.STALL_CONFIRMED: ("store", _("Nomor stan"), _("Dicocokkan dengan pengelola SWK")),
    }
    seen = shops_pages.found_of(seller)
    for subject, (icon, title, text) in visits.items():
        if subject in seen:
            found.append({"icon": icon, "title": title, "text": text})
    if seller.approved_at:
        found.insert(
            0,
            {
                "icon": "shield-check",
                "title": _("Identitas pemilik diperiksa"),
                "text": _("Disetujui verifikator kota"),
            },
        )
    return found


def _left_words(product: Product, left: Any, on: date, today: date) -> str:
    if product.stock_mode == StockMode.DAILY and on != today:
        words = {"day": long_date(on), "left": Unit(product.unit).counted(left)}
        return _("Untuk %(day)s habis") % words if left <= 0 else _("Untuk %(day)s sisa %(left)s") % words
    if left <= 0:
        return _("Hari ini habis") if product.stock_mode == StockMode.DAILY else _("Stok habis")
    if product.stock_mode == StockMode.DAILY:
        return _("Hari ini sisa %(left)s") % {"left": Unit(product.unit).counted(left)}
    return _("Sisa %(left)s") % {"left": Unit(product.unit).counted(left)}


def _rules(product: Product) -> str:
    unit = Unit(product.unit)
    if product.minimum == product.step == 1:
        return ""
    if product.minimum == product.step:
        return _("Dijual per %(step)s.") % {"step": unit.counted(product.step)}
    return _("Paling sedikit %(minimum)s, lalu kelipatan %(step)s.") % {
        "minimum": unit.counted(product.minimum),
        "step": plain(product.step),
    }


def _ready(product: Product, now: datetime) -> dict[str, str]:
    """The first day an order made now can be ready: the shop's lead time, its days and hours, its holiday; and the hour
    from which an order counts as of the next day."""
    today = clock.local_date(now)
    first, cut_off = feasibility.first_day(product, now), cut_off_of(product)
    words = {today: _("Hari ini juga"), today + timedelta(days=1): _("Besok")}
    value = words.get(first) or _("Paling cepat %(day)s") % {"day": long_date(first)}
    is_late = first > hours.order_day(cut_off, now) + timedelta(days=product.lead_days)
    notes = [hours.opening_of(product.seller, now).text] if is_late else []
    if cut_off is not None:
        said = _("Pesanan mulai pukul %(hour)s dihitung sebagai pesanan hari berikutnya.")
        notes.append(said % {"hour": clock_words(cut_off)})
    return {"label": _("Waktu siap"), "value": value, "note": ". ".join(notes)}


def _facts(product: Product, place: Place | None, now: datetime, here: str) -> list[dict[str, str]]:
    seller = product.seller
    facts = [_ready(product, now)]
    ways = []
    if seller.offers_delivery:
        fee = rupiah(seller.delivery_fee) if seller.delivery_fee else _("tanpa ongkos")
        ways.append(_("Diantar penjual, %(fee)s") % {"fee": fee})
    if seller.offers_pickup:
        ways.append(_("Bisa diambil di %(place)s") % {"place": seller.place or seller.name})
    near = ""
    if place is not None and seller.kelurahan_id:
        if seller.kelurahan_id == place.code:
            near = _("Penjual satu kelurahan dengan Anda.")
        elif seller.kelurahan_id.startswith(f"{place.kecamatan}."):
            near = _("Penjual satu kecamatan dengan Anda.")
    facts.append(
        {
            "label": _("Ke %(place)s") % {"place": place.name} if place else _("Pengiriman"),
            "value": ". ".join(ways) or _("Tanyakan kepada penjual"),
            "note": near,
            "change": f"{reverse('umkm:place')}?{urlencode({'next': here})}",
            "change_words": _("Ganti kelurahan") if place else _("Pilih kelurahan Anda"),
        }
    )
    if product.category.is_food:
        facts.append({"label": _("Halal"), **_halal(product)})
        facts.append({"label": _("Daya tahan"), "value": product.get_keeps_display(), "note": ""})
    if product.pirt_number:
        facts.append({"label": _("P-IRT"), "value": product.pirt_number, "note": ""})
    if product.food_kind != FoodKind.NONE:
        facts.append({"label": _("Jenis makanan"), "value": product.get_food_kind_display(), "note": ""})
    return facts


def _halal(product: Product) -> dict[str, str]:
    """Neither a statement of the seller nor a number that nobody compared with its certificate is one, and says so."""
    if product.is_halal_certified:
        note = _("Nomor %(number)s, sertifikatnya diperiksa")
        return {"value": _("Bersertifikat halal"), "note": note % {"number": product.halal_number}}
    if product.halal_number:
        note = _("Nomor %(number)s menurut penjual, dilihat kurator; sertifikatnya sendiri belum diperiksa")
        return {"value": _("Sertifikat belum diperiksa"), "note": note % {"number": product.halal_number}}
    if product.is_halal:
        return {"value": _("Belum bersertifikat"), "note": _("Penjual menyatakan bahan dan cara membuatnya halal.")}
    return {"value": _("Tidak ada pernyataan halal"), "note": ""}


def _prices(product: Product) -> dict[str, Any] | None:
    """This price beside what others ask for goods alike."""
    found = product_pages.price_comparison(product)
    if found is None:
        return None
    if found.low == product.price == found.high:
        said = _("Sama dengan %(n)s barang serupa %(where)s.")
    elif product.price < found.low:
        said = _("Lebih murah dari %(n)s barang serupa %(where)s.")
    elif product.price > found.high:
        said = _("Lebih mahal dari %(n)s barang serupa %(where)s.")
    else:
        said = _("Di antara harga %(n)s barang serupa %(where)s.")
    where = _("di kecamatan yang sama") if found.is_near else _("di kota ini")
    return {"low": found.low, "high": found.high, "sentence": said % {"n": found.count, "where": where}}


def _crumbs(product: Product) -> list[dict[str, str]]:
    chain = [product.category.parent, product.category]
    return [{"title": c.title, "href": reverse("umkm:category-detail", args=[c.slug])} for c in chain if c is not None]


def seller_line(seller: Seller, opening: str = "") -> str:
    """`opening`: left out where the page says it elsewhere."""
    ward = seller.kelurahan
    place = f"{ward.name}, {ward.kecamatan.name}" if ward and seller.kind != SellerKind.SWK else seller.place
    line = _("%(kind)s di %(place)s") % {"kind": cards_pages.kind_title(seller.kind), "place": place}
    return ". ".join(part for part in (line, opening) if part) + "."
