"""Accounts in the states the doors care about."""

from datetime import datetime
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enrol(user: Any) -> Any:
    """The person has an authenticator app; `code_at(now)` is what it shows."""
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(SECRET)}
    )
    return user


def code_at(now: datetime) -> str:
    counter = int(now.timestamp()) // 30
    return str(auth.format_hotp_value(auth.hotp_value(SECRET, counter)))
