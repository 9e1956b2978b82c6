"""What a leave must keep to before it is recorded."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed, require
from epeken.core.i18n.times import long_date
from epeken.users.models import User
from procurement.agencies import services as agencies
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.states import OfficerRole, office_label
from procurement.leaves import cover, policies, rules
from procurement.leaves.models import OfficerLeave


def check_leave(
    *,
    actor: User,
    agency: Agency,
    user: User,
    first_day: date,
    last_day: date,
    stand_ins: Mapping[int, User],
    now: datetime,
) -> list[AgencyMember]:
    """The offices that the person holds on those days. Raises: NotAllowed, RuleBroken, as record_leave."""
    check_actor(actor, agency, user, now)
    _check_days(first_day, last_day, now)
    offices = cover.offices_of(agency, user, first_day, last_day)
    require(
        offices,
        _("%(who)s tidak memegang jabatan di %(agency)s pada tanggal itu.") % {"who": user, "agency": agency},
        field="first_day",
        code="no_office",
    )
    _check_alone(agency, user, first_day, last_day)
    _check_known(offices, stand_ins)
    for office in offices:
        _check_covered(office, stand_ins.get(office.pk), first_day, last_day, actor)
    return offices


def check_actor(actor: User, agency: Agency, user: User, now: datetime) -> None:
    if not policies.can_record(actor, agency, user, clock.local_date(now)):
        raise NotAllowed(_("Cuti dicatat oleh pejabatnya sendiri, kepala dinas, atau admin kota."))


def _check_days(first_day: date, last_day: date, now: datetime) -> None:
    require(
        first_day >= clock.local_date(now),
        _("Cuti dicatat paling awal mulai hari ini. Yang sudah ditandatangani tidak berubah."),
        field="first_day",
        code="past",
    )
    require(
        last_day >= first_day,
        _("Hari terakhir tidak boleh sebelum hari mulai."),
        field="last_day",
        code="dates",
    )
    longest = rules.ACTING.on(first_day)
    require(
        (last_day - first_day).days < longest,
        _("Satu surat berlaku paling lama %(days)d hari. Untuk selebihnya catat cuti baru dengan surat baru.")
        % {"days": longest},
        field="last_day",
        code="too_long",
    )


def _check_alone(agency: Agency, user: User, first_day: date, last_day: date) -> None:
    other = OfficerLeave.objects.on(first_day, last_day).filter(agency=agency, user=user).first()
    require(
        other is None,
        _("%(who)s sudah tercatat cuti %(first)s sampai %(last)s.")
        % {
            "who": user,
            "first": long_date(other.valid_from) if other else "",
            "last": long_date(other.valid_until) if other else "",
        },
        field="first_day",
        code="leave_overlaps",
    )
    standing = cover.standing_in(agency, user, first_day, last_day).first()
    require(
        standing is None,
        _(
            "%(who)s sedang menjadi %(office)s untuk %(holder)s pada tanggal itu, dan tugas pengganti tidak dialihkan "
            "lagi. Akhiri dahulu cuti %(holder)s, lalu catat lagi dengan pengganti lain."
        )
        % {
            "who": user,
            "office": standing.office_label if standing else "",
            "holder": standing.leave.user if standing else "",
        },
        field="first_day",
        code="stands_in",
    )


def _check_known(offices: list[AgencyMember], stand_ins: Mapping[int, User]) -> None:
    known = {office.pk for office in offices if office.role != OfficerRole.REQUESTER}
    require(
        set(stand_ins) <= known,
        _("Pengganti hanya untuk jabatan yang dipegang pejabat ini pada tanggal itu. Muat ulang halaman."),
        code="unknown_office",
    )


def _check_covered(office: AgencyMember, person: User | None, first_day: date, last_day: date, actor: User) -> None:
    """Somebody holds the office while its holder is away."""
    first, last = cover.days_of(office, first_day, last_day)
    field = f"stand_in_{office.pk}"
    if person is None:
        require(
            office.role == OfficerRole.REQUESTER or cover.is_held_by_others(office, first, last),
            _("Tidak ada pejabat lain sebagai %(office)s pada tanggal itu. Pilih penggantinya (Plh.).")
            % {"office": office_label(office.role)},
            field=field,
            code="stand_in_missing",
        )
        return
    require(
        person.pk != actor.pk,
        _("Anda tidak dapat menunjuk diri sendiri sebagai pengganti. Minta kepala dinas atau admin kota."),
        field=field,
        code="own_stand_in",
    )
    problem = cover.problem_of(office, person, first, last)
    require(not problem, problem, field=field, code="not_eligible")
    agencies.check_ties(agency=office.agency, user=person, role=office.role)
