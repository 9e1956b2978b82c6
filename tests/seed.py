"""Reference data (rules, wards, food courts…) comes with the migrations; a test that truncates tables gets it back."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

KEPT = "seed"


def keep() -> None:
    """Copy every table that is filled after migrating, once per test database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [KEPT])
        if cursor.fetchone():
            return
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM public."{table}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'CREATE TABLE {KEPT}."{table}" AS TABLE public."{table}"')


def restore() -> None:
    """Fill the kept tables that are empty now."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [KEPT])
        tables = [table for (table,) in cursor.fetchall()]
        if not any(_empty(cursor, table) for table in tables):
            return
        # Emptying tables makes Django write permissions anew, under other numbers than the groups know.
        cursor.execute("TRUNCATE public.auth_permission, public.django_content_type CASCADE")
        for table in tables:
            if _empty(cursor, table):
                cursor.execute(f'INSERT INTO public."{table}" SELECT * FROM {KEPT}."{table}"')
    ContentType.objects.clear_cache()


def _empty(cursor: Any, table: str) -> bool:
    cursor.execute(f'SELECT NOT EXISTS (SELECT 1 FROM public."{table}")')
    return bool(cursor.fetchone()[0])
