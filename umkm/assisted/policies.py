"""Who helps residents register, and what they lose their say over by it. Pure yes or no."""

from datetime import date, datetime

from django.db.models import QuerySet

from epeken.core.models import Kelurahan
from epeken.users.models import User, Visitor
from epeken.users.page_memory import remembered
from umkm.area_checks.models import AreaPosting
from umkm.assisted.models import AssistedRegistration
from umkm.assisted.querysets import PERMISSION
from umkm.sellers.models import Seller


def may_assist(user: Visitor, day: date) -> bool:
    """Posted at a kelurahan, or helping everywhere. Asks nothing of who is no staff."""
    if not (isinstance(user, User) and user.is_staff and user.is_active):
        return False
    return user.has_perm(PERMISSION) or remembered(user, ("assists", day), lambda: places_of(user, day).exists())


def places_of(user: User, day: date) -> QuerySet[Kelurahan]:
    """The kelurahan whose residents the person helps on the day."""
    if user.has_perm(PERMISSION):
        return Kelurahan.objects.all()
    return Kelurahan.objects.filter(pk__in=AreaPosting.objects.on(day).filter(user=user).values("kelurahan"))


def place_codes(user: User, day: date) -> frozenset[str]:
    """Codes of `places_of`; none for who helps nobody on the day. Two queries."""
    return frozenset(places_of(user, day).values_list("pk", flat=True)) if may_assist(user, day) else frozenset()


def running_for(user: Visitor, seller: Seller, now: datetime) -> AssistedRegistration | None:
    """What the officer is filling in, if this is it."""
    return AssistedRegistration.objects.filled_by(user, now).filter(seller=seller).first()


def has_assisted(actor: Visitor, seller: Seller) -> bool:
    """Whether the person typed this registration, so that others decide on it.

    Source: Perpres 16/2018 art. 7(1) letter e (conflicts of interest are avoided).
    """
    return isinstance(actor, User) and AssistedRegistration.objects.filter(officer=actor, seller=seller).exists()


def helpers_of(seller: Seller) -> set[int]:
    """Pks of who typed this registration."""
    return set(AssistedRegistration.objects.filter(seller=seller).values_list("officer_id", flat=True))
