"""Give an environment made without ensurepip its pip: fetch one pinned wheel, check its hash, let it install itself."""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

WHEEL = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


def main() -> int:
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
    try:
        with urllib.request.urlopen(index, timeout=20) as page:
            links = re.findall(r'href="([^"]+)"', page.read().decode())
        link = next(urljoin(index, link) for link in links if link.split("#")[0].endswith("/" + WHEEL))
        with urllib.request.urlopen(link, timeout=60) as answer:
            content = answer.read()
    except (OSError, StopIteration) as problem:
        print(f"pip could not be fetched from {index}: {problem or 'not listed there'}", file=sys.stderr)
        return 1
    if hashlib.sha256(content).hexdigest() != SHA256:
        print(f"{WHEEL} from {index} is not the one we know: its hash differs.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder) / WHEEL
        wheel.write_bytes(content)
        install = [sys.executable, str(wheel / "pip"), "install", "--quiet", "--no-index", str(wheel)]
        return subprocess.run(install, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
