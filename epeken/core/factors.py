"""How whoever acts now proved who they are, for the row that records the act. A middleware of the accounts says it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Factor(TextChoices):
    NONE = "none", _("kata sandi saja")
    TOTP = "totp", _("kata sandi dan kode aplikasi autentikator")
    RECOVERY = "recovery_codes", _("kata sandi dan kode cadangan")
    PASSKEY = "webauthn", _("kunci sandi")
    API_KEY = "api_key", _("kunci API")
    SYSTEM = "system", _("oleh sistem")


_asked: ContextVar[Callable[[], str] | None] = ContextVar("factor", default=None)


@contextmanager
def factor_of(ask: Callable[[], str]) -> Iterator[None]:
    """While it lasts, `ask` answers `factor_now`; it is asked only when an act is recorded."""
    token = _asked.set(ask)
    try:
        yield
    finally:
        _asked.reset(token)


def factor_now() -> str:
    """Of the present request; '' outside of one: a job or a command knows of no session."""
    ask = _asked.get()
    return "" if ask is None else ask()
