"""A negotiation brought to any of its states by the real services."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from epeken.core.idempotency import new_key
from epeken.users.models import User
from procurement.negotiations.models import Negotiation
from procurement.negotiations.services import rounds
from procurement.negotiations.terms import Terms, part_of, terms_of
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from procurement.sourcing import services as sourcing
from tests.factories import umkm as make
from tests.factories.procurement import HOUR, MONDAY, Office, make_request
from tests.factories.rules import set_rule
from umkm.catalogue.models import Product
from umkm.sellers.models import Seller


@dataclass
class Table:
    """A submitted request for ten pieces at Rp100.000 and Rp10.000 delivery, and both sides."""

    office: Office
    request: PurchaseRequest
    product: Product
    negotiation: Negotiation | None = None

    @property
    def seller(self) -> Seller:
        return self.product.seller

    @property
    def shopkeeper(self) -> User:
        return self.seller.members.order_by("pk")[0].user

    @property
    def officer(self) -> User:
        return self.office.pp

    @property
    def talk(self) -> Negotiation:
        assert self.negotiation is not None
        self.negotiation.refresh_from_db()
        return self.negotiation

    def terms(self, price: int = 90_000, cost: int | None = None, deliver_at: datetime | None = None) -> Terms:
        """As the request stands, but for what is given; every line at `price`."""
        request = PurchaseRequest.objects.get(pk=self.request.pk)
        held = contents.read(request, MONDAY)
        now_is = terms_of(request, part_of(held, self.seller))
        return Terms(
            dict.fromkeys(now_is.prices, price),
            now_is.delivery_cost if cost is None else cost,
            deliver_at or now_is.deliver_at,
        )

    def open(self, terms: Terms | None = None, **over: Any) -> Negotiation:
        values = {
            "actor": self.officer, "request": self.request, "seller": self.seller, "terms": terms or self.terms(),
            "words": "Untuk pembelian banyak", "key": new_key(), "now": MONDAY + HOUR, "is_sure": True, **over,
        }  # fmt: skip
        self.negotiation = rounds.open_negotiation(**values)
        return self.negotiation

    def counter(self, actor: User, terms: Terms | None = None, **over: Any) -> Negotiation:
        values = {
            "actor": actor, "negotiation": self.talk, "terms": terms or self.terms(95_000), "words": "",
            "key": new_key(), "now": MONDAY + 2 * HOUR, "is_sure": True, **over,
        }  # fmt: skip
        return rounds.counter_offer(**values)

    def accept(self, actor: User, **over: Any) -> Negotiation:
        values = {
            "actor": actor, "negotiation": self.talk, "round_number": self.talk.rounds.count() - 1, "key": new_key(),
            "now": MONDAY + 3 * HOUR, **over,
        }  # fmt: skip
        return rounds.accept_offer(**values)

    def refuse(self, actor: User, **over: Any) -> Negotiation:
        values = {"actor": actor, "negotiation": self.talk, "note": "", "key": new_key(), "now": MONDAY + 3 * HOUR}
        return rounds.refuse_offer(**(values | over))

    def withdraw(self, actor: User, **over: Any) -> Negotiation:
        values = {"actor": actor, "negotiation": self.talk, "note": "", "key": new_key(), "now": MONDAY + 3 * HOUR}
        return rounds.withdraw_offer(**(values | over))

    def approve(self, **over: Any) -> PurchaseRequest:
        values = {
            "actor": self.officer, "request": self.request, "dropped": {}, "note": "", "key": new_key(),
            "now": MONDAY + 4 * HOUR, **over,
        }  # fmt: skip
        return decisions.approve_request(**values)


def make_table(office: Office | None = None, product: Product | None = None, *, quantity: int = 10) -> Table:
    office = office or Office()
    product = product or make.make_product(price=100_000)
    return Table(office, make_request(office, [(product, quantity)], state="submitted"), product)


def make_talk(state: str = "with_seller", office: Office | None = None, product: Product | None = None) -> Table:
    """A negotiation in the state."""
    table = make_table(office, product)
    table.open()
    if state == "with_buyer":
        table.counter(table.shopkeeper)
    elif state == "agreed":
        table.accept(table.shopkeeper)
    elif state == "refused":
        table.refuse(table.shopkeeper)
    elif state == "withdrawn":
        table.counter(table.shopkeeper)
        table.withdraw(table.officer)
    elif state == "ended":
        decisions.send_back_request(actor=table.officer, request=table.request, note="Ubah", now=MONDAY + 3 * HOUR)
    return table


def lone(office: Office) -> Table:
    """A request above the amount that asks for a comparison, of goods nobody else has."""
    set_rule("purchase.compare_two_above", 500_000)
    product = make.make_product(price=100_000)
    request = make_request(office, [(product, 10)])
    sourcing.explain_choice(
        actor=office.requester, request=request, product=product, reason="",
        note="Sama dengan harga kontrak tahun lalu", now=MONDAY,
    )  # fmt: skip
    sent = decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)
    return Table(office, sent, product)
