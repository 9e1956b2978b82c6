"""Ports: free ones, remembered from start to start so that a session's settings stay true."""

import json
import socket
from pathlib import Path

from epeken.supervisor.places import Failed


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def for_service(var: Path, name: str) -> int:
    """The service's port of last time while it is still free, else any free one."""
    path = var / "ports.json"
    known: dict[str, int] = json.loads(path.read_text()) if path.is_file() else {}
    if name not in known or not is_free(known[name]):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind(("127.0.0.1", 0))
            known[name] = probe.getsockname()[1]
        remember(var, name, known[name])
    return known[name]


def remember(var: Path, name: str, port: int) -> None:
    path = var / "ports.json"
    known: dict[str, int] = json.loads(path.read_text()) if path.is_file() else {}
    path.write_text(json.dumps({**known, name: port}))


def remembered(var: Path, name: str) -> int | None:
    path = var / "ports.json"
    known: dict[str, int] = json.loads(path.read_text()) if path.is_file() else {}
    return known.get(name)


def for_web(host: str, asked: str | None) -> int:
    """PORT when given (taken is an error), else 8000 or the next free one."""
    if asked:
        if not asked.isdigit() or not 1 <= int(asked) <= 65535:
            raise Failed(f"PORT={asked} is no port: give a number from 1 to 65535.")
        if not is_free(int(asked), host):
            raise Failed(f"Port {asked} is taken or not allowed here. Choose another one: make demo PORT=8080")
        return int(asked)
    for port in range(8000, 8100):
        if is_free(port, host):
            return port
    raise Failed("No port from 8000 to 8099 is free. Choose one: make demo PORT=9000")
