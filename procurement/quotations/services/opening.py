"""At the end of the time for offers a job opens all of them at once; who reads the figures afterwards is kept."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed
from epeken.core.money import share
from epeken.core.rows import insert_new
from epeken.core.services import service
from epeken.core.states import move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from procurement.quotations import facts, notices, policies, ranking, rules, seals
from procurement.quotations.models import (
    OfferPrice,
    Quotation,
    QuotationLine,
    QuotationLook,
    QuotationOffer,
    SealedOffer,
)
from procurement.quotations.services.publishing import destroy_seal, locked
from procurement.quotations.states import OfferObstacle, QuotationCancelReason
from umkm.catalogue.models import Product
from umkm.discovery.places import nearness, places
from umkm.sellers.models import Seller

LANGUAGE = "id"  # what the protocol says of an offer is kept in the language of the city's papers


@service
def open_quotation(*, quotation: Quotation, now: datetime) -> Quotation:
    """All offers are read, ranked by the published rule and kept; those that cannot be awarded say why.

    Once, and not before its time; what was replaced or taken back is never read: the key is destroyed.
    Raises: InvalidMove. Locks: Quotation.
    """
    quotation = locked(quotation)
    quotation.machine.after(quotation.state, "open")
    if not clock.is_over(quotation.closes_at, now):
        raise InvalidMove(_("Batas penawaran belum lewat."))
    key = quotation.seal.key
    with override(LANGUAGE):
        found = _read_all(quotation, key, now)
    _rank_and_keep(quotation, found)
    destroy_seal(quotation, now)
    due = clock.due_after_working_days(now, rules.DECIDE.on(clock.local_date(now)))
    move(quotation, "open", actor=None, now=now, opened_at=now, due_at=due)
    notices.opened(quotation, now=now)
    return quotation


def open_due(*, now: datetime) -> int:
    """Every request for quotation whose time is over, in transactions of their own; how many. Locks: Quotation."""
    return sweep(
        Quotation.objects.to_open(now).order_by("closes_at"),
        lambda one: open_quotation(quotation=one, now=now),
        failure="Quotation %s could not be opened",
    )


@service
def lapse_quotation(*, quotation: Quotation, now: datetime) -> Quotation:
    """The department let its time pass: nobody is bound, and every seller hears of it.

    Raises: InvalidMove. Locks: Quotation.
    """
    quotation = locked(quotation)
    quotation.machine.after(quotation.state, "lapse")
    if not clock.is_over(quotation.due_at, now):
        raise InvalidMove()
    move(
        quotation, "lapse", actor=None, now=now, cancel_reason=QuotationCancelReason.LAPSED, due_at=None, closed_at=now
    )
    notices.cancelled(quotation, now=now)
    return quotation


def lapse_due(*, now: datetime) -> int:
    """Every one the department did not decide on in time, in transactions of their own; how many.

    Locks: Quotation.
    """
    return sweep(
        Quotation.objects.to_lapse(now).order_by("due_at"),
        lambda one: lapse_quotation(quotation=one, now=now),
        failure="Quotation %s could not lapse",
    )


@service
def record_look(*, actor: User, quotation: Quotation, now: datetime) -> bool:
    """The person's first look at the figures is kept; True when this is it. Raises: NotAllowed. Locks: none."""
    if not policies.can_read_figures(actor, quotation, clock.local_date(now)):
        raise NotAllowed(_("Angka penawaran dibaca pejabat dinasnya sesudah dibuka."))
    if QuotationLook.objects.filter(quotation=quotation, person=actor).exists():
        return False
    return insert_new(QuotationLook(quotation=quotation, person=actor, at=now))


@dataclass
class _Found:
    row: QuotationOffer
    pk: int  # of the sealed offer
    prices: list[OfferPrice]


def _read_all(quotation: Quotation, key: str, now: datetime) -> list[_Found]:
    lines = {line.pk: line for line in quotation.lines.all()}
    tied = policies.tied_shops(policies.people_who_ask(quotation))
    last = SealedOffer.objects.filter(quotation=quotation).order_by("seller", "-version").distinct("seller")
    counting = sorted((row for row in last if row.sealed), key=lambda row: row.pk)
    sellers = Seller.objects.in_bulk([row.seller_id for row in counting])
    return [_read(quotation, row, sellers[row.seller_id], lines, key, tied, now) for row in counting]


def _read(
    quotation: Quotation, row: SealedOffer, seller: Seller, lines: dict[int, QuotationLine], key: str,
    tied: frozenset[int], now: datetime,
) -> _Found:  # fmt: skip
    offer = QuotationOffer(
        quotation=quotation, seller=seller, owner_id=seller.owner_id, seller_name=seller.name, sent_at=row.at,
        nearness=nearness(places().get(quotation.delivery_kelurahan_id), seller.kelurahan_id),
        delivery_cost=0, total=0,
    )  # fmt: skip
    try:
        content = seals.unseal(row.sealed, key=key, quotation=quotation.pk, seller=seller.pk)
    except seals.BrokenSeal:
        offer.obstacle = OfferObstacle.UNREADABLE
        return _Found(offer, row.pk, [])
    products = Product.objects.select_related("seller").in_bulk([one.product for one in content.lines])
    prices = [
        OfferPrice(
            line=lines[one.line], product=products[one.product], name=products[one.product].name, price=one.price,
            amount=share(one.price, lines[one.line].quantity),
        )
        for one in content.lines
    ]  # fmt: skip
    offer.delivery_cost, offer.deliver_at, offer.words = content.delivery_cost, content.deliver_at, content.words
    offer.total = sum(price.amount for price in prices) + content.delivery_cost
    goods: list[tuple[Product, Decimal]] = [(price.product, price.line.quantity) for price in prices]
    found = facts.hindrance(
        quotation, seller, goods, total=offer.total, deliver_at=content.deliver_at, tied=tied, now=now, asks_room=False
    )
    if found is not None:
        offer.obstacle, offer.obstacle_note = found.code, found.text[:400]
    return _Found(offer, row.pk, prices)


def _rank_and_keep(quotation: Quotation, found: list[_Found]) -> None:
    weights = ranking.Weights(quotation.price_weight, quotation.time_weight, quotation.distance_weight)
    by_pk = {one.pk: one.row for one in found}
    able = [one for one in found if not one.row.obstacle]
    result = ranking.rank((_bid(one) for one in able), quotation.rule, weights)
    for placed in result.ranked:
        by_pk[placed.bid.pk].rank, by_pk[placed.bid.pk].points = placed.rank, placed.points
    for pk, better in result.beaten.items():
        by_pk[pk].obstacle = OfferObstacle.SAME_OWNER
        by_pk[pk].obstacle_note = by_pk[better.pk].seller_name
    QuotationOffer.objects.bulk_create(one.row for one in found)
    for one in found:
        for price in one.prices:
            price.offer = one.row
    OfferPrice.objects.bulk_create(price for one in found for price in one.prices)


def _bid(one: _Found) -> ranking.Bid:
    row = one.row
    assert row.deliver_at is not None
    return ranking.Bid(one.pk, row.owner_id, row.total, row.deliver_at, row.nearness, row.sent_at)
