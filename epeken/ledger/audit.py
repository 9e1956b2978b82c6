"""Every ledger, asked once more: is each balance the sum of its entries?"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from epeken.ledger.models import LedgerEntry

# The auditor does not trust the code that wrote the rows: sums and balances, straight from the tables.
DIFFERENCES = """
SELECT '{label} ' || a.id, format('{balance} is %s, entries say %s', a.{balance}, COALESCE(s.total, 0))
FROM {accounts} a
LEFT JOIN (SELECT {key} AS account, SUM({balance}_delta) AS total FROM {entries} GROUP BY 1) s ON s.account = a.id
WHERE a.{balance} <> COALESCE(s.total, 0) OR a.{balance} < 0
"""
ABOVE = """
SELECT '{label} ' || a.id, format('%s is more than {ceiling}, %s', {total}, a.{ceiling})
FROM {accounts} a WHERE {total} > a.{ceiling}
"""


def ledgers() -> Iterator[type[LedgerEntry]]:
    """Every ledger there is."""
    return (model for model in apps.get_models() if issubclass(model, LedgerEntry))


def differences() -> list[tuple[str, str]]:
    """Per account whose balance is not its entries' sum, is below zero or above its ceiling: which, and how."""
    found: list[tuple[str, str]] = []
    with connection.cursor() as cursor:
        for ledger in ledgers():
            field = ledger._meta.get_field(ledger.account)
            accounts = field.related_model._meta  # type: ignore[union-attr]
            words = {"label": accounts.label, "accounts": accounts.db_table, "entries": ledger._meta.db_table}
            for balance in ledger.balances:
                cursor.execute(DIFFERENCES.format(**words, balance=balance, key=field.column))  # type: ignore[union-attr]
                found += cursor.fetchall()
            if ledger.ceiling:
                total = " + ".join(f"a.{name}" for name in ledger.balances)
                cursor.execute(ABOVE.format(**words, ceiling=ledger.ceiling, total=total))
                found += cursor.fetchall()
    return found
