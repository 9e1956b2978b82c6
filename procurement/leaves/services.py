"""An officer is away for some days, and others stand in for them (Plh.)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, require
from epeken.core.i18n.times import long_date
from epeken.core.services import service
from epeken.users.models import User
from procurement.agencies import policies as policies_of
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.states import Capacity
from procurement.leaves import cover, limits, notices, policies, rules
from procurement.leaves.models import OfficerLeave


@service
def record_leave(
    *,
    actor: User,
    agency: Agency,
    user: User,
    first_day: date,
    last_day: date,
    decree: str,
    stand_ins: Mapping[int, User],
    key: str,
    now: datetime,
) -> OfficerLeave:
    """From `first_day` to `last_day` the person holds none of their offices in the department; the stand-ins do, as
    Plh. `stand_ins`: by the pk of the person's appointment. The same key records once.

    Each office but the requester's has a stand-in, or somebody else holds it all those days. A stand-in is an officer
    of the department, present all those days, whom no shop ties to a running purchase, and nobody names themselves. Who
    already stands in for somebody passes that on to nobody.
    Raises: NotAllowed, RuleBroken. Locks: Agency.
    Source: UU 30/2014 art. 14; SE BKN 1/SE/I/2021.
    """
    who, decree = f"user:{actor.pk}", decree.strip()
    body = {
        "leave": [agency.pk, user.pk], "days": [first_day, last_day], "decree": decree,
        "stand_ins": sorted((pk, person.pk) for pk, person in stand_ins.items()),
    }  # fmt: skip
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return OfficerLeave.objects.get(pk=earlier)
    agency = Agency.objects.locked().get(pk=agency.pk)
    require(decree, _("Tulis nomor surat cuti atau surat perintahnya."), field="decree", code="decree_missing")
    offices = limits.check_leave(
        actor=actor, agency=agency, user=user, first_day=first_day, last_day=last_day, stand_ins=stand_ins, now=now
    )
    leave: OfficerLeave = OfficerLeave.objects.create(
        agency=agency,
        user=user,
        decree=decree,
        valid_from=first_day,
        valid_until=last_day,
        planned_until=last_day,
        recorded_by=actor,
        recorded_at=now,
    )
    for office in offices:
        if office.pk in stand_ins:
            _stand_in(leave, office, stand_ins[office.pk])
    notices.leave_recorded(leave, actor=actor, now=now)
    idempotency.settle(person=who, key=key, result=str(leave.pk))
    return leave


@service
def shorten_leave(*, actor: User, leave: OfficerLeave, last_day: date, now: datetime) -> OfficerLeave:
    """The leave ends with `last_day`, earlier than planned: from the next day the holder acts and the stand-ins do not.

    What the stand-ins signed stays theirs. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Agency.
    """
    leave = _locked(leave)
    day = clock.local_date(now)
    limits.check_actor(actor, leave.agency, leave.user, now)
    if not policies.can_shorten(leave, day):
        raise InvalidMove(_("Cuti ini sudah berakhir atau dibatalkan. Muat ulang halaman."))
    earliest, planned = policies.earliest_end(leave, day), leave.valid_until
    require(
        earliest <= last_day < planned,
        _("Pilih hari terakhir antara %(first)s dan %(last)s.")
        % {"first": long_date(earliest), "last": long_date(planned - timedelta(days=1))},
        field="last_day",
        code="dates",
    )
    leave.valid_until = last_day
    leave.ended_by, leave.ended_at = actor, now
    leave.save(update_fields=["valid_until", "ended_by", "ended_at"])
    notices.leave_ended(leave, actor=actor, now=now)
    return leave


@service
def withdraw_leave(*, actor: User, leave: OfficerLeave, now: datetime) -> OfficerLeave:
    """The leave does not take place; at the latest on its first day.

    Raises: NotAllowed, InvalidMove. Locks: Agency.
    """
    leave = _locked(leave)
    limits.check_actor(actor, leave.agency, leave.user, now)
    if not policies.can_withdraw(leave, clock.local_date(now)):
        raise InvalidMove(_("Cuti ini sudah berjalan atau dibatalkan. Akhiri lebih awal bila pejabatnya kembali."))
    leave.withdrawn_at = leave.ended_at = now
    leave.ended_by = actor
    leave.save(update_fields=["withdrawn_at", "ended_by", "ended_at"])
    notices.leave_ended(leave, actor=actor, now=now)
    return leave


@service
def remind_endings(*, now: datetime) -> int:
    """Who holds an office that ends within the dated days hears of it, with the head and who appoints; once for each
    end. Returns how many end. Locks: none."""
    day = clock.local_date(now)
    until = day + timedelta(days=rules.ENDING.on(day))
    ending = AgencyMember.objects.own().filter(clock.valid_on(day)).exclude(clock.valid_on(until + timedelta(days=1)))
    found = list(ending.select_related("agency", "user").order_by("valid_until", "pk"))
    for member in found:
        after = member.valid_until + timedelta(days=1)
        others = policies_of.holders(member.agency_id, member.role, after)
        notices.appointment_ending(member, is_last=not others, now=now)
    return len(found)


def _locked(leave: OfficerLeave) -> OfficerLeave:
    """As it stands while nothing of the department's appointments changes."""
    Agency.objects.locked().get(pk=leave.agency_id)
    found: OfficerLeave = OfficerLeave.objects.select_related("agency", "user").get(pk=leave.pk)
    return found


def _stand_in(leave: OfficerLeave, office: AgencyMember, person: User) -> None:
    first, last = cover.days_of(office, leave.valid_from, leave.valid_until)
    AgencyMember.objects.create(
        agency=leave.agency,
        user=person,
        role=office.role,
        decree=leave.decree,
        valid_from=first,
        valid_until=last,
        capacity=Capacity.PLH,
        stands_in_for=office,
        leave=leave,
    )
