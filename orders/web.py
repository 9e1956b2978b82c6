"""What every page knows about the person: which seats they hold, how full their cart is. Asked only when shown."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property

from epeken.core import clock
from orders.models import Bill, Cart, CartLine, Dispute, Order, Receipt
from orders.states import BillState, DisputeState, OrderState, ReceiptState
from procurement.models import AgencyMember, PurchaseRequest
from procurement.states import OfficerRole
from umkm.models import Seller

CART_KEY = "cart_key"  # in the visitor's session


class Seat:
    """The person's places. Each property is at most two queries, asked when it is shown."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def seller(self) -> Seller | None:
        """The shop this person runs."""
        return Seller.objects.of_member(self.user).order_by("pk").first()

    @cached_property
    def memberships(self) -> list[AgencyMember]:
        day = clock.local_date(clock.now())
        return list(AgencyMember.objects.of(self.user, day).select_related("agency").order_by("pk"))

    @cached_property
    def agency(self) -> Any:
        return self.memberships[0].agency if self.memberships else None

    @cached_property
    def roles(self) -> set[str]:
        return {seat.role for seat in self.memberships}

    @cached_property
    def seller_tasks(self) -> int:
        """What waits for this shop, counted as its desk lists it. At most two queries."""
        if self.seller is None:
            return 0
        waiting = (
            Q(state=OrderState.PLACED, answer_due_at__gte=clock.now())
            | Q(state=OrderState.ACCEPTED, receipts__isnull=True)
            | Q(state=OrderState.ACCEPTED, bill__state=BillState.PENDING, bill__net__isnull=False)
        )
        orders = Order.objects.filter(waiting, seller=self.seller).distinct().count()
        complaints = Dispute.objects.filter(order__seller=self.seller, state=DisputeState.OPENED)
        return orders + complaints.exclude(opened_by__shop_memberships__seller=self.seller).count()

    @cached_property
    def waiting_approvals(self) -> int:
        agencies = [s.agency_id for s in self.memberships if s.role in (OfficerRole.PP, OfficerRole.PPK)]
        if not agencies:
            return 0
        waiting = PurchaseRequest.objects.submitted().filter(agency_id__in=agencies)
        return waiting.exclude(requester=self.user).count()

    @cached_property
    def waiting_receipts(self) -> int:
        """Deliveries on the way, at the door, or inspected without their BAST."""
        agencies = [s.agency_id for s in self.memberships if s.role == OfficerRole.RECEIVER]
        if not agencies:
            return 0
        open_states = [ReceiptState.SHIPPED, ReceiptState.ARRIVED, ReceiptState.INSPECTED]
        return Receipt.objects.filter(order__agency_id__in=agencies, state__in=open_states).count()

    @cached_property
    def waiting_bills(self) -> int:
        """Unpaid bills, as the treasurer's own page counts them."""
        agencies = [s.agency_id for s in self.memberships if s.role == OfficerRole.TREASURER]
        if not agencies:
            return 0
        return Bill.objects.payable().filter(order__agency_id__in=agencies).count()


def seat(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    return {"seat": Seat(user), "cart_count": SimpleLazyObject(lambda: cart_count(request))}


def cart_count(request: HttpRequest) -> int:
    """How many different goods are in the cart."""
    user = getattr(request, "user", None)
    session = getattr(request, "session", None)
    key = session.get(CART_KEY, "") if session is not None else ""
    return CartLine.objects.filter(cart__in=Cart.objects.of(user, key)).count()
