"""A person's leave to keep the place of their phone, and the places kept under it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.distance import metres
from epeken.core.errors import NotAllowed
from epeken.core.rows import insert_new
from epeken.core.services import service
from epeken.users.models import User
from orders.deliveries.models import InspectionPhoto
from orders.orders.models import Order
from orders.orders.states import DeliveryMethod
from orders.photo_places.claims import PlaceClaim
from orders.photo_places.models import PhotoPlace, PlaceConsent
from orders.photo_places.states import MeasuredFrom
from procurement.agencies.policies import places


def consent_of(person: User) -> PlaceConsent | None:
    """In force."""
    return PlaceConsent.objects.filter(person=person, withdrawn_at__isnull=True).first()


def may_consent(person: User, day: date) -> bool:
    """Of a person's own purchases no place is kept, so who inspects for no department is not asked for one."""
    return bool(places(person, day))


@service
def give_consent(*, actor: User, now: datetime) -> None:
    """From now on the place of their phone may be kept with the photos of their inspections. Twice is once.

    Raises: NotAllowed.
    """
    if not may_consent(actor, clock.local_date(now)):
        raise NotAllowed(_("Akun Anda tidak memeriksa barang dinas, jadi tidak ada yang perlu disetujui."))
    if consent_of(actor) is None:
        insert_new(PlaceConsent(person=actor, given_at=now))


@service
def withdraw_consent(*, actor: User, now: datetime) -> None:
    """No place is kept any more, nor one of a draft that is still to come. What stands in an order's file stays: it is
    part of the evidence of public money.

    Source: UU 27/2022 art. 9 (withdrawal) and art. 20 (2) (other basis of what the law asks to be kept).
    """
    PlaceConsent.objects.filter(person=actor, withdrawn_at__isnull=True).update(withdrawn_at=now)


def keep_place(photos: Iterable[InspectionPhoto], claim: PlaceClaim | None, *, order: Order, actor: User) -> None:
    """Called by the inspection, with the order locked. Of a person's own purchase no place is kept: it would be that
    of their home. Without a consent in force none is, whatever the phone sent."""
    if claim is None or order.agency_id is None:
        return
    consent = consent_of(actor)
    if consent is None:
        return
    point, measured_from = _delivery_point(order)
    distance = metres((claim.latitude, claim.longitude), point) if point is not None else None
    for photo in photos:
        PhotoPlace.objects.create(
            photo=photo,
            consent=consent,
            latitude=claim.latitude,
            longitude=claim.longitude,
            accuracy=claim.accuracy,
            claimed_at=claim.claimed_at,
            distance=distance,
            measured_from=measured_from,
        )


def _delivery_point(order: Order) -> tuple[tuple[Decimal, Decimal] | None, str]:
    """Where the goods were to be, as far as a point of it is known: the shop where they are fetched, the office where
    they are brought to its address."""
    if order.method == DeliveryMethod.PICKUP:
        shop = order.seller
        if shop.latitude is not None and shop.longitude is not None:
            return (shop.latitude, shop.longitude), MeasuredFrom.SHOP
        return None, ""
    office = order.agency
    if office is None or office.latitude is None or office.longitude is None:
        return None, ""
    if _plain(order.delivery_place) != _plain(office.address):
        return None, ""
    return (office.latitude, office.longitude), MeasuredFrom.OFFICE


def _plain(address: str) -> str:
    return " ".join(address.casefold().split())
