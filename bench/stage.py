"""What the measurements share: a database of their own, a web server, percentiles."""

import gc
import json
import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent


def setup(*, own_database: bool) -> None:
    """Django, on the database of DATABASE_URL; or, for what writes, on one beside it that is made when missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epeken.settings")
    os.environ.setdefault("DEBUG", "1")
    sys.path.insert(0, str(ROOT))
    if own_database:
        os.environ["DATABASE_URL"] = _beside(
            os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/epeken")
        )
    join()
    if own_database:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _fresh_numbers()
        leave_accounts_open()


def join() -> None:
    """Django in a process that another one has set up for."""
    import django

    django.setup()
    from django.conf import settings

    settings.DEBUG = False  # DEBUG keeps every query in memory
    # Django's test client; its `setup_test_environment` copies the context of every template that is rendered.
    settings.ALLOWED_HOSTS.append("testserver")
    gc.collect()
    gc.freeze()  # as gunicorn.conf.py does
    settings.MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"  # standard output is the report's


def _beside(url: str) -> str:
    import psycopg2
    from psycopg2 import sql

    parts = urlsplit(url)
    name = parts.path.lstrip("/") + "_bench"
    connection = psycopg2.connect(urlunsplit(parts._replace(scheme="postgresql", path="/postgres")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    connection.close()
    return urlunsplit(parts._replace(path=f"/{name}"))


def leave_accounts_open() -> None:
    """Factories book goods of invented categories: no request is to be warned that its account does not fit."""
    from procurement.guards.models import AccountGoods

    AccountGoods.objects.all().delete()


def _fresh_numbers() -> None:
    """Names the factories give must be new on a database that was measured before."""
    from itertools import count

    from tests.factories import orders, procurement, umkm

    start = int(time.time()) % 900_000
    orders._next, procurement._next, umkm._next = count(start), count(start), count(start)


@contextmanager
def web(workers: int = 2) -> Iterator[str]:
    """gunicorn as in production: sync workers, templates cached. Yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    env = {**os.environ, "DEBUG": "0", "INSECURE_HTTP": "1", "SECRET_KEY": "bench" * 12, "LOG_LEVEL": "WARNING",
           "FIELD_KEYS": "ZGV2ZWxvcG1lbnQtb25seS1maWVsZC1rZXktMDAwMDA=", "INDEX_KEY": "bench",
           "API_RATE_ANON": "1000000/min", "API_RATE_USER": "1000000/min"}  # fmt: skip
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=env, check=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "epeken.wsgi", "-w", str(workers), "-b", f"127.0.0.1:{port}"],
        cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(address + "/healthz")
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _wait(url: str) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The web server did not start.")


def database_seconds() -> float:
    """Processor the server's process behind our connection has used so far; it runs on this machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def timed(action: Callable[[], Any]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def worked(work: Callable[[], Any]) -> tuple[float, int]:
    """Seconds it took, and the most memory the process had meanwhile, in MB."""
    memory()
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 1), memory()


def memory() -> int:
    """The most the process took since it was last asked, in MB."""
    status = Path("/proc/self/status").read_text()
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(milliseconds)
    if not ordered:
        return {}

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1)

    return {"p50_ms": at(0.50), "p95_ms": at(0.95), "p99_ms": at(0.99)}


def report(name: str, figures: dict[str, Any]) -> None:
    load = [round(x, 1) for x in os.getloadavg()]
    machine = {"cpus": os.cpu_count(), "python": platform.python_version(), "load": load}
    print(json.dumps({"measure": name, "machine": machine, **figures}, ensure_ascii=False, indent=2))
