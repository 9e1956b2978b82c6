"""The database as the migrations leave it, for the next test after one that really committed."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

KEPT = "seed"


def keep() -> None:
    """Copy every table that is filled after migrating (rules, wards, food courts…), once per test database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [KEPT])
        if cursor.fetchone():
            return
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in _filled(cursor, _tables()):
            cursor.execute(f'CREATE TABLE {KEPT}."{table}" AS TABLE public."{table}"')


def reset() -> None:
    """Empty every table and fill the kept ones, in one transaction; what nobody touched is left alone.

    Rows are deleted, not truncated: Django's flush makes new files for a hundred tables and their indexes and writes
    every permission anew, half a second a test.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [KEPT])
        kept = {table for (table,) in cursor.fetchall()}
        changed = _changed(cursor, kept)
        emptied = [*_filled(cursor, set(_tables()) - kept), *changed]
        # What is append-only for the product is not for the next test.
        for table in emptied:
            cursor.execute(f'ALTER TABLE public."{table}" DISABLE TRIGGER USER')
        for table in emptied:
            cursor.execute(f'DELETE FROM public."{table}"')
        for table in changed:
            cursor.execute(f'INSERT INTO public."{table}" SELECT * FROM {KEPT}."{table}"')
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in emptied:
            cursor.execute(f'ALTER TABLE public."{table}" ENABLE TRIGGER USER')
    ContentType.objects.clear_cache()


def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def _filled(cursor: CursorWrapper, tables: Iterable[str]) -> list[str]:
    return _those(cursor, {table: f'TABLE public."{table}"' for table in tables})


def _changed(cursor: CursorWrapper, kept: Iterable[str]) -> list[str]:
    now, then = 'TABLE public."{0}"', f'TABLE {KEPT}."{{0}}"'
    differs = f"(({now} EXCEPT ALL {then}) UNION ALL ({then} EXCEPT ALL {now}))"
    return _those(cursor, {table: differs.format(table) for table in kept})


def _those(cursor: CursorWrapper, questions: dict[str, str]) -> list[str]:
    """The tables whose question has at least one row, asked in one statement."""
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS ({rows})" for table, rows in sorted(questions.items()))
    cursor.execute(asked)
    return [table for (table,) in cursor.fetchall()]
