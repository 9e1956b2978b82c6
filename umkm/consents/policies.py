"""Whether a person consents. Pure yes or no."""

from datetime import date

from epeken.users.models import User
from umkm.consents.models import Consent, ProcessingPurpose


def is_given(person: User, purpose: str) -> bool:
    """Whether a consent of the person to the purpose is in force."""
    return Consent.objects.in_force(person, purpose).exists()


def may_be_asked(person: User, purpose: str, day: date) -> bool:
    """Whether the purpose is asked about on the day and the person has not said yes already."""
    return ProcessingPurpose.objects.asked(purpose, day).exists() and not is_given(person, purpose)
