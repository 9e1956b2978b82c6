"""/healthz and /readyz: each failing part is named."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client

from epeken.core import clock, registry, tasks
from epeken.core.models import Heartbeat


def answer(client: Client) -> tuple[int, dict[str, Any]]:
    response = client.get("/readyz")
    return response.status_code, response.json()


@pytest.fixture
def elsewhere(db: None) -> Iterator[Any]:
    """Another connection, which commits at once: the probe looks through one of its own."""
    line = connection.get_new_connection(connection.get_connection_params())
    line.autocommit = True
    with line.cursor() as cursor:
        yield cursor
        cursor.execute("DELETE FROM core_heartbeat")
    line.close()


def beats(cursor: Any, *, seconds_ago: int) -> None:
    cursor.execute(
        "INSERT INTO core_heartbeat (name, at) VALUES ('worker', %s) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
        [clock.now() - timedelta(seconds=seconds_ago)],
    )


@pytest.fixture
def open_market(elsewhere: Any) -> Client:
    """All parts ready."""
    beats(elsewhere, seconds_ago=0)
    return Client()


@pytest.fixture
def nobody_listens() -> Iterator[int]:
    """A port that refuses connections for as long as the test runs."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_healthz_asks_nothing_of_the_database(client: Client) -> None:
    # Without the db mark any query would fail the test.
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok\n"
    assert "no-store" in response["Cache-Control"]


def test_ready_when_every_part_is(open_market: Client) -> None:
    status, body = answer(open_market)
    assert (status, body["ready"], body["failing"]) == (200, True, [])
    assert {name: part["ok"] for name, part in body["parts"].items()} == {
        "database": True, "migrations": True, "worker": True, "broker": True,
    }  # fmt: skip


def test_the_database_away(client: Client, nobody_listens: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", str(nobody_listens))
    status, body = answer(client)
    assert (status, body["failing"]) == (503, ["database"])
    assert body["parts"]["worker"] == {"ok": None, "reason": "not checked: the database is away"}
    assert configured.DATABASES["default"]["NAME"] not in str(body)


def test_a_migration_not_applied(open_market: Client, elsewhere: Any) -> None:
    elsewhere.execute("SELECT max(name) FROM django_migrations WHERE app = 'notifications'")
    (last,) = elsewhere.fetchone()
    elsewhere.execute("UPDATE django_migrations SET name = 'gone' WHERE app = 'notifications' AND name = %s", [last])
    try:
        status, body = answer(open_market)
    finally:
        back = "UPDATE django_migrations SET name = %s WHERE app = 'notifications' AND name = 'gone'"
        elsewhere.execute(back, [last])
    assert (status, body["failing"]) == (503, ["migrations"])
    assert body["parts"]["migrations"]["reason"] == f"not applied: notifications.{last}"


def test_the_broker_away(open_market: Client, nobody_listens: int, settings: Any) -> None:
    settings.REDIS_URL = f"redis://:secret-word@127.0.0.1:{nobody_listens}/0"
    status, body = answer(open_market)
    assert (status, body["failing"]) == (503, ["broker"])
    assert "secret-word" not in str(body)


@pytest.mark.parametrize(("seconds", "failing"), [(25, []), (35, ["worker"])])
def test_a_worker_that_finished_nothing_for_half_a_minute(
    open_market: Client, elsewhere: Any, seconds: int, failing: list[str]
) -> None:
    beats(elsewhere, seconds_ago=seconds)
    assert answer(open_market)[1]["failing"] == failing


def test_a_worker_that_never_worked(open_market: Client, elsewhere: Any) -> None:
    elsewhere.execute("DELETE FROM core_heartbeat")
    status, body = answer(open_market)
    assert (status, body["failing"]) == (503, ["worker"])


def test_the_canary_leaves_its_time(db: None, now: datetime) -> None:
    tasks.heartbeat()
    assert Heartbeat.objects.get(name="worker").at >= now


def test_probes_only_read(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405


def test_the_canary_overtakes_a_long_queue() -> None:
    """In Redis a smaller number is taken first."""
    canary = registry.beat_schedule()["heartbeat"]["options"]["priority"]
    assert canary < configured.CELERY_TASK_DEFAULT_PRIORITY
