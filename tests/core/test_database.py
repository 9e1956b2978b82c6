"""The client's own patience with a database that says nothing (epeken.core.database); frozen for real in
tests/platform/test_outages.py."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pgtrigger
import psycopg2
import pytest
from django.db import OperationalError, connection

from epeken.core import database


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    yield
    database._away.clear()


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(16)
        yield server.getsockname()[1]


def connect(port: int) -> float:
    """Seconds until it was given up."""
    began = time.monotonic()
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(host="127.0.0.1", port=port, user="x", dbname="x", connect_timeout=2)
    return time.monotonic() - began


def test_connecting_to_a_silent_server_ends_by_its_time_out(silent: int) -> None:
    assert 1.9 < connect(silent) < 4


def test_once_it_is_known_one_asks_and_the_others_fail_at_once(silent: int) -> None:
    connect(silent)
    took: list[float] = []
    people = [threading.Thread(target=lambda: took.append(connect(silent))) for _n in range(5)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len([seconds for seconds in took if seconds < 0.5]) == 4
    assert max(took) < database.PROBE_SECONDS + 1


@pytest.mark.django_db
def test_a_slow_statement_of_a_living_server_goes_on(monkeypatch: Any) -> None:
    monkeypatch.setattr(database, "SILENT_SECONDS", 0.2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(1), 7")
        assert cursor.fetchone()[1] == 7


@pytest.mark.django_db(transaction=True)
def test_a_statement_past_every_limit_is_given_up_and_the_next_one_works(monkeypatch: Any, settings: Any) -> None:
    """Only this one server process hangs, its statement_timeout with it."""
    monkeypatch.setattr(database, "GRACE_SECONDS", 0.2)
    settings.STATEMENT_TIMEOUT_MS = 300
    began = time.monotonic()
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(20)")
    assert time.monotonic() - began < 3
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_a_living_server_gives_a_sign_and_a_closed_port_none(silent: int) -> None:
    connection.ensure_connection()
    assert database.answers(connection.connection)
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        elsewhere: Any = type("Line", (), {"dsn": f"host=127.0.0.1 port={held.getsockname()[1]}"})
        assert not database.answers(elsewhere)
    assert not database.answers(type("Line", (), {"dsn": f"host=127.0.0.1 port={silent}"}))


@pytest.mark.django_db
def test_a_trigger_finds_out_what_is_ignored_without_an_error() -> None:
    """Where the setting is missing each of them catches an error, dearer the more rows a transaction has written."""

    def ignored() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('pgtrigger.ignore')")
            return str(cursor.fetchone()[0])

    assert ignored() == "{}"
    with pgtrigger.ignore("procurement.SealedOffer:append_only"):
        assert "append_only" in ignored()
    assert ignored() == "{}"
