"""Where a request ends is never in doubt: gunicorn, with our settings, refuses what two servers could read differently.

Otherwise one visitor's bytes become the beginning of another's request (request smuggling, ASVS 4.2.1). nginx in front
refuses most of them itself; this is the server that must never be led astray behind it.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.conf import settings

from tests import production

HEAD = "POST /api/nothing/ HTTP/1.1\r\nHost: epeken.example\r\nX-Forwarded-Proto: https\r\n"
SECOND = "GET /healthz?second HTTP/1.1\r\nHost: epeken.example\r\nX-Forwarded-Proto: https\r\n\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    environment = {
        **production.SECRETS, "PATH": os.environ["PATH"], "DATABASE_URL": os.environ["DATABASE_URL"],
        "PORT": str(number), "WEB_WORKERS": "1", "BEHIND_PROXY": "1", "PROXY_COUNT": "1",
        "ALLOWED_HOSTS": "epeken.example",
    }  # fmt: skip
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "epeken.wsgi:application"], env=environment, cwd=settings.BASE_DIR,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _attempt in range(240):
            with suppress(OSError), socket.create_connection(("127.0.0.1", number), timeout=1):
                break
            time.sleep(0.25)
        yield number
    finally:
        web.terminate()
        web.wait(timeout=30)


def statuses(port: int, text: str) -> list[int]:
    """The status of every answer that comes back until the server closes or is silent for two seconds."""
    said = b""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(text.encode("latin-1"))
        line.shutdown(socket.SHUT_WR)
        with suppress(TimeoutError, ConnectionResetError):
            while part := line.recv(65536):
                said += part
    return [int(part[:3]) for part in said.split(b"HTTP/1.1 ")[1:]]


def test_two_requests_on_one_connection_are_two(port: int) -> None:
    """What the others are measured by: the second one is read where the first one ends."""
    plain = HEAD.replace("POST", "GET")
    assert statuses(port, f"{plain}\r\n{SECOND}") == [404, 200]
    assert statuses(port, f"{HEAD}Content-Length: 5\r\n\r\nhello{SECOND}")[1:] == [200]
    assert statuses(port, f"{HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n{SECOND}")[1:] == [200]


@pytest.mark.parametrize(
    "rest",
    [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello",
        "Content-Length: 5, 0\r\n\r\nhello",
        "Content-Length: +5\r\n\r\nhello",
        "Content-Length: 0x5\r\n\r\nhello",
        "Content-Length: -5\r\n\r\nhello",
        "Content-Length : 5\r\n\r\nhello",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
        "X-A: b\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello",
        "X-A: b\rTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello",
        "X-A: b\x00c\r\nContent-Length: 5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5 \nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\nhello\r\n0\r\n\r\n",
    ],
)
def test_a_request_without_a_clear_end_is_refused_and_nothing_after_it_is_read(port: int, rest: str) -> None:
    """The second request would get a 200. A broken chunk is found after an address without a page has answered."""
    said = statuses(port, f"{HEAD}{rest}{SECOND}")
    assert said[-1] in {400, 501} and set(said) <= {400, 404, 501}, said
