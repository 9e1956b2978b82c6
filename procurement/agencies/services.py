"""Appointments: who holds which role in a department, from which day to which."""

from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.services import service
from epeken.users.models import User
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.policies import APPOINT, is_inspector
from procurement.agencies.states import Capacity, OfficerRole
from procurement.leaves import rules
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller

# States of a request in which the department still decides or orders.
SUBMITTED = "submitted"
UNFINISHED = (SUBMITTED, "approved")


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
        bool(user.email),
        _("Pejabat dinas memerlukan surel. Minta orangnya menambah surel di halaman akunnya dahulu."),
        field="user",
        code="officer_without_email",
    )
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
    check_end(row, last_day, now)
    row.valid_until = last_day
    row.save(update_fields=["valid_until"])
    return row


@service
def withdraw_appointment(*, actor: User, appointment: AgencyMember, now: datetime) -> None:
    """An appointment that has not begun is taken back: nobody acted by it.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: AgencyMember.
    """
    _check_actor(actor, "procurement.change_agencymember")
    row = AgencyMember.objects.locked().get(pk=appointment.pk)
    if not is_withdrawable(row, now):
        raise InvalidMove(_("Penunjukan ini sudah mulai. Akhiri dengan hari terakhirnya."))
    require(
        not row.stand_ins.exists(),
        _("Ada cuti yang mencatat pengganti pejabat ini. Batalkan cutinya dahulu."),
        code="still_used",
    )
    row.delete()


def is_withdrawable(appointment: AgencyMember, now: datetime) -> bool:
    """Not begun, and of its own: who stands in for a holder on leave goes with the leave."""
    return appointment.leave_id is None and appointment.valid_from > clock.local_date(now)


def check_end(appointment: AgencyMember, last_day: date, now: datetime) -> None:
    """Raises RuleBroken `dates`, `past` or `ended_already` at `valid_until`."""
    require(
        last_day >= appointment.valid_from,
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
    planned = appointment.valid_until
    require(
        planned is None or last_day <= planned,
        _("Penunjukan ini sudah berakhir lebih awal. Untuk memperpanjang, buat penunjukan baru dengan SK baru."),
        field="valid_until",
        code="ended_already",
    )


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
    """Raises RuleBroken `inspector` for who reads every department for the city, and `own_shop` while the department
    waits for goods of a shop the person is tied to.

    The head only reads, so the head may be tied to any shop but those of a request that waits for the head's signature.
    Source: Perpres 16/2018 art. 7(1) letter e (conflicts of interest are avoided).
    """
    require(
        user.is_superuser or not is_inspector(user),
        _("%(who)s memeriksa belanja semua dinas, jadi tidak memegang jabatan di dalamnya. Tunjuk orang lain.")
        % {"who": user},
        field="user",
        code="inspector",
    )
    ties = shops.ties_of(user)
    waiting = agency.requests.filter(state__in=UNFINISHED, lines__seller__in=ties, lines__dropped_at__isnull=True)
    if role == OfficerRole.HEAD:
        waiting = waiting.filter(
            state=SUBMITTED, signatures__office=role, signatures__signed_at__isnull=True,
            signatures__sent_at=F("submitted_at"),
        )  # fmt: skip
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


def cautions(appointment: AgencyMember) -> list[str]:
    """Sentences for whoever made it: what the person cannot do in this office because of what else they are."""
    said, who = [], str(appointment.user)
    last = appointment.valid_until or date.max
    others = AgencyMember.objects.own().filter(
        clock.valid_on(appointment.valid_from, until=last), agency=appointment.agency, user=appointment.user
    )
    offices = [str(row.office_label) for row in others.exclude(role=appointment.role).order_by("pk")]
    if offices:
        told = _("%(who)s juga %(offices)s di dinas ini. Dalam satu pembelian ia hanya dapat memegang satu sisi.")
        said.append(told % {"who": who, "offices": ", ".join(dict.fromkeys(offices))})
    ties = shops.ties_of(appointment.user)
    if ties and appointment.role != OfficerRole.HEAD:
        names = ", ".join(Seller.objects.filter(pk__in=ties).order_by("name").values_list("name", flat=True))
        told = _(
            "%(who)s terkait dengan %(shops)s, jadi tidak dapat mengambil bagian dalam pembelian dari toko itu, "
            "termasuk pesanan yang sedang berjalan. Pastikan ada pejabat lain untuk itu."
        )
        said.append(told % {"who": who, "shops": names})
    return said


def _check_actor(actor: User, permission: str) -> None:
    if not actor.has_perm(permission):
        raise NotAllowed(_("Hanya admin kota yang dapat menunjuk pejabat dinas."))
