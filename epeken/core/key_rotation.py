"""Moving what is encrypted from an old key to the first one, in batches that can stop anywhere."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

import pgtrigger
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from epeken.core.models import AppendOnly
from epeken.core.secret import EncryptedField, fernet

BATCH = 200


def encrypted_columns() -> Iterator[tuple[type[models.Model], EncryptedField]]:
    """Every encrypted column of the project, found by its field class: a new one is never forgotten."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedField):
                yield model, field


def rotate(token: str) -> str | None:
    """The token under the first key; None when it already is. Raises InvalidToken when no key opens it."""
    try:
        Fernet(settings.FIELD_KEYS[0].encode()).decrypt(token.encode())
    except InvalidToken:
        return fernet().rotate(token.encode()).decode()
    return None


def rotate_column(model: type[models.Model], field: EncryptedField) -> int:
    """Every row of the column opens with the first key afterwards. Returns how many had to change.

    Rows are read by key, a batch at a time, each batch one transaction with its rows locked: a person saving meanwhile
    waits a moment and loses nothing. Run again after an interruption; finished rows are left alone.
    """
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(str(field.column))
    key = quote(str(model._meta.pk.column))
    changed, last = 0, None
    while True:
        with transaction.atomic(), _writable(model), connection.cursor() as cursor:
            # The columns are ours (from the models), the values are parameters.
            after = f"AND {key} > %s" if last is not None else ""
            cursor.execute(
                f"SELECT {key}, {column} FROM {table} WHERE {column} <> '' {after} "  # noqa: S608
                f"ORDER BY {key} LIMIT {BATCH} FOR NO KEY UPDATE",
                [last] if last is not None else [],
            )
            rows = cursor.fetchall()
            for pk, token in rows:
                fresh = rotate(token)
                if fresh is not None:
                    cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [fresh, pk])  # noqa: S608
                    changed += 1
        if len(rows) < BATCH:
            return changed
        last = rows[-1][0]


def _writable(model: type[models.Model]) -> AbstractContextManager[None]:
    """Rows written once keep what they say; only the key it is encrypted with changes."""
    if not issubclass(model, AppendOnly):
        return nullcontext()
    writable: AbstractContextManager[None] = pgtrigger.ignore(f"{model._meta.label}:append_only")
    return writable
