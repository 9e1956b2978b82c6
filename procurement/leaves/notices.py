"""Who is told of a leave: who is away, who stands in, the head. Rows only; the messages leave after the commit."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.i18n.messages import DAY, TEXT, Format
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from epeken.users.models import User
from procurement.agencies import policies
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OFFICES, OfficerRole, office_label
from procurement.leaves.models import OfficerLeave


def _known(value: Any) -> str:
    if value not in OFFICES:
        raise ValueError(f"{value!r} is no office")
    return str(value)


OFFICE = Format(_known, office_label, "plh.ppk")

KINDS = {
    "office.standing_in": notice(
        _("Anda %(office)s menggantikan %(who)s"),
        _("Dari %(first)s sampai %(last)s, menurut surat %(decree)s. Yang menunggu jabatan itu tampil di meja Anda."),
        office=OFFICE,
        who=TEXT,
        first=DAY,
        last=DAY,
        decree=TEXT,
    ),
    "office.leave_recorded": notice(
        _("%(who)s tercatat cuti"),
        _("Dari %(first)s sampai %(last)s, dicatat oleh %(by)s. Selama itu ia tidak bertindak untuk dinas."),
        who=TEXT,
        first=DAY,
        last=DAY,
        by=TEXT,
    ),
    "office.leave_shortened": notice(
        _("Cuti %(who)s berakhir lebih awal"),
        _("Hari terakhirnya %(last)s. Sesudah itu ia memegang jabatannya lagi, dan penggantinya tidak."),
        who=TEXT,
        last=DAY,
    ),
    "office.ending": notice(
        _("Penunjukan %(who)s berakhir %(last)s"),
        _("%(office)s %(agency)s. Sesudah itu pejabat lain yang memegang jabatan ini meneruskan pekerjaannya."),
        who=TEXT,
        last=DAY,
        office=OFFICE,
        agency=TEXT,
    ),
    "office.ending_last": notice(
        _("Penunjukan %(who)s berakhir %(last)s"),
        _(
            "%(office)s %(agency)s. Sesudah itu tidak ada pejabat lain untuk jabatan ini: "
            "kepala dinas meminta admin kota menunjuk pejabat berikutnya."
        ),
        who=TEXT,
        last=DAY,
        office=OFFICE,
        agency=TEXT,
    ),
    "office.leave_withdrawn": notice(
        _("Cuti %(who)s dibatalkan"),
        _("Ia tetap memegang jabatannya. Tidak ada yang menggantikannya."),
        who=TEXT,
    ),
}


def leave_recorded(leave: OfficerLeave, *, actor: User, now: datetime) -> None:
    days = {"first": leave.valid_from, "last": leave.valid_until}
    for row in leave.stand_ins.select_related("user").order_by("pk"):
        notify(
            [row.user],
            kind="office.standing_in",
            url=reverse("procurement:leave-list"),
            key=f"leave-{leave.pk}-standing-{row.pk}",
            now=now,
            office=row.office,
            who=str(leave.user),
            decree=leave.decree,
            **days,
        )
    _tell(leave, [leave.user, *_heads(leave, now)], "office.leave_recorded", actor, now, by=str(actor), **days)


def leave_ended(leave: OfficerLeave, *, actor: User, now: datetime) -> None:
    people = [leave.user, *_heads(leave, now), *(row.user for row in leave.stand_ins.select_related("user"))]
    if leave.withdrawn_at is not None:
        _tell(leave, people, "office.leave_withdrawn", actor, now)
    else:
        _tell(leave, people, "office.leave_shortened", actor, now, last=leave.valid_until)


def appointment_ending(member: AgencyMember, *, is_last: bool, now: datetime) -> None:
    """The officer, the heads and those who appoint; once for each end."""
    heads = policies.holders(member.agency_id, OfficerRole.HEAD, clock.local_date(now))
    appointments = f"{reverse('admin:procurement_agencymember_changelist')}?agency__id__exact={member.agency_id}"
    for people, url in (
        ([member.user, *heads], reverse("procurement:leave-list")),
        (policies.who_appoint(), appointments),
    ):
        notify(
            people,
            kind="office.ending_last" if is_last else "office.ending",
            url=url,
            key=f"appointment-{member.pk}-ending-{member.valid_until}",
            now=now,
            who=str(member.user),
            last=member.valid_until,
            office=member.office,
            agency=member.agency.name,
        )


def _heads(leave: OfficerLeave, now: datetime) -> list[Any]:
    return policies.holders(leave.agency_id, OfficerRole.HEAD, clock.local_date(now))


def _tell(leave: OfficerLeave, people: list[Any], kind: str, actor: User, now: datetime, **said: Any) -> None:
    notify(
        [person for person in people if person.pk != actor.pk],
        kind=kind,
        url=reverse("procurement:leave-list"),
        key=f"leave-{leave.pk}-{kind}-{now.isoformat()}",
        now=now,
        who=str(leave.user),
        **said,
    )
