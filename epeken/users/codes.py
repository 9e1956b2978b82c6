"""One-time codes sent to a number. Whoever reads the database cannot read them: a session keeps one encrypted."""

import time
from datetime import datetime

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import generate_user_code
from django.conf import settings
from django.http import HttpRequest

from epeken.core.secret import fernet
from epeken.users import devices, policies
from epeken.users.models import User

DIGITS = 6


def are_sent() -> bool:
    """Whether there is a way to send one; without it people sign up and in with an address alone."""
    return bool(settings.SMS_TRANSPORT)


def sealed_code() -> str:
    code = generate_user_code(length=DIGITS, numeric=True, dashed=False)
    return fernet().encrypt(code.encode()).decode()


def opened(sealed: str) -> str:
    """'' for ''."""
    return fernet().decrypt(sealed.encode()).decode() if sealed else ""


def may_be_sent(request: HttpRequest, phone: str) -> bool:
    """Counts one more text to this number, whatever it is asked for. On a known device of its account those that
    others ask for do not count: nobody is kept out by strangers."""
    device = devices.known_device(request, phone)
    key = f"{phone} {device}" if device else phone
    return bool(ratelimit.consume(request, action="request_login_code", key=key))


def account_for(phone: str) -> User | None:
    """Who may sign in with a code sent to this number. Not who owes a second factor: code and authenticator would
    be on the same phone, and neither something its owner knows."""
    user = User.objects.signing_in_with(phone) or User.objects.prepared_for(phone).first()
    return user if user is not None and user.is_active and not policies.owes_second_factor(user) else None


def wrote_code_since(request: HttpRequest, user: User, moment: datetime) -> bool:
    """Whether in this session a code was written after the moment: one sent to their number or, of who owes a second
    factor and gets none there, one of it."""
    ways = {"mfa"} if policies.owes_second_factor(user) else {"code"}
    records = get_authentication_records(request, user)
    return any(one.get("method") in ways and one["at"] >= moment.timestamp() for one in records)


def signed_in_by_code(request: HttpRequest, user: User) -> bool:
    """Lately, in this session: the code stands for the password they may have forgotten."""
    codes = [one for one in get_authentication_records(request, user) if one.get("method") == "code"]
    return bool(codes) and time.time() - codes[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
