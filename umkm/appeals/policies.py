"""Who may appeal until when, and who decides. Nobody decides on their own decision or on a shop they are tied to."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from epeken.core import clock
from epeken.users.models import User
from umkm.appeals import rules
from umkm.appeals.models import Appeal
from umkm.appeals.states import AppealState
from umkm.assisted.policies import has_assisted, helpers_of
from umkm.sellers.models import Seller
from umkm.sellers.policies import is_tied, tied_people
from umkm.verification.notices import officers, verifiers

HEAD = "umkm.decide_appeal"
OF_CASES, OF_SANCTIONS = "umkm.verify_seller", "umkm.freeze_seller"


def last_moment(decided_at: datetime) -> datetime:
    """Until when a decision can be appealed against: the end of the last day of the rule."""
    day = clock.local_date(decided_at)
    return clock.end_of(day + timedelta(days=rules.FILING.on(day)))


def permission_of(appeal: Appeal) -> str:
    if appeal.state == AppealState.WITH_HEAD:
        return HEAD
    return OF_CASES if appeal.case_id is not None else OF_SANCTIONS


def is_impartial(actor: User, appeal: Appeal) -> bool:
    barred = actor.pk == appeal.decided_first_by_id or has_assisted(actor, appeal.seller)
    return not barred and not is_tied(actor, appeal.seller)


def can_decide(actor: User, appeal: Appeal) -> bool:
    return holds(actor, permission_of(appeal)) and is_impartial(actor, appeal)


def holds(actor: User, permission: str) -> bool:
    """The head of the office is whoever was given that office, not the account that may do everything."""
    return actor in officers(permission) if permission == HEAD else actor.has_perm(permission)


def impartial(people: Iterable[User], seller: Seller, decided_first_by: int) -> list[User]:
    """Those of the people who may decide on an appeal of the shop."""
    rows = [person for person in people if person.pk != decided_first_by]
    tied = tied_people(rows, [seller]) | helpers_of(seller)
    return [person for person in rows if person.pk not in tied]


def other_verifiers(appeal: Appeal) -> list[User]:
    """Who may examine the registration of a granted appeal in place of who rejected it."""
    return impartial(verifiers(), appeal.seller, appeal.decided_first_by_id)
