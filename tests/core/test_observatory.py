"""Our headers counted by hand with the rules of Mozilla's HTTP Observatory (MDN, version 5): at least 115 points.

The scanner itself needs the open internet. Rules: developer.mozilla.org/observatory/docs/tests_and_scoring.
Bonus points count once the score without them is 90 or more.
"""

import base64
import hashlib
import re
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

HALF_A_YEAR = 15_768_000


@pytest.fixture
def production(settings: Any) -> Client:
    """A visitor over https, with the settings that INSECURE_HTTP off brings."""
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    return Client()


def policy_of(answer: HttpResponse) -> dict[str, list[str]]:
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {words[0]: words[1:] for words in parts if words}


def faults(answer: HttpResponse) -> list[str]:
    """Each takes points in the scanner's table."""
    policy = policy_of(answer)
    found = []
    if any("unsafe" in word for words in policy.values() for word in words):
        found.append("unsafe words in the policy")
    if policy["default-src"] != ["'none'"] or policy["base-uri"] != ["'none'"] or "form-action" not in policy:
        found.append("the policy does not begin with nothing")
    cookies: SimpleCookie = answer.cookies  # type: ignore[assignment]
    for cookie in cookies.values():
        if not (cookie["secure"] and cookie["httponly"] and cookie["samesite"] in ("Lax", "Strict")):
            found.append(f"cookie {cookie.key}")
    if "Access-Control-Allow-Origin" in answer:
        found.append("CORS")
    age = re.search(r"max-age=(\d+)", answer["Strict-Transport-Security"])
    if age is None or int(age[1]) < HALF_A_YEAR:
        found.append("HSTS")
    if answer["X-Content-Type-Options"] != "nosniff":
        found.append("content type")
    if re.search(rb'<script[^>]+src="(https?:)?//', answer.content):
        found.append("a script from elsewhere")
    return found


def bonus(answer: HttpResponse) -> dict[str, int]:
    policy = policy_of(answer)
    return {
        "policy without unsafe, default-src none": 10 if policy["default-src"] == ["'none'"] else 0,
        "cookies secure, hidden, SameSite": 5 if answer.cookies else 0,
        "Referrer-Policy same-origin": 5 if answer["Referrer-Policy"] == "same-origin" else 0,
        "framing forbidden by the policy": 5 if policy["frame-ancestors"] == ["'none'"] else 0,
        "Cross-Origin-Resource-Policy": 10 if answer["Cross-Origin-Resource-Policy"] == "same-origin" else 0,
    }


@pytest.mark.parametrize("name", ["home", "account_login", "umkm:shop-list", "umkm:search", "privacy"])
def test_a_page_earns_115_points(production: Client, name: str) -> None:
    answer = production.get(reverse(name), secure=True)
    assert answer.status_code == 200
    assert faults(answer) == []
    assert 100 + sum(bonus(answer).values()) >= 115
    assert production.get(reverse(name)).status_code == 301


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
