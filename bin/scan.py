"""Attack the running demo with a scanner, signed in as several people: make scan, while make demo runs.

The scanner is Wapiti, in an environment of its own below var/scan. It sends forms as the people it is signed in as;
what it writes stays in the demo's database until `make clean`. Never point it at a city that works.

Writes var/scan/findings.json: {tool, at, seconds, requests, runs: [{role, pages, requests, seconds}],
findings: [{role, category, method, path, parameter, about}], accepted: [the same, with why]}. Exit status 0 without
findings, 1 with one that bin/scan_accepted.toml does not name, 2 when a scan could not be made.
"""

import argparse
import http.cookiejar
import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import time
import tomllib
import urllib.parse
import urllib.request
import venv
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ACCEPTED = ROOT / "bin" / "scan_accepted.toml"
TOOL = "wapiti3==3.2.3"
MODULES = [
    "sql", "timesql", "xss", "permanentxss", "file", "exec", "ssrf", "xxe", "redirect", "crlf", "csrf", "htaccess",
    "upload",
]  # fmt: skip
# What a page says of itself is the same for everybody: asked once.
OF_PAGES = ["cookieflags", "http_headers", "csp", "methods"]
# Never mutated: without them every form is refused before it is read.
KEPT = ["csrfmiddlewaretoken", "key"]
LEFT_OUT = [
    "/static/*",
    "/media/*",
    "/gaya/*",
    "/surat-demo/*",
    "/admin/logout/*",
    "/admin/*/delete/*",
    "/admin/jsi18n/*",
]
# Of the accounts somebody is signed in as: their password, second factor and sessions. And pages that show everybody
# the same, which the visitor's scan attacks; some goods stay, for the forms beside them.
LEFT_OUT_SIGNED_IN = [
    "/akun/*", "/swk/*", "/kategori/*", "/toko/*", *(f"/barang/{n}*" for n in [*range(2, 10), *range(10, 20)]),
]  # fmt: skip
SHARE_OF_CRAWL = 0.3


@dataclass(frozen=True)
class Role:
    name: str  # the role of a demo account; empty for a visitor
    shown: str  # a page that only their pages lead to: unless it was read, the scan was not theirs
    pages: tuple[str, ...]


ROLES = [
    Role(
        "", "/akun/daftar/", ("/cari/?q=beras", "/toko/", "/akun/masuk/", "/akun/sandi/lupa/", "/periksa/", "/tempat/")
    ),
    Role("citizen", "/pesanan/P", ("/barang/1/", "/keranjang/", "/pesanan/", "/daftar-berjualan/", "/tempat/")),
    Role(
        "seller_umkm", "/penjual/barang/", ("/penjual/", "/penjual/barang/baru/", "/penjual/toko/", "/penjual/pesanan/")
    ),
    Role(
        "requester", "/dinas/permintaan/", ("/dinas/", "/dinas/permintaan/baru/", "/dinas/anggaran/", "/dinas/pesanan/")
    ),
    Role("treasurer", "/pesanan/SP", ("/dinas/pembayaran/", "/dinas/pesanan/?q=a")),
    Role("admin", "/admin/users/user/", ("/admin/", "/admin/umkm/seller/?q=a", "/admin/orders/order/?q=a")),
]


@dataclass(frozen=True)
class Finding:
    role: str
    category: str
    method: str
    path: str
    parameter: str
    about: str


class Listener(ThreadingHTTPServer):
    """Where the attacks ask the application to go. Nothing may ever come but the scanner's own question for results."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Answer)
        self.address = f"http://127.0.0.1:{self.server_port}/"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Answer(BaseHTTPRequestHandler):
    server: Listener

    def do_GET(self) -> None:
        if not re.match(r"/get_(ssrf|xxe)\.php\?", self.path):
            self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"{}")

    do_POST = do_HEAD = do_PUT = do_GET

    def log_message(self, *words: Any) -> None:
        pass


def tool(folder: Path) -> Path:
    """The scanner's command, installed when this version is not there."""
    mark = folder / TOOL
    if not mark.exists():
        print(f"Installing {TOOL}…", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        uv = [sys.executable, "-m", "uv", "pip", "install", "--python", folder / "bin" / "python"]
        pip = [folder / "bin" / "pip", "install"]
        subprocess.run([*(uv if importlib.util.find_spec("uv") else pip), "--quiet", TOOL], check=True)
        mark.touch()
    return folder / "bin" / "wapiti"


def sign_in(base: str, account: dict[str, str]) -> dict[str, str]:
    """The cookies of somebody who has just signed in with a password."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = f"{base}/akun/masuk/"
    token = re.search(rb'name="csrfmiddlewaretoken"\s+value="([^"]+)"', browser.open(page).read())
    if token is None:
        raise SystemExit("The page of sign-in has no form.")
    form = {"csrfmiddlewaretoken": token[1].decode(), "login": account["email"], "password": account["password"]}
    answer = browser.open(urllib.request.Request(page, urllib.parse.urlencode(form).encode(), {"Referer": page}))
    if answer.url == page:
        raise SystemExit(f"{account['email']} could not sign in: is this the demo, and not locked by an earlier scan?")
    return {cookie.name: cookie.value or "" for cookie in jar}


def command(role: Role, base: str, cookies: dict[str, str], seconds: float, folder: Path, endpoint: str) -> list[str]:
    modules = MODULES if role.name else [*MODULES, *OF_PAGES]
    each = seconds * (1 - SHARE_OF_CRAWL) / len(modules)
    words = ["--url", f"{base}/", "--module", ",".join(modules), "--depth", "2", "--max-links-per-page", "14"]
    words += ["--max-files-per-dir", "4", "--max-parameters", "40", "--scan-force", "normal", "--tasks", "1"]
    words += [
        "--max-scan-time",
        f"{seconds * SHARE_OF_CRAWL:.0f}",
        "--max-attack-time",
        f"{each:.0f}",
        "--timeout",
        "15",
    ]
    words += ["--endpoint", endpoint, "--flush-session", "--no-bugreport", "--verbose", "2"]
    words += ["--store-session", str(folder / "session"), "--store-config", str(folder / "config")]
    words += ["--format", "json", "--output", str(folder / "report.json")]
    for page in role.pages:
        words += ["--start", base + page]
    for path in [*LEFT_OUT, *(LEFT_OUT_SIGNED_IN if role.name else [])]:
        words += ["--exclude", base + path]
    for name in KEPT:
        words += ["--skip", name]
    if cookies:
        # Read into the scanner's own jar: a header it would not send with its attacks.
        attributes = {"version": 0, "expires": None, "secure": False, "port": None}
        jar = {"127.0.0.1": {"/": {name: {"value": value, **attributes} for name, value in cookies.items()}}}
        (folder / "cookies.json").write_text(json.dumps(jar), encoding="utf-8")
        words += ["--cookie", str(folder / "cookies.json")]
    return words


def findings_in(report: dict[str, Any], role: str) -> Iterator[Finding]:
    """Weaknesses, and what the scanner calls anomalies: answers of 5xx and pages that did not answer in time."""
    for part in ("vulnerabilities", "anomalies"):
        for category, entries in report[part].items():
            for entry in entries:
                yield Finding(
                    role, category, entry["method"], entry["path"], entry.get("parameter") or "", entry["info"].strip()
                )


def accepted(path: Path = ACCEPTED) -> list[dict[str, str]]:
    """[[accepted]] tables: category and why, and patterns for path, parameter and about where only some are meant."""
    entries: list[dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))["accepted"]
    for entry in entries:
        if not entry.get("category") or len(entry.get("why", "")) < 20:
            raise SystemExit(f"{path.name}: an entry needs a category and a reason that can be judged: {entry}")
        if extra := set(entry) - {"category", "why", "path", "parameter", "about"}:
            raise SystemExit(f"{path.name}: unknown words {sorted(extra)}")
    return entries


def reason(finding: Finding, entries: list[dict[str, str]]) -> str:
    """Why this one is accepted; empty when it is not."""
    for entry in entries:
        patterns = {name: entry[name] for name in ("path", "parameter", "about") if name in entry}
        if entry["category"] == finding.category and all(
            re.search(pattern, getattr(finding, name)) for name, pattern in patterns.items()
        ):
            return entry["why"]
    return ""


def judged(found: list[Finding], entries: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Each kind of finding once, whoever met it, apart by whether it is accepted."""
    result: dict[str, list[dict[str, str]]] = {"findings": [], "accepted": []}
    seen = set()
    for one in found:
        if (key := (one.category, one.method, one.path, one.parameter, one.about)) in seen:
            continue
        seen.add(key)
        why = reason(one, entries)
        result["accepted" if why else "findings"].append(asdict(one) | ({"why": why} if why else {}))
    return result


def scan(role: Role, program: Path, words: list[str], folder: Path, seconds: float) -> dict[str, Any]:
    """One run: its report, and how much was asked. Raises SystemExit when the scanner made no report."""
    began = time.monotonic()
    log = folder / "log.txt"
    with log.open("w", encoding="utf-8") as out:
        try:
            subprocess.run(
                [program, *words], stdout=out, stderr=subprocess.STDOUT, timeout=seconds * 2 + 120, check=False
            )
        except subprocess.TimeoutExpired:
            sys.stderr.write(
                f"{role.name or 'visitor'}: not done after {seconds * 2 + 120:.0f} s: is the machine busy?\n"
            )
            raise SystemExit(2) from None
    if not (folder / "report.json").exists():
        sys.stderr.write(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        raise SystemExit(2)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    # Each request is a line of its own: pages read, and pages attacked.
    text = log.read_text(encoding="utf-8", errors="replace")
    sent = len(re.findall(r"^\[[+\u00a8]\] ", text, flags=re.MULTILINE))
    if not re.search(rf"^\[\+\] (GET|POST) \S+{role.shown}", text, flags=re.MULTILINE):
        raise SystemExit(f"{role.name or 'visitor'}: the scanner did not come to {role.shown}, see {log}")
    told = {"role": role.name or "visitor", "pages": report["infos"]["crawled_pages_nbr"], "requests": sent}
    return {"report": report, "told": told | {"seconds": round(time.monotonic() - began)}}


def main() -> int:
    reader = argparse.ArgumentParser(description="Attack the running demo with a scanner.")
    reader.add_argument("--minutes", type=float, default=20, help="for all roles together, about")
    reader.add_argument("--role", action="append", help="only this one (visitor for nobody); may be given again")
    asked = reader.parse_args()
    if os.environ.get("DEMO") != "1":
        raise SystemExit("Only a demo is scanned: run it with make scan, beside make demo.")
    roles = [role for role in ROLES if not asked.role or (role.name or "visitor") in asked.role]
    base = os.environ["SITE_URL"].replace("localhost", "127.0.0.1")
    folder = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "scan"
    entries = accepted()
    program = tool(folder / "tool")
    listed = subprocess.run([sys.executable, "manage.py", "demo_accounts", "--json"], capture_output=True, text=True)
    accounts = {account["role"]: account for account in json.loads(listed.stdout or "[]")}
    # All of them first: guesses at the form of sign-in lock this address out for a quarter of an hour.
    cookies = {role.name: sign_in(base, accounts[role.name]) if role.name else {} for role in roles}
    listener, began, found, runs = Listener(), time.monotonic(), [], []
    for role in roles:
        own = folder / (role.name or "visitor")
        own.mkdir(parents=True, exist_ok=True)
        (own / "report.json").unlink(missing_ok=True)
        seconds = asked.minutes * 60 / len(roles)
        run = scan(role, program, command(role, base, cookies[role.name], seconds, own, listener.address), own, seconds)
        print("{role}: {pages} pages, {requests} requests, {seconds} s".format(**run["told"]), flush=True)
        runs.append(run["told"])
        found += findings_in(run["report"], role.name or "visitor")
        about = "the application asked the address an attack named"
        found += [
            Finding(role.name or "visitor", "Outgoing request", "GET", path, "", about) for path in listener.asked
        ]
        listener.asked.clear()
    result: dict[str, Any] = {
        "tool": TOOL, "at": datetime.now(UTC).isoformat(timespec="seconds"), "seconds": round(time.monotonic() - began),
        "requests": sum(run["requests"] for run in runs), "runs": runs, **judged(found, entries),
    }  # fmt: skip
    (folder / "findings.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    for one in result["findings"]:
        print(
            f"FOUND {one['category']}: {one['method']} {one['path']} {one['parameter']} ({one['role']}): {one['about']}"
        )
    print(
        f"{result['requests']} requests in {result['seconds']} s: {len(result['findings'])} findings,"
        f" {len(result['accepted'])} accepted. {folder / 'findings.json'}"
    )
    return 1 if result["findings"] else 0


if __name__ == "__main__":
    sys.exit(main())
