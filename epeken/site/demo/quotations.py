"""Requests for quotation of one department: one that takes offers, one that was opened, one with a winner."""

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal

from epeken.core import clock
from epeken.site.demo.offices import membership
from epeken.users.models import User
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetLine
from procurement.quotations.models import Quotation
from procurement.quotations.services import awarding, offering, opening, publishing
from procurement.quotations.services.offering import OfferTerms
from procurement.quotations.services.publishing import GoodsAsked
from procurement.quotations.states import RankingRule
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


def make_quotations(agency: Agency, now: datetime) -> None:
    """Offers are those of the shops that were there first, each a little below its shop window."""
    for plan in (OPEN, OPENED, AWARDED):
        deliver_at = _morning(now, 7)
        if clock.last_day(deliver_at).year != clock.local_date(now).year:
            continue  # the budget of the demo city is of this year
        quotation = _published(agency, plan, deliver_at, now)
        _offer(quotation, only_first=plan == OPEN)
        if plan == OPEN:
            continue
        opening.open_quotation(quotation=quotation, now=quotation.closes_at + timedelta(minutes=1))
        if plan == AWARDED and (best := awarding.best_left(quotation)) is not None:
            awarding.award_quotation(
                actor=_person(agency, OfficerRole.PP), quotation=quotation, offer=best, key=_key(plan[0], "award"),
                now=quotation.closes_at + timedelta(hours=2),
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
