"""The distribution's own Chromium, as browser tests and the pictures of the README start it."""

import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Playwright

FOUND_BY = Path(__file__).resolve().parents[2] / "bin" / "chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


def path() -> str:
    return subprocess.run([FOUND_BY], capture_output=True, text=True, check=True).stdout.strip()


def launch(play: Playwright) -> Browser:
    return play.chromium.launch(executable_path=path(), args=FLAGS)
