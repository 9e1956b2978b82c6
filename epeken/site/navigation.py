"""What every page knows about the person: their memberships, how full their cart is. Asked only when shown."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property

from epeken.core import clock
from epeken.site.dashboards import seller_day
from epeken.users.models import User, Visitor
from orders.billing.models import Invoice
from orders.billing.policies import approver_role
from orders.carts.models import Cart, CartLine
from orders.carts.services import CART_KEY
from orders.orders.models import Order
from orders.orders.next_step import Turn
from procurement.agencies.models import AgencyMember
from procurement.agencies.policies import appointments, is_inspector, places
from procurement.agencies.states import OfficerRole
from procurement.disclosures.policies import is_recipient
from procurement.requests.models import PurchaseRequest
from procurement.requests.next_step import RequestTask
from procurement.requests.officers import SIGNERS
from umkm.area_checks.policies import is_posted
from umkm.assisted.policies import may_assist
from umkm.sellers.models import Seller
from umkm.sellers.policies import own_shops


class Memberships:
    """The person's places. Each property is at most two queries, asked when it is shown."""

    def __init__(self, user: Visitor, *, seller_tasks: int | None = None) -> None:
        """`seller_tasks`: told by a page that counted them already."""
        self.user = user
        if seller_tasks is not None:
            self.seller_tasks = seller_tasks

    @cached_property
    def seller(self) -> Seller | None:
        """The shop this person runs."""
        return next(iter(own_shops(self.user)), None)

    @cached_property
    def agency_memberships(self) -> list[AgencyMember]:
        return appointments(self.user, clock.local_date(clock.now()))

    @cached_property
    def agency(self) -> Any:
        """Whose desk they open, also while on leave from it."""
        found = places(self.user, clock.local_date(clock.now()))
        return found[0].agency if found else None

    @cached_property
    def inspects(self) -> bool:
        """Whether they are of the inspectorate, which holds no office in a department."""
        return isinstance(self.user, User) and is_inspector(self.user)

    @cached_property
    def looks_at_areas(self) -> bool:
        """Whether they look at registrations of a kelurahan or kecamatan. Asks nothing of who is no staff."""
        return is_posted(self.user, clock.local_date(clock.now()))

    @cached_property
    def helps_register(self) -> bool:
        """Whether they fill in registrations for residents. Asks nothing of who is no staff."""
        return may_assist(self.user, clock.local_date(clock.now()))

    @cached_property
    def receives_complaints(self) -> bool:
        """Whether sealed complaints about officials come to them."""
        return is_recipient(self.user)

    @cached_property
    def roles(self) -> set[str]:
        return {member.role for member in self.agency_memberships}

    @cached_property
    def seller_tasks(self) -> int:
        """What waits for this shop, as its dashboard counts it. At most two queries."""
        if self.seller is None:
            return 0
        return seller_day.waiting_count(self.seller, clock.now())

    @cached_property
    def waiting_approvals(self) -> int:
        """Requests this person is to decide on, as their dashboard and the page of approvals list them."""
        members = [member for member in self.agency_memberships if member.role in SIGNERS]
        if not members or not isinstance(self.user, User):
            return 0
        day = clock.local_date(clock.now())
        return PurchaseRequest.objects.waiting_for(self.user, members, day).filter(task=RequestTask.DECIDE).count()

    @cached_property
    def waiting_deliveries(self) -> int:
        """Orders in which it is the receiver's turn."""
        agencies = [s.agency_id for s in self.agency_memberships if s.role == OfficerRole.RECEIVER]
        if not agencies:
            return 0
        return Order.objects.filter(agency_id__in=agencies).waiting_for(Turn.RECEIVER, clock.now()).count()

    @cached_property
    def waiting_invoices(self) -> int:
        """Unpaid invoices that wait for the person as treasurer, or as who approves payments."""
        approver = approver_role(clock.local_date(clock.now()))
        pays = [s.agency_id for s in self.agency_memberships if s.role == OfficerRole.TREASURER]
        approves = [s.agency_id for s in self.agency_memberships if s.role == approver]
        found = [Invoice.objects.of_treasurer().filter(order__agency__in=pays)] if pays else []
        found += [Invoice.objects.to_approve().filter(order__agency__in=approves)] if approves else []
        return sum(invoices.count() for invoices in found)


def memberships(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", AnonymousUser())
    return {"memberships": Memberships(user), "cart_count": SimpleLazyObject(lambda: cart_count(request))}


def cart_count(request: HttpRequest) -> int:
    """How many different goods are in the cart."""
    user = getattr(request, "user", AnonymousUser())
    session = getattr(request, "session", None)
    key = session.get(CART_KEY, "") if session is not None else ""
    return CartLine.objects.filter(cart__in=Cart.objects.of(user, key)).count()
