"""Accounts in the states the doors care about."""

from datetime import datetime
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client

from epeken.core import clock, registry
from epeken.users import policies
from epeken.users.addresses import services as addresses
from epeken.users.addresses.models import Address
from epeken.users.api_keys import services as api_keys
from epeken.users.api_keys.models import ApiKey
from epeken.users.models import User
from tests.factories.places import WARD, home

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enrol(user: Any) -> Any:
    """The person has an authenticator app; `code_at(now)` is what it shows."""
    return enrol_all([user])[0]


def enrol_all(users: list[Any]) -> list[Any]:
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(SECRET)})
        for user in users
    )
    return users


def signed_in(user: Any) -> Client:
    """A browser with this person signed in, or nobody for None. Who owes a second factor has one."""
    client = Client()
    if user is not None:
        if policies.owes_second_factor(user) and not policies.has_second_factor(user):
            enrol(user)
        client.force_login(user)
    return client


def code_at(now: datetime) -> str:
    counter = int(now.timestamp()) // 30
    return str(auth.format_hotp_value(auth.hotp_value(SECRET, counter)))


def make_key(user: Any, *scopes: str) -> tuple[ApiKey, str]:
    """An API key of this person for `scopes`, all the person can use when none is named, and what a program sends."""
    wanted = scopes or [scope for scope, _label in registry.api_scopes_of(user)]
    return api_keys.create_key(actor=user, name="Program uji", scopes=wanted, days=30, now=clock.now())


def bearer(user: Any, *scopes: str) -> dict[str, str]:
    """The header of a request signed in with such a key."""
    return {"HTTP_AUTHORIZATION": f"Bearer {make_key(user, *scopes)[1]}"}


def address_values(label: str) -> dict[str, Any]:
    """As a browser posts them."""
    return {"label": label, "recipient": "Uji", "phone": "081234567890", "street": "Jl. Mawar 3", "kelurahan": WARD}


def make_address(user: User, label: str = "Rumah") -> Address:
    return addresses.add_address(actor=user, values=address_values(label) | {"kelurahan": home()}, now=clock.now())
