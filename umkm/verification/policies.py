"""Who may read and decide registrations. Pure yes or no."""

from datetime import datetime

from epeken.core import clock
from epeken.users.models import User
from umkm.sellers.models import Seller
from umkm.sellers.policies import is_tied
from umkm.verification.models import VerificationCase


def can_verify(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.verify_seller"))


def can_see_queue(actor: User) -> bool:
    """Verifiers, and the head of the office, who hears of late ones and opens none."""
    return can_verify(actor) or bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.decide_appeal"))


def is_late(case: VerificationCase, now: datetime) -> bool:
    """Whether a case without a decision is past its deadline: `querysets.late` over one row."""
    return case.decided_at is None and clock.is_over(case.due_at, now)


def can_decide(actor: User, seller: Seller) -> bool:
    """A verifier decides on shops they are not tied to."""
    return can_verify(actor) and not is_tied(actor, seller)
