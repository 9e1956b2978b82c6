"""Kills and freezes the parts of a running stack in turn, until told to stop."""

import contextlib
import itertools
import json
import os
import signal
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.platform.running import parts_of

PARTS = {"web": ["gunicorn"], "worker": ["celery", "worker"], "Valkey": ["valkey-server"], "PostgreSQL": ["postgres"]}
FROZEN_SECONDS = 7.0
BACK_SECONDS = 120.0


class Faults(threading.Thread):
    def __init__(self, var: Path, base: str, *, every: float) -> None:
        super().__init__(daemon=True)
        self.var, self.base, self.every = var, base, every
        self.over = threading.Event()
        self.done: dict[str, int] = {}
        self.back_after: dict[str, list[float]] = {}

    def run(self) -> None:
        turns = itertools.cycle([(part, how) for how in ("killed", "frozen") for part in PARTS])
        while not self.over.wait(self.every):
            part, how = next(turns)
            pids = parts_of(self.var, *PARTS[part])
            if not pids:
                continue
            self._send(pids, signal.SIGKILL if how == "killed" else signal.SIGSTOP)
            if how == "frozen":
                self.over.wait(FROZEN_SECONDS)
                self._send(pids, signal.SIGCONT)
            name = f"{part} {how}"
            self.done[name] = self.done.get(name, 0) + 1
            self.back_after.setdefault(name, []).append(round(self.until_ready(), 1))

    def stop(self) -> None:
        self.over.set()
        self.join()

    def until_ready(self) -> float:
        """Seconds until every part says that it is ready."""
        began = time.monotonic()
        while failing(self.base) and time.monotonic() - began < BACK_SECONDS:
            time.sleep(0.5)
        return time.monotonic() - began

    def _send(self, pids: list[int], number: int) -> None:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)


def failing(base: str) -> list[str]:
    try:
        with urllib.request.urlopen(f"{base}/readyz", timeout=10):
            return []
    except urllib.error.HTTPError as problem:
        try:
            return [str(name) for name in json.load(problem)["failing"]]
        except (ValueError, KeyError):
            return ["web"]
    except OSError:
        return ["web"]
