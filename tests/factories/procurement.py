"""Plain rows of departments, appointments, budget lines and requests. Nothing here calls a service."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from epeken.core import clock, states
from epeken.core.models import Kelurahan
from epeken.core.money import share
from procurement.models import Account, Agency, AgencyMember, BudgetLine, PurchaseRequest, RequestLine, RequestSeller
from procurement.states import OfficerRole
from tests.factories import umkm

_next = count(1)


def make_agency(**over: Any) -> Agency:
    number = next(_next)
    values = {
        "name": f"Dinas Contoh {number}",
        "short_name": f"Contoh {number}",
        "code": f"9.{number}",
        "address": "Jalan Contoh 1",
        "kelurahan": Kelurahan.objects.get(name="Genteng"),
        **over,
    }
    return Agency.objects.create(**values)


def make_officer(agency: Agency, role: OfficerRole, *, user: Any = None, **over: Any) -> Any:
    """A person who holds the role in the department, with an enrolled second factor."""
    from allauth.mfa.models import Authenticator

    user = user or umkm.make_user(name=f"{OfficerRole(role).name.title()} Contoh")
    AgencyMember.objects.create(agency=agency, user=user, role=role, **{"valid_from": date(2020, 1, 1), **over})
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}}
    )
    return user


def make_line(agency: Agency, **over: Any) -> BudgetLine:
    number = next(_next)
    values = {
        "agency": agency,
        "year": clock.local_date(clock.now() + timedelta(days=5)).year,
        "activity_code": f"1.01.{number}",
        "activity_name": "Rapat koordinasi",
        "account": Account.objects.get(code="5.1.02.01.01.0052"),
        "rup_id": f"58{number:06d}",
        "pagu": 48_000_000,
        **over,
    }
    return BudgetLine.objects.create(**values)


def make_request(
    agency: Agency, requester: Any, *, line: BudgetLine | None = None, goods: Any = None, **over: Any
) -> PurchaseRequest:
    """A draft that could be submitted: two lines of one shop for delivery in five days, unless told otherwise.

    `goods` is a list of (product, quantity).
    """
    now = clock.now()
    if goods is None:
        shop = umkm.make_seller()
        goods = [(umkm.make_product(shop, price=25_000), 10), (umkm.make_product(shop, price=5_000), 10)]
    number = next(_next)
    values = {
        "number": f"PM-2000-{number:06d}",
        "agency": agency,
        "requester": requester,
        "line": line,
        "title": f"Rapat contoh {number}",
        "event_at": now + timedelta(days=5, hours=1),
        "event_place": "Ruang Contoh",
        "attendees": 10,
        "deliver_at": now + timedelta(days=5),
        "delivery_place": "Jalan Contoh 1",
        "created_at": now,
        **over,
    }
    request = PurchaseRequest.objects.create(**values)
    states.begin(request, actor=requester, now=now)
    for product, quantity in goods:
        RequestLine.objects.create(
            request=request,
            product=product,
            seller=product.seller,
            name=product.name,
            unit=product.unit,
            food_kind=product.food_kind,
            price=product.price,
            quantity=Decimal(quantity),
            amount=share(product.price, Decimal(quantity)),
        )
        RequestSeller.objects.get_or_create(
            request=request, seller=product.seller, defaults={"delivery_cost": product.seller.delivery_fee}
        )
    return request
