"""The running product for browser tests: Django's live server, a real Celery worker, real Redis, real Chromium."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch
from tests.browser.visitor import Visitor
from tests.worker import Worker, send_nudges_to

# Playwright's loop runs in this thread, so Django would take every query for a mistake.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = launch(play)
        yield chromium
        chromium.close()


@pytest.fixture
def worker(transactional_db: None, _own_files: None, settings: Any) -> Iterator[Worker]:
    before = send_nudges_to(settings.REDIS_URL)
    running = Worker()
    running.start()
    yield running
    running.stop()
    send_nudges_to(before)


@pytest.fixture
def city(live_server: Any, settings: Any) -> str:
    """The address of the running product. Its letters leave through jobs, as in the demo; `worker` carries them."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "epeken.notifications.channels.email.mailbox.OutboxBackend"
    settings.ALLOWED_HOSTS = ["*"]
    url: str = live_server.url
    return url


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


@pytest.fixture
def picture(settings: Any, tmp_path: Path) -> Callable[[str], Path]:
    """`picture("dapur")` is a photo as a phone would bring it: the demo picture of that name as JPEG."""

    def develop(name: str) -> Path:
        photo = tmp_path / f"{name}.jpg"
        with Image.open(settings.BASE_DIR / "static" / "img" / "demo" / f"{name}.webp") as drawn:
            drawn.convert("RGB").resize((900, 900)).save(photo, "JPEG", quality=88)
        return photo

    return develop
