"""What a page asks the database."""

from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

# Savepoints and the like are no questions.
NO_QUESTION = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT")


@dataclass(frozen=True)
class Statements:
    """The statements of one request, and which of them were asked more than once with the same values."""

    all: list[str]

    @property
    def count(self) -> int:
        return len(self.all)

    @property
    def twice(self) -> dict[str, int]:
        return {sql: times for sql, times in Counter(self.all).items() if times > 1}


def statements_of(client: Client, address: str) -> tuple[HttpResponse, Statements]:
    """GET of the address, and what it asked."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    return answer, Statements([q["sql"] for q in seen.captured_queries if not q["sql"].startswith(NO_QUESTION)])
