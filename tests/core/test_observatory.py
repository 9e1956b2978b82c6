"""Our headers scored with the rules of Mozilla's HTTP Observatory (bench/observatory.py): at least 115 points.

`python -m bench.observatory` asks a server with the settings of production; these ask the same code in the suite.
"""

import base64
import hashlib
import re
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bench.observatory import GOAL, Answer, points, policy_of, score

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(settings: Any) -> Client:
    """A visitor over https, with the settings that INSECURE_HTTP off brings."""
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    return Client()


def read(answer: Any) -> Answer:
    return Answer(answer.status_code, answer.headers, answer.cookies, answer.content)


@pytest.mark.parametrize("name", ["home", "account_login", "umkm:shop-list", "umkm:search", "privacy"])
def test_a_page_earns_135_points(production: Client, name: str) -> None:
    page = read(production.get(reverse(name), secure=True))
    given = points(page, read(production.get(reverse(name))))
    assert page.status == 200
    assert [rule for rule, number in given.items() if number < 0] == []
    assert score(given) == 135 >= GOAL


SPOILED: list[tuple[str, str | None, int]] = [
    ("Content-Security-Policy", None, -25),
    ("Content-Security-Policy", "default-src 'none'; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'", -20),
    ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'", 5),
    ("Content-Security-Policy", "script-src 'self'; frame-ancestors 'none'", -20),
    ("Strict-Transport-Security", None, -20),
    ("Strict-Transport-Security", "max-age=3600", -10),
    ("Referrer-Policy", "unsafe-url", 0),
    ("X-Content-Type-Options", None, -5),
    ("Cross-Origin-Resource-Policy", None, 0),
    ("Access-Control-Allow-Origin", "*", -50),
]


@pytest.mark.parametrize(("header", "value", "left"), SPOILED)
def test_a_header_that_is_gone_or_weak_costs_points(
    production: Client, header: str, value: str | None, left: int
) -> None:
    good, plain = read(production.get(reverse("home"), secure=True)), read(production.get(reverse("home")))
    headers = {name: text for name, text in good.headers.items() if name != header} | ({header: value} if value else {})
    before, after = points(good, plain), points(Answer(good.status, headers, good.cookies, good.body), plain)
    assert next(after[rule] for rule in after if after[rule] != before[rule]) == left
    assert score(after) < score(before)


@pytest.mark.parametrize(
    ("cookie", "given"),
    [
        ("__Host-session=a; Secure; HttpOnly; SameSite=Lax", 5),
        ("tema=a; Secure; SameSite=Lax", 5),
        ("tema=a; SameSite=Lax", -20),
        ("sessionid=a; HttpOnly; SameSite=Lax", -40),
        ("sessionid=a; Secure; SameSite=Lax", -30),
        ("csrftoken=a; Secure; HttpOnly", -20),
    ],
)
def test_a_weak_cookie_costs_points(cookie: str, given: int) -> None:
    led = Answer(301, {"Location": "https://testserver/"}, SimpleCookie(), b"")
    assert points(Answer(200, {}, SimpleCookie(cookie), b""), led)["cookies"] == given


def test_a_script_from_elsewhere_and_plain_http_cost_points() -> None:
    open_page = Answer(200, {}, SimpleCookie(), b'<script src="//cdn.example/a.js"></script>')
    given = points(open_page, open_page)
    assert (given["subresource integrity"], given["redirection"], given["cookies"]) == (-50, -20, 0)
    own = Answer(200, {}, SimpleCookie(), b'<script src="/static/a.js"></script>')
    assert points(own, own)["subresource integrity"] == 0


# What the theme's htmx writes into the head when it starts; the journey's browser would report another one.
HTMX_BLOCK = "'sha256-bsV5JivYxvGywDAZ22EZJKBFip65Ng9xoJVLbBg7bdo='"


def test_the_admin_may_style_by_attributes_and_by_known_blocks(client: Client, admin_user: Any) -> None:
    """The theme writes its colours into the page, and a width into lists without actions: named by their hashes.

    When the theme or its colours change, the new hash goes into ADMIN_CSP_UPDATE.
    """
    client.force_login(admin_user)
    hashes = set()
    for page in ("admin:index", "admin:auth_permission_changelist", "admin:users_user_changelist"):
        answer = client.get(reverse(page))
        assert answer.status_code == 200
        for block in re.findall(r"<style[^>]*>(.*?)</style>", answer.content.decode(), flags=re.DOTALL):
            hashes.add(f"'sha256-{base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()}'")
    policy = policy_of(answer)
    assert set(policy["style-src-elem"]) == {"'self'", *hashes, HTMX_BLOCK}
    assert policy["script-src"] == ["'self'", "'unsafe-eval'"]
    assert [name for name, words in policy.items() if "'unsafe-inline'" in words] == ["style-src-attr"]
