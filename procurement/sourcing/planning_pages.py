"""What the page of a plan over several sellers says: its form, its shares, and who else could bring something."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock, idempotency
from epeken.core.i18n.times import long_date
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import grouped
from procurement.requests.contents import RequestContents, goods_of
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.sourcing import rules
from procurement.sourcing.forms import PlanForm, PlanSearch
from procurement.sourcing.offers import asked_beside, delivery_beside
from procurement.sourcing.pages import NEAR, asked_for, capacity_words, room_left
from procurement.sourcing.plans import Candidate, Plan, PlanShare, candidates, plan
from umkm.catalogue.models import Product
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.states import Unit
from umkm.catalogue.tiers import words_of as tiers_in_words
from umkm.discovery.offers import Destination, Offer, offers_of
from umkm.discovery.pages import results
from umkm.discovery.pages.cards import product_url, share_words
from umkm.discovery.search import matches
from umkm.discovery.words import words_of
from umkm.sellers.models import FoodCourt

Goods = tuple[int, str]
SPARE = 12  # candidates without a share that are shown


def context(
    data: QueryDict, found: PurchaseRequest, held: RequestContents, now: datetime, sent: PlanForm | None = None
) -> dict[str, Any]:
    """For `plan.html`. `data`: of the address; `sent`: what was posted and refused, which stays in its boxes."""
    asking = PlanSearch(data)
    values = asking.read()
    divided = next((line for line in held.kept if line.product_id == values.get("bagi")), None)
    data = _with_defaults(data, divided, found)
    asking = PlanSearch(data)
    values = asking.read()
    form, tree = results.asked(data), product_pages.category_tree()
    category = next((one for one in tree if one.slug == form.read().get("kategori")), None)
    beside = held.without(divided.product_id) if divided is not None else held
    delivery = delivery_beside(found, beside, now)
    query = replace(results.query_of(form.read(), category, delivery.place), sort="cocok")
    wanted: Decimal | None = values.get("jumlah")
    is_asked = bool(query.words or category or query.court)
    courts = FoodCourt.objects.all()
    base: dict[str, Any] = {
        "query": query,
        "courts": courts,
        "divided": divided,
        "counted": Unit(divided.unit).counted(divided.quantity) if divided else "",
        "wanted": wanted,
        "sellers": values.get("penjual"),
        "has_day": delivery.has_day,
        "left_out": [*form.left_out, *asking.left_out],
        "facts": asked_for(found, None, delivery),
        "is_asked": is_asked,
        "key": idempotency.new_key(),
        "address": _href(data, found),
    }
    if not (is_asked and delivery.has_day and wanted):
        return base
    # Where words or a kind bound the search, the other courts that can bring the goods are told too.
    wide = replace(query, court=None) if query.words or category else query
    every = matches(wide, now=now, place=delivery.place, categories=tree)
    goods = {one.pk: one for one in Product.objects.as_offers().filter(pk__in=every.in_name)}
    offers = [
        offer
        for offer in offers_of(
            [goods[pk] for pk in every.in_name if pk in goods and goods[pk].seller_id not in held.gone],
            delivery,
            lambda product: product.minimum,
            asked_beside(beside),
        )
        if offer.product.minimum <= wanted
    ]
    everywhere = offers
    offers = [offer for offer in offers if _is_in(offer, query.court)]
    kinds = _kinds(offers)
    chosen = _chosen(values.get("barang") or "", divided, kinds)
    of_kind = kinds.get(chosen, []) if chosen else []
    step, taken = rules.PRICE_STEP.on(clock.local_date(now)), {line.product_id: line.quantity for line in beside.kept}
    able = candidates(of_kind, every.in_name, step, taken)
    sellers = values.get("penjual") or (len(able) if query.court is not None else None)
    made = plan(wanted, able, sellers=sellers, most=delivery.most)
    words = " ".join(query.words)
    if sent is None:
        rows = [_row(one.candidate, one.quantity, words) | {"sum": _sum(one)} for one in made.shares]
        spare = made.spare
    else:
        rows, spare = _sent_rows(sent, offers, able, every.in_name, words)
    counts: Counter[int | None] = Counter()
    all_kinds = _kinds(everywhere)
    of_all = _chosen(values.get("barang") or "", divided, all_kinds)
    for one in candidates(all_kinds[of_all] if of_all else [], every.in_name, step, taken):
        counts[one.offer.seller.food_court_id] += 1
    if wide is not query or query.court is None:
        base["courts"] = [
            {"slug": court.slug, "name": court.name, "count": counts[court.pk], "on": court == query.court}
            for court in courts
            if counts[court.pk] or court == query.court
        ]
    return base | {
        "mended": every.mended,
        "kinds": [
            {
                "text": f"{same[0].product.category.title}, {same[0].product.get_unit_display()}",
                "count": len({offer.seller.pk for offer in same}),
                "href": _href(data, found, barang=f"{pk}-{unit}"),
                "on": (pk, unit) == chosen,
            }
            for (pk, unit), same in kinds.items()
        ],
        "plan": made,
        "rows": rows,
        "spare": [_row(one, None, words) for one in spare[:SPARE]],
        "more_spare": max(len(spare) - SPARE, 0),
        "said": _said(made, of_kind, able),
        "remarks": _remarks(made, of_kind, able, delivery, values.get("penjual")),
    }


def _with_defaults(data: QueryDict, divided: RequestLine | None, found: PurchaseRequest) -> QueryDict:
    """What the address leaves open, from the line that is divided, else from the request."""
    filled = data.copy()
    filled.pop("dari", None)
    if divided is not None:
        filled.setdefault("q", " ".join(words_of(divided.name)[:1]))
        filled.setdefault("kategori", divided.product.category.slug)
        filled.setdefault("jumlah", grouped(divided.quantity))
    elif found.attendees and not filled.get("jumlah"):
        filled["jumlah"] = str(found.attendees)
    return filled


def _kinds(offers: list[Offer]) -> dict[Goods, list[Offer]]:
    """By category and unit, in the market's order of the first of each."""
    kinds: dict[Goods, list[Offer]] = defaultdict(list)
    for offer in offers:
        kinds[goods_of(offer.product)].append(offer)
    return dict(kinds)


def _chosen(asked: str, divided: RequestLine | None, kinds: Mapping[Goods, list[Offer]]) -> Goods | None:
    if asked:
        category, _dash, unit = asked.partition("-")
        if (int(category), unit) in kinds:
            return int(category), unit
    if divided is not None and goods_of(divided.product) in kinds:
        return goods_of(divided.product)
    return next(iter(kinds), None)


def _sent_rows(
    sent: PlanForm, offers: list[Offer], able: list[Candidate], in_name: Mapping[int, bool], words: str
) -> tuple[list[dict[str, Any]], list[Candidate]]:
    """What was typed and refused stays in its boxes, whatever could come now; and the candidates without any."""
    by_pk = {offer.product.pk: Candidate(offer, in_name[offer.product.pk], 0, Decimal(0)) for offer in offers}
    by_pk |= {one.offer.product.pk: one for one in able}
    rows, typed = [], set()
    for name in sent.fields:
        pk = int(name.removeprefix(PlanForm.PREFIX)) if name.startswith(PlanForm.PREFIX) else 0
        if pk in by_pk and sent.data.get(name):
            typed.add(pk)
            row = _row(by_pk[pk], None, words)
            rows.append(row | {"value": sent.data[name], "errors": list(sent.errors.get(name, []))})
    return rows, [one for one in able if one.offer.product.pk not in typed]


def _row(one: Candidate, quantity: Decimal | None, words: str) -> dict[str, Any]:
    offer, name = one.offer, f"{PlanForm.PREFIX}{one.offer.product.pk}"
    unit = Unit(offer.product.unit)
    fee = _("ongkir %(fee)s") % {"fee": rupiah(offer.fee)} if offer.fee else _("tanpa ongkir")
    why = [NEAR[offer.nearness], share_words(offer.room.quarter)]
    if words and not one.in_name:
        why.insert(0, _("Keterangan atau kategorinya yang cocok, bukan namanya."))
    return {
        "product": offer.product,
        "href": product_url(offer.product),
        "shop": reverse("umkm:shop-detail", args=[offer.seller.slug]),
        "delivery": fee,
        "fee": offer.fee,
        "taken": f"{one.taken.normalize():f}",
        "tiers": tiers_in_words(offer.product.unit, offer.product.tiers),
        "bands": json.dumps([[str(tier.from_quantity), tier.price] for tier in offer.product.tiers]),
        "most": _("Paling banyak %(count)s") % {"count": unit.counted(one.most)},
        "facts": [
            {"icon": "package", "text": capacity_words(offer)},
            {"icon": "scale", "text": room_left(offer)},
        ],
        "why": why,
        "name": name,
        "value": grouped(quantity) if quantity is not None else "",
        "errors": [],
    }


def _sum(share: PlanShare) -> str:
    """`167 kotak: Rp2.505.000 dengan ongkir`, as planned."""
    counted = Unit(share.candidate.offer.product.unit).counted(share.quantity)
    return _("Rencana: %(counted)s, %(total)s dengan ongkir") % {"counted": counted, "total": rupiah(share.total)}


def _said(made: Plan, offers: list[Offer], able: list[Candidate]) -> str:
    words = {
        "offers": grouped(Decimal(len(offers))),
        "owners": grouped(Decimal(len(able))),
        "count": len(made.shares),
    }
    return (
        ngettext(
            "%(count)d penjual sudah cukup. %(offers)s penawaran diperiksa; %(owners)s penjual sanggup membawa "
            "sebagian atau semuanya.",
            "%(count)d penjual. %(offers)s penawaran diperiksa; %(owners)s penjual sanggup membawa sebagian atau "
            "semuanya.",
            len(made.shares),
        )
        % words
    )


def _is_in(offer: Offer, court: FoodCourt | None) -> bool:
    return court is None or offer.seller.food_court_id == court.pk


def _is_short_of_room(made: Plan, able: list[Candidate], offers: list[Offer]) -> bool:
    """Whether only what the owners may still sell this month is in the way: every one who can bring some is bounded by
    that, or goods there would be enough of."""
    if all(one.offer.free is not None and one.most < one.offer.free for one in able):
        return True
    full = [offer for offer in offers if offer.faults and all(fault.code == "cap_full" for fault in offer.faults)]
    goods = [offer.free or Decimal(0) for offer in [*(one.offer for one in able), *full]]
    return sum(goods, Decimal(0)) >= made.wanted


def _remarks(
    made: Plan, offers: list[Offer], able: list[Candidate], delivery: Destination, sellers: int | None
) -> list[str]:
    """What is amiss with the plan, in figures. `sellers`: how many were asked for."""
    found = []
    unit = Unit(offers[0].product.unit) if offers else Unit.PCS
    if made.missing:
        words = {"missing": unit.counted(made.missing), "planned": unit.counted(made.planned)}
        text = _(
            "Kurang %(missing)s: semua yang sanggup bersama-sama hanya %(planned)s. Pilih hari lain, atau kurangi."
        )
        if _is_short_of_room(made, able, offers):
            text = _(
                "Kurang %(missing)s: ruang penjualan para penjualnya bulan ini hanya sampai %(planned)s. "
                "Hari antar lain tidak menolong. Kirim permintaan untuk seluruhnya mulai %(first)s, saat ruangnya "
                "dihitung dari awal: dua permintaan barang sejenis tetap dijumlahkan sebagai satu pengadaan."
            )
            words["first"] = long_date(_next_month(delivery.now))
        found.append(text % words)
    if sellers and len(made.shares) < sellers and made.shares:
        text = ngettext(
            "Diminta %(asked)d penjual, tetapi yang dapat berbagi hanya %(count)d.",
            "Diminta %(asked)d penjual, tetapi yang dapat berbagi hanya %(count)d.",
            len(made.shares),
        )
        found.append(text % {"asked": sellers, "count": len(made.shares)})
    if made.excess:
        found.append(
            _("Lebih %(excess)s dari yang diminta, karena pesanan paling sedikit atau kelipatan penjual.")
            % {"excess": unit.counted(made.excess)}
        )
    if delivery.most is not None and made.total > delivery.most:
        words = {"total": rupiah(made.total), "left": rupiah(max(delivery.most, 0))}
        found.append(_("Jumlahnya %(total)s dengan ongkir, sedangkan sisa anggaran %(left)s.") % words)
    return found


def _next_month(now: datetime) -> date:
    return (clock.local_date(now).replace(day=1) + timedelta(days=32)).replace(day=1)


def _href(data: QueryDict, found: PurchaseRequest, **changed: str) -> str:
    query = data.copy()
    for name, value in changed.items():
        query[name] = value
    return f"{reverse('procurement:request-plan', args=[found.number])}?{query.urlencode()}"
