"""What Lighthouse gives the pages of a seller's desk: speed, accessibility, best practices, as on a telephone.

`python -m epeken.supervisor run -- python -m bench.lighthouse [--rounds 3]`, beside a running demo, whose seller it
signs in. Lighthouse is installed by npm into `var/lighthouse`, in the version below, and its Chromium is the one of the
browser tests (`make chromium`). Without the category for search engines: these pages are hidden from them on purpose.
Of each page the best of the rounds, since other work on the machine only slows; exit status 1 when one is below GOAL.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import stage

TOOL = "lighthouse@12.8.2"
GOAL = 95
CATEGORIES = ("performance", "accessibility", "best-practices")
PAGES = (
    "/penjual/", "/penjual/barang/", "/penjual/barang/baru/", "/penjual/barang/harga-stok/", "/penjual/pesanan/",
    "/penjual/kemas/", "/penjual/uang/", "/penjual/toko/", "/penjual/toko/identitas/",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--account", default="seller.umkm")
    options = parser.parse_args()
    command, cookies = _installed(), _signed_in(f"{options.account}@demo.epeken.test")
    found_by = stage.ROOT / "bin" / "chromium"
    chromium = subprocess.run([found_by], check=True, capture_output=True, text=True).stdout.strip()
    found: dict[str, dict[str, int]] = {}
    for page in PAGES:
        rounds = [
            _scores(command, chromium, os.environ["SITE_URL"] + page, cookies) for _round in range(options.rounds)
        ]
        found[page] = {name: max(one[name] for one in rounds) for name in CATEGORIES}
        print(page, found[page], file=sys.stderr, flush=True)
    stage.report("lighthouse", {"tool": TOOL, "rounds": options.rounds, "pages": found})
    return 1 if any(score < GOAL for scores in found.values() for score in scores.values()) else 0


def _installed() -> Path:
    folder = Path(os.environ.get("VAR_DIR", stage.ROOT / "var")) / "lighthouse"
    command = folder / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, TOOL], check=True)
    return command


def _signed_in(email: str) -> str:
    """The cookie of a session of this account, made as the tests sign people in."""
    stage.setup(own_database=False)
    from django.conf import settings
    from django.test import Client

    from epeken.users.models import User

    client = Client()
    client.force_login(User.objects.get(email=email))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _scores(command: Path, chromium: str, address: str, cookies: str) -> dict[str, int]:
    """{category: points of 100}. Raises CalledProcessError when the page could not be read."""
    done = subprocess.run(
        [
            command, address, "--quiet", "--output=json", "--output-path=stdout",
            f"--only-categories={','.join(CATEGORIES)}", f"--extra-headers={json.dumps({'Cookie': cookies})}",
            "--chrome-flags=--headless --no-sandbox",
        ],
        env={**os.environ, "CHROME_PATH": chromium},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    if not told["finalDisplayedUrl"].startswith(address):
        raise SystemExit(f"{address} leads to {told['finalDisplayedUrl']}: nobody is signed in.")
    return {name: round(100 * told["categories"][name]["score"]) for name in CATEGORIES}


if __name__ == "__main__":
    sys.exit(main())
