"""The suite itself: its processes do not see each other's work, and a test never meets emptied tables."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from epeken.core.models import Kelurahan
from tests.mutants import MUTANTS


@pytest.mark.django_db
def test_a_process_has_its_own_database_queue_and_files() -> None:
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    number = int(process.removeprefix("gw")) + 1 if process else 0
    assert urlsplit(settings.REDIS_URL).path == f"/{number}"
    assert connection.settings_dict["NAME"].endswith(process)
    assert "epeken-test-" in str(settings.MEDIA_ROOT)
    assert Path(settings.PRIVATE_ROOT).parent == Path(settings.MEDIA_ROOT).parent


@pytest.mark.xdist_group("suite")
def test_tests_of_a_group_share_a_process(request: pytest.FixtureRequest) -> None:
    """pytest 9.2 hides the group from pytest-xdist 3.8: each test then makes the world of its module anew."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        assert request.node.nodeid.endswith("@suite")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_reference_data_is_there_after_tables_were_emptied(time: int, django_user_model: Any) -> None:
    assert Kelurahan.objects.exists()
    assert not django_user_model.objects.exists()
    django_user_model.objects.create_user(email="uji@contoh.id", password="rahasia-sekali")


def test_every_planted_fault_has_its_place_and_its_tests() -> None:
    """`make mutants` is not part of `make test`; a fault whose text moved would plant nothing."""
    root = Path(settings.BASE_DIR)
    lost = [m.name for m in MUTANTS if (root / m.file).read_text(encoding="utf-8").count(m.old) != 1]
    files = {test.partition("::")[0] for m in MUTANTS for test in m.tests}
    assert (lost, [name for name in files if not (root / name).exists()]) == ([], [])
