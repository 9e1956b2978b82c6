"""Who records and ends the leave of an officer. Yes or no; the services say why not."""

from datetime import date, timedelta

from epeken.users.models import User
from procurement.agencies.models import Agency
from procurement.agencies.policies import APPOINT, has_role, places
from procurement.agencies.states import OfficerRole
from procurement.leaves.models import OfficerLeave


def can_record(actor: User, agency: Agency, of: User, day: date) -> bool:
    """The officer themselves, also while away; the head, or who acts as head; who appoints officers in the city."""
    if actor.pk == of.pk:
        return any(place.agency_id == agency.pk for place in places(actor, day))
    return records_for_others(actor, agency, day)


def records_for_others(actor: User, agency: Agency, day: date) -> bool:
    """A Plt. or Plh. head too: leave and orders to stand in are routine.

    Source: UU 30/2014 art. 14(1), (2) and (7); SE BKN 1/SE/I/2021 point 3.
    """
    return has_role(actor, agency, OfficerRole.HEAD, day) or actor.has_perm(APPOINT)


def can_withdraw(leave: OfficerLeave, day: date) -> bool:
    """Up to its first day: it never was, or is over before its first day is."""
    return leave.withdrawn_at is None and day <= leave.valid_from


def can_shorten(leave: OfficerLeave, day: date) -> bool:
    """While it may still end earlier: yesterday at the earliest, its first day at the earliest."""
    last = leave.valid_until
    return leave.withdrawn_at is None and earliest_end(leave, day) < last


def earliest_end(leave: OfficerLeave, day: date) -> date:
    """Yesterday, as for an appointment: what was signed in an office on an earlier day keeps it."""
    return max(leave.valid_from, day - timedelta(days=1))
