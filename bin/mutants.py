"""Break one rule after the other in a copy of the tree and see that the tests named for it notice.

    .venv/bin/python -m epeken.supervisor run-with-services -- .venv/bin/python bin/mutants.py [word …]

With words, only the mutants whose name holds one of them. tests/mutants.py declares them. Fails when one survives, when
its text no longer stands exactly once in its file, or when its tests are red without it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.mutants import MUTANTS, Mutant  # noqa: E402

CAUGHT, GREEN = 1, 0  # exit codes of pytest


def copy_tree(to: Path) -> None:
    """Files git knows or would take, as they are now, and the compiled catalogues; not the services' folder, which
    stays where it is."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    compiled = [str(path.relative_to(ROOT)) for path in ROOT.glob("locale/*/LC_MESSAGES/*.mo")]
    for name in (*names, *compiled):
        source, target = ROOT / name, to / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def run(tree: Path, tests: list[str]) -> tuple[int, str]:
    """Exit code and output of pytest on these tests, in one process, with one database for all mutants."""
    words = [sys.executable, "-m", "pytest", "--no-cov", "-q", "-x", "--tb=line"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "VAR_DIR": str(tree / "var")}
    done = subprocess.run(
        [*words, "--reuse-db", *tests], cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def verdict(tree: Path, mutant: Mutant) -> str:
    file = tree / mutant.file
    text = file.read_text(encoding="utf-8")
    if text.count(mutant.old) != 1:
        return f"its text stands {text.count(mutant.old)} times in {mutant.file}"
    file.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        code, output = run(tree, mutant.tests)
    finally:
        file.write_text(text, encoding="utf-8")
    if code == CAUGHT:
        return ""
    return "SURVIVED" if code == GREEN else f"pytest ended with {code}:\n{output[-1500:]}"


def main(words: list[str]) -> int:
    chosen = [m for m in MUTANTS if not words or any(word in m.name for word in words)]
    bad = 0
    with tempfile.TemporaryDirectory(prefix="epeken-mutants-") as made:
        tree = Path(made)
        copy_tree(tree)
        tests = sorted({test for mutant in chosen for test in mutant.tests})
        code, output = run(tree, tests)
        if code != GREEN:
            print(f"Without any mutant, these tests are not green:\n{output[-3000:]}")
            return 1
        for mutant in chosen:
            began = time.monotonic()
            problem = verdict(tree, mutant)
            bad += bool(problem)
            seconds = time.monotonic() - began
            print(f"{'FAIL' if problem else 'caught':7} {seconds:4.0f} s  {mutant.name}", flush=True)
            if problem:
                print(f"        {problem}", flush=True)
    print(f"{len(chosen) - bad} of {len(chosen)} mutants caught")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
