"""What production insists on, asked of its own settings in a process of their own."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import production
from tests.factories.places import WARD
from tests.factories.umkm import PASSWORD, make_user

COOKIES = """
import json
from django.conf import settings
names = [name for name in dir(settings) if name.endswith("_COOKIE_NAME")]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def test_the_settings_pass_djangos_own_security_check() -> None:
    ran = production.run(production.SECURITY)
    assert ran.returncode == 0, ran.stderr


def test_letters_into_the_log_are_warned_of() -> None:
    """They hold links that open accounts."""
    ran = production.run(production.SECURITY, EMAIL_URL="")
    assert ran.returncode != 0
    assert "notifications.W001" in ran.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "INDEX_KEY"])
def test_a_missing_secret_stops_the_start(name: str) -> None:
    ran = production.run(production.SECURITY, **{name: ""})
    assert ran.returncode != 0
    assert f"{name} is not set" in ran.stderr


def test_every_cookie_belongs_to_this_host_alone() -> None:
    """A new cookie needs its setting, and its setting the prefix; what sets it is tried below."""
    names = json.loads(production.run(["-c", COOKIES]).stdout)
    assert len(names) == 7
    assert [name for name, cookie in names.items() if not cookie.startswith("__Host-")] == []


@pytest.fixture
def over_https(settings: Any) -> Client:
    """A visitor over https, with the names that INSECURE_HTTP off brings."""
    settings.SECURE_SSL_REDIRECT = True
    for kind in ("SESSION", "CSRF", "LANGUAGE"):
        setattr(settings, f"{kind}_COOKIE_SECURE", True)
    for kind in ("SESSION", "CSRF", "LANGUAGE", "MESSAGE", "THEME", "PLACE", "DEVICE"):
        setattr(settings, f"{kind}_COOKIE_NAME", f"__Host-{kind.lower()}")
    return Client()


@pytest.mark.django_db
def test_a_browser_keeps_every_cookie_we_set(over_https: Client) -> None:
    """It drops a `__Host-` cookie that is not Secure, names a Domain, or has another Path than /."""
    user = make_user()
    over_https.get(reverse("account_login"), secure=True)
    over_https.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, secure=True)
    over_https.post(reverse("set_language"), {"language": "en"}, secure=True)
    over_https.post(reverse("umkm:place"), {"kelurahan": WARD}, secure=True)
    found = {name: cookie for name, cookie in over_https.cookies.items() if cookie.value}
    assert set(found) == {f"__Host-{kind}" for kind in ("session", "csrf", "language", "message", "place", "device")}
    for cookie in found.values():
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", ""), cookie.key
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax"), cookie.key


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "options"])
def test_the_api_over_plain_http_is_refused_and_not_led_on(over_https: Client, method: str) -> None:
    """Also an address that is none: a machine must never be redirected with its key in hand."""
    for path in (reverse("api:product-list"), "/api/", "/api/v1/tidak-ada/"):
        answer = getattr(over_https, method)(path, headers={"authorization": "Bearer x"})
        assert (answer.status_code, answer.json()["code"]) == (403, "https_required"), path
    assert over_https.get(reverse("api:product-list"), secure=True).status_code == 200


@pytest.mark.django_db
def test_people_are_led_to_https(over_https: Client) -> None:
    for path in (reverse("home"), reverse("api:documentation"), "/api", "/apiary/"):
        answer = over_https.get(path)
        assert (answer.status_code, answer.url) == (301, f"https://testserver{path}")
    assert over_https.get(reverse("healthz")).status_code == 200


def test_the_log_of_production_can_be_json() -> None:
    words = """
import django, logging
django.setup()
logging.getLogger("orders").warning("NIK %s\\nsatu", "1234011708790001")
"""
    ran = production.run(["-c", words], LOG_FORMAT="json")
    told = json.loads(ran.stderr)
    assert (told["level"], told["logger"], told["message"]) == ("WARNING", "orders", "NIK [angka]\nsatu")
    assert told["time"].endswith("+00:00")
    wrong = production.run(["-c", "import django; django.setup()"], LOG_FORMAT="xml")
    assert wrong.returncode != 0 and "LOG_FORMAT is line or json" in wrong.stderr
