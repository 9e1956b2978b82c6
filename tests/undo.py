"""What a test tries on rows it made once, and takes back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def taken_back() -> Iterator[None]:
    """What the database checks at a commit is checked here, as at the end of a test."""
    with transaction.atomic():
        yield
        if not connection.needs_rollback:
            connection.check_constraints()
        transaction.set_rollback(True)
