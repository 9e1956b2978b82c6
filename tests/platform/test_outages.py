"""The running demo with its database unreachable, its queue frozen, its worker frozen: real processes."""

import contextlib
import http.cookiejar
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import psycopg2
import pytest
from django.db import connection

from epeken.core.models import Job
from epeken.notifications.models import OutgoingMail
from tests.factories.umkm import make_user
from tests.platform.running import Supervisor, parts_of, wait_for
from tests.platform.test_demo import fetch, folder, free_port, outside_address  # noqa: F401  # fixture

pytestmark = pytest.mark.xdist_group("supervisor")


class Line(NamedTuple):
    pid: int
    port: int


@pytest.fixture(scope="module")
def line(django_db_setup: None) -> Iterator[Line]:
    """What passes every byte between the demo and the test database; frozen, it is a database that says nothing."""
    settings, port = connection.settings_dict, free_port()
    command = [sys.executable, "-m", "tests.platform.line", str(port), settings["HOST"], str(settings["PORT"])]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout and process.stdout.readline() == b"open\n"
            yield Line(process.pid, port)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def opened(folder: Path, line: Line, django_db_blocker: Any) -> Iterator[tuple[Supervisor, str]]:  # noqa: F811
    """The running demo on the test database, opened once for the module, and its address."""
    port = free_port()
    with django_db_blocker.unblock():
        database = outside_address(line.port)
    running = Supervisor(
        folder / "var", "demo", "--without-city", PORT=str(port), WEB_WORKERS="1", DATABASE_URL=database
    )
    try:
        running.says(rf"e-Peken is open: http://localhost:{port}", seconds=120)
        yield running, f"http://127.0.0.1:{port}"
    finally:
        running.stop()


@pytest.fixture
def demo(opened: tuple[Supervisor, str], transactional_db: None) -> tuple[Supervisor, str]:
    """The demo with every part at work: the test before stopped some, and emptied the tables after it."""
    _running, address = opened
    wait_for(lambda: fetch(f"{address}/readyz")[0] == 200, seconds=60, what="every part")
    return opened


@contextlib.contextmanager
def frozen(pids: list[int]) -> Iterator[None]:
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@contextlib.contextmanager
def database_away() -> Iterator[None]:
    """Nobody gets a connection to the test database any more, and those there were are cut; ours stays."""
    settings = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (ours,) = cursor.fetchone()
    other = psycopg2.connect(
        host=settings["HOST"], port=settings["PORT"], user=settings["USER"], password=settings["PASSWORD"],
        dbname="postgres",
    )  # fmt: skip
    other.autocommit = True
    name = settings["NAME"]
    with contextlib.closing(other), other.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> %s", [name, ours]
            )
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


class Browser:
    """Cookies and the token of the form."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=30) as answer:
            text: str = answer.read().decode()
        return text

    def post(self, path: str, **fields: str) -> int:
        token = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', self.get(path))
        assert token
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        with self.opener.open(urllib.request.Request(self.address + path, data=body), timeout=60) as answer:
            status: int = answer.status
        return status


def headers(url: str) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as problem:
        return problem.code, problem.headers


def test_the_database_away_and_back(demo: tuple[Supervisor, str]) -> None:
    _running, address = demo
    assert fetch(f"{address}/")[0] == 200
    with database_away():
        status, told = headers(f"{address}/toko/?q=baru")
        assert (status, told["Retry-After"]) == (503, "10")
        status, text = fetch(f"{address}/api/v1/categories/")
        assert (status, json.loads(text)["code"]) == (503, "unavailable")
        assert headers(f"{address}/")[0] == 200
        # A copy that was compared with the rows half a second ago is not compared again.
        wait_for(lambda: headers(f"{address}/")[1]["Age"] is not None, what="the last copy")
        assert fetch(f"{address}/akun/masuk/")[0] in {200, 503}
        assert fetch(f"{address}/healthz")[0] == 200
        assert json.loads(fetch(f"{address}/readyz")[1])["failing"][0] == "database"
    wait_for(lambda: fetch(f"{address}/api/v1/categories/")[0] == 200, what="the API to come back")
    assert headers(f"{address}/")[1]["Age"] is None


def timed(url: str) -> tuple[int, float]:
    began = time.monotonic()
    return headers(url)[0], time.monotonic() - began


def test_a_frozen_database_is_given_up_within_seconds_and_found_again(demo: tuple[Supervisor, str], line: Line) -> None:
    _running, address = demo
    pages = [f"{address}/toko/?q={word}{number}" for word in ("kopi", "batik", "kue") for number in range(9)]
    assert {headers(page)[0] for page in pages[:4]} == {200}
    with frozen([line.pid]):
        with ThreadPoolExecutor(8) as people:
            first = list(people.map(timed, pages[4:15]))  # none of which has a copy
        # What was sent waits for the sign of life; eight people share four threads.
        assert {status for status, _took in first} == {503}
        assert max(took for _status, took in first) < 15
        # Now it is known: a second for the one who asks, nothing for the others.
        with ThreadPoolExecutor(8) as people:
            later = list(people.map(timed, pages[15:]))
        assert {status for status, _took in later} == {503}
        assert max(took for _status, took in later) < 6
        assert fetch(f"{address}/healthz")[0] == 200
        began = time.monotonic()
        assert json.loads(fetch(f"{address}/readyz")[1])["failing"] == ["database"]
        assert time.monotonic() - began < 4
    began = time.monotonic()
    wait_for(lambda: headers(pages[0])[0] == 200, what="the pages to come back")
    assert time.monotonic() - began < 10
    wait_for(lambda: fetch(f"{address}/readyz")[0] == 200, seconds=60, what="every part")


def test_a_frozen_queue_costs_a_request_nothing_and_loses_no_letter(demo: tuple[Supervisor, str]) -> None:
    running, address = demo
    person = make_user()
    browser = Browser(address)
    browser.get("/akun/sandi/lupa/")
    with frozen(parts_of(running.var, "valkey-server")):
        for _time in range(3):
            began = time.monotonic()
            assert browser.post("/akun/sandi/lupa/", email=person.email) == 200
            assert time.monotonic() - began < 3, "two requests of a second each, with room for a busy machine"
        assert Job.objects.waiting().count() >= 3
        assert not OutgoingMail.objects.filter(sent_at__isnull=False).exists()
    wait_for(lambda: not OutgoingMail.objects.filter(sent_at=None).exists(), seconds=90, what="the letters")
    assert OutgoingMail.objects.count() == 3


def test_a_frozen_worker_is_noticed_within_half_a_minute(demo: tuple[Supervisor, str]) -> None:
    running, address = demo
    assert json.loads(fetch(f"{address}/readyz")[1])["failing"] == []
    began = time.monotonic()
    with frozen(parts_of(running.var, "celery", "worker")):
        wait_for(lambda: json.loads(fetch(f"{address}/readyz")[1])["failing"] == ["worker"], seconds=45, what="readyz")
        assert time.monotonic() - began < 35
    wait_for(lambda: fetch(f"{address}/readyz")[0] == 200, seconds=60, what="the worker to be noticed again")
