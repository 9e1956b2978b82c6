"""A seller sends an offer under seal, replaces it, or takes it back, until the time for offers is over.

What is refused here is known without the offers of others. No figure of an offer leaves this module but sealed: not in
events, notices or the claim of the key, whose digest is keyed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, refuse_first, require
from epeken.core.i18n.times import long_time, month_year
from epeken.core.i18n.words import rupiah
from epeken.core.money import check_rupiah, share
from epeken.core.secret import blind_index
from epeken.core.services import service
from epeken.users.models import User
from procurement.quotations import policies, rules, seals
from procurement.quotations.models import Invitation, Quotation, QuotationLine, SealedOffer
from procurement.quotations.querysets import goods_for
from procurement.quotations.services.publishing import locked
from procurement.quotations.states import QuotationState
from umkm.catalogue import feasibility, low_prices
from umkm.catalogue.low_prices import OfferedPrice
from umkm.catalogue.models import Product
from umkm.catalogue.policies import is_meal
from umkm.catalogue.states import Unit
from umkm.catalogue.tiers import unit_price
from umkm.owners.services import room_of
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState


@dataclass(frozen=True)
class OfferTerms:
    """`goods`: by pk of the line asked for, the shop's product and its unit price in whole rupiah."""

    goods: Mapping[int, tuple[int, int]]
    delivery_cost: int
    deliver_at: datetime
    words: str


@service
def send_offer(
    *,
    actor: User,
    quotation: Quotation,
    seller: Seller,
    terms: OfferTerms,
    key: str,
    now: datetime,
    is_sure: bool = False,
) -> SealedOffer:
    """The shop's offer lies sealed; one sent before counts no more. Once per key.

    `is_sure`: whoever offers was told of prices far below the shop's own (`catalogue.low_prices`), and means them.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Quotation.
    """
    who = f"user:{actor.pk}"
    body = {"offer": quotation.pk, "seller": seller.pk, "terms": _keyed(terms)}
    if (version := idempotency.claim(person=who, key=key, body=body)) is not None:
        return SealedOffer.objects.get(quotation=quotation, seller=seller, version=int(version))
    quotation = open_to(actor, quotation, seller, now)
    _check_one_of_owner(quotation, seller)
    lines = list(quotation.lines.all())
    refuse_first(problems(quotation, lines, seller, terms))
    low_prices.check_sure(offered_prices(quotation, lines, seller, terms), clock.local_date(now), is_sure=is_sure)
    offered = tuple(seals.OfferedLine(line.pk, *terms.goods[line.pk]) for line in lines)
    content = seals.OfferContent(offered, terms.delivery_cost, terms.deliver_at, terms.words.strip()[:300])
    sealed = seals.seal(content, key=quotation.seal.key, quotation=quotation.pk, seller=seller.pk)
    row = _keep(quotation, seller, sealed, actor, now)
    idempotency.settle(person=who, key=key, result=str(row.version))
    return row


@service
def withdraw_offer(*, actor: User, quotation: Quotation, seller: Seller, key: str, now: datetime) -> SealedOffer:
    """The shop offers nothing any more. Once per key.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Quotation.
    """
    who = f"user:{actor.pk}"
    body = {"take back offer": quotation.pk, "seller": seller.pk}
    if (version := idempotency.claim(person=who, key=key, body=body)) is not None:
        return SealedOffer.objects.get(quotation=quotation, seller=seller, version=int(version))
    quotation = open_to(actor, quotation, seller, now)
    require(
        last_of(quotation, seller) is not None,
        _("Toko Anda tidak punya penawaran untuk ditarik."),
        code="no_offer",
    )
    row = _keep(quotation, seller, "", actor, now)
    idempotency.settle(person=who, key=key, result=str(row.version))
    return row


def last_of(quotation: Quotation, seller: Seller) -> SealedOffer | None:
    """The shop's offer that counts; None when there is none or it was taken back. For the shop's own people."""
    row = SealedOffer.objects.filter(quotation=quotation, seller=seller).order_by("version").last()
    return row if row is not None and row.sealed else None


def total_of(lines: list[QuotationLine], terms: OfferTerms) -> int:
    """Goods and delivery, whole rupiah."""
    goods = sum(share(terms.goods[line.pk][1], line.quantity) for line in lines)
    return goods + terms.delivery_cost


def room_left(quotation: Quotation, seller: Seller) -> int:
    """What the owner may still sell in the month in which offers are opened, whole rupiah: no award is above it."""
    return room_of(seller, clock.last_day(quotation.closes_at)).left


def offered_prices(
    quotation: Quotation, lines: list[QuotationLine], seller: Seller, terms: OfferTerms
) -> list[OfferedPrice]:
    """Beside what the shop asks of everybody for as much."""
    products = goods_for(seller, quotation).in_bulk([pk for pk, _price in terms.goods.values()])
    found = [(products.get(terms.goods[line.pk][0]), terms.goods[line.pk][1], line.quantity) for line in lines]
    return [
        OfferedPrice(goods.name, goods.unit, price, unit_price(goods, quantity))
        for goods, price, quantity in found
        if goods is not None
    ]


def problems(
    quotation: Quotation, lines: list[QuotationLine], seller: Seller, terms: OfferTerms
) -> Iterator[RuleBroken]:
    """All that this shop cannot offer, each at its field: goods, a price above its own, a cost, the moment."""
    if terms.goods.keys() != {line.pk for line in lines}:
        yield RuleBroken(_("Isi harga untuk semua barang yang diminta."), code="goods_incomplete")
        return
    chosen = [pk for pk, _price in terms.goods.values()]
    products = goods_for(seller, quotation).in_bulk(chosen)
    if len(set(chosen)) != len(chosen):
        text = _("Pilih barang toko yang berbeda untuk tiap barang yang diminta.")
        yield RuleBroken(text, code="product_twice")
    for line in lines:
        yield from _line_problems(line, products.get(terms.goods[line.pk][0]), terms.goods[line.pk][1])
    is_cost_wrong = not 0 <= check_rupiah(terms.delivery_cost) <= seller.delivery_price
    # A sum with a mistyped cost says nothing of the room.
    if not is_cost_wrong and (total := total_of(lines, terms)) > (left := room_left(quotation, seller)):
        text = _("Penawarannya %(total)s, sedangkan batas penjualan Anda bulan %(month)s tinggal %(left)s.")
        words = {"total": rupiah(total), "month": month_year(quotation.closes_at), "left": rupiah(max(left, 0))}
        yield RuleBroken(text % words, code="cap_full")
    if is_cost_wrong:
        text = _("Ongkos antar paling tinggi %(most)s, seperti di toko Anda.") % {"most": rupiah(seller.delivery_price)}
        yield RuleBroken(text, field="delivery_cost", code="cost_bounds")
    if not quotation.closes_at < terms.deliver_at <= quotation.deliver_at:
        words = {"first": long_time(quotation.closes_at), "last": long_time(clock.told_end(quotation.deliver_at))}
        text = _("Waktu tiba sesudah %(first)s dan paling lambat %(last)s.") % words
        yield RuleBroken(text, field="deliver_at", code="deliver_bounds")
    elif terms.deliver_at < (first := earliest_meal(quotation)) and any(is_meal(one) for one in products.values()):
        text = _("Makanan ini diminta %(wanted)s. Waktu tiba paling awal %(first)s, supaya masih layak dimakan.")
        text %= {"wanted": long_time(clock.told_end(quotation.deliver_at)), "first": long_time(first)}
        yield RuleBroken(text, field="deliver_at", code="meal_early")


def earliest_meal(quotation: Quotation) -> datetime:
    """Before it no meal comes, whatever points an early arrival earns. By the rule of the day of its publication."""
    day = clock.local_date(quotation.published_at or quotation.closes_at)
    return quotation.deliver_at - timedelta(hours=rules.MEAL_EARLY.on(day))


def _line_problems(line: QuotationLine, product: Product | None, price: int) -> Iterator[RuleBroken]:
    field, words = f"product_{line.pk}", {"name": line.name}
    if product is None:
        text = _("Pilih barang toko Anda yang tayang untuk %(name)s.") % words
        yield RuleBroken(text, field=field, code="product_unknown")
        return
    if product.unit != line.unit:
        text = _("%(name)s diminta per %(asked)s, sedangkan barang Anda dijual per %(sold)s. Pilih barang lain.")
        text %= {**words, "asked": Unit(line.unit).label, "sold": Unit(product.unit).label}
        yield RuleBroken(text, field=field, code="other_unit")
        return
    try:
        feasibility.check(product, line.quantity, None)
    except RuleBroken as fault:
        yield fault
    most = unit_price(product, line.quantity)
    if not 1 <= check_rupiah(price) <= most or share(price, line.quantity) < 1:
        text = _("Isi dari %(least)s sampai %(most)s, harganya di toko Anda untuk %(count)s.")
        text %= {**words, "least": rupiah(1), "most": rupiah(most), "count": Unit(line.unit).counted(line.quantity)}
        yield RuleBroken(text, field=f"price_{line.pk}", code="price_bounds")


def open_to(actor: User, quotation: Quotation, seller: Seller, now: datetime) -> Quotation:
    """The locked quotation, while this person may offer for the shop, and ask. Raises: NotAllowed, InvalidMove."""
    quotation = locked(quotation)
    if not shops.can_act_for(actor, seller):
        raise NotAllowed(_("Hanya pengurus toko yang dapat menawar atas nama toko."))
    invitation = Invitation.objects.filter(quotation=quotation, seller=seller).first()
    if invitation is None:
        raise NotAllowed(_("Toko Anda belum punya barang di kategori ini saat permintaan penawaran diumumkan."))
    if invitation.reason:
        raise NotAllowed(_("Toko Anda tidak diundang. Alasannya: %(why)s.") % {"why": invitation.get_reason_display()})
    if quotation.state != QuotationState.PUBLISHED:
        raise InvalidMove(_("Permintaan penawaran ini tidak menerima penawaran lagi."))
    if clock.is_over(quotation.closes_at, now):
        raise InvalidMove(
            _("Batas penawaran sudah lewat pada %(when)s, jadi tidak ada yang dapat dikirim atau diubah.")
            % {"when": long_time(quotation.closes_at)},
            code="offer_late",
        )
    state = Seller.objects.values_list("state", flat=True).get(pk=seller.pk)
    require(
        state == SellerState.ACTIVE,
        _("Toko Anda sedang tidak aktif, jadi belum dapat menawar."),
        code="seller_not_active",
    )
    if seller.pk in policies.tied_shops(policies.people_who_ask(quotation)):
        raise NotAllowed(
            _("Toko Anda terkait dengan pemesan atau pejabat yang mengumumkan, jadi tidak dapat menawar."),
            code="own_shop",
        )
    return quotation


def _check_one_of_owner(quotation: Quotation, seller: Seller) -> None:
    """Two shops of one owner are one bidder."""
    others = Seller.objects.filter(pk__in=shops.related_shops([seller])).exclude(pk=seller.pk)
    for other in others.order_by("pk"):
        if last_of(quotation, other) is not None:
            raise RuleBroken(
                _("%(shop)s, toko pemilik yang sama, sudah mengirim penawaran. Tarik dahulu penawaran itu.")
                % {"shop": other.name},
                code="owner_offered",
            )


def _keep(quotation: Quotation, seller: Seller, sealed: str, actor: User, now: datetime) -> SealedOffer:
    before = SealedOffer.objects.filter(quotation=quotation, seller=seller).aggregate(last=Max("version"))["last"] or 0
    return SealedOffer.objects.create(
        quotation=quotation, seller=seller, version=before + 1, sealed=sealed, actor=actor, at=now
    )


def _keyed(terms: OfferTerms) -> str:
    """A digest nobody can find the figures of by trying them: it needs the key of the city."""
    said = [sorted(terms.goods.items()), terms.delivery_cost, terms.deliver_at.isoformat(), terms.words]
    return blind_index(json.dumps(said))
