"""Secrets out of the environment or out of files. Standard library and Django's one exception: containers read it too.

`NAME` holds the value, or `NAME_FILE` the path of a file that does, as Docker and Kubernetes hand secrets over: a file
can be given to one process alone, and does not show in a list of processes or in `docker inspect`.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

# How long a key may be used before a new one takes its place (docs/security.md, Keys). INDEX_KEY cannot be changed.
LIFETIMES = {
    "SECRET_KEY": timedelta(days=365),
    "FIELD_KEYS": timedelta(days=2 * 365),
    "DATABASE_PASSWORD": timedelta(days=365),
    "REDIS_PASSWORD": timedelta(days=365),
}


def secret(name: str, default: str = "", *, may_be_empty: bool = False) -> str:
    """The value, without the line break a file ends with. Raises ImproperlyConfigured, naming what is wrong."""
    value, path = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if not path:
        return value or default
    if value:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one.")
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read ({type(problem).__name__}).") from problem
    if not value and not may_be_empty:
        raise ImproperlyConfigured(f"{name}_FILE: {path} is empty.")
    return value


def url(name: str, default: str = "") -> str:
    """The address of a service, with the password of `<NAME without _URL>_PASSWORD` in it where that is set.

    So a password has one place and any characters; the address itself is no secret then.
    """
    address, password = secret(name, default), secret(f"{name.removesuffix('_URL')}_PASSWORD")
    if not password:
        return address
    parts = urlsplit(address)
    who, _at, host = parts.netloc.rpartition("@")
    if ":" in who and not who.endswith(":"):
        raise ImproperlyConfigured(f"{name} has a password of its own beside {name.removesuffix('_URL')}_PASSWORD.")
    return urlunsplit(parts._replace(netloc=f"{who.rstrip(':')}:{quote(password, safe='')}@{host}"))


def outlived(now: datetime) -> dict[str, timedelta]:
    """Name and age of each secret used for longer than its lifetime, by the day its file was last written.

    Of one that lies in the environment nobody can tell.
    """
    files = {name: Path(os.environ.get(f"{name}_FILE", "")) for name in LIFETIMES}
    ages = {
        name: now - datetime.fromtimestamp(path.stat().st_mtime, UTC) for name, path in files.items() if path.is_file()
    }
    return {name: age for name, age in ages.items() if age > LIFETIMES[name]}
