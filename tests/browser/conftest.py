"""The running product for browser tests: Django's live server, a real Celery worker, real Redis, real Chromium."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitor import Visitor

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip

# Playwright's loop runs in this thread, so Django would take every query for a mistake.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Worker:
    """A Celery worker on the test database that can be killed and started again."""

    def __init__(self) -> None:
        database = connection.settings_dict
        self.environment = {
            **os.environ,
            "DEBUG": "1",
            "DEMO": "1",
            "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database),
            "REDIS_URL": settings.REDIS_URL,
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "PRIVATE_ROOT": str(settings.PRIVATE_ROOT),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        beat_file = Path(settings.PRIVATE_ROOT).parent / "beat"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "epeken", "worker", "-B", "-s", str(beat_file), "-c", "1",
             "--loglevel", "WARNING", "--without-gossip", "--without-mingle"],
            env=self.environment, cwd=settings.BASE_DIR, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def kill(self) -> None:
        """SIGKILL to the worker and its children: what a power cut looks like."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()


def wait_until(condition: Callable[[], Any], *, seconds: float = 40, what: str = "the condition") -> Any:
    """Poll until true; the time is only a bound, nothing asserts how long it took."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.2)
    raise AssertionError(f"Waited {seconds} s for {what}")


@pytest.fixture
def worker(transactional_db: None, _own_files: None) -> Iterator[Worker]:
    from epeken.celery import app

    before = app.conf.broker_url
    app.conf.broker_url = settings.REDIS_URL
    app.pool.force_close_all()
    running = Worker()
    running.start()
    yield running
    running.stop()
    app.conf.broker_url = before


@pytest.fixture
def city(live_server: Any, worker: Worker, settings: Any) -> Iterator[str]:
    """The address of the running product; sent mail can be read, as in the demo."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "epeken.notifications.mailbox.DemoMailBackend"
    settings.ALLOWED_HOSTS = ["*"]
    yield live_server.url


@pytest.fixture
def visit(browser: Browser, city: str) -> Iterator[Callable[..., Visitor]]:
    """`visit(width=360)` opens one more browser window; all are closed at the end and must have stayed clean."""
    visitors: list[Visitor] = []

    def arrive(**options: Any) -> Visitor:
        visitor = Visitor.arrive(browser, city, **options)
        visitors.append(visitor)
        return visitor

    yield arrive
    problems = [problem for visitor in visitors for problem in visitor.problems]
    for visitor in visitors:
        visitor.leave()
    assert problems == []
