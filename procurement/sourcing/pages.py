"""Goods that fit a request, and offers compared."""

from collections.abc import Collection
from dataclasses import dataclass, replace
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
from procurement.frames import terms
from procurement.frames.models import ApprovalFrame
from procurement.requests.contents import RequestContents, goods_of, kind_of
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.states import CHOOSABLE
from procurement.sourcing import reasons
from procurement.sourcing.comparison import explanation
from procurement.sourcing.forms import OfficeSearch
from procurement.sourcing.models import SheetOffer
from procurement.sourcing.offers import amount_for, asked_beside, delivery_beside, whole_steps
from procurement.sourcing.sheets import ComparedGoods, Comparison, cost
from umkm.catalogue import tiers
from umkm.catalogue.models import Category, Product
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
    if goods.is_beyond:
        said = _("Tidak ada satu penjual pun yang sanggup %(counted)s. Bagi ke beberapa penjual.")
        said %= {"counted": Unit(goods.goods.unit).counted(min(offer.quantity for offer in goods.chosen))}
    elif goods.is_single:
        said = _("Hanya pemilik yang dipilih yang sanggup, jadi harganya wajib dinegosiasikan.")
    elif goods.is_short:
        said = _("%(have)s pemilik lain sanggup, diminta %(asked)s; selain itu tidak ada yang sanggup.") % words
    else:
        said = _("%(have)s pemilik yang tidak dipilih dibandingkan, diminta %(asked)s.") % words
    return {
        "title": str(goods.goods),
        "said": " ".join(filter(None, [said, reasons.why_nothing_is_asked(goods)])),
        "is_calm": not goods.is_single and not goods.is_short and not goods.is_beyond,
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
    least = goods.goods.quantity
    amount = least if offer.is_chosen else offer.quantity
    place = ", ".join(filter(None, [offer.place, str(NEAR[offer.nearness])]))
    cells = [
        {"text": offer.name, "note": f"{offer.seller_name} · {place}"},
        {
            "text": rupiah(offer.price),
            "note": _("ongkir %(fee)s") % {"fee": rupiah(offer.delivery_cost)} if offer.is_delivered else _("diambil"),
            "n": True,
            "label": pgettext("harga", "Per satuan"),
        },
        {
            "text": rupiah(cost(offer, amount)),
            "note": _("untuk %(counted)s") % {"counted": unit.counted(amount)} if amount != least else "",
            "n": True,
            "label": _("Dengan ongkir"),
        },
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
        return (_("Dipilih, bukan termurah sekategori"), "now") if goods.is_dearer(offer) else (_("Dipilih"), "done")
    return (_("Pembanding"), "info") if offer.owner_id in goods.owners else (_("Pemilik yang dipilih"), "")


FEW = 6  # with fewer able sellers than these, those who are not able are shown too, with why
UNABLE = 12  # of them at most


@dataclass(frozen=True)
class RefusedLine:
    """How much of a product was typed in the search, and why it was not taken."""

    product: int
    typed: str
    text: str


def market(
    request: HttpRequest,
    found: PurchaseRequest,
    held: RequestContents,
    now: datetime,
    refused: RefusedLine | None = None,
) -> dict[str, Any]:
    """The market's own search for the request's day, place, people and budget: its words, filters, order and reasons.

    `?jumlah=` asks for so much of whatever is found; without it the people of the event count. `?ganti=<product>` for
    goods of other owners in the place of those: without words and category only the same goods (`goods_of`), those of
    the same name first. As many as of the replaced in its unit; in another unit the amount says nothing.
    """
    replaced = next((line for line in held.lines if str(line.product_id) == request.GET.get("ganti")), None)
    asking = OfficeSearch(request.GET)
    asked = asking.read().get("jumlah")
    people = Decimal(found.attendees) if found.attendees else None
    form, tree = results.asked(request.GET), product_pages.category_tree()
    category = next((c for c in tree if c.slug == form.read().get("kategori")), None)
    same = replaced.product if replaced is not None and category is None and not form.read().get("q") else None
    if same is not None:
        category = next((c for c in tree if c.pk == same.category_id), None)
    delivery = delivery_beside(found, held, now)
    query = replace(results.query_of(form.read(), category, delivery.place), reasons=True)
    if same is not None:
        query = replace(query, named=same.name)
    offers: dict[int, Offer] = {}

    def keep(pks: list[int]) -> list[int]:
        goods = {product.pk: product for product in Product.objects.as_offers().filter(pk__in=pks)}
        wanted = [goods[pk] for pk in pks if pk in goods and _may_come(goods[pk], replaced, held)]
        if same is not None:
            wanted = [product for product in wanted if goods_of(product) == goods_of(same)]
        by_people = amount_for(people) if asked is None else lambda product: whole_steps(product, asked)

        def amount(product: Product) -> Decimal:
            if replaced is not None and product.unit == replaced.unit:
                return replaced.quantity
            return by_people(product)

        offers.update((offer.product.pk, offer) for offer in offers_of(wanted, delivery, amount, asked_beside(held)))
        return [pk for pk, offer in offers.items() if offer.is_able]

    links = results.Links(
        request.GET, reverse("procurement:request-goods", args=[found.number]), always=("jumlah", "ganti")
    )
    result = search(query, now=now, place=delivery.place, categories=tree, keep=keep)
    context = results.context(form, result, query, links=links, place=delivery.place, categories=tree)
    context["left_out"] = [*form.left_out, *asking.left_out]
    first = 0 if query.after else 1
    cards = cards_pages.results(result, delivery.place, first_rank=first)
    inside = {line.product_id: line for line in held.kept}
    unable = [offer for offer in offers.values() if not offer.is_able] if first and result.count < FEW else []
    framed = terms.in_force(found, now)
    rows = [_card_row(card, offers[card["product"].pk], inside, framed) for card in cards]
    for row in rows:
        if refused is not None and row["product"].pk == refused.product:
            row |= {"wrong": refused.text, "typed": refused.typed}
    return context | {
        # Words that hide every offer of the chosen kind.
        "kind_href": links.without("q") if category and query.text else "",
        **(_wider(tree, kind_of(same), links) if same is not None else {}),
        "replaced": replaced,
        # The same goods shared among several sellers.
        "plan_href": results.Links(request.GET, reverse("procurement:request-plan", args=[found.number])).with_(),
        "asked": asked,
        "has_day": delivery.has_day,
        "facts": asked_for(found, people if asked is None else None, delivery),
        "rows": rows,
        # Where its box is on another page of the result.
        "refused": refused.text if refused and not any("wrong" in row for row in rows) else "",
        "offered": results.offered(result, delivery.place),
        "unable": [_card_row(cards_pages.card(offer.product), offer, inside, framed) for offer in unable[:UNABLE]],
        "more_unable": max(len(unable) - UNABLE, 0),
    }


def _wider(tree: Collection[Category], kind: int, links: results.Links) -> dict[str, Any]:
    """The way from the same goods to all of their kind, in any unit."""
    found = next((c for c in tree if c.pk == kind), None)
    return {"wider": found, "wider_href": links.with_(kategori=found.slug)} if found else {}


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
        left = _("Anggaran kurang %(left)s") if delivery.most < 0 else _("Sisa anggaran %(left)s")
        rows.append(("wallet", left % {"left": rupiah(abs(delivery.most))}))
    return [{"icon": icon, "text": text} for icon, text in rows]


def _card_row(
    card: dict[str, Any], offer: Offer, inside: dict[int, RequestLine], framed: list[ApprovalFrame]
) -> dict[str, Any]:
    """A card of the market, with what the offer is worth to this request. `framed`: the frames it could be inside."""
    unit = Unit(offer.product.unit)
    held = inside.get(offer.product.pk)
    facts = [{"icon": "package", "text": capacity_words(offer)}] if offer.free is not None else []
    facts.append({"icon": "scale", "text": room_left(offer)})
    facts += [
        {"icon": "file-check", "text": _("Termasuk kerangka %(number)s") % {"number": frame.number}}
        for frame in framed
        if terms.names_goods(frame, offer.product)
    ]
    return card | {
        "shop": reverse("umkm:shop-detail", args=[offer.seller.slug]),
        "offer": offer,
        "counted": unit.counted(offer.quantity),
        "tiers": tiers.words_of(offer.product.unit, offer.product.tiers),
        "delivery": _fee_words(offer),
        "facts": facts,
        "fault": offer.faults[0].text if offer.faults else "",
        "day": offer.faults[0].day if offer.faults else None,
        "held": _("Sudah %(count)s di permintaan") % {"count": unit.counted(held.quantity)} if held else "",
    }


def _fee_words(offer: Offer) -> str:
    if offer.fee:
        return _("dengan ongkir %(fee)s") % {"fee": rupiah(offer.fee)}
    # What the shop brings already for this request comes with it.
    return _("ongkirnya sudah di permintaan") if offer.seller.delivery_price else _("tanpa ongkir")


def capacity_words(offer: Offer) -> str:
    """`Sanggup sampai 150 kotak`: what is free of stock or capacity up to the request's day."""
    assert offer.free is not None
    counted = Unit(offer.product.unit).counted(offer.free)
    if offer.product.stock_mode == StockMode.STOCK:
        return _("Stok bebas %(count)s") % {"count": counted}
    return _("Kapasitas bebas %(count)s") % {"count": counted}


def room_left(offer: Offer) -> str:
    """What the owner may still sell this month, and how much of it the request asks for already."""
    words = {"left": rupiah(max(offer.room.left, 0)), "asked": rupiah(offer.asked)}
    if offer.asked:
        return _("Ruang penjualan bulan ini %(left)s, permintaan ini sudah meminta %(asked)s") % words
    return _("Ruang penjualan bulan ini %(left)s") % words
