"""A breach of personal data from the moment it is known until everybody is told."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.reasons import LEAST_REASON
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.notifications.breaches import notices, policies, rules
from epeken.notifications.breaches.models import AffectedPerson, DataBreach
from epeken.notifications.breaches.states import BreachedData, BreachState
from epeken.users.models import User


@service
def record_breach(
    *,
    actor: User,
    found_at: datetime,
    happened_at: datetime,
    data: Collection[str],
    what: str,
    handling: str,
    advice: str,
    key: str,
    now: datetime,
) -> DataBreach:
    """The hours of the law run from `found_at`, not from the record. Sent again with the same key it is the same one.

    Raises: NotAllowed, RuleBroken, KeyReused. Locks: none.
    """
    _check_handler(actor)
    texts = {"what": what.strip(), "handling": handling.strip(), "advice": advice.strip()}
    kinds = [kind for kind in BreachedData.values if kind in data]
    require(kinds, _("Pilih paling sedikit satu jenis data."), field="kinds", code="data_missing")
    require(found_at <= now, _("Waktu diketahui tidak boleh sesudah sekarang."), field="found_at", code="found_later")
    require(
        happened_at <= found_at,
        _("Kejadian tidak mungkin dimulai sesudah diketahui."),
        field="happened_at",
        code="happened_later",
    )
    for field, text in texts.items():
        require(
            len(text) >= LEAST_REASON,
            _("Tulis paling sedikit %(n)d huruf; orang yang terdampak membacanya.") % {"n": LEAST_REASON},
            field=field,
            code="words_missing",
        )
    who, body = f"user:{actor.pk}", {**texts, "data": kinds, "found_at": found_at, "happened_at": happened_at}
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return DataBreach.objects.get(pk=earlier)
    hours = rules.TELLING.on(clock.local_date(now))
    breach = DataBreach.objects.create(
        found_at=found_at, happened_at=happened_at, data=kinds, due_at=found_at + timedelta(hours=hours), **texts
    )
    begin(breach, actor=actor, now=now)
    notices.breach_recorded(breach, now=now)
    idempotency.settle(person=who, key=key, result=str(breach.pk))
    return breach


@service
def add_affected(
    *, actor: User, breach: DataBreach, addresses: Sequence[str], everybody: bool = False, now: datetime
) -> list[str]:
    """People whose data are concerned, by e-mail address; `everybody`: all who have an account now. Returns the
    addresses nobody here has: they are told by letter, and their number belongs into the report.

    Raises: NotAllowed, InvalidMove. Locks: DataBreach.
    """
    breach = _locked(actor, breach)
    wanted = list(dict.fromkeys(address.strip().lower() for address in addresses if address.strip()))
    people = User.objects.filter(is_active=True)
    found = people if everybody else people.filter(email__in=wanted)
    rows = [AffectedPerson(breach=breach, user=user, added_at=now) for user in found.order_by("pk")]
    AffectedPerson.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    known = set(people.filter(email__in=wanted).values_list("email", flat=True))
    _note(breach, "add", actor, now)
    return [address for address in wanted if address not in known]


@service
def tell_affected(*, actor: User, breach: DataBreach, now: datetime) -> int:
    """Everybody who is concerned and was not told yet is told, in the inbox and by mail that nobody can mute.

    Returns how many. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: DataBreach.
    """
    breach = _locked(actor, breach)
    waiting = list(breach.affected.filter(told_at__isnull=True).select_related("user"))
    require(waiting, _("Tidak ada yang masih harus dikabari. Tambahkan dahulu siapa yang terdampak."), code="nobody")
    notices.people_told(breach, [row.user for row in waiting], now=now)
    breach.affected.filter(pk__in=[row.pk for row in waiting]).update(told_at=now)
    _note(breach, "tell", actor, now)
    return len(waiting)


@service
def record_report(*, actor: User, breach: DataBreach, reported_at: datetime, number: str, now: datetime) -> DataBreach:
    """The authority was told: when, and under which number. Raises: NotAllowed, InvalidMove, RuleBroken.

    Locks: DataBreach.
    """
    breach, number = _locked(actor, breach), number.strip()
    require(
        breach.found_at <= reported_at <= now,
        _("Waktu melapor terletak antara waktu diketahui dan sekarang."),
        field="reported_at",
        code="reported_elsewhen",
    )
    require(number, _("Isi nomor atau tanda terima laporan."), field="number", code="number_missing")
    require(breach.reported_at is None, _("Laporan ke lembaga sudah dicatat."), code="reported_already")
    breach.reported_at, breach.report_number = reported_at, number
    breach.save(update_fields=["reported_at", "report_number"])
    _note(breach, "report", actor, now, number)
    return breach


@service
def close_breach(*, actor: User, breach: DataBreach, note: str, now: datetime) -> DataBreach:
    """What came of it. Only once the authority and everybody concerned were told.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: DataBreach.
    """
    breach, note = _locked(actor, breach), note.strip()
    require(breach.reported_at is not None, _("Catat dahulu laporan ke lembaga."), code="not_reported")
    require(
        breach.affected.exists() and not breach.affected.filter(told_at__isnull=True).exists(),
        _("Kabari dahulu semua orang yang terdampak."),
        code="not_told",
    )
    require(
        len(note) >= LEAST_REASON,
        _("Tulis hasil akhirnya, paling sedikit %(n)d huruf.") % {"n": LEAST_REASON},
        field="note",
        code="words_missing",
    )
    move(breach, "close", actor=actor, now=now, note=note, closed_at=now, closing_note=note)
    return breach


@service
def remind_late(*, now: datetime) -> int:
    """Who handles breaches hears once a day of each that is past its hours. Returns how many there are."""
    late = list(DataBreach.objects.late(now).order_by("due_at"))
    for breach in late:
        notices.breach_late(breach, now=now)
    return len(late)


def _locked(actor: User, breach: DataBreach) -> DataBreach:
    _check_handler(actor)
    found: DataBreach = DataBreach.objects.locked().get(pk=breach.pk)
    if found.state != BreachState.OPEN:
        raise InvalidMove(_("Kebocoran ini sudah ditutup. Muat ulang halaman."))
    return found


def _note(breach: DataBreach, action: str, actor: User, now: datetime, note: str = "") -> None:
    breach.events.create(
        action=action, from_state=breach.state, to_state=breach.state, actor=actor, at=now, note=note,
        actor_name=actor.name, actor_nip=actor.nip,
    )  # fmt: skip


def _check_handler(actor: User) -> None:
    if not policies.can_handle(actor):
        raise NotAllowed(_("Hanya petugas pelindungan data yang menangani kebocoran."))
