"""`make demo`, whole: on the test database, so that nothing needs to be migrated or seeded here."""

import contextlib
import json
import os
import signal
import socket
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.platform.running import Supervisor, parts_of, processes_of, wait_for

# One process for both: the folder of the module is made once, and starting databases is heavy.
pytestmark = pytest.mark.xdist_group("supervisor")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="epeken-platform-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def outside_address(port: int | None = None) -> str:
    """The test database as a server of one's own, at another port when one is given; the queue is the supervisor's."""
    settings = connection.settings_dict | ({"PORT": port} if port else {})
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)


@pytest.fixture
def outside(transactional_db: None) -> dict[str, str]:
    return {"DATABASE_URL": outside_address()}


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode()
    except OSError:
        return 0, ""


def test_the_demo_opens_heals_and_closes(folder: Path, outside: dict[str, str]) -> None:
    port = free_port()
    running = Supervisor(folder / "var", "demo", "--without-city", PORT=str(port), **outside)
    running.says(rf"e-Peken is open: http://localhost:{port}", seconds=120)
    address = f"http://127.0.0.1:{port}"
    try:
        status, ready = fetch(f"{address}/readyz")
        assert (status, json.loads(ready)["failing"]) == (200, [])
        assert fetch(f"{address}/")[0] == 200

        # Web and worker killed, parents and children: both come back by themselves.
        killed = parts_of(running.var, "gunicorn") + parts_of(running.var, "celery", "worker")
        assert killed
        for pid in killed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait_for(lambda: fetch(f"{address}/healthz")[0] == 200, seconds=60, what="web")
        wait_for(lambda: parts_of(running.var, "celery", "worker"), what="worker")
        assert "web ended with signal 9" in running.said()
        assert "worker ended with signal 9" in running.said()
    finally:
        code = running.stop()

    assert code == 0
    assert processes_of(running.var) == []
    assert fetch(f"{address}/healthz")[0] == 0
    assert "Traceback" not in running.said()


def test_a_given_port_that_is_taken_is_named(folder: Path) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        running = Supervisor(folder / "var", "demo", PORT=str(port))

        assert running.ends() == 1
        assert f"Port {port} is taken" in running.said()
        assert "make demo PORT=" in running.said()
    assert processes_of(running.var) == []


@pytest.mark.parametrize("port", ["web", "0", "70000"])
def test_a_port_that_is_none_is_refused(folder: Path, port: str) -> None:
    running = Supervisor(folder / "var", "demo", PORT=port)
    assert running.ends() == 1
    assert f"PORT={port} is no port" in running.said()


def test_a_step_that_fails_shows_the_end_of_its_log(folder: Path) -> None:
    port = free_port()  # nobody listens there
    settings = {"DATABASE_URL": f"postgres://epeken@127.0.0.1:{port}/none", "PORT": str(free_port())}
    running = Supervisor(folder / "var", "demo", "--without-city", **settings)
    assert running.ends(seconds=90) == 1
    assert "Database migrations: failed" in running.said()
    assert "Connection refused" in running.said()
    assert processes_of(running.var) == []
