"""Reference data (rules, wards, food courts…) comes with the migrations; a test that truncates tables gets it back."""

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
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM public."{table}")')
            if not cursor.fetchone()[0]:
                cursor.execute(f'INSERT INTO public."{table}" SELECT * FROM {KEPT}."{table}"')
