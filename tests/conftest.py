"""What every test stands on: the real database, a store of its own for files, jobs that run when asked."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests import seed

pytest_plugins = ["tests.people"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database with its reference data, also when an earlier run truncated it."""
    with django_db_blocker.unblock():
        seed.keep()
        seed.restore()
    yield


@pytest.fixture(autouse=True)
def _reference_data(request: pytest.FixtureRequest) -> None:
    marker = request.node.get_closest_marker("django_db")
    truncates = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(request.fixturenames)
    if truncates or (marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0]))):
        request.getfixturevalue("transactional_db")
        seed.restore()


@pytest.fixture(scope="session", autouse=True)
def _own_files() -> Iterator[None]:
    """Uploads of tests go to a directory that is thrown away."""
    from django.conf import settings
    from django.core.files.storage import default_storage, storages

    with tempfile.TemporaryDirectory(prefix="epeken-test-") as made:
        settings.MEDIA_ROOT = Path(made) / "media"
        settings.PRIVATE_ROOT = Path(made) / "private"
        settings.STORAGES["private"]["OPTIONS"]["location"] = settings.PRIVATE_ROOT
        storages._storages.clear()
        for name in ("base_location", "location"):
            default_storage.__dict__.pop(name, None)
        default_storage._wrapped = storages["default"]
        yield


@pytest.fixture(scope="session", autouse=True)
def _quiet_broker() -> None:
    """A nudge goes to a broker in memory: tests run their jobs themselves, from the rows."""
    from epeken.celery import app

    app.conf.broker_url = "memory://"


@pytest.fixture
def now() -> datetime:
    from epeken.core import clock

    return clock.now()


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Run every job that is due, and those they leave behind. Returns how many ran to their end."""
    from epeken.core import jobs

    def run() -> int:
        done = 0
        while True:
            ran = sum(jobs.run(pk) for pk in jobs.due())
            done += ran
            if not ran:
                return done

    return run
