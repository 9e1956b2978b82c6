"""Who may read and decide registrations. Pure yes or no."""

from datetime import datetime

from epeken.core import clock
from epeken.users.models import User
from umkm.appeals.states import AppealState
from umkm.assisted.policies import has_assisted
from umkm.sellers.models import Seller
from umkm.sellers.policies import is_tied
from umkm.verification.models import VerificationCase


def can_verify(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.verify_seller"))


def can_see_queue(actor: User) -> bool:
    """Verifiers, and the head of the office, who hears of late ones."""
    return can_verify(actor) or bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.decide_appeal"))


def can_read(actor: User, case: VerificationCase) -> bool:
    """Verifiers each one; the head of the office one whose rejection is appealed before them, while it is."""
    if can_verify(actor) or not can_see_queue(actor):
        return can_verify(actor)
    appeal = getattr(case, "appeal", None)
    return appeal is not None and appeal.state == AppealState.WITH_HEAD


def judges_registrations(actor: User) -> bool:
    """Whether the person hears of registrations as an officer: of the city, or of a kelurahan or kecamatan."""
    return actor.is_staff or actor.area_postings.exists()


def is_late(case: VerificationCase, now: datetime) -> bool:
    """Whether a case without a decision is past its deadline: `querysets.late` over one row."""
    return case.decided_at is None and clock.is_over(case.due_at, now)


def can_decide(actor: User, seller: Seller) -> bool:
    """A verifier decides on shops they are not tied to, and whose registration they did not type."""
    return can_verify(actor) and not is_tied(actor, seller) and not has_assisted(actor, seller)
