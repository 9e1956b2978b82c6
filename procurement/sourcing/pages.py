"""Goods that fit a request, and offers compared."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from epeken.core import clock
from epeken.core.i18n.times import brief_date, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import grouped
from procurement.requests.contents import RequestContents, kind_of
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.states import CHOOSABLE
from procurement.sourcing import reasons
from procurement.sourcing.comparison import explanation
from procurement.sourcing.forms import OfficeSearch
from procurement.sourcing.models import SheetOffer
from procurement.sourcing.offers import amount_for, asked_beside, delivery_beside
from procurement.sourcing.sheets import ComparedGoods, Comparison, cost
from umkm.catalogue.models import Product
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.states import StockMode, Unit
from umkm.discovery.offers import Destination, Offer, offers_of
from umkm.discovery.pages import cards as cards_pages
from umkm.discovery.pages import results
from umkm.discovery.search import search

SHOWN = 8  # offers not chosen that stand in sight; the others open below them
NEAR = {0: gettext_lazy("sekelurahan"), 1: gettext_lazy("sekecamatan"), 2: gettext_lazy("kecamatan lain")}


def sheet_rows(sheet: Comparison | None, dropped: Collection[int] = ()) -> list[dict[str, Any]]:
    """For `_sheet.html`: of each of the goods what was chosen, what else could come, and what was said of it.

    `dropped`: products of lines that an approver dropped afterwards.
    """
    if sheet is None:
        return []
    return [_goods(goods, dropped) for goods in sheet.goods]


def _goods(goods: ComparedGoods, dropped: Collection[int]) -> dict[str, Any]:
    first, rest = goods.others[:SHOWN], goods.others[SHOWN:]
    counted = Unit(goods.goods.unit).counted(goods.goods.quantity)
    words = {"have": len(goods.owners), "asked": goods.asked}
    if goods.is_single:
        said = _("Hanya pemilik yang dipilih yang sanggup, jadi harganya wajib dinegosiasikan.")
    elif goods.is_short:
        said = _("%(have)s pemilik lain sanggup, diminta %(asked)s; selain itu tidak ada yang sanggup.") % words
    else:
        said = _("%(have)s pemilik yang tidak dipilih dibandingkan, diminta %(asked)s.") % words
    return {
        "title": str(goods.goods),
        "said": said,
        "is_calm": not goods.is_single and not goods.is_short and goods.is_cheapest,
        "head": [
            {"text": _("Penawaran")},
            {"text": pgettext("harga", "Per satuan"), "n": True},
            {"text": _("%(counted)s dengan ongkir") % {"counted": counted}, "n": True},
            {"text": _("Sanggup")},
        ],
        "caption": _("Perbandingan %(goods)s") % {"goods": str(goods.goods)},
        "rows": [_offer_row(goods, offer, dropped) for offer in [*goods.chosen, *first]],
        "rest": [_offer_row(goods, offer, dropped) for offer in rest],
        "choices": [
            {
                "offer": offer,
                "explanation": explanation(offer),
                "is_dearer": goods.is_dearer(offer),
                "objection": reasons.objection(goods, offer),
                "reasons": CHOOSABLE,
            }
            for offer in goods.chosen
            if reasons.is_asked(goods, offer)
        ],
    }


def _offer_row(goods: ComparedGoods, offer: SheetOffer, dropped: Collection[int]) -> dict[str, Any]:
    unit = Unit(goods.goods.unit)
    words, kind = _standing(goods, offer, dropped)
    place = ", ".join(filter(None, [offer.place, str(NEAR[offer.nearness])]))
    cells = [
        {"text": offer.name, "note": f"{offer.seller_name} · {place}"},
        {
            "text": rupiah(offer.price),
            "note": _("ongkir %(fee)s") % {"fee": rupiah(offer.delivery_cost)} if offer.is_delivered else _("diambil"),
            "n": True,
            "label": pgettext("harga", "Per satuan"),
        },
        {"text": rupiah(cost(offer, goods.goods.quantity)), "n": True, "label": _("Dengan ongkir")},
        # The capacity below the standing: five columns do not fit beside the decision.
        {"text": words, "kind": kind, "tag": True, "note": _able(offer, unit), "label": _("Sanggup")},
    ]
    return {"cells": cells}


def _able(offer: SheetOffer, unit: Unit) -> str:
    most = unit.counted(offer.most)
    day = _("paling cepat %(day)s") % {"day": brief_date(offer.earliest)} if offer.earliest else ""
    return ", ".join(filter(None, [most, day]))


def _standing(goods: ComparedGoods, offer: SheetOffer, dropped: Collection[int]) -> tuple[str, str]:
    if offer.is_chosen:
        if offer.product_id in dropped:
            return _("Dilepas pejabat"), ""
        return (_("Dipilih, bukan termurah"), "now") if goods.is_dearer(offer) else (_("Dipilih"), "done")
    return (_("Pembanding"), "info") if offer.owner_id in goods.owners else (_("Pemilik yang dipilih"), "")


FEW = 6  # with fewer able sellers than these, those who are not able are shown too, with why
UNABLE = 12  # of them at most


def market(request: HttpRequest, found: PurchaseRequest, held: RequestContents, now: datetime) -> dict[str, Any]:
    """The market's own search for the request's day, place, people and budget: its words, filters, order and reasons.

    `?jumlah=` asks for another number than the event's people; `?ganti=<product>` for goods of other owners in the
    place of those, as many as of them, at first of their kind.
    """
    replaced = next((line for line in held.lines if str(line.product_id) == request.GET.get("ganti")), None)
    asking = OfficeSearch(request.GET)
    people = asking.read().get("jumlah") or (Decimal(found.attendees) if found.attendees else None)
    form, tree = results.asked(request.GET), product_pages.category_tree()
    category = next((c for c in tree if c.slug == form.read().get("kategori")), None)
    if replaced is not None and category is None and not form.read().get("q"):
        category = next((c for c in tree if c.pk == kind_of(replaced.product)), None)
    delivery = delivery_beside(found, held, now)
    query = results.query_of(form.read(), category, delivery.place)
    offers: dict[int, Offer] = {}

    def keep(pks: list[int]) -> list[int]:
        goods = {product.pk: product for product in Product.objects.as_offers().filter(pk__in=pks)}
        wanted = [goods[pk] for pk in pks if pk in goods and _may_come(goods[pk], replaced, held)]
        amount = amount_for(people) if replaced is None else lambda _product: replaced.quantity
        offers.update((offer.product.pk, offer) for offer in offers_of(wanted, delivery, amount, asked_beside(held)))
        return [pk for pk, offer in offers.items() if offer.is_able]

    links = results.Links(
        request.GET, reverse("procurement:request-goods", args=[found.number]), always=("jumlah", "ganti")
    )
    result = search(query, day=clock.local_date(now), place=delivery.place, categories=tree, keep=keep)
    context = results.context(form, result, query, links=links, place=delivery.place, categories=tree)
    context["left_out"] = [*form.left_out, *asking.left_out]
    first = 0 if query.after else 1
    cards = cards_pages.results(result, delivery.place, first_rank=first)
    inside = {line.product_id: line for line in held.kept}
    unable = [offer for offer in offers.values() if not offer.is_able] if first and result.count < FEW else []
    return context | {
        "replaced": replaced,
        # The same goods shared among several sellers.
        "plan_href": results.Links(request.GET, reverse("procurement:request-plan", args=[found.number])).with_(),
        "people": people,
        "has_day": delivery.has_day,
        "facts": asked_for(found, people, delivery),
        "rows": [_card_row(card, offers[card["product"].pk], inside, found) for card in cards],
        "unable": [_card_row(cards_pages.card(offer.product), offer, inside, found) for offer in unable[:UNABLE]],
        "more_unable": max(len(unable) - UNABLE, 0),
    }


def _may_come(product: Product, replaced: RequestLine | None, held: RequestContents) -> bool:
    """Whether the goods are of nobody who brought nothing before, nor of the owner whose goods are to be replaced."""
    if product.seller_id in held.gone:
        return False
    if replaced is None:
        return True
    owner = replaced.seller.owner_id
    return product.seller_id != replaced.seller_id and (owner is None or product.seller.owner_id != owner)


def asked_for(request: PurchaseRequest, people: Decimal | None, delivery: Destination) -> list[dict[str, str]]:
    """What the search already knows from the request."""
    rows = []
    if request.deliver_at is not None:
        rows.append(
            ("truck", _("Tiba paling lambat %(when)s") % {"when": long_time(clock.told_end(request.deliver_at))})
        )
    if people is not None:
        rows.append(("users", _("Untuk %(count)s orang") % {"count": grouped(people)}))
    if delivery.place is not None:
        rows.append(("map-pin", _("Ke %(place)s") % {"place": delivery.place.name}))
    if delivery.most is not None:
        rows.append(("wallet", _("Sisa anggaran %(left)s") % {"left": rupiah(max(delivery.most, 0))}))
    return [{"icon": icon, "text": text} for icon, text in rows]


def _card_row(
    card: dict[str, Any], offer: Offer, inside: dict[int, RequestLine], request: PurchaseRequest
) -> dict[str, Any]:
    """A card of the market, with what the offer is worth to this request."""
    unit = Unit(offer.product.unit)
    held = inside.get(offer.product.pk)
    facts = [{"icon": "package", "text": capacity_words(offer)}] if offer.free is not None else []
    facts.append({"icon": "scale", "text": room_left(offer)})
    return card | {
        "shop": reverse("umkm:shop-detail", args=[offer.seller.slug]),
        "offer": offer,
        "counted": unit.counted(offer.quantity),
        "delivery": _("ongkir %(fee)s") % {"fee": rupiah(offer.fee)} if offer.fee else _("tanpa ongkir"),
        "facts": facts,
        "fault": offer.faults[0].text if offer.faults else "",
        "day": offer.faults[0].day if offer.faults else None,
        "held": _("Sudah %(count)s di permintaan") % {"count": unit.counted(held.quantity)} if held else "",
    }


def capacity_words(offer: Offer) -> str:
    """`Sanggup sampai 150 kotak`: what is free of stock or capacity up to the request's day."""
    assert offer.free is not None
    counted = Unit(offer.product.unit).counted(offer.free)
    if offer.product.stock_mode == StockMode.STOCK:
        return _("Stok bebas %(count)s") % {"count": counted}
    return _("Kapasitas bebas %(count)s") % {"count": counted}


def room_left(offer: Offer) -> str:
    left = max(offer.room.left - offer.asked, 0)
    return _("Ruang penjualan bulan ini %(left)s") % {"left": rupiah(left)}
