"""Who looks at a registration for a kelurahan or kecamatan. Pure yes or no."""

from datetime import date, datetime

from epeken.core import clock
from epeken.users.models import User, Visitor
from epeken.users.page_memory import remembered
from umkm.area_checks.models import AreaCheck, AreaPosting
from umkm.area_checks.states import AreaCheckState, AreaLevel
from umkm.assisted.policies import has_assisted, helpers_of
from umkm.sellers.policies import is_tied, tied_people


def is_posted(user: Visitor, day: date) -> bool:
    """Whether the person looks at registrations of any place today. Asks nothing of who is no staff."""
    if not (isinstance(user, User) and user.is_staff):
        return False
    return remembered(user, ("posted", day), lambda: AreaPosting.objects.on(day).filter(user=user).exists())


def officers_of(check: AreaCheck, day: date) -> list[User]:
    """Who may decide it on the day: posted at its place, and not tied to the shop."""
    posted = AreaPosting.objects.on(day).select_related("user").order_by("user_id")
    if check.level == AreaLevel.KELURAHAN:
        posted = posted.filter(kelurahan=check.kelurahan_id)
    else:
        posted = posted.filter(kecamatan=check.kelurahan.kecamatan_id)
    people = list({posting.user_id: posting.user for posting in posted}.values())
    tied = tied_people(people, [check.case.seller]) | helpers_of(check.case.seller)
    return [person for person in people if person.pk not in tied]


def can_decide(actor: User, check: AreaCheck, day: date) -> bool:
    posted = AreaCheck.objects.in_area_of(actor, day).filter(pk=check.pk).exists()
    return posted and not is_tied(actor, check.case.seller) and not has_assisted(actor, check.case.seller)


def is_late(check: AreaCheck, now: datetime) -> bool:
    """Whether a running one is past its deadline."""
    return check.state == AreaCheckState.RUNNING and clock.is_over(check.due_at, now)


def gives_way(check: AreaCheck, now: datetime) -> bool:
    """Past its deadline, or nobody is posted for it any more."""
    return is_late(check, now) or (
        check.state == AreaCheckState.RUNNING and not officers_of(check, clock.local_date(now))
    )


def has_decided(actor: User, case_pk: int) -> bool:
    """Whether the person answered for an area in this round, so that another decides for the office."""
    return AreaCheck.objects.filter(case=case_pk, officer=actor).exists()
