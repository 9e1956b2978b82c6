"""Guessing at somebody's account must not keep its owner out."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.notifications.models import DemoMail
from epeken.users.models import User
from tests.factories.umkm import PASSWORD, make_staff, make_user
from tests.factories.users import code_at
from tests.users.test_accounts import kept_mail, link_in  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db

OWNER = "ada@contoh.invalid"


def sign_in(client: Client, password: str = PASSWORD, *, address: str = "10.0.0.1") -> bool:
    """Whether the person is in (or at the second step)."""
    client.post(reverse("account_login"), {"login": OWNER, "password": password}, REMOTE_ADDR=address)
    return "_auth_user_id" in client.session or "account_login" in client.session


def guess(times: int = 40, *, same_address: bool = False) -> None:
    for number in range(times):
        sign_in(Client(), "salah sekali", address="10.0.0.1" if same_address else f"10.9.0.{number}")


@pytest.fixture
def home() -> Client:
    """The owner's browser, from which they have signed in before."""
    make_user(email=OWNER)
    client = Client()
    assert sign_in(client)
    client.post(reverse("account_logout"))
    assert settings.DEVICE_COOKIE_NAME in client.cookies
    return client


def test_guesses_from_many_addresses_do_not_keep_a_known_device_out(home: Client) -> None:
    guess()
    assert not sign_in(Client(), address="10.8.0.1"), "the account's counter is used up"
    assert sign_in(home)


def test_guesses_from_the_same_office_do_not_keep_a_known_device_out(home: Client) -> None:
    guess(settings.AXES_FAILURE_LIMIT + 2, same_address=True)
    assert not sign_in(Client())
    assert sign_in(home)


def test_a_known_device_is_counted_too(home: Client) -> None:
    for number in range(40):
        assert not sign_in(home, "salah sekali", address=f"10.7.0.{number}")
    assert not sign_in(home, address="10.6.0.1")


def test_the_cookie_is_for_one_account_and_cannot_be_made(home: Client) -> None:
    make_user(email="lain@contoh.invalid")
    other = Client()
    other.post(reverse("account_login"), {"login": "lain@contoh.invalid", "password": PASSWORD})
    other.post(reverse("account_logout"))
    forged = Client()
    forged.cookies[settings.DEVICE_COOKIE_NAME] = "W10:1:x"
    guess()
    assert not sign_in(other, address="10.8.0.1")
    assert not sign_in(forged, address="10.8.0.2")


def test_the_cookie_is_hidden_and_belongs_to_this_host_alone(home: Client) -> None:
    cookie = home.cookies[settings.DEVICE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["path"], cookie["domain"], cookie["samesite"]) == (True, "/", "", "Lax")
    assert OWNER not in cookie.value


def test_a_letter_lets_a_new_device_in_while_others_guess(
    home: Client,
    run_jobs: Callable[[], int],
    kept_mail: None,  # noqa: F811
) -> None:
    guess()
    new = Client()
    new.post(reverse("account_reset_password"), {"email": OWNER})
    run_jobs()
    form = new.get(link_in(DemoMail.objects.latest("pk").body), follow=True).request["PATH_INFO"]
    guess(5)
    new.post(form, {"password1": "sandi baru yang lain", "password2": "sandi baru yang lain"})
    assert "_auth_user_id" in new.session


def test_wrong_codes_of_others_do_not_keep_a_known_device_out() -> None:
    owner: User = make_staff(email=OWNER)
    home = Client()
    assert sign_in(home)
    home.post(reverse("mfa_authenticate"), {"code": code_at(clock.now())})
    home.post(reverse("account_logout"))
    cache.clear()  # the code just used may be used again
    for number in range(45):
        thief = Client()
        assert sign_in(thief, address=f"10.5.0.{number}")
        thief.post(reverse("mfa_authenticate"), {"code": "000000"}, REMOTE_ADDR=f"10.5.0.{number}")
    assert sign_in(home)
    home.post(reverse("mfa_authenticate"), {"code": code_at(clock.now())})
    assert home.session.get("_auth_user_id") == str(owner.pk)
