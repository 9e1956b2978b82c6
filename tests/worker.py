"""The work of jobs: in this process, or by a real Celery worker on the test database, and waiting for what it does."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from kombu import pools


def run_due_jobs(name: str = "") -> int:
    """Run every job that is due, and those they leave behind; of one `name` only, where it is given. Returns how many
    ran to their end."""
    from epeken.core import jobs
    from epeken.core.models import Job

    done = 0
    while ran := sum(jobs.run(pk) for pk in jobs.due() if not name or Job.objects.filter(pk=pk, name=name).exists()):
        done += ran
    return done


def send_nudges_to(url: str) -> str:
    """Jobs of this process are nudged through the broker at `url`. Returns where they went before."""
    from epeken.celery import app

    before: str = app.conf.broker_url
    app.conf.broker_url = url
    # Pools remember the broker of their first connection.
    pools.reset()
    app._pool = None
    app.amqp._producer_pool = None
    return before


class Worker:
    """A Celery worker with its beat, that can be killed and started again. `include`: modules with jobs of a test."""

    def __init__(self, *, broker: str = "", include: str = "") -> None:
        database = connection.settings_dict
        self.include = include
        self.environment = {
            **os.environ,
            "DEBUG": "1",
            "DEMO": "1",
            "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database),
            "REDIS_URL": broker or settings.REDIS_URL,
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "PRIVATE_ROOT": str(settings.PRIVATE_ROOT),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        folder = Path(settings.PRIVATE_ROOT).parent
        words = [sys.executable, "-m", "tests.day", "celery", "-A", "epeken", "worker", "-B"]
        words += ["-s", str(folder / "beat"), "-c", "1"]
        words += ["--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
        words += ["-I", self.include] if self.include else []
        with (folder / "worker.log").open("ab") as log:
            self.process = subprocess.Popen(
                words, env=self.environment, cwd=settings.BASE_DIR, start_new_session=True, stdout=log, stderr=log
            )

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


def wait_until(condition: Callable[[], Any], *, seconds: float = 60, what: str = "the condition") -> Any:
    """Poll until true; the time is only a bound, nothing asserts how long it took."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := condition():
            return result
        time.sleep(0.1)
    raise AssertionError(f"Waited {seconds} s for {what}")
