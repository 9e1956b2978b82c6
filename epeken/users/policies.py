"""Pure yes or no about a person and their account."""

from datetime import date
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from epeken.core import clock, registry
from epeken.core.factors import Factor
from epeken.core.queries import built_once
from epeken.users.models import User
from epeken.users.page_memory import remembered


@built_once
def _held_on(relation: str, day: date) -> Any:
    held: Any = User._meta.get_field(relation).related_model
    return held._default_manager.on(day)


def _decides_for_others(user: User) -> bool:
    """Holds a place today that an app declares as one that owes a second factor."""
    today = clock.today()
    return remembered(
        user,
        ("decides for others", today),
        lambda: any(
            _held_on(relation, today).filter(user=user).exists() for relation in registry.second_factor_relations()
        ),
    )


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
    """What the session was opened with: the last second factor it was asked for, or the password alone.

    A request with a key carries that key (`api_keys.api` writes it there).
    """
    if getattr(request, "auth", None) is not None:
        return Factor.API_KEY
    given = [one for one in get_authentication_records(request, request.user) if one.get("method") == "mfa"]
    kind = str(given[-1].get("type", "")) if given else ""
    return kind if kind in Factor.values else Factor.NONE
