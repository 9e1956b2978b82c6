"""The one way to write a ledger."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import add
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from epeken.ledger.models import LedgerEntry
from epeken.users.models import User


class Short(RuleBroken):
    """The account does not hold what the posting takes, or has no room for it. Say what is left where it is known."""

    code = "ledger_short"

    def __init__(self) -> None:
        super().__init__(_("Buku tidak cocok dengan dokumennya. Hubungi admin kota."))


class Beyond(RuleBroken):
    """The account would hold more than a column can."""

    code = "ledger_beyond"

    def __init__(self) -> None:
        super().__init__(_("Jumlahnya akan lebih besar daripada yang dapat dicatat. Periksa angkanya."))


def post(
    ledger: type[LedgerEntry],
    account_pk: int,
    *,
    deltas: dict[str, int] | dict[str, Decimal],
    now: datetime,
    actor: User | None = None,
    reference: str = "",
    key: str = "",
    note: str = "",
    note_code: str = "",
    note_parameters: Mapping[str, Any] | None = None,
    **fields: Any,
) -> bool:
    """Changes the account's balances by `deltas` (by balance) and writes the entry; False when `key` was posted before.

    `fields` are the ledger's own columns. No balance falls below zero, and what adds to their sum stays below the
    ceiling. `note` is what a person wrote; what the system says is a `note_code` of the ledger's `notes`.
    Raises: Short or Beyond, with nothing changed; ValueError when `key` was posted with other deltas; KeyError for an
    unknown code; RuntimeError outside a transaction.
    Locks: the account's row.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A ledger is written inside a transaction: the balance and its entry, or neither.")
    accounts = ledger._meta.get_field(ledger.account).related_model._base_manager  # type: ignore[union-attr]
    account = accounts.filter(pk=account_pk)
    # Conditional on purpose: of two postings racing for the last of it, one finds no row to update.
    room: dict[str, Any] = {f"{name}__gte": -delta for name, delta in deltas.items() if delta < 0}
    # What each balance may hold at most before this posting, so that the sum still fits its column.
    columns: Any = accounts.model._meta
    tops = {name: columns.get_field(name).most - delta for name, delta in deltas.items() if delta > 0}
    room |= {f"{name}__lte": most for name, most in tops.items()}
    growth = sum(deltas.values())
    if ledger.ceiling and growth > 0:
        room[f"{ledger.ceiling}__gte"] = reduce(add, map(F, ledger.balances)) + growth
    if account.filter(**room).update(**{name: F(name) + delta for name, delta in deltas.items()}) != 1:
        if key and _posted(ledger, account_pk, key, deltas):
            return False
        if any(account.filter(**{f"{name}__gt": most}).exists() for name, most in tops.items()):
            raise Beyond()
        raise Short()
    entry = ledger(
        **{f"{ledger.account}_id": account_pk},
        **{f"{name}_delta": delta for name, delta in deltas.items()},
        reference=reference, key=key, actor=actor, at=now, note=note[:200], note_code=note_code,
        note_parameters=ledger.notes[note_code].keep(note_parameters or {}) if note_code else {}, **fields,
    )  # fmt: skip
    if key and _posted(ledger, account_pk, key, deltas):
        # Asked once the account is locked: whoever posted it first has ended. What was taken goes back.
        account.update(**{name: F(name) - delta for name, delta in deltas.items()})
        return False
    entry.save(force_insert=True)
    return True


def _posted(ledger: type[LedgerEntry], account_pk: int, key: str, deltas: dict[str, Any]) -> bool:
    """Whether `key` stands on the account. Raises ValueError when it stands there for something else."""
    names = [f"{name}_delta" for name in deltas]
    found = ledger._base_manager.filter(**{ledger.account: account_pk}, key=key).values_list(*names).first()
    if found is None:
        return False
    if list(found) != list(deltas.values()):
        raise ValueError(f"{key} was posted with other amounts.")
    return True
