"""Take the pictures of the README from the running demo: make shots, while make demo runs."""

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import launch  # noqa: E402

FOLDER = ROOT / "docs" / "img"


@dataclass(frozen=True)
class Shot:
    name: str
    path: str
    role: str = ""  # the local part of a demo account; empty for a visitor
    follow: str = ""  # a link on that page to go on to
    width: int = 1280
    height: int = 860


SHOTS = [
    Shot("home", "/"),
    Shot("order", "/dinas/pembayaran/", role="treasurer", follow="main a[href*='/pesanan/']"),
    Shot("seller-dashboard", "/penjual/", role="seller.umkm", width=390, height=844),
    Shot("approval", "/dinas/persetujuan/", role="approver.pp", follow="main a[href*='/persetujuan/']"),
]


def sign_in(page: Page, base: str, account: dict[str, str]) -> None:
    page.goto(f"{base}/akun/masuk/")
    page.fill("[name=login]", account["email"])
    page.fill("[name=password]", account["password"])
    page.press("[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def main() -> int:
    base = os.environ["SITE_URL"]
    listed = subprocess.run([sys.executable, "manage.py", "demo_accounts", "--json"], capture_output=True, text=True)
    accounts = json.loads(listed.stdout or "[]")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = launch(play)
        for shot in SHOTS:
            size = {"width": shot.width, "height": shot.height}
            page = browser.new_context(viewport=size, locale="id-ID").new_page()
            if shot.role:
                sign_in(page, base, next(a for a in accounts if a["email"].split("@")[0] == shot.role))
            page.goto(base + shot.path)
            if shot.follow:
                page.locator(shot.follow).first.click()
                page.wait_for_load_state("networkidle")
            picture = Image.open(io.BytesIO(page.screenshot()))
            picture.save(FOLDER / f"{shot.name}.webp", quality=82, method=6)
            print(f"docs/img/{shot.name}.webp  {page.url}")
            page.context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
