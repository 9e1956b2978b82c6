"""Appointments: who holds which role in a department, from which day to which."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed, require
from epeken.core.services import service
from epeken.users.models import User
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.policies import APPOINT
from procurement.agencies.states import Capacity, OfficerRole
from procurement.leaves import rules
from umkm.sellers import policies as shops

# States of a request in which the department still decides or orders.
UNFINISHED = ("submitted", "approved")


@service
def appoint_officer(
    *,
    actor: User,
    agency: Agency,
    user: User,
    role: str,
    decree: str,
    valid_from: date,
    valid_until: date | None = None,
    capacity: str = Capacity.HOLDER,
    now: datetime,
) -> AgencyMember:
    """The person holds the role from `valid_from` to `valid_until` (or until it is ended).

    As Plt. (`capacity`) while the office is vacant, by a decree, for the dated number of days at most. Who stands in
    for a holder on leave (Plh.) is named with the leave. Two appointments of one person to one role never overlap, and
    nobody comes into a purchase from a shop of their own.
    Raises: NotAllowed, RuleBroken. Locks: Agency.
    Source: UU 30/2014 art. 14(2) letter b; SE BKN 1/SE/I/2021 (Plt.).
    """
    _check_actor(actor, APPOINT)
    Agency.objects.locked().get(pk=agency.pk)
    require(role in OfficerRole.values, _("Pilih peran yang ada."), field="role", code="unknown_role")
    require(user.is_active, _("Akun orang ini tidak aktif."), field="user", code="inactive_user")
    require(
        valid_until is None or valid_until >= valid_from,
        _("Tanggal berakhir tidak boleh sebelum tanggal mulai."),
        field="valid_until",
        code="dates",
    )
    check_overlap(agency=agency, user=user, role=role, valid_from=valid_from, valid_until=valid_until)
    check_ties(agency=agency, user=user, role=role)
    check_capacity(
        agency=agency, role=role, decree=decree, valid_from=valid_from, valid_until=valid_until, capacity=capacity
    )
    made: AgencyMember = AgencyMember.objects.create(
        agency=agency,
        user=user,
        role=role,
        decree=decree.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
        capacity=capacity,
    )
    return made


@service
def end_appointment(*, actor: User, appointment: AgencyMember, last_day: date, now: datetime) -> AgencyMember:
    """The appointment holds up to and including `last_day`. What the person signed before stays theirs.

    Raises: NotAllowed, RuleBroken. Locks: AgencyMember.
    """
    _check_actor(actor, "procurement.change_agencymember")
    row: AgencyMember = AgencyMember.objects.locked().get(pk=appointment.pk)
    require(
        last_day >= row.valid_from,
        _("Hari terakhir tidak boleh sebelum penunjukan ini mulai."),
        field="valid_until",
        code="dates",
    )
    # Yesterday at the earliest: what was signed in a past day's role cannot lose its role afterwards.
    require(
        last_day >= clock.local_date(now) - timedelta(days=1),
        _("Penunjukan hanya dapat diakhiri mulai kemarin. Yang sudah ditandatangani tidak berubah."),
        field="valid_until",
        code="past",
    )
    # An end only comes nearer: longer is a new appointment, with its own decree and checks.
    planned = row.valid_until
    require(
        planned is None or last_day <= planned,
        _("Penunjukan ini sudah berakhir lebih awal. Untuk memperpanjang, buat penunjukan baru dengan SK baru."),
        field="valid_until",
        code="ended_already",
    )
    row.valid_until = last_day
    row.save(update_fields=["valid_until"])
    return row


def check_overlap(
    *, agency: Agency, user: User, role: str, valid_from: date, valid_until: date | None, besides: int | None = None
) -> None:
    """Raises RuleBroken `appointed_already` when the person holds this role in any of those days."""
    held = clock.valid_on(valid_from, until=valid_until or date.max)
    others = AgencyMember.objects.own().filter(held, agency=agency, user=user, role=role).exclude(pk=besides)
    require(
        not others.exists(),
        _("Orang ini sudah memegang peran yang sama pada tanggal itu. Akhiri penunjukan lamanya dahulu."),
        field="user",
        code="appointed_already",
    )


def check_capacity(
    *, agency: Agency, role: str, decree: str, valid_from: date, valid_until: date | None, capacity: str
) -> None:
    """An office has a holder or a Plt. on any day, never both.

    Raises RuleBroken `unknown_capacity`, `held_by_acting`, `not_vacant`, `decree_missing` or `too_long`.
    """
    days = clock.valid_on(valid_from, until=valid_until or date.max)
    others = AgencyMember.objects.own().filter(days, agency=agency, role=role).select_related("user").order_by("pk")
    require(
        capacity in (Capacity.HOLDER, Capacity.PLT),
        _("Plh. dicatat bersama cuti pejabat yang digantikan."),
        field="capacity",
        code="unknown_capacity",
    )
    if capacity == Capacity.HOLDER:
        acting = others.filter(capacity=Capacity.PLT).first()
        require(
            acting is None,
            _("%(who)s menjadi Plt. jabatan ini pada tanggal itu. Akhiri dahulu tugasnya.")
            % {"who": acting.user if acting else ""},
            field="role",
            code="held_by_acting",
        )
        return
    holder = others.filter(capacity=Capacity.HOLDER).first()
    require(
        holder is None and role != OfficerRole.REQUESTER,
        _(
            "Plt. hanya untuk jabatan yang kosong, dan %(who)s memegangnya pada tanggal itu. "
            "Bila ia cuti, catat cutinya."
        )
        % {"who": holder.user if holder else _("pemesan")},
        field="capacity",
        code="not_vacant",
    )
    require(decree.strip(), _("Tulis nomor SK penunjukan Plt."), field="decree", code="decree_missing")
    longest = rules.ACTING.on(valid_from)
    require(
        valid_until is not None and (valid_until - valid_from).days < longest,
        _("Satu SK Plt. berlaku paling lama %(days)d hari. Isi hari terakhirnya; perpanjang dengan SK baru.")
        % {"days": longest},
        field="valid_until",
        code="too_long",
    )


def check_ties(*, agency: Agency, user: User, role: str) -> None:
    """Raises RuleBroken `own_shop` while the department waits for goods of a shop the person is tied to.

    The head only reads, so the head may be anybody.
    Source: Perpres 16/2018 art. 7(1) letter e (conflicts of interest are avoided).
    """
    if role == OfficerRole.HEAD:
        return
    ties = shops.ties_of(user)
    waiting = agency.requests.filter(state__in=UNFINISHED, lines__seller__in=ties, lines__dropped_at__isnull=True)
    request = waiting.order_by("pk").first() if ties else None
    require(
        request is None,
        _(
            "%(who)s terkait dengan penjual permintaan %(number)s yang sedang berjalan di dinas ini. "
            "Tunjuk orang lain, atau tunggu sampai permintaan itu diputuskan dan dipesan."
        )
        % {"who": user, "number": request.number if request else ""},
        field="user",
        code="own_shop",
    )


def _check_actor(actor: User, permission: str) -> None:
    if not actor.has_perm(permission):
        raise NotAllowed(_("Hanya admin kota yang dapat menunjuk pejabat dinas."))
