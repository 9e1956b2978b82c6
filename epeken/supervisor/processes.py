"""One child process of the supervisor, the leader of its own process group."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from epeken.supervisor.places import AsUser


@dataclass
class Process:
    name: str
    command: Sequence[str | Path]
    log: Path
    environment: Mapping[str, str]
    folder: Path
    user: AsUser = field(default_factory=AsUser)
    stop_signal: signal.Signals = signal.SIGTERM
    nice: int = 0  # how far others go before it where the processor is short
    patience: float = 6.0  # seconds it may take to stop before it is killed
    ready: Callable[[], bool] = lambda: True
    before_start: Callable[[], None] = lambda: None
    started_at: float = 0.0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        self.before_start()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                ["nice", "-n", str(self.nice), *self.command] if self.nice else self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env=self.environment,
                # A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which stops in good order.
                start_new_session=True,
                **self.user,
            )
        self.started_at = time.monotonic()

    def ended(self) -> int | None:
        """Its exit code once it has ended (negative: a signal), None while it runs.

        What it left behind in its group is killed first, while its number is certain to be its own.
        """
        if self._process is None:
            return -signal.SIGKILL
        if self._process.returncode is None:
            flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
            if os.waitid(os.P_PID, self._process.pid, flags) is None:
                return None
            self._signal_group(signal.SIGKILL)
            self._process.wait()
        return self._process.returncode

    def ask_to_stop(self) -> None:
        if self._process is not None and self.ended() is None:
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, self.stop_signal)

    def kill(self) -> None:
        if self._process is not None and self.ended() is None:
            self._signal_group(signal.SIGKILL)
            self._process.wait()

    def _signal_group(self, number: signal.Signals) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)

    def tail(self, lines: int = 20) -> str:
        try:
            text = self.log.read_text(errors="replace")
        except OSError:
            return ""
        return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
