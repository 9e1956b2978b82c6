"""A negotiation is opened, goes in rounds, and ends: agreed, refused by the seller, or stopped by the department.

The request is locked by every act, so that none of them meets another, a decision of the approver or a lapsing hold.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.money import share
from epeken.core.numbers import next_number
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from procurement.agencies.policies import acting_as, memberships
from procurement.budgets.states import NEGOTIATED
from procurement.negotiations import notices, policies, results, rules
from procurement.negotiations.models import Negotiation, NegotiationRound, RoundPrice
from procurement.negotiations.states import Side
from procurement.negotiations.terms import (
    Terms,
    ceiling_of,
    check_terms,
    offered_prices,
    part_of,
    standing_for,
    terms_of,
    terms_of_round,
)
from procurement.requests import contents, officers, turns
from procurement.requests import policies as requests_policies
from procurement.requests.contents import RequestContents, SellerPart
from procurement.requests.errors import OwnShop, SamePerson
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions, holds
from procurement.requests.states import RequestState
from umkm.catalogue import low_prices
from umkm.catalogue.tiers import tier_from
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller


@service
def open_negotiation(
    *,
    actor: User,
    request: PurchaseRequest,
    seller: Seller,
    terms: Terms,
    words: str,
    key: str,
    now: datetime,
    is_sure: bool = False,
) -> Negotiation:
    """The department asks the seller for these terms; the seller answers within the dated hours. Once per key.

    `is_sure`: whoever offers was told of prices far below those of the request (`catalogue.low_prices`), and means
    them.
    Once for each seller and sending of the request. Raises: NotAllowed, SamePerson, OwnShop, InvalidMove, RuleBroken.
    Locks: PurchaseRequest.
    """
    who = f"user:{actor.pk}"
    body = {"negotiate": request.pk, "seller": seller.pk, "terms": _said(terms), "words": words}
    if (number := idempotency.claim(person=who, key=key, body=body)) is not None:
        return Negotiation.objects.get(number=number)
    request = _locked(request)
    office = _office(actor, request, now)
    require(
        not Negotiation.objects.of_sending(request).filter(seller=seller).exists(),
        _("Bagian penjual ini sudah dinegosiasikan. Lihat risalahnya di permintaan."),
        code="negotiated_before",
    )
    assert request.submitted_at is not None
    negotiation = Negotiation(
        number=next_number("BN", clock.local_date(now).year),
        request=request,
        seller=seller,
        sent_at=request.submitted_at,
        opened_at=now,
        asked_at=now,
        due_at=_due(request, now),
    )
    held = contents.read(request, now)
    part = part_of(held, seller)
    check_terms(request, held, part, terms, now)
    offer = terms_of(request, part)
    text = _("Tawaran ini sama dengan penawaran penjual. Ubah harga, ongkos, atau waktunya.")
    require(terms != offer, text, code="same_terms")
    low_prices.check_sure(offered_prices(part, terms), clock.local_date(now), is_sure=is_sure)
    negotiation.save()
    begin(negotiation, actor=actor, now=now, acted_as=office)
    _write(negotiation, part, offer, number=0, side=Side.SELLER, at=request.submitted_at)
    _write(negotiation, part, terms, number=1, side=Side.BUYER, actor=actor, words=words, at=now)
    notices.asked(negotiation, terms_total(part, terms), now=now)
    idempotency.settle(person=who, key=key, result=negotiation.number)
    return negotiation


@service
def counter_offer(
    *, actor: User, negotiation: Negotiation, terms: Terms, words: str, key: str, now: datetime, is_sure: bool = False
) -> Negotiation:
    """The side whose turn it is offers other terms; the other side is asked. Once per key. `is_sure`: as above.

    Raises: NotAllowed, SamePerson, OwnShop, InvalidMove, RuleBroken. Locks: PurchaseRequest, Negotiation.
    """
    who = f"user:{actor.pk}"
    body = {"counter": negotiation.pk, "terms": _said(terms), "words": words}
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return Negotiation.objects.get(pk=negotiation.pk)
    table = _table(actor, negotiation, _locked(negotiation.request), now)
    negotiation, request = table.negotiation, table.negotiation.request
    negotiation.machine.after(negotiation.state, "counter")
    _check_turn(table)
    decisions.check_held(request, now)
    held = contents.read(request, now)
    part = part_of(held, negotiation.seller)
    check_terms(request, held, part, terms, now, standing_for(negotiation, table.side))
    before = results.last(negotiation)
    text = _("Tawaran ini sama dengan yang terakhir. Ubah harga, ongkos, atau waktunya, atau terima tawaran itu.")
    require(terms != terms_of_round(before), text, code="same_terms")
    if table.side == Side.SELLER:
        _check_gains(terms, results.last_of(negotiation, Side.BUYER), ceiling_of(request, part))
    low_prices.check_sure(offered_prices(part, terms), clock.local_date(now), is_sure=is_sure)
    _write(negotiation, part, terms, number=before.number + 1, side=table.side, actor=actor, words=words, at=now)
    move(negotiation, "counter", actor=actor, now=now, acted_as=table.acted_as, asked_at=now, due_at=_due(request, now))
    notices.asked(negotiation, terms_total(part, terms), now=now)
    idempotency.settle(person=who, key=key, result=negotiation.number)
    return negotiation


@service
def accept_offer(*, actor: User, negotiation: Negotiation, round_number: int, key: str, now: datetime) -> Negotiation:
    """The other side's last offer is agreed: the request has its prices, delivery cost and moment. Once per key.

    `round_number`: the round on the page that posts. Nothing else of the request changes; budget and cap room that are
    needed no more are free at once, capacity is taken on the days of the new moment. The hold never lasts longer.
    Raises: NotAllowed, SamePerson, OwnShop, InvalidMove, RuleBroken.
    Locks: BudgetLine, PurchaseRequest, Negotiation, Seller, TurnoverMonth, Product.
    """
    who = f"user:{actor.pk}"
    body = {"accept": negotiation.pk, "round": round_number}
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return Negotiation.objects.get(pk=negotiation.pk)
    request = holds.locked_with_budget(negotiation.request)
    table = _table(actor, negotiation, request, now)
    negotiation = table.negotiation
    negotiation.machine.after(negotiation.state, "accept")
    _check_turn(table)
    offer = results.last(negotiation)
    if offer.number != round_number:
        raise InvalidMove(_("Ada tawaran yang lebih baru sejak halaman ini dibuka. Muat ulang halaman lalu periksa."))
    decisions.check_held(request, now)
    holds.lock_sellers(request)
    held = contents.read(request, now)
    terms = terms_of_round(offer)
    check_terms(request, held, part_of(held, negotiation.seller), terms, now)
    _agree(request, held, negotiation.seller, terms, actor, now, note=negotiation.number, acted_as=table.acted_as)
    move(negotiation, "accept", actor=actor, now=now, acted_as=table.acted_as, due_at=None, closed_at=now)
    notices.agreed(negotiation, total=results.total_of(offer), actor=actor, now=now)
    idempotency.settle(person=who, key=key, result=negotiation.number)
    return negotiation


@service
def refuse_offer(*, actor: User, negotiation: Negotiation, note: str, key: str, now: datetime) -> Negotiation:
    """The seller stays with the offer in the request, in their turn or after the department's silence. Once per key.

    Raises: NotAllowed, InvalidMove. Locks: PurchaseRequest, Negotiation.
    """
    return _stop(actor, negotiation, "refuse", Side.SELLER, note, key, now)


@service
def withdraw_offer(*, actor: User, negotiation: Negotiation, note: str, key: str, now: datetime) -> Negotiation:
    """The department stops, in its turn or after the seller's silence, and where it need not negotiate at any time; the
    request stays as it was. Once per key.

    Raises: NotAllowed, SamePerson, OwnShop, InvalidMove, RuleBroken. Locks: PurchaseRequest, Negotiation.
    """
    return _stop(actor, negotiation, "withdraw", Side.BUYER, note, key, now)


def _check_gains(terms: Terms, offered: NegotiationRound | None, most: Terms) -> None:
    """A seller who asks for nothing more than they are offered has mistyped: they accept it instead. An offer above
    what the shop asks of everybody today (`most`) cannot be accepted, so less is asked then."""
    if offered is None:
        return
    there = terms_of_round(offered)
    if there.delivery_cost > most.delivery_cost or any(
        price > most.prices.get(pk, 0) for pk, price in there.prices.items()
    ):
        return
    gains = (
        not clock.is_over(terms.deliver_at, there.deliver_at)  # later
        or terms.delivery_cost > there.delivery_cost
        or any(price > there.prices.get(pk, 0) for pk, price in terms.prices.items())
    )
    require(
        gains,
        _("Anda meminta lebih sedikit daripada tawaran dinas. Terima saja tawaran itu, atau minta lebih tinggi."),
        code="below_offer",
    )


def terms_total(part: SellerPart, terms: Terms) -> int:
    """Goods and delivery, whole rupiah."""
    return sum(share(terms.prices[line.product_id], line.quantity) for line in part.kept) + terms.delivery_cost


@dataclass(frozen=True)
class _Table:
    """The negotiation, locked with its request, and for whom the actor sits at it."""

    negotiation: Negotiation
    side: Side
    acted_as: str


def _stop(
    actor: User, negotiation: Negotiation, action: str, side: Side, note: str, key: str, now: datetime
) -> Negotiation:
    who, note = f"user:{actor.pk}", note.strip()[:300]
    if idempotency.claim(person=who, key=key, body={action: negotiation.pk, "note": note}) is not None:
        return Negotiation.objects.get(pk=negotiation.pk)
    table = _table(actor, negotiation, _locked(negotiation.request), now)
    negotiation = table.negotiation
    if table.side != side:
        raise NotAllowed(_("Tindakan ini milik pihak lain dalam negosiasi."))
    negotiation.machine.after(negotiation.state, action)
    require(
        policies.can_stop(negotiation, side, now),
        _("Pihak lain masih punya waktu menjawab sampai %(due)s. Sesudah itu negosiasi boleh dihentikan.")
        % {"due": results.told(negotiation.due_at)},
        code="answer_awaited",
    )
    move(negotiation, action, actor=actor, now=now, note=note, acted_as=table.acted_as, due_at=None, closed_at=now)
    notices.stopped(negotiation, actor=actor, now=now)
    idempotency.settle(person=who, key=key, result=negotiation.number)
    return negotiation


def _locked(request: PurchaseRequest) -> PurchaseRequest:
    related = ("agency", "requester", "line", "delivery_kelurahan")
    locked: PurchaseRequest = PurchaseRequest.objects.locked().select_related(*related).get(pk=request.pk)
    return locked


def _table(actor: User, negotiation: Negotiation, request: PurchaseRequest, now: datetime) -> _Table:
    """Raises: NotAllowed, SamePerson, OwnShop, InvalidMove."""
    negotiation = Negotiation.objects.locked().select_related("seller").get(pk=negotiation.pk)
    negotiation.request = request
    if shops.can_act_for(actor, negotiation.seller):
        _check_unrelated(negotiation)
        _check_waits(request)
        return _Table(negotiation, Side.SELLER, Side.SELLER)
    return _Table(negotiation, Side.BUYER, _office(actor, request, now))


def _office(actor: User, request: PurchaseRequest, now: datetime) -> str:
    """In which the person binds the department today."""
    day = clock.local_date(now)
    if requests_policies.has_written(actor, request):
        raise SamePerson(_("Anda pemesan permintaan ini, jadi negosiasinya dilakukan pejabat yang memutuskan."))
    roles = memberships(actor, request.agency_id, day)
    if roles & set(officers.APPROVERS) and (shop := requests_policies.own_shop(actor, request)) is not None:
        raise OwnShop(shop)
    office = officers.office_of(request, day, needed=request.needed_role) if request.needed_role else None
    if office is None or office not in roles:
        raise NotAllowed(_("Negosiasi dilakukan pejabat yang memutuskan permintaan ini, bukan oleh orang lain."))
    _check_waits(request)
    return acting_as(actor, request.agency_id, office, day)


def _check_waits(request: PurchaseRequest) -> None:
    if request.state != RequestState.SUBMITTED:
        raise InvalidMove(_("Harga hanya dinegosiasikan selama permintaan menunggu keputusan. Muat ulang halaman."))


def _check_unrelated(negotiation: Negotiation) -> None:
    """Nobody of the department's side belongs to the shop. Source: Perpres 16/2018 art. 7(1) letter e."""
    asked = results.last_of(negotiation, Side.BUYER)
    people = [negotiation.request.requester, *([asked.actor] if asked and asked.actor else [])]
    if shops.tied_people(people, [negotiation.seller]):
        raise NotAllowed(
            _("Pejabat yang menawar atau memesan adalah pengurus toko ini. Negosiasi ditangani pejabat lain."),
            code="own_shop",
        )


def _check_turn(table: _Table) -> None:
    if not policies.has_turn(table.negotiation, table.side):
        raise InvalidMove(_("Tawaran Anda menunggu jawaban pihak lain."))


def _agree(
    request: PurchaseRequest, held: RequestContents, seller: Seller, terms: Terms, actor: User, now: datetime,
    *, note: str, acted_as: str,
) -> None:  # fmt: skip
    """The seller's part takes the terms, and the request holds no more than it then needs."""
    part = part_of(held, seller)
    is_moved = terms.deliver_at != terms_of(request, part).deliver_at
    for line in part.kept:
        line.price = terms.prices[line.product_id]
        line.tier_from = tier_from(line.product, line.quantity, line.price)
        line.amount = share(line.price, line.quantity)
        line.save(update_fields=["price", "tier_from", "amount"])
    values: dict[str, Any] = {"delivery_cost": terms.delivery_cost}
    if is_moved:
        values["deliver_at"] = terms.deliver_at
    request.sellers.filter(seller=seller).update(**values)
    left = contents.read(request, now)
    holds.charge(request=request, held=left, actor=actor, now=now, note_code=NEGOTIATED)
    until = holds.renegotiate(request=request, held=left, seller=seller, is_moved=is_moved, actor=actor, now=now)
    move(
        request,
        "negotiate",
        actor=actor,
        now=now,
        note=note,
        acted_as=acted_as,
        total=left.total,
        held_until=until,
        due_at=min(request.due_at or until, turns.decided_by(until, now)),
    )


def _due(request: PurchaseRequest, now: datetime) -> datetime:
    """So many hours from now, and no more than half of the time the request is still held: the rest is for going on
    after a silence."""
    decisions.check_held(request, now)
    assert request.held_until is not None
    return now + min(timedelta(hours=rules.ANSWER.on(clock.local_date(now))), (request.held_until - now) / 2)


def _write(
    negotiation: Negotiation, part: SellerPart, terms: Terms, *, number: int, side: Side, at: datetime,
    actor: User | None = None, words: str = "",
) -> None:  # fmt: skip
    made = NegotiationRound.objects.create(
        negotiation=negotiation, number=number, side=side, actor=actor, words=words.strip()[:300], at=at,
        delivery_cost=terms.delivery_cost, deliver_at=terms.deliver_at,
    )  # fmt: skip
    RoundPrice.objects.bulk_create(
        RoundPrice(
            round=made,
            product_id=line.product_id,
            name=line.name,
            unit=line.unit,
            quantity=line.quantity,
            price=terms.prices[line.product_id],
            amount=share(terms.prices[line.product_id], line.quantity),
        )
        for line in part.kept
    )


def _said(terms: Terms) -> list[Any]:
    return [sorted(terms.prices.items()), terms.delivery_cost, terms.deliver_at.isoformat()]
