"""What the apps declare reaches the libraries that read it."""

import os
import subprocess
import sys

from django.conf import settings

from epeken.celery import app
from epeken.core import registry


def test_beat_runs_what_the_apps_declare() -> None:
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert app.conf.beat_schedule == registry.beat_schedule()
    assert {task.partition(".")[0] for task in scheduled} == {
        "core", "notifications", "umkm", "procurement", "orders",
    }  # fmt: skip
    assert scheduled <= set(app.tasks)


def test_beat_knows_its_schedule_in_a_process_of_its_own() -> None:
    """Celery reads its settings before the apps are loaded; nothing of ours may depend on that order."""
    code = "from epeken.celery import app; app.loader.init_worker(); print(len(app.conf.beat_schedule))"
    environment = os.environ | {"DEBUG": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, env=environment
    )
    assert int(ran.stdout) == len(registry.beat_schedule())


def test_names_of_choices_in_the_api_come_from_the_apps() -> None:
    assert settings.SPECTACULAR_SETTINGS["ENUM_NAME_OVERRIDES"] == registry.api_enums() != {}


def test_our_python_lies_where_the_apps_are() -> None:
    assert registry.source_folders() == ["epeken", "umkm", "procurement", "orders"]
