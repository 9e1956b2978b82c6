"""The supervisor's PostgreSQL and Valkey: real ones, really killed."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

from epeken.supervisor import places
from tests.platform.running import Supervisor, postmaster, processes_of, wait_for

# One process for both: the folder of the module is made once, and starting databases is heavy.
pytestmark = pytest.mark.xdist_group("supervisor")


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """One folder for the module: the database is created once. Not pytest's own, which `nobody` may not enter."""
    with tempfile.TemporaryDirectory(prefix="epeken-platform-") as made:
        Path(made).chmod(0o755)
        yield Path(made) / "var"


@pytest.fixture
def services(var: Path) -> Iterator[Supervisor]:
    running = Supervisor(var, "services")
    running.says(r"REDIS_URL=.+\n")
    yield running
    running.stop()


def url(running: Supervisor, name: str) -> str:
    return running.says(rf"{name}=(\S+)").group(1)


def rows(running: Supervisor) -> list[tuple[str]] | None:
    try:
        line = psycopg2.connect(url(running, "DATABASE_URL"), connect_timeout=2)
    except psycopg2.OperationalError:
        return None
    with contextlib.closing(line), line.cursor() as cursor:
        cursor.execute("SELECT word FROM kept")
        found: list[tuple[str]] = cursor.fetchall()
    return found


@pytest.fixture
def kept(services: Supervisor) -> Supervisor:
    """The running services, with a row in the database and a key in the queue."""
    with contextlib.closing(psycopg2.connect(url(services, "DATABASE_URL"))) as line, line, line.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS kept; CREATE TABLE kept (word) AS VALUES ('peken')")
    redis.Redis.from_url(url(services, "REDIS_URL")).set("kept", "peken")
    return services


def test_a_killed_postgres_comes_back_with_its_rows(kept: Supervisor) -> None:
    before = postmaster(kept.var)

    os.kill(before, signal.SIGKILL)

    kept.says("PostgreSQL ended with signal 9; starting it again")
    wait_for(lambda: rows(kept) == [("peken",)], what="the row")
    assert postmaster(kept.var) != before


def test_a_killed_supervisor_leaves_nothing_that_hinders_the_next(kept: Supervisor) -> None:
    kept.kill()
    left = processes_of(kept.var)
    assert left

    again = Supervisor(kept.var, "services")
    again.says("An earlier run was killed")
    again.says("REDIS_URL=")

    assert not set(left) & set(processes_of(kept.var))
    assert rows(again) == [("peken",)]
    assert redis.Redis.from_url(url(again, "REDIS_URL")).get("kept") == b"peken"
    assert again.stop() == 0


def test_everything_killed_at_once_comes_back_with_its_rows(kept: Supervisor) -> None:
    for pid in [kept.process.pid, *processes_of(kept.var)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    kept.process.wait()

    again = Supervisor(kept.var, "services")
    again.says("REDIS_URL=")

    assert rows(again) == [("peken",)]
    assert again.stop() == 0


def test_a_stale_pid_file_naming_another_process_is_no_hindrance(kept: Supervisor) -> None:
    kept.stop()
    data = kept.var / "postgres"
    # The number of a stranger that lives: ourselves.
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n1\n\n\n\nready\n")

    again = Supervisor(kept.var, "services")
    again.says("REDIS_URL=")

    assert rows(again) == [("peken",)]
    assert again.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_that_was_started_and_nothing_else(services: Supervisor, number: signal.Signals) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    assert processes_of(services.var)

    assert services.stop(number) == 0

    assert processes_of(services.var) == []
    assert not (services.var / "postgres" / "postmaster.pid").exists()
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_second_supervisor_says_who_runs_already(services: Supervisor) -> None:
    second = Supervisor(services.var, "services")

    assert second.ends() == 1
    assert f"already runs from this checkout (process {services.process.pid})" in second.said()
    assert services.process.poll() is None


def test_stop_ends_a_running_supervisor(services: Supervisor) -> None:
    assert Supervisor(services.var, "stop").ends() == 0

    assert services.ends() == 0
    assert processes_of(services.var) == []


def test_the_services_want_a_password_and_hear_this_machine_only(services: Supervisor) -> None:
    database, queue = urlsplit(url(services, "DATABASE_URL")), urlsplit(url(services, "REDIS_URL"))
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(host="127.0.0.1", port=database.port, user="epeken", dbname="epeken", password="guess")
    with pytest.raises(psycopg2.OperationalError, match=r"pg_hba|no entry"):
        psycopg2.connect(host="127.0.0.1", port=database.port, user="postgres", dbname="postgres", password="")
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=queue.port or 0).ping()
    client = redis.Redis.from_url(url(services, "REDIS_URL"))
    asked = {"bind": "127.0.0.1", "appendonly": "yes", "maxmemory-policy": "noeviction"}
    assert {name: client.config_get(name)[name] for name in asked} == asked
    assert (services.var / "secrets.json").stat().st_mode & 0o777 == 0o600
    if os.geteuid() == 0:
        assert Path(f"/proc/{postmaster(services.var)}").stat().st_uid != 0


def test_outside_servers_are_used_and_none_started(var: Path) -> None:
    outside = {"DATABASE_URL": "postgres://somebody@db.invalid/market", "REDIS_URL": "redis://queue.invalid/0"}
    running = Supervisor(var, "services", **outside)
    running.says("REDIS_URL=redis://queue.invalid/0")

    assert "Using the servers of DATABASE_URL and REDIS_URL" in running.said()
    assert processes_of(running.var) == []
    assert running.stop() == 0


def test_data_lie_where_the_services_can_go_and_erase_removes_them(tmp_path: Path) -> None:
    """Root's services run as `nobody`, who cannot enter a closed folder: /root, for one."""
    tmp_path.chmod(0o700)
    var = tmp_path / "var"
    running = Supervisor(var, "services")
    running.says("REDIS_URL=")
    home = places.outside(var) if os.geteuid() == 0 else var
    try:
        assert (home / "postgres").stat().st_mode & 0o777 == 0o700
        assert (f"their data lie in {home}" in running.said()) == (os.geteuid() == 0)
        assert Supervisor(var, "stop").ends() == 0
        assert Supervisor(var, "erase").ends() == 0
        assert not places.outside(var).exists()
    finally:
        running.stop()
        shutil.rmtree(places.outside(var), ignore_errors=True)


def test_a_command_with_services_gets_its_own_and_its_exit_code_counts() -> None:
    place = Path(tempfile.mkdtemp(prefix="epeken-platform-"))
    place.chmod(0o755)
    say = "import os; print('GOT', os.environ['DATABASE_URL'], os.environ['REDIS_URL']); raise SystemExit(7)"
    command = ["run-with-services", "--", sys.executable, "-c", say]
    running = Supervisor(place / "var", *command, TEST_VAR_DIR=str(place / "var"))

    assert running.ends() == 7
    assert "GOT postgres://epeken:" in running.said()
    assert processes_of(place / "var") == []
    assert not (place / "var" / "postgres").exists()
    shutil.rmtree(place)
