"""A person at a browser: signs in, fills forms, and notices when a page is broken or hard to use."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, TimeoutError

from epeken.core import clock
from tests.factories.umkm import PASSWORD
from tests.factories.users import code_at

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# WCAG 2.2 AA and axe's own best practices. No rule of them reads style sheets, and of one with an @import axe would
# make a style element, which the page's policy stops.
AXE_OPTIONS = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}
# The admin's theme repeats the names of its scroll boxes: axe's own advice, no criterion of WCAG.
ADMIN_AXE_OPTIONS = AXE_OPTIONS | {"rules": {"landmark-unique": {"enabled": False}}}
# WCAG 2.2 AA alone: names of fields and choosers, sizes of what is pressed. The theme breaks some of axe's own advice.
WCAG_OPTIONS = AXE_OPTIONS | {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
# All that axe decides by: the markup, its classes and its ids, but not which words, numbers and addresses it holds.
APPEARANCE = r"""[
    innerWidth, innerHeight, matchMedia('(prefers-color-scheme: dark)').matches,
    document.documentElement.outerHTML
        .replace(/<script\b.*?<\/script>/gs, '')
        .replace(/>[^<]*[^<\s][^<]*/g, '>x').replace(/>\s+/g, '>')
        .replace(/ (href|src|srcset|action|value|content|alt|title|aria-label)="[^"#][^"]*"/g, ' $1="x"')
        .replace(/[\w-]{22,}/g, '').replace(/\d+/g, '0'),
].join()"""
# Options and appearances without a violation. axe takes half a browser test's time, and the same pages are opened again
# and again.
accessible: set[tuple[str, str]] = set()


@dataclass
class Visitor:
    """One browser context. `look()` after each page: no axe violation, no console error, no CSP violation."""

    page: Page
    base: str
    problems: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    scripts: bool = True
    refusal: int = 0  # the status of a refusal that is expected now, besides those of a form

    @classmethod
    def arrive(cls, browser: Browser, base: str, *, width: int = 1280, height: int = 900, **context: Any) -> "Visitor":
        made = browser.new_context(
            viewport={"width": width, "height": height}, locale="id-ID", timezone_id=settings.TIME_ZONE, **context
        )
        made.set_default_timeout(15_000)
        page = made.new_page()
        visitor = cls(page, base, scripts=context.get("java_script_enabled", True))
        page.on("console", visitor._hear)
        page.on("pageerror", lambda error: visitor.problems.append(f"{page.url}: {error}"))
        return visitor

    def _hear(self, message: ConsoleMessage) -> None:
        # A refused form answers 422 on purpose; Chromium logs every such status as a failed resource.
        expected = (f"status of {status} " for status in (422, 409, self.refusal))
        if message.type == "error" and not any(status in message.text for status in expected):
            self.problems.append(f"{self.page.url}: {message.text}")

    def open(self, path: str) -> "Visitor":
        self.page.goto(path if path.startswith("http") else self.base + path)
        return self.look()

    def look(self) -> "Visitor":
        """Check the page as it is now: axe, console, width. Without scripts only its address is noted."""
        page = self.page
        page.wait_for_load_state("load")
        self.looked_at.append(page.url)
        if self.scripts:
            self.problems += self.violations(ADMIN_AXE_OPTIONS if "/admin/" in page.url else AXE_OPTIONS)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 1:
                self.problems.append(f"{page.url}: scrolls sideways by {wide} px")
        assert self.problems == []
        return self

    def violations(self, options: dict[str, Any]) -> list[str]:
        """What axe finds on the page as it is now; nothing where a page of the same appearance had none."""
        page = self.page
        appearance = (repr(options), page.evaluate(APPEARANCE))
        if appearance in accessible:
            return []
        if not page.evaluate("typeof window.axe === 'object'"):
            # Through the debugger, not a script tag: the page's own CSP stays as strict as it is.
            page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = [
            f"{page.url}: axe {found['id']}: {found['help']} "
            f"{[(node['target'], node['html'][:200]) for node in found['nodes'][:3]]}"
            for found in page.evaluate("options => window.axe.run(document, options)", options)["violations"]
        ]
        if not violations:
            accessible.add(appearance)
        return violations

    def sign_in(self, person: Any, *, second_factor: bool = False) -> "Visitor":
        """Through the front door; with the code of the authenticator where the person has enrolled one."""
        self.open("/akun/masuk/")
        self.fill(login=person.email, password=PASSWORD).press("Masuk")
        if second_factor:
            self.fill(code=code_at(clock.now())).press("Masuk")
        return self

    def field(self, name: str) -> Locator:
        return self.page.locator(f"main [name='{name}']")

    def fill(self, **values: Any) -> "Visitor":
        """Fill fields by name: text, select, choices, check box (True or False), file (a path)."""
        for name, value in values.items():
            spot = self.field(name).first
            kind = spot.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
            if kind == "select":
                spot.select_option(str(value))
            elif kind == "checkbox" and isinstance(value, str):
                for one in value.split():
                    self.page.locator(f"main [name='{name}'][value='{one}']").check()
            elif kind == "checkbox":
                spot.set_checked(value)
            elif kind == "radio":
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif kind == "file":
                self.attach(spot, value)
            else:
                spot.fill(str(value))
        return self

    def attach(self, spot: Locator, path: Path) -> None:
        spot.set_input_files(path)
        if self.scripts:
            # The page makes large photos smaller first and says their names when it is done.
            self.page.locator("[data-photo-said], [data-file-said]", has_text=path.stem).first.wait_for()

    def press(self, name: str, *, within: str = "body", exact: bool = False) -> "Visitor":
        """Click the button or link with this text, then look at the page it leads to."""
        scope = self.page.locator(within)
        button = scope.get_by_role("button", name=name, exact=exact)
        target = button.or_(scope.get_by_role("link", name=name, exact=exact)).first
        try:
            target.wait_for()
        except TimeoutError:
            raise AssertionError(f"{self.page.url} has no button {name!r}:\n{self.said()}") from None
        with self.page.expect_navigation():
            target.click()
        return self.look()

    def is_refused(self, name: str, status: int) -> "Visitor":
        """Press what is answered by a page with this status, because this person may not do it any more."""
        self.refusal = status
        with self.page.expect_response(lambda answer: answer.status == status):
            self.press(name)
        self.refusal = 0
        return self

    def said(self) -> str:
        """The text a reader of this page sees."""
        return self.page.locator("body").inner_text()

    def sees(self, *texts: str) -> "Visitor":
        for text in texts:
            try:
                self.page.locator("body", has_text=text).wait_for()
            except TimeoutError:
                raise AssertionError(f"{self.page.url} does not say {text!r}:\n{self.said()}") from None
        return self

    def fetch(self, path: str) -> tuple[int, bytes]:
        """Status and body of an address as this visitor gets it, without showing it."""
        answer = self.page.context.request.get(path if path.startswith("http") else self.base + path)
        return answer.status, answer.body()

    def leave(self) -> None:
        self.page.context.close()


def approve_all(head: Visitor) -> None:
    """On the page of payments to be approved: every one that is shown."""
    for box in head.page.locator("main [name='chosen']").all():
        box.check()
    head.press("Setujui pembayaran yang dipilih").sees("pembayaran disetujui")
