"""A row that may be there already."""

from django.db import connection, models
from django.db.models.constants import OnConflict


def insert_new(row: models.Model) -> bool:
    """Inserts the row unless one with its unique values is there; whether it was inserted. One statement, no savepoint.

    Of two that insert the same at once the second waits for the first to end and then finds it.
    """
    model = type(row)
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    query = models.sql.InsertQuery(model, on_conflict=OnConflict.IGNORE)
    query.insert_values(fields, [row])
    (made,) = query.get_compiler(connection=connection).execute_sql(returning_fields=[model._meta.pk])
    if made is None:
        return False
    (row.pk,), row._state.adding, row._state.db = made, False, connection.alias
    return True
