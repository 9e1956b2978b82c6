"""Limits against floods that keep nobody: how many messages an address sent within ten minutes, in this process alone.

Addresses are hashed with a secret that is made when the process starts and is written nowhere. Nothing of it reaches
the database, the cache in it, Redis or a log; with the process, or after ten minutes, it is gone. Each web process
counts for itself.
"""

import hashlib
import hmac
import secrets
import threading
import time
from collections import deque

WINDOW = 600  # seconds
_secret = secrets.token_bytes(32)
_sent: dict[bytes, deque[float]] = {}
_turn = threading.Lock()


def is_within(address: str, most: int) -> bool:
    """Counts one message of the address; whether it is one of the first `most` of the window."""
    who = hmac.digest(_secret, address.encode(), hashlib.sha256)
    now = time.monotonic()
    with _turn:
        for known in [key for key, times in _sent.items() if not times or now - times[-1] >= WINDOW]:
            del _sent[known]
        times = _sent.setdefault(who, deque())
        while times and now - times[0] >= WINDOW:
            times.popleft()
        if len(times) >= most:
            return False
        times.append(now)
        return True


def forget() -> None:
    with _turn:
        _sent.clear()
