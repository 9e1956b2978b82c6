"""A person at a browser: signs in, fills forms, and notices when a page is broken or hard to use."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# WCAG 2.2 AA and axe's own best practices.
AXE_OPTIONS = {"resultTypes": ["violations"]}


@dataclass
class Visitor:
    """One browser context. `look()` after each page: no axe violation, no console error, no CSP violation."""

    page: Page
    base: str
    problems: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)

    @classmethod
    def arrive(cls, browser: Browser, base: str, *, width: int = 1280, height: int = 900, **context: Any) -> "Visitor":
        made = browser.new_context(
            viewport={"width": width, "height": height}, locale="id-ID", timezone_id="Asia/Jakarta", **context
        )
        made.set_default_timeout(15_000)
        page = made.new_page()
        visitor = cls(page, base)
        page.on("console", visitor._hear)
        page.on("pageerror", lambda error: visitor.problems.append(f"{page.url}: {error}"))
        return visitor

    def _hear(self, message: ConsoleMessage) -> None:
        # A refused form answers 422 on purpose; Chromium logs every such status as a failed resource.
        if message.type == "error" and "status of 422" not in message.text and "status of 409" not in message.text:
            self.problems.append(f"{self.page.url}: {message.text}")

    def open(self, path: str) -> "Visitor":
        self.page.goto(path if path.startswith("http") else self.base + path)
        return self.look()

    def look(self) -> "Visitor":
        """Check the page as it is now."""
        page = self.page
        page.wait_for_load_state("networkidle")
        if not page.evaluate("typeof window.axe === 'object'"):
            # Through the debugger, not a script tag: the page's own CSP stays as strict as it is.
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("options => window.axe.run(document, options)", AXE_OPTIONS)
        for violation in found["violations"]:
            targets = [node["target"] for node in violation["nodes"][:3]]
            self.problems.append(f"{page.url}: axe {violation['id']}: {violation['help']} {targets}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 1:
            self.problems.append(f"{page.url}: scrolls sideways by {wide} px")
        self.looked_at.append(page.url)
        assert self.problems == []
        return self

    def sign_in(self, email: str, password: str) -> "Visitor":
        self.open("/akun/masuk/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        self.page.locator("main form button[type=submit]").first.click()
        return self.look()

    def fill(self, **values: str) -> "Visitor":
        """Fill fields by name: text, select, or check box ("on")."""
        for name, value in values.items():
            spot = self.page.locator(f"main [name='{name}']").first
            kind = spot.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
            if kind == "select":
                spot.select_option(value)
            elif kind == "checkbox":
                spot.set_checked(value == "on")
            elif kind == "radio":
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif kind == "file":
                spot.set_input_files(value)
            else:
                spot.fill(value)
        return self

    def press(self, name: str) -> "Visitor":
        """Click the button or link with this text, then look at what came."""
        self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first.click()
        return self.look()

    def sees(self, text: str) -> "Visitor":
        self.page.locator("body", has_text=text).wait_for()
        return self

    def leave(self) -> None:
        self.page.context.close()
