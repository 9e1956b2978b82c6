"""The budget ledger: reserve → commit → realise, or release on the way. Available never goes below zero."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from epeken.core.i18n.words import rupiah
from epeken.core.money import check_rupiah
from epeken.ledger.services import Short, post
from epeken.users.models import User
from procurement.budgets.models import BudgetEntry, BudgetLine
from procurement.budgets.states import EntryKind


@transaction.atomic
def reserve(*, line: BudgetLine, amount: int, reference: str, actor: User | None, now: datetime) -> None:
    """A submitted request holds `amount`. Raises: RuleBroken `budget_short` saying what is left. Locks: BudgetLine."""
    _check(amount)
    try:
        _post(line, EntryKind.RESERVE, reference, actor, now, reserved=amount)
    except Short:
        line.refresh_from_db()
        raise RuleBroken(
            _(
                "Sisa pagu %(line)s tinggal %(left)s, sedangkan permintaan ini %(amount)s. "
                "Kurangi barangnya atau pilih mata anggaran lain."
            )
            % {"line": line.account_id, "left": rupiah(line.available), "amount": rupiah(amount)},
            code="budget_short",
        ) from None


@transaction.atomic
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


@transaction.atomic
def commit(*, line: BudgetLine, amount: int, reference: str, actor: User | None, now: datetime) -> None:
    """A surat pesanan binds what was reserved. Locks: BudgetLine."""
    _check(amount)
    _post(line, EntryKind.COMMIT, reference, actor, now, reserved=-amount, committed=amount)


@transaction.atomic
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


@transaction.atomic
def realise(*, line: BudgetLine, committed: int, paid: int, reference: str, actor: User | None, now: datetime) -> None:
    """`paid` left the treasury out of `committed`; any difference is free again. Locks: BudgetLine.

    `paid` is what the budget bears: the gross of the invoice, tax withheld included.
    """
    _check(committed)
    _check(paid)
    if paid > committed:
        raise ValueError("More paid than committed.")
    _post(line, EntryKind.REALISE, reference, actor, now, committed=-committed, realised=paid)


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
    **deltas: int,
) -> None:
    """No key: each verb is called by one move of a request, order or invoice, which happens once."""
    post(
        BudgetEntry, line.pk, deltas=deltas, now=now, actor=actor, reference=reference, note=note,
        note_code=note_code, kind=kind,
    )  # fmt: skip
