"""Devices a person has signed in from: a signed cookie. Wrong passwords of others never hold up a known device.

The cookie opens nothing. It only decides which counter an attempt uses: its own on a known device, the account's on any
other. So nobody is locked out by strangers, and a stolen cookie buys thirty guesses in ten minutes, as before.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from epeken.users.logins import one_spelling
from epeken.users.models import User

LASTS = timedelta(days=180)
_SALT = "epeken.users.devices"
_WAS_KNOWN = "device_known"  # in the session


def remember(response: HttpResponse, user: User) -> None:
    """This browser is a known device of the person from now on."""
    value = signing.dumps([user.sign_in_names, secrets.token_urlsafe(9)], salt=_SALT)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        value,
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_device(request: HttpRequest, login: Any) -> str:
    """The name of the device if it is a known one of the account with this address or number; '' otherwise."""
    try:
        names, device = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(device) if isinstance(names, list) and one_spelling(login) in names else ""


def device_of(request: HttpRequest, user: User) -> str:
    """As `known_device`, for the account."""
    return next((device for name in user.sign_in_names if (device := known_device(request, name))), "")


def note_known(request: HttpRequest, user: User) -> None:
    """Into the session that begins: whether its device was known before. Its sign-in makes every device a known one
    (`remember`), so afterwards the cookie shows nothing."""
    request.session[_WAS_KNOWN] = bool(device_of(request, user))


def was_known(session: Mapping[str, Any]) -> bool:
    return session.get(_WAS_KNOWN) is True
