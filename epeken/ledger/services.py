"""The one way to write a ledger."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
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
    account: int | Mapping[str, Any],
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

    `account`: its primary key, or the fields that are unique to it, so that nobody reads it first; Short also when
    there is none. A posting with a `key` needs the primary key.
    `fields` are the ledger's own columns. No balance falls below zero, and what adds to their sum stays below the
    ceiling. `note` is what a person wrote; what the system says is a `note_code` of the ledger's `notes`.
    Raises: Short or Beyond, with nothing changed; ValueError when `key` was posted with other deltas; KeyError for an
    unknown code; RuntimeError outside a transaction.
    Locks: the account's row.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A ledger is written inside a transaction: the balance and its entry, or neither.")
    accounts: Any = ledger._meta.get_field(ledger.account).related_model
    if key:
        # Whoever posted it first has ended once the account is locked.
        list(accounts._base_manager.filter(pk=account).select_for_update(no_key=True).values_list("pk"))
        if _posted(ledger, account, key, deltas):
            return False
    by = account if isinstance(account, Mapping) else {"id": account}
    entry = ledger(
        **{f"{name}_delta": delta for name, delta in deltas.items()},
        reference=reference, key=key, actor=actor, at=now, note=note[:200], note_code=note_code,
        note_parameters=ledger.notes[note_code].keep(note_parameters or {}) if note_code else {}, **fields,
    )  # fmt: skip
    # What each balance may hold at most before this posting, so that the sum still fits its column.
    tops = {name: accounts._meta.get_field(name).most - delta for name, delta in deltas.items() if delta > 0}
    if not _move_and_write(entry, accounts, by, deltas, tops):
        found = accounts._base_manager.filter(**by)
        if any(found.filter(**{f"{name}__gt": most}).exists() for name, most in tops.items()):
            raise Beyond()
        raise Short()
    return True


def _move_and_write(
    entry: LedgerEntry, accounts: Any, by: Mapping[str, Any], deltas: Mapping[str, Any], tops: Mapping[str, Any]
) -> bool:
    """The balances and the entry in one statement, so that others wait for the account as shortly as can be; whether
    there was room."""
    quote = connection.ops.quote_name
    column = lambda name: quote(accounts._meta.get_field(name).column)  # noqa: E731
    # Conditional on purpose: of two postings racing for the last of it, one finds no row to update.
    room = [("{} >= %s", name, -delta) for name, delta in deltas.items() if delta < 0]
    room += [("{} <= %s", name, most) for name, most in tops.items()]
    conditions = [text.format(column(name)) for text, name, _value in room]
    limits = [value for _text, _name, value in room]
    growth = sum(deltas.values())
    if entry.ceiling and growth > 0:
        conditions.append(f"{column(entry.ceiling)} >= {' + '.join(map(column, entry.balances))} + %s")
        limits.append(growth)
    written = [
        field
        for field in entry._meta.local_concrete_fields
        if not (field.primary_key or field.attname.endswith("_after"))  # those the database gives
        and field.name != entry.account
    ]
    to_account: Any = entry._meta.get_field(entry.account)
    of = quote(to_account.column)
    sql = f"""
        WITH moved AS (
            UPDATE {quote(accounts._meta.db_table)} SET {", ".join(f"{column(n)} = {column(n)} + %s" for n in deltas)}
            WHERE {" AND ".join([*(f"{column(n)} = %s" for n in by), *conditions])}
            RETURNING id
        )
        INSERT INTO {quote(entry._meta.db_table)} ({", ".join([of, *(quote(str(field.column)) for field in written)])})
        SELECT {", ".join(["moved.id", *["%s"] * len(written)])} FROM moved
    """  # noqa: S608 - our own tables' names
    values = [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in written]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*deltas.values(), *by.values(), *limits, *values])
        return bool(cursor.rowcount)


def _posted(ledger: type[LedgerEntry], account_pk: Any, key: str, deltas: dict[str, Any]) -> bool:
    """Whether `key` stands on the account. Raises ValueError when it stands there for something else."""
    names = [f"{name}_delta" for name in deltas]
    found = ledger._base_manager.filter(**{ledger.account: account_pk}, key=key).values_list(*names).first()
    if found is None:
        return False
    if list(found) != list(deltas.values()):
        raise ValueError(f"{key} was posted with other amounts.")
    return True
