"""A refusal says what, why and the way out, and carries a code a machine can rely on."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class WayOn(NamedTuple):
    """The page on which what stands in the way is seen and dealt with: its words, and where it is."""

    words: str
    url_name: str
    argument: str
    fragment: str


class DomainError(Exception):
    """A rule said no. `field` names the form or JSON field to point at, when there is one; `way`: where a page that
    says only this leads on to."""

    status = 422
    code = "rule_broken"
    way: WayOn | None = None

    def __init__(self, message: str | Promise, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.field = field
        if code:
            self.code = code


class RuleBroken(DomainError):
    """422: the data or the moment does not allow it."""


class OutOfRange(DomainError):
    """422: a number, day or text no column can hold, found by the database alone."""

    code = "out_of_range"

    def __init__(self) -> None:
        super().__init__(_("Salah satu isian terlalu besar atau terlalu panjang. Periksa angka dan tanggalnya."))


class InvalidMove(DomainError):
    """409: the thing is no longer in the state this action starts from."""

    status = 409
    code = "invalid_move"

    def __init__(self, message: str | Promise = "", *, field: str | None = None, code: str | None = None) -> None:
        default = _("Keadaannya sudah berubah sejak halaman ini dibuka. Muat ulang halaman lalu periksa lagi.")
        super().__init__(message or default, field=field, code=code)


class NotAllowed(DomainError):
    """403: visible, but not this person's to do."""

    status = 403
    code = "not_allowed"


def refuse_first(problems: Iterable[DomainError]) -> None:
    """Raises the first of them, where there is one: a form told them all, box by box."""
    for problem in problems:
        raise problem


def require(condition: object, message: str | Promise, *, field: str | None = None, code: str | None = None) -> None:
    """Refuse with RuleBroken unless `condition` holds."""
    if not condition:
        raise RuleBroken(message, field=field, code=code)
