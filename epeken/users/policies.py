"""Pure yes or no about a person and their account."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from epeken.core import clock, registry
from epeken.core.factors import Factor
from epeken.users import devices
from epeken.users.models import User


def _decides_for_others(user: User) -> bool:
    """Holds a place today of which an app says that it owes a second factor."""
    today = clock.today()
    return any(is_held(user, today) for is_held in registry.second_factor_duties())


def owes_second_factor(user: User) -> bool:
    """Staff and officers decide about other people's money and data."""
    if not getattr(user, "is_authenticated", False):
        return False
    if is_factor_lifted(user):
        return False
    return bool(user.is_staff) or _decides_for_others(user)


def is_factor_lifted(user: User) -> bool:
    return bool(user.is_demo and settings.SECOND_FACTOR_LIFTED_FOR_DEMO_ACCOUNTS)


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def factor_of_request(request: HttpRequest) -> str:
    """What the session was opened with: the last second factor it was asked for, else the last of password, code by
    text and link by mail, and whether the device was known before. A request with a key carries that key
    (`api_keys.api` writes it there).
    """
    if getattr(request, "auth", None) is not None:
        return Factor.API_KEY
    records = get_authentication_records(request, request.user)
    second = [str(one.get("type", "")) for one in records if one.get("method") == "mfa"]
    if second:
        return second[-1] if second[-1] in Factor.values else Factor.NONE
    first = [one["method"] for one in records if one.get("method") in _FIRST]
    if not first:
        return Factor.NONE
    alone, on_known_device = _FIRST[first[-1]]
    return on_known_device if devices.was_known(request.session) else alone


# As the library calls each way to sign in: on a device like any other, and on one that was known.
_FIRST = {
    "password": (Factor.PASSWORD, Factor.PASSWORD_DEVICE),
    "code": (Factor.CODE, Factor.CODE_DEVICE),
    "password_reset": (Factor.LETTER, Factor.LETTER_DEVICE),
}
