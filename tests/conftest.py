"""What every test stands on: the real database, a store of its own for files, jobs that run when asked.

The suite runs in several processes (pytest-xdist). Each has its own database (pytest-django names it), its own folder
of files and its own database number of the queue, so that the workers of one never see the jobs of another.
"""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from tests import day, migrated, seed

pytest_plugins = ["tests.people"]

# The same examples each time: a red test is red for everybody. HYPOTHESIS_PROFILE=search looks for new ones.
hypothesis_settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis_settings.register_profile("search", max_examples=2000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--today", metavar="YYYY-MM-DD", help="run as if the suite had started on this day, at nine")


def pytest_configure(config: pytest.Config) -> None:
    """Garbage is collected seldom: looking for it in the many objects that stay took a tenth of the time.

    Python's clock may start on another day and go on from there (`tests/day.py`)."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    if first := day.first_day(config.getoption("--today")):
        travel = day.travel(first)
        travel.start()
        config.add_cleanup(travel.stop)
    if _spreads(config):
        config.option.testrunuid = config.option.testrunuid or uuid4().hex
        config.add_cleanup(migrated.begin(config.option.testrunuid))


def _spreads(config: pytest.Config) -> bool:
    """Whether this process only hands tests out, to others that it starts."""
    wanted = getattr(config.option, "dist", "no") != "no" and not config.option.collectonly
    return wanted and not hasattr(config, "workerinput")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Migrating takes longer than most tests: once a run."""
    from django.conf import settings

    with django_db_blocker.unblock():
        name = migrated.database()
    settings.DATABASES["default"]["TEST"] |= {"TEMPLATE": name, "MIGRATE": False}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database with its reference data, also when an earlier run truncated it."""
    from procurement.guards.models import AccountGoods

    with django_db_blocker.unblock():
        # Factories book goods of invented categories on the first account: what it pays for is left open.
        AccountGoods.objects.filter(account="5.1.02.01.01.0024").delete()
        seed.keep()
        seed.reset()
    yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The groups first, since some are long. Those that really commit stand evenly among the first three quarters of
    the others, between two modules.

    They wait, for browsers, workers and each other: together they would leave the machine idle, at the end alone.
    Inside a module one would end what its tests share.
    """
    groups = [item for item in items if item.get_closest_marker("xdist_group")]
    alone = [item for item in items if not item.get_closest_marker("xdist_group")]
    waiting = [item for item in alone if _commits(item)]
    others = [item for item in alone if not _commits(item)]
    due = len(waiting) / (len(others) * 3 / 4 or 1)
    items[:] = groups
    placed = 0
    for place, item in enumerate(others):
        if place and item.path != others[place - 1].path:
            items += waiting[placed : int(due * place)]
            placed = max(placed, int(due * place))
        items.append(item)
    items += waiting[placed:]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The tests of a file go to one process, which makes once what they share; those of a group, too."""
    from xdist.scheduler import LoadGroupScheduling

    class ByFile(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return str(super()._split_scope(nodeid)).partition("::")[0]

    config.option.loadscopereorder = False  # they stand in their order already
    return ByFile(config, log) if config.option.dist == "loadgroup" else None


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    wanted = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(getattr(item, "fixturenames", ()))
    return bool(wanted or (marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0]))))


def _replaces(item: Any) -> bool:
    """Whether the test or a fixture of ours replaces something on which its steps may depend beside their arguments."""
    ours = [
        one for each in item._fixtureinfo.name2fixturedefs.values() for one in each if "tests" in one.func.__module__
    ]
    asked = {*item._fixtureinfo.argnames, *(name for one in ours for name in one.argnames)}
    return bool({"monkeypatch", "settings"} & asked)


@pytest.fixture(autouse=True)
def _language_of_the_city() -> Iterator[None]:
    """Each test begins in it: the last page another test asked for may have been English."""
    from django.conf import settings
    from django.utils import translation

    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session", autouse=True)
def _reset_after_commits() -> Iterator[None]:
    """A test that really commits ends with the database as it was after migrating."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: seed.reset())
        yield


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
def _each_file_decoded_once() -> Iterator[None]:
    """The same file with the same wishes is decoded once a process of the suite: most tests upload the same photo."""
    from django.conf import settings

    from epeken.core.files import bounded

    decode, known = bounded._run, {}

    def run(data: bytes, **wish: Any) -> bounded.Decoded:
        limits = (settings.UPLOAD_DECODER_MEMORY, settings.UPLOAD_DECODER_SECONDS)
        key = (sha256(data).digest(), repr(sorted(wish.items())), limits)
        if key not in known:
            known[key] = decode(data, **wish)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounded, "_run", run)
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_looked_up_when_asked() -> None:
    """Each new test client loads the middleware, and WhiteNoise would list the collected files each time."""
    from django.conf import settings

    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session", autouse=True)
def _own_queue() -> None:
    """A nudge goes to a broker in memory: tests run their jobs themselves, from the rows. Real workers get a queue."""
    from django.conf import settings

    from epeken.celery import app

    # "gw3" is the fourth process; number 0 is for a suite in one. Valkey keeps sixteen.
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1
    assert process < 16, "At most 15 processes: the queue has no more databases."
    settings.REDIS_URL = settings.CELERY_BROKER_URL = urlsplit(settings.REDIS_URL)._replace(path=f"/{process}").geturl()
    app.conf.broker_url = "memory://"


@pytest.fixture(scope="module")
def module_transaction(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a module's own fixtures write for all its tests (of one process); taken back after the last of them."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def savepoint(module_transaction: None) -> Iterator[None]:
    """What one test writes on top of the module's rows; taken back after it.

    A module with shared rows puts it in place of pytest-django's transaction a test: `_django_db_helper(savepoint)`.
    As there, what the database checks at a commit is checked at the end of the test.
    """
    from django.db import connection

    from tests.undo import taken_back

    # What the module's rows would tell after a commit is never told, and every rollback of a savepoint reads the list.
    connection.run_on_commit.clear()
    with taken_back():
        yield


@pytest.fixture(scope="module")
def _steps(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The steps of a module's tests go back after the last of them."""
    from tests.kept_steps import steps

    yield
    with django_db_blocker.unblock():
        steps.end()


@pytest.fixture
def _django_db_helper(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """A test that commits has pytest-django's; the others begin with the steps that stand (`tests/kept_steps.py`)."""
    from tests.kept_steps import steps

    if _commits(request.node):
        with django_db_blocker.unblock():
            steps.end()
        request.getfixturevalue("_django_db_helper")
        yield
        return
    request.getfixturevalue("_steps")
    with django_db_blocker.unblock(), steps.of_test(may_keep=not _replaces(request.node)):
        yield


@pytest.fixture(scope="module")
def now() -> datetime:
    """Of a module's tests, so that they can share their first steps."""
    from epeken.core import clock

    return clock.now()


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Run every job that is due, and those they leave behind. Returns how many ran to their end."""
    from tests.worker import run_due_jobs

    return run_due_jobs
