"""Keeps parts running, and waits in a way that Ctrl-C can end at any moment."""

import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType

from epeken.supervisor.places import Failed
from epeken.supervisor.processes import Process

QUICK = 10.0  # a part that lives shorter than this died quickly
MANY = 5  # quick deaths in a row after which starting again is no help


class Stopped(Exception):
    """Somebody asked us to stop."""


def say(text: str) -> None:
    # The terminal may be gone (SIGHUP); that is no reason to leave children behind.
    with suppress(OSError):
        print(text, flush=True)


class Watch:
    def __init__(self) -> None:
        self._began = time.monotonic()
        self._asked: int | None = None
        self._layers: list[list[Process]] = []
        self._deaths: dict[str, int] = {}
        self._again_at: dict[str, float] = {}
        self._reader, writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)  # only to wake up
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked = number

    @property
    def asked_to_stop(self) -> bool:
        return self._asked is not None

    def note(self, text: str) -> None:
        say(f"[{time.monotonic() - self._began:6.1f} s] {text}")

    def pause(self, seconds: float) -> None:
        """Sleep until a signal or a child's end. Raises Stopped when asked to stop."""
        if self._asked is None:
            self._sleep(seconds)
        if self._asked is not None:
            raise Stopped

    def _sleep(self, seconds: float) -> None:
        select.select([self._reader], [], [], seconds)
        with suppress(BlockingIOError):
            os.read(self._reader, 4096)

    def start(self, *parts: Process, seconds: float = 60) -> None:
        """Start a layer of parts and wait until all are ready. Layers are stopped in reverse order."""
        self._layers.append(list(parts))
        for part in parts:
            part.start()
        end = time.monotonic() + seconds
        for part in parts:
            while not part.ready():
                self.keep_running()
                if time.monotonic() > end:
                    raise Failed(f"{part.name} did not get ready within {seconds:.0f} s. {part.log}:\n{part.tail()}")
                self.pause(0.05 if time.monotonic() < part.started_at + 3 else 0.25)

    def run(self, *steps: Process) -> None:
        """Run commands side by side to their end, while the parts are watched."""
        for step in steps:
            self.note(f"{step.name}…")
            step.start()
        left = list(steps)
        try:
            while left:
                self.keep_running()
                for step in [step for step in left if step.ended() is not None]:
                    left.remove(step)
                    if code := step.ended():
                        raise Failed(f"{step.name}: failed with exit code {code}. {step.log}:\n{step.tail()}")
                    self.note(f"{step.name}: done in {time.monotonic() - step.started_at:.1f} s")
                if left:
                    self.pause(0.5)
        except BaseException:
            for step in left:
                step.ask_to_stop()
            self._await_end(left)
            raise

    def keep_running(self) -> None:
        """Start again what has died. Raises Failed when a part keeps dying."""
        now = time.monotonic()
        for part in [part for layer in self._layers for part in layer]:
            code = part.ended()
            if code is None:
                if now - part.started_at > QUICK:
                    self._deaths.pop(part.name, None)
            elif part.name in self._again_at:
                if now >= self._again_at[part.name]:
                    del self._again_at[part.name]
                    part.start()
            else:
                deaths = self._deaths[part.name] = self._deaths.get(part.name, 0) + 1
                how = f"signal {-code}" if code < 0 else f"exit code {code}"
                if deaths >= MANY:
                    raise Failed(
                        f"{part.name} ended {deaths} times in a row, last with {how}. {part.log}:\n{part.tail()}"
                    )
                wait = 0.2 * 3 ** (deaths - 1)
                self._again_at[part.name] = now + wait
                self.note(f"{part.name} ended with {how}; starting it again in {wait:.1f} s")

    def forever(self) -> None:
        while True:
            self.keep_running()
            self.pause(0.2 if self._again_at else 1.0)

    def follow(self, ended: Callable[[], bool]) -> None:
        """Keep the parts running until `ended`, or until asked to stop."""
        while not ended():
            self.keep_running()
            self.pause(0.5)

    def stop(self) -> None:
        """Stop every part, the last started layer first. Later requests to stop change nothing."""
        while self._layers:
            parts = self._layers.pop()
            for part in parts:
                part.ask_to_stop()
            self._await_end(parts)

    def _await_end(self, parts: Sequence[Process]) -> None:
        asked = time.monotonic()
        while left := [part for part in parts if part.ended() is None]:
            for part in left:
                if time.monotonic() > asked + part.patience:
                    self.note(f"{part.name} is still busy after {part.patience:.0f} s: killing it")
                    part.kill()
            self._sleep(0.1)
