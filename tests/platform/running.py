"""A supervisor as a process of its own, in a folder of its own."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from epeken.supervisor.places import CHECKOUT


def wait_for(condition: Callable[[], Any], *, seconds: float = 30, what: str) -> Any:
    """Poll until true. The time is only a bound."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := condition():
            return result
        time.sleep(0.1)
    raise AssertionError(f"Waited {seconds} s for {what}")


class Supervisor:
    def __init__(self, var: Path, *words: str, **settings: str) -> None:
        self.var = var
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL", "PORT", "HOST", "DEBUG"}}
        self._output = var.with_suffix(".out")
        self._output.touch()
        self._from = len(self.output())
        with self._output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "epeken.supervisor", *words],
                env={**kept, "VAR_DIR": str(var), **settings},
                cwd=CHECKOUT,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def output(self) -> str:
        return self._output.read_text()

    def said(self) -> str:
        """What this run printed, without earlier ones in the same folder."""
        return self.output()[self._from :]

    def says(self, text: str, *, seconds: float = 60) -> re.Match[str]:
        def spoken() -> re.Match[str] | None:
            assert self.process.poll() is None or re.search(text, self.said()), self.said()
            return re.search(text, self.said())

        found: re.Match[str] = wait_for(spoken, seconds=seconds, what=f"{text!r} in:\n{self.said()}")
        return found

    def ends(self, *, seconds: float = 30) -> int:
        return self.process.wait(timeout=seconds)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.ends()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def processes_of(var: Path) -> list[int]:
    """Every living process whose environment carries the mark of this folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environment = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if f"EPEKEN_SUPERVISED={var}".encode() in environment:
                found.append(int(entry.name))
    return found


def parts_of(var: Path, *words: str) -> list[int]:
    """The pids of our processes whose command line holds all words, and of their children."""
    found = []
    for pid in processes_of(var):
        with contextlib.suppress(OSError):
            command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
            if all(word in command for word in words):
                found.append(pid)
    # PostgreSQL's processes write their title over their environment, and with it the mark.
    return found + [pid for pid in _children(set(found)) if pid not in found]


def _children(parents: set[int]) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                if int(parent) in parents:
                    found.append(int(entry.name))
    return found


def postmaster(var: Path) -> int:
    return int((var / "postgres" / "postmaster.pid").read_text().split()[0])
