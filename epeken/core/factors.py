"""How whoever acts now proved who they are, for the row that records the act. A middleware of the accounts says it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Factor(TextChoices):
    """Of a session: the last of these that was shown. A device is known where the same person had signed in from it
    before this sign-in (`epeken/users/devices.py`)."""

    # No second factor, and of the first nothing is on record: acts of before it was noted, sessions a sign-up began.
    NONE = "none", _("tanpa langkah kedua")
    PASSWORD = "password", _("kata sandi")
    PASSWORD_DEVICE = "password_device", _("kata sandi, dari perangkat yang dikenal")
    CODE = "code", _("kode SMS")
    CODE_DEVICE = "code_device", _("kode SMS, dari perangkat yang dikenal")
    LETTER = "letter", _("tautan surel untuk kata sandi baru")
    LETTER_DEVICE = "letter_device", _("tautan surel untuk kata sandi baru, dari perangkat yang dikenal")
    # After whichever of these.
    TOTP = "totp", _("langkah kedua: kode aplikasi autentikator")
    RECOVERY = "recovery_codes", _("langkah kedua: kode cadangan")
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
