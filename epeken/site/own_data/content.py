"""What is kept of a person, as data they can take along. Source: UU 27/2022 art. 7 and 13 (access, and a copy in a form
that other systems read)."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from epeken.notifications.models import AffectedPerson
from epeken.users.addresses.models import Address
from epeken.users.models import User
from orders.orders.models import Order
from orders.photo_places.models import PlaceConsent
from umkm.area_checks.models import AreaCheck
from umkm.consents.models import Consent
from umkm.sellers import steps
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.pages.history import looks_at
from umkm.verification.models import SellerDocument


def of_person(user: User, now: datetime) -> dict[str, Any]:
    """Of a shop everything its owner wrote, numbers in full; of one they help in or had before, only that they did."""
    members = SellerMember.objects.filter(user=user).select_related("seller").order_by("pk")
    owned = [member.seller for member in members if member.role == SellerMember.Role.OWNER and member.until is None]
    return {
        "made_at": now,
        "account": {
            "name": user.name, "email": user.email, "phone": user.phone, "nip": user.nip, "language": user.language,
            "signs_in_with_phone_since": user.phone_verified_at,
            "kelurahan": str(user.kelurahan or ""), "joined_at": user.date_joined, "last_login_at": user.last_login,
        },
        "addresses": list(
            Address.objects.filter(user=user).order_by("pk").values(
                "label", "recipient", "phone", "street", "kelurahan__name"
            )
        ),
        "consents": list(
            Consent.objects.visible_to(user).values("purpose", "way", "given_at", "withdrawn_at")
        ),
        "photo_place_consents": list(
            PlaceConsent.objects.filter(person=user).values("given_at", "withdrawn_at")
        ),
        "breaches": list(
            AffectedPerson.objects.filter(user=user, told_at__isnull=False).values(
                "told_at", "breach__found_at", "breach__data", "breach__what"
            )
        ),
        "shop_memberships": [
            {"shop": str(one.seller), "role": one.role, "since": one.since, "until": one.until} for one in members
        ],
        "shops": [_shop(seller, user) for seller in owned],
        "orders": list(
            Order.objects.of_buyer(user).order_by("pk").values(
                "number", "placed_at", "state", "total", "seller__name"
            )
        ),
    }  # fmt: skip


def _shop(seller: Seller, user: User) -> dict[str, Any]:
    documents = SellerDocument.objects.filter(seller=seller).visible_to(user).exclude(file="").distinct().order_by("pk")
    return {
        "data": {field: steps.plain_value(seller, field) for field in steps.fields_of(seller)},
        "state": seller.state,
        "documents": [
            {
                "kind": one.kind, "uploaded_at": one.uploaded_at, "size": one.size, "sha256": one.sha256,
                "address": reverse("umkm:document-file", args=[one.pk]),
            }
            for one in documents
        ],
        "area_checks": list(
            AreaCheck.objects.filter(case__seller=seller).order_by("pk").values(
                "level", "kelurahan__name", "state", "decided_at", "note", "visited_on", "latitude", "longitude"
            )
        ),
        "who_looked": [{"what": one.what, "who": str(one.viewer), "at": one.at} for one in looks_at(seller)],
    }  # fmt: skip
