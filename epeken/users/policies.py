"""Pure yes or no about a person and their account."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q

from epeken.core import clock
from epeken.users.models import User


def is_officer(user: User) -> bool:
    """Holds an appointment in a department today.

    Asked through the reverse relation: appointments live in a higher app, which this one must not import.
    """
    today = clock.local_date(clock.now())
    held = user.appointments.filter(valid_from__lte=today).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    )
    return bool(held.exists())


def owes_second_factor(user: User) -> bool:
    """Staff and officers decide about other people's money and data."""
    if not getattr(user, "is_authenticated", False):
        return False
    if user.is_demo and settings.SECOND_FACTOR_LIFTED_FOR_DEMO_ACCOUNTS:
        return False
    return bool(user.is_staff) or is_officer(user)


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
