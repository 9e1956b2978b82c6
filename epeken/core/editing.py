"""Optimistic locking of what forms edit: a save is refused when another one came between the page and it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from epeken.core.clock import ZONE
from epeken.core.errors import DomainError

DIGITS = 16


class ChangedMeanwhile(DomainError):
    """409: fields were saved elsewhere since the page that posts was made. `current`: what they hold now."""

    status = 409
    code = "changed_meanwhile"

    def __init__(self, current: Mapping[str, Any]) -> None:
        super().__init__(_("Isinya sudah diubah di tempat lain sejak halaman ini dibuka. Periksa, lalu simpan lagi."))
        self.current = dict(current)


def shown_of(values: Mapping[str, Any]) -> str:
    """What a page shows of a row, for its hidden field `shown`: a keyed digest by field, never the value itself."""
    return " ".join(f"{name}:{_digest(name, value)}" for name, value in values.items())


def was_shown(shown: str, name: str, value: Any) -> bool:
    """Whether the page that posts `shown` showed this value in the field."""
    return f"{name}:{_digest(name, value)}" in shown.split()


def is_same(one: Any, other: Any) -> bool:
    """Whether a form, a service and the database mean one value: the line ends of a browser are no change of a text."""
    return _plain(one) == _plain(other)


def check_unchanged(shown: str | None, current: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Call under the row's lock, before writing `wanted` over `current`.

    A field that would get the value it has is no conflict: the same form sent twice is saved twice. None: no page
    showed the row. Raises: ChangedMeanwhile.
    """
    if shown is None:
        return
    moved = {
        name: current[name]
        for name, value in wanted.items()
        if name in current and not is_same(value, current[name]) and not was_shown(shown, name, current[name])
    }
    if moved:
        raise ChangedMeanwhile(moved)


def _digest(name: str, value: Any) -> str:
    return salted_hmac(__name__, f"{name}={_plain(value)}", algorithm="sha256").hexdigest()[:DIGITS]


def _plain(value: Any) -> str:
    """One text for values a form, a service and the database write differently."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return value.astimezone(ZONE).replace(tzinfo=None).isoformat(timespec="minutes")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (list, tuple, set, frozenset)) or hasattr(value, "values_list"):
        return ",".join(sorted(_plain(each) for each in value))
    return str(value).replace("\r\n", "\n").strip()
