"""What is kept of a person, as data they can take along. Source: UU 27/2022 art. 7 and 13 (access, and a copy in a form
that other systems read)."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import F
from django.urls import reverse

from epeken.notifications.models import AffectedPerson, Notification, Preference
from epeken.notifications.pages import inbox_lines
from epeken.site.own_data import decisions, purchases
from epeken.users.addresses.models import Address
from epeken.users.api_keys.models import ApiKey
from epeken.users.models import User
from epeken.users.sessions.pages import session_rows
from orders.photo_places.models import PlaceConsent
from procurement.agencies.models import AgencyMember
from umkm.area_checks.models import AreaCheck
from umkm.consents.models import Consent
from umkm.sellers import steps
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.pages.history import looks_at
from umkm.verification.models import SellerDocument


def of_person(user: User, now: datetime) -> dict[str, Any]:
    """Of a shop everything its owner wrote, numbers in full; of one they help in or had before, only that they did.
    What somebody does in an office of the city or of a department is that office's record, and is not in it."""
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
                "label", "recipient", "phone", "street", area=F("kelurahan__name")
            )
        ),
        "consents": list(
            Consent.objects.visible_to(user).values("purpose", "way", "given_at", "withdrawn_at")
        ),
        "email_addresses": list(
            EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")
        ),
        "sessions": [
            {"device": one.device, "ip": one.ip, "last_seen_at": one.seen_at} for one in session_rows(user, None, now)
        ],
        "api_keys": list(
            ApiKey.objects.filter(user=user).order_by("pk").values(
                "name", "start", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"
            )
        ),
        "notifications": [
            {"title": one.title, "body": one.body, "at": one.at, "is_read": not one.is_new}
            for one in inbox_lines(Notification.objects.visible_to(user).told_by(now).order_by("pk"), user.language)
        ],
        "muted_notifications": list(
            Preference.objects.filter(person=user).order_by("pk").values("kind", "channel")
        ),
        "photo_place_consents": list(
            PlaceConsent.objects.filter(person=user).values("given_at", "withdrawn_at")
        ),
        "breaches": list(
            AffectedPerson.objects.filter(user=user, told_at__isnull=False).values(
                "told_at", found_at=F("breach__found_at"), data=F("breach__data"), what=F("breach__what")
            )
        ),
        "shop_memberships": [
            {"shop": str(one.seller), "role": one.get_role_display(), "since": one.since, "until": one.until}
            for one in members
        ],
        "shops": [_shop(seller, user) for seller in owned],
        "shops_offered_to_them": decisions.taken_by(user),
        "agency_memberships": [
            {
                "agency": one.agency.name, "role": one.get_role_display(), "since": one.valid_from,
                "until": one.valid_until,
            }
            for one in AgencyMember.objects.filter(user=user).select_related("agency").order_by("pk")
        ],
        "cart": purchases.cart_of(user),
        "orders": purchases.orders_of(user),
    }  # fmt: skip


def _shop(seller: Seller, user: User) -> dict[str, Any]:
    documents = SellerDocument.objects.filter(seller=seller).visible_to(user).exclude(file="").distinct().order_by("pk")
    return {
        "data": {field: steps.plain_value(seller, field) for field in steps.fields_of(seller)},
        "state": seller.get_state_display(),
        "documents": [
            {
                "kind": one.get_kind_display(), "uploaded_at": one.uploaded_at, "size": one.size, "sha256": one.sha256,
                "address": reverse("umkm:document-file", args=[one.pk]),
            }
            for one in documents
        ],
        "area_checks": [
            {
                "level": one.get_level_display(), "area": one.kelurahan.name, "state": one.get_state_display(),
                "decided_at": one.decided_at, "note": one.note, "visited_on": one.visited_on,
                "latitude": one.latitude, "longitude": one.longitude,
            }
            for one in AreaCheck.objects.filter(case__seller=seller).select_related("kelurahan").order_by("pk")
        ],
        **decisions.of_shop(seller, user),
        "who_looked": [{"what": one.what, "who": str(one.viewer), "at": one.at} for one in looks_at(seller)],
    }  # fmt: skip
