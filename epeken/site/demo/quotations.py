"""Requests for quotation of one department: one that takes offers and questions, one that was opened, one with a winner,
and one whose winner declined its order, so that the second in rank was awarded."""

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal

from epeken.core import clock
from epeken.site.demo.offices import membership
from epeken.users.models import User
from orders.orders.services import agreement
from orders.orders.states import CloseReason
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetLine
from procurement.quotations.models import Quotation
from procurement.quotations.services import awarding, offering, opening, publishing
from procurement.quotations.services import questions as asking
from procurement.quotations.services.offering import OfferTerms
from procurement.quotations.services.publishing import GoodsAsked
from procurement.quotations.states import RankingRule
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Unit

ACCOUNT = "5.1.02.01.01.0052"
CATEGORY = "nasi-kotak"
BOXES = 40
OFFERS = 4
# Title, days ago on which it was published, hours it takes offers, and how it is ranked.
OPEN = ("Makan siang pelatihan pustakawan", 1, 96, RankingRule.POINTS)
OPENED = ("Makan siang rapat pleno", 5, 96, RankingRule.LOWEST)
AWARDED = ("Makan siang uji kompetensi", 6, 96, RankingRule.POINTS)
FALLEN = ("Makan siang bimbingan teknis", 7, 96, RankingRule.LOWEST)
# The first was answered, the second waits for its answer.
ASKED = ("Apakah lauknya boleh ayam atau ikan?", "Apakah kotaknya boleh dari kardus polos?")
ANSWERED = "Boleh ayam atau ikan, asal semuanya sama."


def make_quotations(agency: Agency, now: datetime) -> None:
    """Offers are those of the shops that were there first, each a little below its shop window."""
    for plan in (OPEN, OPENED, AWARDED, FALLEN):
        deliver_at = _morning(now, 7)
        if clock.last_day(deliver_at).year != clock.local_date(now - timedelta(days=plan[1])).year:
            continue  # published in one budget year for another
        quotation = _published(agency, plan, deliver_at, now)
        _offer(quotation, only_first=plan == OPEN)
        if plan == OPEN:
            _ask(quotation)
            continue
        opening.open_quotation(quotation=quotation, now=quotation.closes_at + timedelta(minutes=1))
        if plan in (AWARDED, FALLEN):
            draft = _award(quotation, quotation.closes_at + timedelta(hours=2))
            if plan == FALLEN and draft is not None:
                _fall_through(quotation, draft, quotation.closes_at + timedelta(hours=3))


def _award(quotation: Quotation, at: datetime) -> PurchaseRequest | None:
    best = awarding.best_left(quotation)
    if best is None:
        return None
    return awarding.award_quotation(
        actor=_person(quotation.agency, OfficerRole.PP), quotation=quotation, offer=best,
        key=_key(quotation.title, f"award {best.rank}"), now=at,
    )  # fmt: skip


def _fall_through(quotation: Quotation, draft: PurchaseRequest, at: datetime) -> None:
    """The winner declines its order, and the second in rank is awarded."""
    requester, pp = (_person(quotation.agency, role) for role in (OfficerRole.REQUESTER, OfficerRole.PP))
    sent = decisions.submit_request(actor=requester, request=draft, key=_key(quotation.title, "submit"), now=at)
    later = at + timedelta(minutes=30)
    done = decisions.approve_request(
        actor=pp, request=sent, dropped={}, note="", key=_key(quotation.title, "approve"), now=later
    )
    (order,) = agreement.issue_orders(actor=pp, request=done, key=_key(quotation.title, "issue"), now=later)
    owner = order.seller.members.select_related("user").earliest("pk").user
    agreement.close_order(
        actor=owner, order=order, reason=CloseReason.SELLER_DECLINED, note="Alat kami sedang diperbaiki.",
        now=at + timedelta(hours=2),
    )  # fmt: skip
    awarding.reopen_quotation(
        actor=pp, quotation=quotation, note="Pemenang menolak pesanannya.", key=_key(quotation.title, "reopen"),
        now=at + timedelta(hours=3),
    )  # fmt: skip
    _award(quotation, at + timedelta(hours=4))


def _ask(quotation: Quotation) -> None:
    at = quotation.closes_at - timedelta(hours=78)
    first = quotation.invitations.filter(reason="").select_related("seller").earliest("pk").seller
    owner = first.members.select_related("user").earliest("pk").user
    asked = [
        asking.ask_question(
            actor=owner, quotation=quotation, seller=first, text=text, key=_key(quotation.title, text), now=at
        )
        for text in ASKED
    ]
    asking.answer_question(
        actor=_person(quotation.agency, OfficerRole.PP), question=asked[0], text=ANSWERED,
        key=_key(quotation.title, "answer"), now=at + timedelta(hours=1),
    )  # fmt: skip


def _published(agency: Agency, plan: tuple[str, int, int, str], deliver_at: datetime, now: datetime) -> Quotation:
    title, days_ago, hours, rule = plan
    begun = now - timedelta(days=days_ago)
    weights = (70, 20, 10) if rule == RankingRule.POINTS else (100, 0, 0)
    values = {
        "title": title,
        "line": BudgetLine.objects.filter(agency=agency, account=ACCOUNT, year=begun.year).earliest("pk"),
        "category": Category.objects.get(slug=CATEGORY),
        "deliver_at": deliver_at,
        "delivery_place": agency.address,
        "delivery_kelurahan": agency.kelurahan,
        "closes_at": begun + timedelta(hours=hours),
        "ceiling": 1_500_000,
        "rule": rule,
        "price_weight": weights[0],
        "time_weight": weights[1],
        "distance_weight": weights[2],
    }
    goods = [GoodsAsked("Nasi kotak", Unit.BOX, Decimal(BOXES), "Nasi, satu lauk utama, sayur, sambal, dan buah.")]
    quotation = publishing.create_quotation(
        actor=_person(agency, OfficerRole.REQUESTER), agency=agency, values=values, areas=[], goods=goods,
        key=_key(title, "create"), now=begun,
    )  # fmt: skip
    return publishing.publish_quotation(
        actor=_person(agency, OfficerRole.PP), quotation=quotation, key=_key(title, "publish"), now=begun
    )


def _offer(quotation: Quotation, *, only_first: bool) -> None:
    invited = quotation.invitations.filter(reason="").values("seller")
    goods = Product.objects.for_sale().filter(category=quotation.category, unit=Unit.BOX, seller__in=invited)
    goods = goods.select_related("seller").filter(minimum__lte=BOXES, name__startswith="Nasi")
    shops: dict[int, Product] = {}
    for product in goods.order_by("seller", "price"):
        if offering.room_left(quotation, product.seller) >= product.price * BOXES + product.seller.delivery_price:
            shops.setdefault(product.seller_id, product)
    # The published account's shop is the first; its own offer on the open one is left to whoever tries it.
    chosen = list(shops.values())[1:2] if only_first else list(shops.values())[:OFFERS]
    line = quotation.lines.get()
    for place, product in enumerate(chosen):
        owner = product.seller.members.select_related("user").earliest("pk").user
        price = product.price - product.price * (3 + place) // 100
        terms = OfferTerms(
            {line.pk: (product.pk, price)}, product.seller.delivery_price, quotation.deliver_at, "Siap pagi hari"
        )
        offering.send_offer(
            actor=owner, quotation=quotation, seller=product.seller, terms=terms,
            key=_key(quotation.title, f"offer {product.pk}"),
            now=quotation.closes_at - timedelta(hours=80 - place),
        )  # fmt: skip


def _person(agency: Agency, role: OfficerRole) -> User:
    return membership(agency, role)


def _morning(now: datetime, working_days: int) -> datetime:
    return clock.start_of(clock.add_working_days(clock.local_date(now), working_days)) + timedelta(hours=10)


def _key(title: str, what: str) -> str:
    return hashlib.sha256(f"{title}/{what}".encode()).hexdigest()[:32]
