"""One text for one content, so that its hash is always the same: JSON as RFC 8785 writes it, without floats.

Keys are sorted and nothing stands between the marks. Keys are ASCII and whole numbers stay below 2^53, for which
Python's order and RFC 8785's are one.
"""

import hashlib
import json
from typing import Any

_MOST = 2**53


def canonical(content: Any) -> str:
    """Raises ValueError for what has no single text: a float, a number a reader may round, a key that is not ASCII."""
    _check(content)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(content: Any) -> str:
    """SHA-256 of `canonical`, hexadecimal."""
    return text_fingerprint(canonical(content))


def text_fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _check(content: Any) -> None:
    if isinstance(content, dict):
        for key, value in content.items():
            if not isinstance(key, str) or not key.isascii():
                raise ValueError(f"{key!r} is no key.")
            _check(value)
    elif isinstance(content, (list, tuple)):
        for value in content:
            _check(value)
    elif isinstance(content, int):
        if abs(content) >= _MOST:
            raise ValueError(f"{content} is too large for a number.")
    elif content is not None and not isinstance(content, str):
        raise ValueError(f"{content!r} has no single text.")
