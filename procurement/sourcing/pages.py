"""Goods that fit a request, and offers compared."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from epeken.core.money import share
from epeken.core.quantity import grouped
from procurement.requests.contents import ComparedGoods, RequestContents, kind_of
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.sourcing.forms import OfficeSearch
from procurement.sourcing.offers import amount_for, delivery_beside
from umkm.catalogue.models import Product
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.states import StockMode, Unit
from umkm.discovery.offers import Destination, Offer, offers_of
from umkm.discovery.pages import cards as cards_pages
from umkm.discovery.pages import results
from umkm.discovery.search import search


def compare(held: RequestContents) -> list[dict[str, Any]]:
    """For `components/compare.html`: of each of the goods the largest line beside the offers of the same looked at."""
    return [_compare(held, goods) for goods in held.compared if goods.offers]


def _compare(held: RequestContents, goods: ComparedGoods) -> dict[str, Any]:
    chosen = max(goods.lines, key=lambda line: line.amount)
    part = next(part for part in held.parts if part.seller.pk == chosen.seller_id)
    columns = [{"name": part.seller, "note": part.seller.place, "chosen": True}]
    columns += [{"name": row.seller, "note": row.seller.place, "chosen": False} for row in goods.offers]
    prices = [chosen.price, *(row.price for row in goods.offers)]
    fees = [part.delivery_cost, *(row.seller.delivery_price for row in goods.offers)]
    unit = chosen.get_unit_display()
    wanted = Unit(chosen.unit).counted(chosen.quantity)
    sums = [share(price, chosen.quantity) + fee for price, fee in zip(prices, fees, strict=True)]
    names = [chosen.name, *(row.name for row in goods.offers)]
    notes = [_("dipilih"), *(row.note for row in goods.offers)]
    return {
        "title": _("Perbandingan %(name)s") % {"name": chosen.name},
        "caption": _("Perbandingan penawaran, bisa digeser"),
        "columns": columns,
        "rows": [
            _cells(_("Barang"), names),
            _cells(_("Harga per satuan"), [f"{rupiah(price)} per {unit}" for price in prices], prices),
            _cells(_("Ongkir"), [rupiah(fee) for fee in fees]),
            _cells(_("%(wanted)s dengan ongkir") % {"wanted": wanted}, [rupiah(total) for total in sums], sums),
            _cells(_("Mengapa"), notes),
        ],
    }


def _cells(label: str, texts: list[str], ranked: list[int] | None = None) -> dict[str, Any]:
    best = min(ranked) if ranked else None
    return {
        "label": label,
        "cells": [
            {"text": text, "chosen": place == 0, "best": ranked is not None and ranked[place] == best}
            for place, text in enumerate(texts)
        ],
    }


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
    compares = request.GET.get("untuk") == "pembanding" and replaced is None
    if compares and held.compared and category is None and not form.read().get("q"):
        short = next((goods for goods in held.compared if not goods.is_compared), held.compared[0])
        category = next((c for c in tree if c.pk == short.lines[0].product.category_id), None)
    delivery = delivery_beside(found, held, now)
    query = results.query_of(form.read(), category, delivery.place)
    offers: dict[int, Offer] = {}

    def keep(pks: list[int]) -> list[int]:
        goods = {product.pk: product for product in Product.objects.as_offers().filter(pk__in=pks)}
        wanted = [goods[pk] for pk in pks if pk in goods and not _is_of(replaced, goods[pk])]
        amount = amount_for(people) if replaced is None else lambda _product: replaced.quantity
        offers.update((offer.product.pk, offer) for offer in offers_of(wanted, delivery, amount))
        return [pk for pk, offer in offers.items() if offer.is_able]

    links = results.Links(
        request.GET, reverse("procurement:request-goods", args=[found.number]), always=("jumlah", "ganti", "untuk")
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
        "compares": compares,
        "people": people,
        "has_day": delivery.has_day,
        "facts": _asked_for(found, people, delivery),
        "rows": [_row(card, offers[card["product"].pk], inside, found) for card in cards],
        "unable": [_row(cards_pages.card(offer.product), offer, inside, found) for offer in unable[:UNABLE]],
        "more_unable": max(len(unable) - UNABLE, 0),
    }


def _is_of(line: RequestLine | None, product: Product) -> bool:
    """Whether the goods are of the owner whose goods are to be replaced."""
    if line is None:
        return False
    owner = line.seller.owner_id
    return product.seller_id == line.seller_id or (owner is not None and product.seller.owner_id == owner)


def _asked_for(request: PurchaseRequest, people: Decimal | None, delivery: Destination) -> list[dict[str, str]]:
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


def _row(
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
        "delivery": _("Ongkir %(fee)s") % {"fee": rupiah(offer.fee)} if offer.fee else _("tanpa ongkir"),
        "facts": facts,
        "fault": offer.faults[0].text if offer.faults else "",
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
