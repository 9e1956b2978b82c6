"""A request for quotation brought to any of its states by the real services, with shops that offer."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from epeken.core.idempotency import new_key
from epeken.users.models import User
from procurement.quotations.models import Quotation, QuotationOffer, SealedOffer
from procurement.quotations.services import awarding, offering, opening, publishing
from procurement.quotations.services.offering import OfferTerms
from procurement.quotations.services.publishing import GoodsAsked
from procurement.quotations.states import PassReason, QuotationCancelReason, RankingRule
from procurement.requests.models import PurchaseRequest
from tests.factories import sanctions
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office
from umkm.catalogue.models import Category, Product
from umkm.sellers.models import Seller

CLOSES = MONDAY + 4 * DAY
OPENED = CLOSES + HOUR / 60
DELIVER = MONDAY + 10 * DAY
NOTE = "Dijelaskan untuk uji coba ini"


def goods_asked(*amounts: int) -> list[GoodsAsked]:
    return [GoodsAsked(f"Map {place}", "pcs", Decimal(much), "Kertas tebal") for place, much in enumerate(amounts, 1)]


def quotation_values(office: Office, category: Category, now: datetime = MONDAY, **over: Any) -> dict[str, Any]:
    return {
        "title": "Map rapat", "line": office.line, "category": category, "deliver_at": now + 10 * DAY,
        "delivery_place": "Jl. Contoh 1", "delivery_kelurahan": office.agency.kelurahan, "closes_at": now + 4 * DAY,
        "ceiling": 20_000_000, "rule": RankingRule.LOWEST, "price_weight": 100, "time_weight": 0, "distance_weight": 0,
        **over,
    }  # fmt: skip


@dataclass
class Auction:
    """`shops`: by name of the test, each with one product at Rp100.000 for each of the goods asked for."""

    office: Office
    category: Category
    quotation: Quotation
    shops: list[list[Product]] = field(default_factory=list)
    now: datetime = MONDAY

    @property
    def row(self) -> Quotation:
        return Quotation.objects.get(pk=self.quotation.pk)

    @property
    def officer(self) -> User:
        return self.office.pp

    def seller(self, shop: int = 0) -> Seller:
        return self.shops[shop][0].seller

    def keeper(self, shop: int = 0) -> User:
        return self.seller(shop).members.order_by("pk")[0].user

    def publish(self, **over: Any) -> Quotation:
        values = {"actor": self.officer, "quotation": self.quotation, "key": new_key(), "now": self.now, **over}
        return publishing.publish_quotation(**values)

    def send_back(self, **over: Any) -> Quotation:
        values = {"actor": self.officer, "quotation": self.quotation, "note": NOTE, "key": new_key(), "now": self.now}
        return publishing.return_quotation(**(values | over))

    def save(self, **over: Any) -> Quotation:
        now = over.pop("now", self.now)
        return publishing.save_quotation(
            actor=self.office.requester, quotation=self.quotation, areas=[], goods=goods_asked(11), now=now,
            values=quotation_values(self.office, self.category, now, **over),
        )  # fmt: skip

    def terms(
        self,
        shop: int = 0,
        price: int = 90_000,
        cost: int = 10_000,
        deliver_at: datetime | None = None,
        words: str = "",
    ) -> OfferTerms:
        lines = list(self.quotation.lines.all())
        goods = {line.pk: (product.pk, price) for line, product in zip(lines, self.shops[shop], strict=True)}
        return OfferTerms(goods, cost, deliver_at or self.quotation.deliver_at, words)

    def offer(self, shop: int = 0, price: int = 90_000, **over: Any) -> SealedOffer:
        parts = {name: over.pop(name) for name in ("cost", "deliver_at", "words") if name in over}
        values = {
            "actor": self.keeper(shop), "quotation": self.quotation, "seller": self.seller(shop),
            "terms": self.terms(shop, price, **parts), "key": new_key(), "now": self.now + HOUR, "is_sure": True,
            **over,
        }  # fmt: skip
        return offering.send_offer(**values)

    def freeze(self, shop: int = 0) -> Seller:
        """The shop may sell no more."""
        return sanctions.freeze(self.seller(shop), self.now + 4 * DAY).seller

    def take_back(self, shop: int = 0, **over: Any) -> SealedOffer:
        values = {
            "actor": self.keeper(shop), "quotation": self.quotation, "seller": self.seller(shop), "key": new_key(),
            "now": self.now + 2 * HOUR, **over,
        }  # fmt: skip
        return offering.withdraw_offer(**values)

    def open(self, now: datetime | None = None) -> Quotation:
        return opening.open_quotation(quotation=self.quotation, now=now or self.now + 4 * DAY + HOUR / 60)

    def opened(self, shop: int = 0) -> QuotationOffer:
        return QuotationOffer.objects.get(quotation=self.quotation, seller=self.seller(shop))

    def cancel(self, reason: str = QuotationCancelReason.NEED_GONE, **over: Any) -> Quotation:
        values = {
            "actor": self.officer, "quotation": self.quotation, "reason": reason, "note": NOTE, "key": new_key(),
            "now": self.now + 2 * HOUR, **over,
        }  # fmt: skip
        return publishing.cancel_quotation(**values)

    def pass_over(self, shop: int = 0, reason: str = PassReason.SPECIFICATION, **over: Any) -> Any:
        if "offer" not in over:
            over["offer"] = self.opened(shop)
        values = {
            "actor": self.officer, "quotation": self.quotation, "reason": reason,
            "note": NOTE, "key": new_key(), "now": self.now + 4 * DAY + 2 * HOUR, **over,
        }  # fmt: skip
        return awarding.pass_over(**values)

    def award(self, shop: int = 0, **over: Any) -> PurchaseRequest:
        if "offer" not in over:
            over["offer"] = self.opened(shop)
        values = {
            "actor": self.officer, "quotation": self.quotation, "key": new_key(),
            "now": self.now + 4 * DAY + 2 * HOUR, **over,
        }  # fmt: skip
        return awarding.award_quotation(**values)


def make_auction(state: str = "draft", *, shops: int = 2, amounts: tuple[int, ...] = (10,), **over: Any) -> Auction:
    """Shops 0, 1, … offer Rp90.000, Rp91.000, … where the state is past the publication."""
    now = over.pop("now", MONDAY)
    office = over.pop("office", None) or Office(now=now)
    category = over.pop("category", None) or make.make_category()
    areas = over.pop("areas", [])
    sellers = [over.pop(f"seller_{place}", None) or make.make_seller() for place in range(shops)]
    made = [[make.make_product(seller, category=category, price=100_000) for _ in amounts] for seller in sellers]
    quotation = publishing.create_quotation(
        actor=office.requester, agency=office.agency, areas=areas, goods=goods_asked(*amounts), key=new_key(), now=now,
        values=quotation_values(office, category, now, **over),
    )  # fmt: skip
    auction = Auction(office, category, quotation, made, now)
    if state == "discarded":
        publishing.discard_quotation(actor=office.requester, quotation=quotation, now=now)
    if state == "returned":
        auction.send_back()
    if state in ("draft", "discarded", "returned"):
        return auction
    auction.publish()
    for shop in range(shops):
        auction.offer(shop, 90_000 + shop * 1_000)
    if state == "cancelled":
        auction.cancel()
    if state in ("opened", "awarded"):
        auction.open()
    if state == "awarded":
        auction.award()
    return auction
