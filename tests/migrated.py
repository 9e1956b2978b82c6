"""A database with every migration, made once a run of the suite and copied by each of its processes."""

import os
import subprocess
import sys
import time

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

LOCK = 0x6D696772  # any number nobody else takes


def database() -> str:
    """Its name. The first process of this run that asks migrates it, the others wait for that one."""
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
            _migrate(name)
            cursor.execute(f'COMMENT ON DATABASE "{name}" IS %s', [run])
    connection.close()
    return name


def _answer(cursor: CursorWrapper, question: str, argument: object) -> object:
    cursor.execute(question, [argument])
    row = cursor.fetchone()
    return row and row[0]


def _migrate(name: str) -> None:
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**{**connection.settings_dict, "NAME": name})
    environment = {**os.environ, "DEBUG": "1", "DATABASE_URL": url}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The migrations failed:\n{done.stderr[-4000:]}")
