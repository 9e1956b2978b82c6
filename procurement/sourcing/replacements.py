"""Who could bring what an order did not: for each seller's part that waits, the able sellers, the best first.

The same goods (category and unit) in the same quantity, by the same moment to the same place, from one shop. Under the
approval that the part had only while its hold runs, where the goods bear the name that was approved, and where no price
and not the sum is higher: a category may hold caps beside vests.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import reduce
from hashlib import sha256
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.users.models import User
from procurement.budgets import charges
from procurement.budgets.charges import Charges
from procurement.budgets.models import BudgetLine
from procurement.requests.contents import goods_of
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.states import UnfilledReason
from procurement.requests.unfilled import brought_nothing
from procurement.rotation.results import places_for
from procurement.sourcing.offers import delivery_of
from umkm.catalogue.models import Product
from umkm.catalogue.names import same_name
from umkm.catalogue.states import Unit
from umkm.catalogue.tiers import tier_from, unit_price_sql
from umkm.discovery.offers import Offer, offers_of
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller

NO_PLACE = (10**6, "")  # after everybody who was drawn
Goods = tuple[int, str, int | None]  # category, unit, and the budget line that pays if it is not the request's own


@dataclass(frozen=True)
class Wanted:
    """Goods of the part on one budget line: how much of each name was approved, and the lowest price approved."""

    amounts: Mapping[str, Decimal]  # by name
    unit: str
    price: int
    note: str
    charged_to: int | None  # another budget line than the request's own, by its pk

    @property
    def quantity(self) -> Decimal:
        return sum(self.amounts.values(), Decimal(0))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.amounts)

    @property
    def counted(self) -> str:
        """`60 kotak Nasi kotak ayam bakar, 10 kotak Nasi kuning`."""
        return ", ".join(f"{Unit(self.unit).counted(many)} {name}" for name, many in self.amounts.items())

    def is_named(self, product: Product) -> bool:
        """Whether the product bears the one name that was approved."""
        return all(same_name(name, product.name) for name in self.names)

    def names_one(self, product: Product) -> bool:
        return any(same_name(name, product.name) for name in self.names)


@dataclass(frozen=True)
class Replacement:
    """One shop that could bring all of the part. `offers`: one for each of the goods `wanted`, in the same order.
    `approved`: what the part cost, goods and delivery, whole rupiah."""

    seller: Seller
    offers: list[Offer]
    wanted: list[Wanted]
    approved: int
    is_held: bool  # the hold of the approval still runs
    payers: dict[int, BudgetLine]  # the budget lines of the part, by pk
    main: int  # the request's own
    approved_charges: Charges
    drawn_before: str = ""  # who comes first in the draw these goods had, and in which one

    @property
    def pairs(self) -> list[tuple[Wanted, Offer]]:
        return list(zip(self.wanted, self.offers, strict=True))

    @property
    def total(self) -> int:
        return sum(offer.goods for offer in self.offers) + max(offer.fee for offer in self.offers)

    @property
    def difference(self) -> int:
        return self.total - self.approved

    @property
    def charges(self) -> Charges:
        goods = [(wanted.charged_to or self.main, offer.goods) for wanted, offer in self.pairs]
        return charges.of_part(goods, max(offer.fee for offer in self.offers), main=self.main)

    @property
    def is_payable(self) -> bool:
        """Whether each budget line has so much left."""
        return all(amount <= self.payers[pk].available for pk, amount in self.charges.items())

    @property
    def objections(self) -> list[str]:
        """Why it needs an approval of its own, in figures; empty when the one there is covers it."""
        found = [self.drawn_before] if self.drawn_before else []
        found += [] if self.is_held else [_("Masa tahan persetujuan yang lama sudah lewat.")]
        for wanted, offer in self.pairs:
            price = wanted.price
            if not wanted.is_named(offer.product):
                new = f"{Unit(wanted.unit).counted(wanted.quantity)} {offer.product.name}"
                words = {"new": new, "old": wanted.counted}
                found.append(_("Barangnya lain: %(new)s, yang disetujui %(old)s.") % words)
            if offer.price > price:
                words = {"name": offer.product.name, "new": rupiah(offer.price), "old": rupiah(price)}
                found.append(_("%(name)s %(new)s, yang disetujui %(old)s.") % words)
        if self.difference > 0:
            words = {"new": rupiah(self.total), "old": rupiah(self.approved), "more": rupiah(self.difference)}
            found.append(_("Jumlahnya %(new)s, yang disetujui %(old)s: lebih %(more)s.") % words)
        for pk, amount in self.charges.items() if len(self.payers) > 1 else ():
            before = self.approved_charges.get(pk, 0)
            if amount > before:
                words = {"line": str(self.payers[pk]), "new": rupiah(amount), "old": rupiah(before)}
                found.append(_("Beban %(line)s %(new)s, yang disetujui %(old)s.") % words)
        return found

    @property
    def named(self) -> int:
        """For how many of the goods it brings something of an approved name."""
        return sum(wanted.names_one(offer.product) for wanted, offer in self.pairs)

    @property
    def is_same(self) -> bool:
        """Whether it brings all that was approved, each under its approved name; then its sum compares with the old."""
        return all(wanted.is_named(offer.product) for wanted, offer in self.pairs)

    @property
    def is_covered(self) -> bool:
        return not self.objections

    @property
    def shown(self) -> str:
        """A digest of what the card shows and the act rests on."""
        goods = sorted((offer.product.pk, f"{offer.quantity:.3f}", offer.price) for offer in self.offers)
        return sha256(repr((self.seller.pk, goods, self.total, self.approved)).encode()).hexdigest()

    def rows(self) -> tuple[RequestSeller, list[RequestLine]]:
        """The part of a request to this shop, unsaved."""
        part = RequestSeller(
            seller=self.seller,
            delivery_cost=max(offer.fee for offer in self.offers),
            is_delivered=self.seller.offers_delivery,
        )
        lines = [
            RequestLine(
                product=offer.product,
                seller=self.seller,
                seller_name=self.seller.name,
                name=offer.product.name,
                unit=offer.product.unit,
                food_kind=offer.product.food_kind,
                price=offer.price,
                tier_from=tier_from(offer.product, offer.quantity, offer.price),
                quantity=offer.quantity,
                amount=offer.goods,
                note=wanted.note,
                charged_to_id=wanted.charged_to,
            )
            for wanted, offer in self.pairs
        ]
        return part, lines


def replacements_of(
    request: PurchaseRequest, part: RequestSeller, now: datetime, *, actor: User | None = None
) -> list[Replacement]:
    """Every shop that could bring the whole part: in the order of a draw, those the approval covers first, then those
    with goods of an approved name, for a stall of a food court then the other stalls of that court and of them those
    that bring nothing of the request yet, then the least cost.

    Not those that brought nothing before, nor others of their owners; nor shops tied to the requester, to the approver
    or to `actor`. None when the day is over, nor for a schedule, whose dates belong to its goods. Eleven queries at
    most.
    """
    kept = list(request.lines.filter(dropped_at__isnull=True).select_related("product", "charged_to"))
    lines = [line for line in kept if line.seller_id == part.seller_id]
    main = request.line
    if not lines or main is None or request.scheduled_days or clock.is_over(request.deliver_at, now):
        return []
    payers = {line.charged_to_id or main.pk: line.charged_to or main for line in lines}
    approved_charges = charges.of_part(
        [(line.charged_to_id or main.pk, line.amount) for line in lines], part.delivery_cost, main=main.pk
    )
    wanted = _wanted(lines)
    same = reduce(or_, (Q(category=category, unit=unit) for category, unit, _payer in wanted))
    products = Product.objects.for_sale().filter(same).exclude(seller__in=brought_nothing(part, request))
    if part.is_delivered:
        products = products.filter(seller__offers_delivery=True)
    people = {person.pk: person for person in (request.approver, actor) if person is not None}.values()
    delivery = delivery_of(request, now)
    tied = delivery.tied.union(*(shops.ties_of(person) for person in people))
    delivery = replace(delivery, tied=tied, most=max(payer.available for payer in payers.values()))
    able: dict[int, dict[Goods, Offer]] = defaultdict(dict)
    asked = {product: goods for product in products.as_offers().order_by("pk") if (goods := _asked(product, wanted))}
    for offer in offers_of(asked, delivery, lambda product: wanted[asked[product]].quantity):
        goods, best = asked[offer.product], able[offer.seller.pk]
        one = wanted[goods]
        if offer.is_able and (goods not in best or _rank(offer, one) < _rank(best[goods], one)):
            best[goods] = offer
    approved = sum(line.amount for line in lines) + part.delivery_cost
    is_held = not clock.is_over(request.held_until, now)
    found = []
    for best in able.values():
        if best.keys() == wanted.keys():
            offers = [best[goods] for goods in wanted]
            shop = offers[0].seller
            by = Replacement(
                shop, offers, list(wanted.values()), approved, is_held, payers, main.pk, approved_charges
            )  # fmt: skip
            if by.total <= offers[0].room.left and by.is_payable:
                found.append(by)
    court, bring = part.seller.food_court_id, {line.seller_id for line in kept}
    places = places_for(request)
    found = _after_the_first(found, places)
    return sorted(
        found,
        key=lambda one: (
            places.get(one.seller.owner_id or 0, NO_PLACE)[0],
            not one.is_covered,
            -one.named,
            court is not None and one.seller.food_court_id != court,
            court is not None and one.seller.pk in bring,
            one.total,
            one.offers[0].nearness,
            one.seller.pk,
        ),
    )


def may_be_covered(now: datetime) -> Exists:
    """Of requests, in SQL: whether the approval there was could cover another shop for what an order did not bring.

    Its hold runs, and goods of an approved name are for sale elsewhere at no more than was approved; whether such a
    shop can bring them all, `replacements_of` says.
    """
    part = RequestSeller.objects.to_source().filter(request=OuterRef("request"), seller=OuterRef("seller"))
    same = Product.objects.for_sale().alias(asked=unit_price_sql(OuterRef("quantity"))).filter(
        category=OuterRef("product__category"), unit=OuterRef("unit"), name__iexact=OuterRef("name"),
        asked__lte=OuterRef("price"),
    )  # fmt: skip
    lines = RequestLine.objects.filter(
        clock.running("request__held_until", now), request=OuterRef("pk"), dropped_at__isnull=True
    )
    part = part.exclude(unfilled_reason=UnfilledReason.CANCELLED)  # asked of the same shop
    return Exists(lines.filter(Exists(part), Exists(same.exclude(seller=OuterRef("seller")))))


def _after_the_first(found: list[Replacement], places: Mapping[int, tuple[int, str]]) -> list[Replacement]:
    """With who was drawn before each: while one of them is able, the approval covers nobody after it."""
    drawn = [(*places[one.seller.owner_id or 0], one) for one in found if (one.seller.owner_id or 0) in places]
    if not drawn:
        return found
    _place, number, first = min(drawn, key=lambda row: row[0])
    text = _("Undian %(number)s memberi giliran berikutnya kepada %(shop)s.")
    said = text % {"number": number, "shop": first.seller.name}
    return [one if one is first else replace(one, drawn_before=said) for one in found]


def _wanted(lines: Iterable[RequestLine]) -> dict[Goods, Wanted]:
    by_goods: dict[Goods, list[RequestLine]] = defaultdict(list)
    for line in lines:
        by_goods[*goods_of(line.product), line.charged_to_id].append(line)
    return {
        goods: Wanted(
            amounts=_by_name(same),
            unit=goods[1],
            price=min(line.price for line in same),
            note=next((line.note for line in same if line.note), ""),
            charged_to=goods[2],
        )
        for goods, same in by_goods.items()
    }


def _by_name(lines: Iterable[RequestLine]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in lines:
        found[line.name] = found.get(line.name, Decimal(0)) + line.quantity
    return found


def _asked(product: Product, wanted: dict[Goods, Wanted]) -> Goods | None:
    """Which of the goods the product could come for. Where several budget lines pay for goods of its kind, its name
    says for which: else what one line bought would be charged to another."""
    same = [goods for goods in wanted if goods[:2] == goods_of(product)]
    named = [goods for goods in same if wanted[goods].names_one(product)]
    return next(iter(same if len(same) == 1 else named), None)


def _rank(offer: Offer, wanted: Wanted) -> tuple[bool, int]:
    """Of one shop the goods of an approved name first, then the cheapest."""
    return not wanted.names_one(offer.product), offer.goods
