"""Our pages scored by the rules of Mozilla's HTTP Observatory (MDN, version 5), which itself scans from the internet.

`python -m epeken.supervisor run -- python -m bench.observatory`, beside a running demo: starts gunicorn with the
settings of production on the demo's database, asks it as the TLS proxy in front does, and prints one JSON object. Exit
status 1 when a page earns less than 115 points.

Rules: developer.mozilla.org/en-US/observatory/docs/tests_and_scoring (read on 27 November 2026). A page begins with
100; points above count only where those taken away leave 90 or more.
"""

import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.cookies import SimpleCookie

GOAL = 115
PAGES = ["/", "/toko/", "/cari/?q=beras", "/akun/masuk/", "/data-pribadi/", "/api/v1/dokumentasi/"]
HALF_A_YEAR = 15_768_000
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
UNSAFE = {"'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # asked for without regard to case
    cookies: SimpleCookie
    body: bytes


def policy_of(headers: Mapping[str, str]) -> dict[str, list[str]]:
    parts = (part.split() for part in headers.get("Content-Security-Policy", "").split(";"))
    return {words[0]: words[1:] for words in parts if words}


def points(page: Answer, plain: Answer) -> dict[str, int]:
    """{rule: points given or taken} of a page over https, and of the same address over http."""
    policy = policy_of(page.headers)
    return {
        "content security policy": _policy(policy),
        "cookies": _cookies(page.cookies),
        "cross-origin sharing": -50 if "Access-Control-Allow-Origin" in page.headers else 0,
        "redirection": 0 if _leads_to_https(plain) else -20,
        "referrer policy": 5 if page.headers.get("Referrer-Policy") in PRIVATE_REFERRERS else 0,
        "strict transport security": _transport(page.headers.get("Strict-Transport-Security", "")),
        "subresource integrity": _scripts(page.body),
        "content type options": 0 if page.headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "frame options": _frames(policy, page.headers),
        "cross-origin resource policy": 10
        if page.headers.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"}
        else 0,
    }


def score(given: Mapping[str, int]) -> int:
    taken = 100 + sum(number for number in given.values() if number < 0)
    return taken + (sum(number for number in given.values() if number > 0) if taken >= 90 else 0)


def _policy(policy: Mapping[str, list[str]]) -> int:
    """Simplified to our kind of policy: what is neither strict nor merely unstrict in style counts as unsafe."""
    if not policy:
        return -25
    standard = policy.get("default-src", ["*"])
    if UNSAFE & {*policy.get("script-src", standard), *policy.get("object-src", standard), *standard}:
        return -20
    if UNSAFE & {*policy.get("style-src", standard)}:
        return 0
    framed = all(
        policy.get(name) in (["'none'"], ["'self'"]) for name in ("base-uri", "frame-ancestors", "form-action")
    )
    return 10 if standard == ["'none'"] and framed else 5


def _cookies(cookies: SimpleCookie) -> int:
    worst = 5 if cookies else 0
    for cookie in cookies.values():
        session = re.search(r"sess|sid|token|csrf", cookie.key, re.IGNORECASE)
        if not cookie["secure"]:
            worst = min(worst, -40 if session else -20)
        elif cookie["samesite"] not in ("Lax", "Strict"):
            worst = min(worst, -20)
        elif session and not cookie["httponly"]:
            worst = min(worst, -30)
    return worst


def _leads_to_https(plain: Answer) -> bool:
    return plain.status in (301, 302, 307, 308) and plain.headers.get("Location", "").startswith("https://")


def _transport(value: str) -> int:
    age = re.search(r"max-age=(\d+)", value)
    if age is None:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


def _scripts(body: bytes) -> int:
    """Integrity of scripts from our own host is not asked for; a script from elsewhere would need it."""
    return -50 if re.search(rb"<script\b[^>]*\bsrc=.(https?:)?//", body) else 0


def _frames(policy: Mapping[str, list[str]], headers: Mapping[str, str]) -> int:
    if policy.get("frame-ancestors") in (["'none'"], ["'self'"]):
        return 5
    return 0 if headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def ask(port: int, path: str, scheme: str) -> Answer:
    """As the proxy in front passes on what a visitor asked over http or https."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request(
        "GET", path, headers={"Host": "epeken.example", "X-Forwarded-Proto": scheme, "X-Forwarded-For": "203.0.113.9"}
    )
    told = line.getresponse()
    cookies: SimpleCookie = SimpleCookie()
    for text in told.headers.get_all("Set-Cookie", []):
        cookies.load(text)
    return Answer(told.status, told.headers, cookies, told.read())  # type: ignore[arg-type]


def main() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = os.environ | {
        "DEBUG": "0", "DEMO": "0", "INSECURE_HTTP": "0", "BEHIND_PROXY": "1", "PROXY_COUNT": "1", "PORT": str(port),
        "HOST": "127.0.0.1", "WEB_WORKERS": "1", "ALLOWED_HOSTS": "epeken.example", "SITE_URL": "https://epeken.example",
        "SECRET_KEY": secrets.token_urlsafe(48), "EMAIL_URL": "smtp+tls://mail.epeken.example:587",
    }  # fmt: skip
    web = subprocess.Popen([sys.executable, "-m", "gunicorn", "epeken.wsgi:application"], env=settings)
    try:
        for _attempt in range(120):
            with suppress(OSError):
                ask(port, "/healthz", "https")
                break
            time.sleep(0.5)
        pages = {}
        for path in PAGES:
            page = ask(port, path, "https")
            given = points(page, ask(port, path, "http"))
            pages[path] = {"status": page.status, "score": score(given), "points": given}
    finally:
        web.terminate()
        web.wait(timeout=30)
    print(json.dumps({"rules": "MDN HTTP Observatory 5", "goal": GOAL, "pages": pages}, indent=2))
    return 0 if all(page["status"] == 200 and page["score"] >= GOAL for page in pages.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
