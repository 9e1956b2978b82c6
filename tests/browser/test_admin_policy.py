"""The admin's pages in Chromium, as each kind of staff: nothing is refused by the content policy, missing, broken or
against WCAG."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Request, Response

from tests.browser.visitor import WCAG_OPTIONS, Visitor
from tests.site.access_world import build

pytestmark = pytest.mark.django_db(transaction=True)

# Before any script of the page, so that nothing the browser refuses is missed.
LISTEN = """
window.refusedByPolicy = [];
document.addEventListener("securitypolicyviolation", event => window.refusedByPolicy.push(
    `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
LISTS = {
    "verifier": {"umkm_verificationcase", "umkm_taxpaper", "umkm_seller"},
    "curator": {"umkm_changeproposal", "umkm_product"},
    # Permissions are only chosen from, in the forms of people and groups.
    "admin": {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
    - {"auth_permission"},
}


def test_no_page_of_the_admin_breaks_its_policy(visit: Callable[..., Visitor]) -> None:
    with transaction.atomic():
        people = build().people
    for kind, expected in LISTS.items():
        officer = visit()
        _sign_in(officer, people[kind])
        found = _walk(officer)
        assert found["problems"] + officer.problems == [], kind
        missed = {reverse(f"admin:{name}_changelist") for name in expected} - found["seen"]
        assert missed == set(), kind
        assert any(address.endswith("/change/") for address in found["seen"]), kind


def _sign_in(officer: Visitor, person: Any) -> None:
    client = Client()
    client.force_login(person)
    cookie: Any = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": officer.base}
    officer.page.context.add_cookies([cookie])


def _walk(officer: Visitor) -> dict[str, Any]:
    """The first page, every list of the side bar, and of each list its first row and its form for a new one."""
    page, base = officer.page, officer.base
    problems: list[str] = []
    seen: set[str] = set()

    def note(answer: Response) -> None:
        if answer.status >= 400:
            problems.append(f"{page.url}: {answer.status} {answer.url}")

    def fail(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page was opened before its last picture came
            problems.append(f"{page.url}: {request.failure} {request.url}")

    page.add_init_script(LISTEN)
    page.on("response", note)
    page.on("requestfailed", fail)

    def look(address: str) -> None:
        page.goto(base + address, wait_until="load")
        problems.extend(f"{address}: {what}" for what in page.evaluate("window.refusedByPolicy"))
        problems.extend(officer.violations(WCAG_OPTIONS))
        seen.add(address)

    look(reverse("admin:index"))
    for address in _links(page, "#nav-sidebar a"):
        look(address)
        rows = [link for link in _links(page, "main a") if link.startswith(address)]
        for ending in ("/change/", "/add/"):
            for link in [row for row in rows if row.endswith(ending)][:1]:
                look(link)
    return {"problems": problems, "seen": seen}


def _links(page: Page, selector: str) -> list[str]:
    """Addresses below the admin, each once, in their order."""
    found: list[str] = page.locator(selector).evaluate_all("links => links.map(link => link.pathname)")
    first = reverse("admin:index")
    return [path for path in dict.fromkeys(found) if path.startswith(first) and path != first]
