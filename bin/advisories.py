"""Ask whether anything we install has a known weakness: make advisories.

pip-audit, in an environment of its own below var/advisories, asks the Python index and then OSV about every version of
requirements.txt and requirements-dev.txt. Where neither can be reached it would report nothing found, so an old version
with known weaknesses is asked about first: unless they are told, nothing is known and this says so.

Exit status 0: every version asked about, none weak. 1: weak ones, listed. 2: no service could be asked.
"""

import importlib.util
import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TOOL = "pip-audit==2.10.1"
LOCKS = ["requirements.txt", "requirements-dev.txt"]
# Jinja 2.4.1 has had several advisories since 2014.
KNOWN_WEAK = "jinja2==2.4.1"


def tool(folder: Path) -> Path:
    """The command, installed when this version is not there."""
    mark = folder / TOOL
    if not mark.exists():
        venv.create(folder, with_pip=True, clear=True)
        uv = [sys.executable, "-m", "uv", "pip", "install", "--python", folder / "bin" / "python"]
        pip = [folder / "bin" / "pip", "install"]
        subprocess.run([*(uv if importlib.util.find_spec("uv") else pip), "--quiet", TOOL], check=True)
        mark.touch()
    return folder / "bin" / "pip-audit"


def ask(program: Path, service: str, file: Path) -> list[dict[str, Any]] | None:
    """[{name, version, vulns: [{id, fix_versions}]}] of one list of versions; None when the service did not answer."""
    words = ["--vulnerability-service", service, "--requirement", str(file), "--no-deps", "--disable-pip"]
    words += ["--format", "json", "--progress-spinner", "off", "--timeout", "20"]
    try:
        ran = subprocess.run([program, *words], capture_output=True, text=True, check=False, timeout=900)
        told: list[dict[str, Any]] = json.loads(ran.stdout)["dependencies"]
    except (ValueError, KeyError, subprocess.TimeoutExpired):
        return None
    return None if any("skip_reason" in one for one in told) else told


def weak(told: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one['name']} {one['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'no version'}"
        for one in told
        for found in one["vulns"]
    ]


def main() -> int:
    folder = ROOT / "var" / "advisories"
    program = tool(folder / "tool")
    canary = folder / "known-weak.txt"
    canary.write_text(f"{KNOWN_WEAK}\n", encoding="utf-8")
    for service in ("pypi", "osv"):
        if weak(ask(program, service, canary) or []):
            break
        print(f"{service}: cannot be asked ({KNOWN_WEAK}, which is known to be weak, is not reported).")
    else:
        print("No advisory service can be reached from here: whether a version is weak is not known.")
        return 2
    found: dict[str, None] = {}
    for lock in LOCKS:
        told = ask(program, service, ROOT / lock)
        if told is None:
            print(f"{service} did not answer for every version of {lock}: ask again.")
            return 2
        print(f"{lock}: {len(told)} versions asked about at {service}.")
        found |= dict.fromkeys(weak(told))
    print("\n".join(found) or "None is known to be weak.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
