"""Processes that a killed supervisor left running. Only what is provably of this city is touched."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from epeken.supervisor.places import MARK, Installation


def words(pid: int) -> list[str]:
    """The command line of a process; empty when it is gone."""
    try:
        return [os.fsdecode(word) for word in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") if word]
    except OSError:
        return []


def serves_data(pid: int, data: Path) -> bool:
    """Is this a PostgreSQL server on that data folder?"""
    command = words(pid)
    if len(command) > 2 and command[0].endswith("postgres") and command[1:3] == ["-D", str(data)]:
        return True
    try:
        # Started by hand, perhaps with a relative path: a server works in its data folder.
        return bool(command) and "postgres" in command[0] and Path(f"/proc/{pid}/cwd").resolve(strict=True) == data
    except OSError:
        return False


def _marked(pid: int, place: Installation) -> bool:
    try:
        return f"{MARK}={place.var}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def is_ours(pid: int, place: Installation) -> bool:
    """Our mark in its environment or, where another account's cannot be read, our folder in its command."""
    if _marked(pid, place):
        return True
    command = words(pid)
    configured = [str(place.home / "valkey" / "valkey.conf")]
    valkey = bool(command) and command[0].endswith("valkey-server") and command[1:2] == configured
    return valkey or serves_data(pid, place.home / "postgres")


def find(place: Installation) -> list[int]:
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if pid != os.getpid() and is_ours(pid, place)]


def stop(place: Installation, *, patience: float = 8.0) -> int:
    """End what an earlier run of this place left; the caller holds its lock. Returns how many processes there were."""
    found = find(place)
    for number in (None, signal.SIGKILL):
        for pid in found:
            if is_ours(pid, place):
                # SIGINT is PostgreSQL's fast shutdown: it does not wait for its clients to leave.
                gentle = signal.SIGINT if "postgres" in "".join(words(pid)[:1]) else signal.SIGTERM
                with suppress(ProcessLookupError):
                    os.kill(pid, number or gentle)
        end = time.monotonic() + patience
        while find(place) and time.monotonic() < end:
            time.sleep(0.1)
    return len(found)
