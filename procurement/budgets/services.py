"""The budget ledger: reserve → commit → realise, or release on the way. Available never goes below zero.

The ceiling itself is set by decrees: `take_ceilings`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed, RuleBroken, require
from epeken.core.i18n.times import long_date
from epeken.core.i18n.words import rupiah
from epeken.core.money import check_rupiah
from epeken.core.services import service
from epeken.ledger.services import Short, post
from epeken.users.models import User
from procurement.budgets import ceilings, charges
from procurement.budgets.ceilings import Change, WantedLine
from procurement.budgets.charges import Charges
from procurement.budgets.models import BudgetEntry, BudgetLine, CeilingRevision
from procurement.budgets.states import ChangeKind, EntryKind

Lines = Mapping[int, BudgetLine]  # by pk


@service
def reserve(
    *,
    line: BudgetLine,
    amount: int,
    reference: str,
    actor: User | None,
    now: datetime,
    note_code: str = "",
    is_part: bool = False,
) -> None:
    """A submitted request, or a signed frame, holds `amount`. `is_part`: of what it holds on several lines.

    Raises: RuleBroken `budget_short` saying what is left. Locks: BudgetLine.
    """
    _check(amount)
    try:
        _post(line, EntryKind.RESERVE, reference, actor, now, reserved=amount, note_code=note_code)
    except Short:
        line.refresh_from_db()
        raise RuleBroken(short_words(line, amount, is_part=is_part), code="budget_short") from None


def short_words(line: BudgetLine, amount: int, *, is_part: bool = False) -> str:
    """Why the line cannot bear `amount` more, with the figures. `is_part`: of a purchase on several lines."""
    if is_part:
        return _(
            "Sisa pagu %(line)s %(activity)s tinggal %(left)s, sedangkan yang dibebankan ke sana %(amount)s: "
            "kurang %(short)s. Kurangi barangnya atau bebankan ke mata anggaran lain."
        ) % {
            "line": line.account_id,
            "activity": line.activity_name,
            "left": rupiah(line.available),
            "amount": rupiah(amount),
            "short": rupiah(amount - line.available),
        }
    return _(
        "Sisa pagu %(line)s tinggal %(left)s, sedangkan permintaan ini %(amount)s: kurang %(short)s. "
        "Kurangi barangnya atau pilih mata anggaran lain."
    ) % {
        "line": line.account_id,
        "left": rupiah(line.available),
        "amount": rupiah(amount),
        "short": rupiah(amount - line.available),
    }


def short_award_words(line: BudgetLine, amount: int) -> str:
    """The same of what won a request for quotation, whose goods stay as they were offered."""
    return _(
        "Sisa pagu %(line)s tinggal %(left)s, sedangkan hasil penawaran ini %(amount)s: kurang %(short)s. Barang dan "
        "jumlahnya tetap: minta pagu ke kepala dinas, atau buang draf ini supaya permintaan penawarannya dibatalkan."
    ) % {
        "line": line.account_id,
        "left": rupiah(line.available),
        "amount": rupiah(amount),
        "short": rupiah(amount - line.available),
    }


@service
def release(
    *,
    line: BudgetLine,
    amount: int,
    reference: str,
    actor: User | None,
    now: datetime,
    note: str = "",
    note_code: str = "",
) -> None:
    """A request (or part of it) fell through before it was ordered. Locks: BudgetLine."""
    _check(amount)
    _post(line, EntryKind.RELEASE, reference, actor, now, reserved=-amount, note=note, note_code=note_code)


@service
def commit(*, line: BudgetLine, amount: int, reference: str, actor: User | None, now: datetime) -> None:
    """A surat pesanan binds what was reserved. Locks: BudgetLine."""
    _check(amount)
    _post(line, EntryKind.COMMIT, reference, actor, now, reserved=-amount, committed=amount)


@service
def uncommit(
    *,
    line: BudgetLine,
    amount: int,
    reference: str,
    actor: User | None,
    now: datetime,
    note: str = "",
    note_code: str = "",
) -> None:
    """An order (or the part of it that was not accepted) will not be paid. Locks: BudgetLine."""
    _check(amount)
    _post(line, EntryKind.UNCOMMIT, reference, actor, now, committed=-amount, note=note, note_code=note_code)


@service
def realise(
    *,
    line: BudgetLine,
    committed: int,
    paid: int,
    reference: str,
    actor: User | None,
    now: datetime,
    document: str = "",
) -> None:
    """`paid` left the treasury out of `committed`; any difference is free again. Locks: BudgetLine.

    `paid` is what the budget bears: the gross of the invoice, tax withheld included. `document`: the invoice's number.
    """
    _check(committed)
    _check(paid)
    if paid > committed:
        raise ValueError("More paid than committed.")
    _post(line, EntryKind.REALISE, reference, actor, now, committed=-committed, realised=paid, document=document)


@service
def reverse_realised(*, lines: Lines, reference: str, document: str, actor: User | None, now: datetime) -> None:
    """What was realised for the invoice `document` of the order `reference` is bound again, on every line that bore a
    part of it; what a line bore of it stays in its entries, with one that takes it back.

    `lines`: all that the order is charged to, locked by the service that calls.
    Raises: RuleBroken `budget_short` where what the payment freed is used by now. Locks: BudgetLine.
    """
    entries = BudgetEntry.objects.filter(
        reference=reference, document=document, kind__in=(EntryKind.REALISE, EntryKind.REVERSE)
    )
    sums = entries.order_by("line").values("line").annotate(bound=Sum("committed_delta"), paid=Sum("realised_delta"))
    for pk, bound, paid in list(sums.values_list("line", "bound", "paid")):
        if not (bound or paid):
            continue
        line = lines[pk]
        try:
            _post(line, EntryKind.REVERSE, reference, actor, now, document=document, committed=-bound, realised=-paid)
        except Short:
            line.refresh_from_db()
            raise RuleBroken(short_words(line, -bound - paid), code="budget_short") from None


@service
def hold_charges(
    *,
    lines: Lines,
    wanted: Charges,
    reference: str,
    actor: User | None,
    now: datetime,
    note: str = "",
    note_code: str = "",
) -> None:
    """The reference holds exactly `wanted`: what a line has too much is free (`note`), what it lacks is reserved.

    `lines`: all that it holds or wants, locked by the service that calls. Raises: RuleBroken `budget_short`.
    Locks: BudgetLine.
    """
    common: dict[str, Any] = {"reference": reference, "actor": actor, "now": now}
    for pk, more in _differences(charges.held_under(reference), wanted).items():
        if more > 0:
            reserve(line=lines[pk], amount=more, is_part=len(wanted) > 1, **common)
        else:
            release(line=lines[pk], amount=-more, note=note, note_code=note_code, **common)


@service
def commit_charges(*, lines: Lines, wanted: Charges, reference: str, actor: User | None, now: datetime) -> None:
    """A surat pesanan binds what was reserved for it on each of `lines`, locked by the service that calls.

    Locks: BudgetLine.
    """
    for pk, amount in wanted.items():
        commit(line=lines[pk], amount=amount, reference=reference, actor=actor, now=now)


@service
def keep_committed(
    *,
    lines: Lines,
    wanted: Charges,
    reference: str,
    actor: User | None,
    now: datetime,
    note: str = "",
    note_code: str = "",
) -> int:
    """The reference binds no more than `wanted` on each line; the rest is free. How much that was, in whole rupiah.

    `lines`: all that it binds, locked by the service that calls. Raises ValueError where it would bind more.
    Locks: BudgetLine.
    """
    freed = 0
    common: dict[str, Any] = {"reference": reference, "actor": actor, "now": now}
    for pk, more in _differences(charges.bound_under(reference), wanted).items():
        if more > 0:
            raise ValueError(f"{reference} never bound as much as {wanted}.")
        uncommit(line=lines[pk], amount=-more, note=note, note_code=note_code, **common)
        freed -= more
    return freed


@service
def change_committed(
    *,
    lines: Lines,
    before: Charges,
    after: Charges,
    reference: str,
    actor: User | None,
    now: datetime,
    note_code: str = "",
) -> None:
    """What the order puts on each line is `after` in place of `before`: what is more is reserved and bound at once,
    what is less is free. `lines`: all of both, locked by the service that calls.

    Raises: RuleBroken `budget_short`. Locks: BudgetLine.
    """
    common: dict[str, Any] = {"reference": reference, "actor": actor, "now": now}
    for pk, more in _differences(before, after).items():
        if more > 0:
            reserve(line=lines[pk], amount=more, is_part=len(after) > 1, note_code=note_code, **common)
            commit(line=lines[pk], amount=more, **common)
        else:
            uncommit(line=lines[pk], amount=-more, note_code=note_code, **common)


@service
def realise_charges(
    *, lines: Lines, paid: Charges, reference: str, document: str, actor: User | None, now: datetime
) -> None:
    """The invoice `document` was paid: what it puts on each of `lines`, locked by the service that calls, is spent.

    Locks: BudgetLine.
    """
    for pk, amount in paid.items():
        realise(
            line=lines[pk], committed=amount, paid=amount, reference=reference, document=document, actor=actor, now=now
        )


def _differences(before: Charges, after: Charges) -> Charges:
    """What each line has more afterwards; below zero: less."""
    return charges.added([after, {pk: -amount for pk, amount in before.items()}])


def _check(amount: int) -> None:
    if check_rupiah(amount) <= 0:
        raise ValueError("Budget amounts are positive.")


def _post(
    line: BudgetLine,
    kind: str,
    reference: str,
    actor: User | None,
    now: datetime,
    *,
    note: str = "",
    note_code: str = "",
    document: str = "",
    **deltas: int,
) -> None:
    """No key: each verb is called by one move of a request, order or invoice, which happens once."""
    post(
        BudgetEntry, line.pk, deltas=deltas, now=now, actor=actor, reference=reference, note=note,
        note_code=note_code, kind=kind, document=document,
    )  # fmt: skip


@service
def take_ceilings(
    *,
    actor: User,
    wanted: Sequence[WantedLine],
    decree: str,
    decree_on: date,
    now: datetime,
    shown: str | None = None,
) -> list[Change]:
    """The budget lines have the ceilings of the decree, all of them or none; each change is kept with the decree.

    `shown` is the digest on the page that posts (`ceilings.shown`): what it did not show is not taken.
    Raises: NotAllowed, RuleBroken. Locks: BudgetLine.
    """
    decree = _check_decree(actor, decree, decree_on, now, {row.agency_id for row in wanted})
    found = {line.pk for line in ceilings.lines_for(wanted).values()}
    locked = {ceilings.key_of(line): line for line in BudgetLine.objects.locked().filter(pk__in=found)}
    changes = ceilings.plan(wanted, locked, decree_on)
    require(
        shown is None or shown == ceilings.shown(changes),
        _("Pagu berubah sejak halaman ini dibuka. Periksa perbandingannya, lalu simpan sekali lagi."),
        code="ceilings_changed",
    )
    refused = next((change for change in changes if change.kind == ChangeKind.REFUSED), None)
    if refused is not None:
        raise RuleBroken(refused.refusal, field="pagu", code="ceiling_refused")
    for change in changes:
        if change.kind == ChangeKind.SAME:
            continue
        line = change.line or _new_line(change.wanted)
        if line.activity_name != change.wanted.activity_name:
            BudgetLine.objects.filter(pk=line.pk).update(activity_name=change.wanted.activity_name)
        if change.kind != ChangeKind.RENAMED:
            _revise(line, change.delta, actor, decree, decree_on, now)
    return changes


@service
def revise_ceiling(
    *, actor: User, line: BudgetLine, pagu: int, decree: str, decree_on: date, now: datetime
) -> CeilingRevision:
    """The line has the ceiling of the decree. Raises: NotAllowed, RuleBroken. Locks: BudgetLine."""
    decree = _check_decree(actor, decree, decree_on, now, {line.agency_id})
    locked: BudgetLine = BudgetLine.objects.locked().get(pk=line.pk)
    last = locked.revisions.order_by("-decree_on", "-pk").first()
    refusal = ceilings.below_used(locked, pagu) or ceilings.superseded(locked, last, pagu, decree_on)
    require(not refusal, refusal, field="pagu", code="ceiling_refused")
    return _revise(locked, pagu - locked.pagu, actor, decree, decree_on, now)


def _check_decree(actor: User, decree: str, decree_on: date, now: datetime, agencies: Collection[int]) -> str:
    if not actor.has_perm("procurement.change_budgetline"):
        raise NotAllowed(_("Hanya pengelola anggaran yang dapat menetapkan pagu."))
    decree = decree.strip()
    require(decree, _("Tulis nomor keputusannya."), field="decree", code="decree_missing")
    require(
        decree_on <= clock.local_date(now),
        _("Tanggal keputusan belum tiba."),
        field="decree_on",
        code="decree_later",
    )
    known = CeilingRevision.objects.filter(line__agency__in=agencies, reference__iexact=decree)
    other = known.exclude(decree_on=decree_on).values_list("decree_on", flat=True).first()
    if other is not None:
        text = _("Keputusan %(decree)s sudah tercatat bertanggal %(day)s. Periksa nomor dan tanggalnya.")
        words = {"decree": decree, "day": long_date(other)}
        raise RuleBroken(text % words, field="decree_on", code="decree_dated")
    return decree


def _revise(line: BudgetLine, delta: int, actor: User, decree: str, decree_on: date, now: datetime) -> CeilingRevision:
    post(CeilingRevision, line.pk, deltas={"pagu": delta}, now=now, actor=actor, reference=decree, decree_on=decree_on)
    return line.revisions.latest("pk")


def _new_line(wanted: WantedLine) -> BudgetLine:
    """Raises: RuleBroken when somebody else added it just before."""
    agency, year, activity_code, account, rup_id = wanted.key
    line, is_new = BudgetLine.objects.get_or_create(
        agency_id=agency,
        year=year,
        activity_code=activity_code,
        account_id=account,
        rup_id=rup_id,
        defaults={"activity_name": wanted.activity_name},
    )
    require(
        is_new,
        _("Pagu berubah sejak halaman ini dibuka. Periksa perbandingannya, lalu simpan sekali lagi."),
        code="ceilings_changed",
    )
    return line
