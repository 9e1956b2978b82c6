"""What the log says: one record begins one line, no long number in it, nor whose sign-in failed."""

import json
import logging
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DataError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from epeken.core.logs import JsonFormatter, LineFormatter
from epeken.core.web.middleware import RefusalMiddleware

FORGED = "Toko\r\n2026-01-01 00:00:00,000 ERROR orders: tercatat palsu\u2028\x85\x1b[2J\x00"


def console() -> logging.Handler:
    """The one handler of the root; pytest's own beside it are of other classes."""
    (handler,) = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    return handler


def written(message: str, *args: object, exc_info: Any = None) -> str:
    """What the console shows of it."""
    record = logging.LogRecord("epeken.test", logging.ERROR, "test.py", 1, message, args, exc_info)
    return console().format(record)


def test_logs_carry_no_long_numbers() -> None:
    line = written("NIK %s telp %s pesanan %s", "1234011708790001", "+6281234567890", 42)
    assert line.endswith("ERROR epeken.test: NIK [angka] telp [angka] pesanan 42")


def test_text_from_outside_begins_no_line() -> None:
    line = written("Toko %s", FORGED)
    assert len(line.splitlines()) == 1
    assert line.endswith(r"Toko Toko\r\n2026-01-01 00:00:00,000 ERROR orders: tercatat palsu\u2028\x85\x1b[2J\x00")


def test_text_in_an_error_begins_no_line_and_shows_no_number() -> None:
    try:
        raise ValueError(FORGED + " 1234011708790001")
    except ValueError:
        text = written("Gagal", exc_info=sys.exc_info())
    first, *rest = text.splitlines()
    assert first.endswith("ERROR epeken.test: Gagal")
    assert len(rest) > 3 and all(line.startswith("    ") for line in rest)
    assert "tercatat palsu" in text and "1234011708790001" not in text and "\x1b" not in text


def test_an_object_of_the_log_is_one_line_without_long_numbers_in_its_trace_too() -> None:
    try:
        raise ValueError(FORGED + " 1234011708790001")
    except ValueError:
        record = logging.LogRecord("epeken.test", logging.ERROR, "test.py", 1, "Gagal %s", (FORGED,), sys.exc_info())
    text = JsonFormatter().format(record)
    assert len(text.splitlines()) == 1 and text.isascii() and "1234011708790001" not in text
    told = json.loads(text)
    assert told["message"] == f"Gagal {FORGED}" and "Traceback" in told["trace"] and "[angka]" in told["trace"]


@pytest.mark.parametrize(("status", "told"), [(None, True), (399, True), (400, False), (499, False), (500, True)])
def test_only_what_is_wrong_with_us_has_a_trace(status: int | None, told: bool) -> None:
    """Django gives the answer's status with what it logs of a request; what a view logs has none."""
    try:
        raise ValueError("salah")
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, "test.py", 1, "Gagal", (), sys.exc_info())
    if status is not None:
        record.status_code = status
    assert ("Traceback" in console().format(record)) is told
    assert ("trace" in json.loads(JsonFormatter().format(record))) is told


def test_every_handler_of_ours_writes_this_way() -> None:
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"line"}
    assert isinstance(console().formatter, LineFormatter)


def test_worker_and_beat_write_this_way_too() -> None:
    """As they begin: the app, its loader, its log; in a process of their own, since that changes the root logger."""
    words = """
import logging
from epeken.celery import app
app.loader.init_worker()
app.log.setup(loglevel="INFO", redirect_stdouts=True)
logging.getLogger("celery.worker").info("NIK %s\\nERROR palsu", "1234011708790001")
"""
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=settings.BASE_DIR, env={**os.environ, "DEBUG": "1"}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "NIK" in line]
    assert [line.split(" ", 2)[2] for line in said] == [r"INFO celery.worker: NIK [angka]\nERROR palsu"]


@pytest.mark.django_db
def test_an_address_with_line_breaks_is_logged_in_one_line(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    """Django escapes the addresses it logs itself; ours stand in the log as the browser sent them."""
    request = rf.get("/tidak-ada%0D%0A2026-01-01 ERROR palsu%E2%80%A8palsu/")
    request.user = AnonymousUser()
    assert "\r\n2026-01-01 ERROR palsu\u2028" in request.path
    answer = RefusalMiddleware(lambda request: HttpResponse()).process_exception(request, DataError("terlalu besar"))
    assert answer is not None
    (said,) = caplog.records
    first, *rest = console().format(said).splitlines()
    assert first.endswith(r"at /tidak-ada\r\n2026-01-01 ERROR palsu\u2028palsu/")
    assert rest and all(line.startswith("    ") for line in rest)


@pytest.mark.django_db
def test_a_failed_sign_in_is_logged_without_whose_and_from_where(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    typed = {"login": "orang@contoh.invalid", "password": "bukan-sandinya"}
    client.post(reverse("account_login"), typed, REMOTE_ADDR="203.0.113.9")
    text = "\n".join(console().format(record) for record in caplog.records)
    assert "login failure" in text
    assert [word for word in ("orang@", "203.0.113.9", "bukan-sandinya") if word in text] == []
