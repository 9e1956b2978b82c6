"""A database that says nothing: the client gives up, since nothing else ends the wait.

A frozen server (a stopped process, a hanging disk, a host without memory) still acknowledges at the level of TCP:
neither keepalive nor a TCP time-out ends the wait, and statement_timeout is counted by the very server that is frozen.
So every wait of the driver goes through here. A statement may take its time while the server still answers others.
"""

import math
import select
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from psycopg2 import extensions

SILENT_SECONDS = 4.0  # of a statement, before the server is asked whether it lives
PROBE_SECONDS = 1.0
GRACE_SECONDS = 5.0  # past statement_timeout, by which the server itself would have ended the statement
CONNECT_SECONDS = 5.0  # when the connection names none
# "May I speak TLS?": the one question a server answers to anybody, with one byte, from a process it starts for it.
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)

# Set once the server was found silent; until it answers again one caller at a time asks and the others fail at once.
_away = threading.Event()
_asking = threading.Lock()


def install() -> None:
    extensions.set_wait_callback(wait)


@contextmanager
def copying() -> Iterator[None]:
    """The driver waits by itself for a while: it refuses COPY otherwise. For commands that run alone."""
    extensions.set_wait_callback(None)
    try:
        yield
    finally:
        install()


def wait(line: Any) -> None:
    """What psycopg2 calls to wait for the server. Raises psycopg2.OperationalError; the driver then drops `line`."""
    began = time.monotonic()
    connecting = line.status == extensions.STATUS_SETUP
    if connecting and _away.is_set():
        _ask_again(line)
    limit = _connect_seconds(line) if connecting else _reply_seconds()
    ask_at = began + SILENT_SECONDS
    while (state := line.poll()) != extensions.POLL_OK:
        now = time.monotonic()
        if now - began >= limit:
            _away.set()
            raise psycopg2.OperationalError(f"no answer from the database within {limit:.0f} s")
        if not connecting and now >= ask_at:
            if not answers(line):
                _away.set()
                raise psycopg2.OperationalError("the database is silent and answers nobody")
            ask_at = time.monotonic() + SILENT_SECONDS
        until = began + limit if connecting else min(ask_at, began + limit)
        _ready(line, reading=state == extensions.POLL_READ, seconds=until - time.monotonic())
    if connecting:
        _away.clear()


def answers(line: Any) -> bool:
    """Whether the server of this connection still starts a process for a newcomer."""
    host, port = _address(line)
    try:
        if host.startswith("/"):
            newcomer = socket.socket(socket.AF_UNIX)
            newcomer.settimeout(PROBE_SECONDS)
            newcomer.connect(f"{host}/.s.PGSQL.{port}")
        else:
            newcomer = socket.create_connection((host, port), PROBE_SECONDS)
        with newcomer:
            newcomer.settimeout(PROBE_SECONDS)
            newcomer.sendall(_SSL_REQUEST)
            return newcomer.recv(1) != b""
    except OSError:
        return False


def _ask_again(line: Any) -> None:
    if not _asking.acquire(blocking=False):
        raise psycopg2.OperationalError("the database was silent a moment ago")
    try:
        if not answers(line):
            raise psycopg2.OperationalError("the database is still silent")
        _away.clear()
    finally:
        _asking.release()


def _address(line: Any) -> tuple[str, int]:
    parts = extensions.parse_dsn(line.dsn)
    return str(parts.get("hostaddr") or parts.get("host") or "localhost"), int(parts.get("port") or 5432)


def _connect_seconds(line: Any) -> float:
    return int(extensions.parse_dsn(line.dsn).get("connect_timeout") or 0) or CONNECT_SECONDS


def _reply_seconds() -> float:
    """Without end where statement_timeout is switched off."""
    allowed = settings.STATEMENT_TIMEOUT_MS / 1000
    return allowed + GRACE_SECONDS if allowed else math.inf


def _ready(line: Any, *, reading: bool, seconds: float) -> None:
    # poll and not select: a busy process holds more than a thousand files.
    waiting = select.poll()
    waiting.register(line.fileno(), select.POLLIN if reading else select.POLLOUT)
    waiting.poll(max(seconds, 0.0) * 1000)
