"""What a document states about buyer and seller, copied from their rows at the moment of the act."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from epeken.users.models import User
from orders.orders.models import Order
from procurement.agencies import policies as agencies_policies
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole
from procurement.requests.models import PurchaseRequest
from umkm.identity.policies import as_of
from umkm.sellers.models import Seller


def buyer_facts(agency: Agency, receiver: User | None) -> dict[str, Any]:
    """The fields of OrderBuyer. `receiver`: whom the goods are handed to on the day of delivery."""
    ward = agency.kelurahan
    return {
        "name": agency.name,
        "short_name": agency.short_name,
        "code": agency.code,
        "address": f"{agency.address}, Kelurahan {ward.name}, Kecamatan {ward.kecamatan.name}, "
        f"{settings.CITY.name} {ward.postcode}",
        "npwp": agency.npwp,
        "contacts": _contacts(agency),
        "receiver": receiver.name if receiver is not None else "",
        "receiver_phone": receiver.phone if receiver is not None else "",
    }


def _contacts(agency: Agency) -> str:
    """The line under its address, in Indonesian as every paper."""
    told = [("Telepon", agency.phone), ("Surel", agency.email), ("Laman", agency.website)]
    return " · ".join(f"{name} {value}" for name, value in told if value)


def receiver_of_day(request: PurchaseRequest | None, issuer_id: int, day: date) -> User | None:
    """Whom of the department goods are handed to on the day: its first receiver who is on no other side of the
    purchase. None of a person's order, and while nobody is appointed."""
    if request is None:
        return None
    return _of_no_side(request, issuer_id, agencies_policies.holders(request.agency_id, OfficerRole.RECEIVER, day))


def receivers_of_day(orders: Iterable[Order], day: date) -> dict[int, User | None]:
    """`receiver_of_day` of several orders of departments, by their pks. One query; none without such an order."""
    found = [(order, order.request) for order in orders if order.request is not None]
    if not found:
        return {}
    agencies = {request.agency_id for _order, request in found}
    receivers = agencies_policies.holders_by_agency(agencies, OfficerRole.RECEIVER, day)
    return {
        order.pk: _of_no_side(request, order.issuer_id, receivers.get(request.agency_id, []))
        for order, request in found
    }


def _of_no_side(request: PurchaseRequest, issuer_id: int | None, receivers: Iterable[User]) -> User | None:
    sides = {request.requester_id, request.approver_id, issuer_id}
    return next((person for person in receivers if person.pk not in sides), None)


def seller_facts(seller: Seller) -> dict[str, Any]:
    """The fields of SellerFacts."""
    return {
        "name": seller.name,
        "owner_name": seller.owner_name,
        "address": _shop_address(seller),
        "nib": seller.nib,
        "npwp": seller.npwp,
    }


def seller_of(order: Order) -> Seller:
    """The shop with the owner it had when the order was placed: whom its invoices name, tax and pay."""
    return as_of(order.seller, order.placed_at)


def payee_facts(seller: Seller) -> dict[str, Any]:
    """The fields of InvoiceSeller but for what its tax depends on: where it is paid, too."""
    return seller_facts(seller) | {
        "bank_name": seller.bank_name,
        "bank_account": seller.bank_account,
        "bank_holder": seller.bank_holder,
    }


def _shop_address(seller: Seller) -> str:
    parts = [seller.address]
    if seller.food_court is not None:
        stall = f"Stan {seller.stall_number}, " if seller.stall_number else ""
        parts.append(f"{stall}{seller.food_court.name}")
    if seller.kelurahan is not None:
        parts.append(f"Kelurahan {seller.kelurahan.name}, Kecamatan {seller.kelurahan.kecamatan.name}")
    return ", ".join([*(p for p in parts if p), settings.CITY.name])
