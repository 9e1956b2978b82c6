"""What every page knows about the person: their memberships, how full their cart is. Asked only when shown."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property

from epeken.core import clock
from epeken.core.queries import written_once
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
from umkm.sellers import fetch
from umkm.sellers.models import Seller
from umkm.sellers.policies import first_to_run, own_shops
from umkm.sellers.states import RUNNING, SellerState


class Memberships:
    """The person's places. Each property is at most two queries, asked when it is shown."""

    def __init__(
        self, user: Visitor, *, request: HttpRequest | None = None, counted: Mapping[int, int] | None = None
    ) -> None:
        """`request`: of the page, which knows the shop that was named last. `counted`: tasks of shops, by pk, that the
        page counted already."""
        self.user = user
        self.request = request
        self.counted = counted or {}

    @cached_property
    def seller(self) -> Seller | None:
        """The shop whose desk they see."""
        if self.request is not None:
            return fetch.kept_shop(self.request, self._own)
        return next(iter(first_to_run(self._own)), None)

    @cached_property
    def shops(self) -> list[Seller]:
        """All of theirs but those that left; what is on the market first."""
        return first_to_run(shop for shop in self._own if shop.state != SellerState.LEFT)

    @cached_property
    def desks(self) -> list[Seller]:
        """Those of the shops that have a desk."""
        return [shop for shop in self.shops if shop.state in RUNNING]

    @cached_property
    def _own(self) -> list[Seller]:
        return own_shops(self.user)

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
    def tasks_by_shop(self) -> dict[int, int]:
        """What waits for each of the desks, by the pk of its shop, as its dashboard counts it. At most two queries."""
        left = [shop for shop in self.desks if shop.pk not in self.counted]
        waiting = seller_day.waiting_counts(left, clock.now())
        return {shop.pk: self.counted.get(shop.pk, waiting[shop.pk]) for shop in self.desks}

    @property
    def seller_tasks(self) -> int:
        """What waits for them as sellers, in all of their shops."""
        return sum(self.tasks_by_shop.values())

    @property
    def shop_choices(self) -> list[dict[str, Any]]:
        return [{"shop": shop, "count": self.tasks_by_shop.get(shop.pk, 0)} for shop in self.shops]

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
        pays = tuple(s.agency_id for s in self.agency_memberships if s.role == OfficerRole.TREASURER)
        approves = tuple(s.agency_id for s in self.agency_memberships if s.role == approver)
        found = [*(_of_treasurer(pays) if pays else ()), *(_to_approve(approves) if approves else ())]
        return len(found)


# Asked by every page of those who pay: putting such a statement together takes longer than answering it.


@written_once
def _of_treasurer(agencies: Any) -> Any:
    return Invoice.objects.of_treasurer().filter(order__agency__in=agencies).order_by().values_list("pk", flat=True)


@written_once
def _to_approve(agencies: Any) -> Any:
    return Invoice.objects.to_approve().filter(order__agency__in=agencies).order_by().values_list("pk", flat=True)


def memberships(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", AnonymousUser())
    count = SimpleLazyObject(lambda: cart_count(request))
    return {"memberships": Memberships(user, request=request), "cart_count": count}


def cart_count(request: HttpRequest) -> int:
    """How many different goods are in the cart."""
    user = getattr(request, "user", AnonymousUser())
    session = getattr(request, "session", None)
    key = session.get(CART_KEY, "") if session is not None else ""
    if not key and not user.is_authenticated:
        return 0
    return CartLine.objects.filter(cart__in=Cart.objects.of(user, key)).count()
