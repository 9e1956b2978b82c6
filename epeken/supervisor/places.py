"""Where the files of one running city lie, and whose account its services run under."""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

CHECKOUT = Path(__file__).resolve().parents[2]
# Every child carries this in its environment; its value is the folder of the city it belongs to.
MARK = "EPEKEN_SUPERVISED"


class Failed(Exception):
    """Something a person must know or do; the text says it. The supervisor ends with it and exit code 1."""


class AsUser(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class OsUser:
    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Installation:
    """`var` holds secrets, ports, logs and the app's files; `home` the data of PostgreSQL and Valkey."""

    var: Path
    home: Path
    account: OsUser | None

    @property
    def logs(self) -> Path:
        return self.var / "log"

    def as_user(self) -> AsUser:
        """Arguments for subprocess: the services' own account when root starts them, else nothing."""
        if self.account is None:
            return {}
        return {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Hand a file or folder to the services' account."""
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid)

    def environment(self) -> dict[str, str]:
        """A bare environment for the services: nothing of the caller's reaches them."""
        return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC", MARK: str(self.var)}


def default_var() -> Path:
    return Path(os.environ.get("VAR_DIR") or CHECKOUT / "var").resolve()


def prepare(var: Path) -> Installation:
    """Make the folders. PostgreSQL refuses to run as root: root's services run as `nobody`, where it can reach them."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        (var / "log").mkdir(exist_ok=True)
    except PermissionError:
        raise Failed(f"{var} cannot be written to. Was it made by another user? Use that one, or remove it.") from None
    if var.stat().st_uid != os.geteuid():
        owner = var.stat().st_uid
        raise Failed(f"{var} belongs to the user with number {owner}. Run as that user, or remove it with its rights.")
    if os.geteuid() != 0:
        var.chmod(0o700)
        return Installation(var=var, home=var, account=None)
    entry = pwd.getpwnam("nobody")
    account = OsUser(entry.pw_name, entry.pw_uid, entry.pw_gid)
    var.chmod(0o711)
    place = Installation(var=var, home=var, account=account)
    if not _can_enter(place, var):
        place = Installation(var=var, home=outside(var), account=account)
        place.home.mkdir(parents=True, exist_ok=True)
        if place.home.stat().st_uid != 0 or place.home.is_symlink():
            raise Failed(f"{place.home} is not root's own folder. Remove it, or start from another checkout.")
        place.home.chmod(0o711)
    return place


def outside(var: Path) -> Path:
    """Where root's services keep their data when `nobody` cannot enter the checkout. One folder per checkout."""
    base = Path("/var/lib")
    if not os.access(base, os.W_OK):
        base = Path(tempfile.gettempdir())
    return base / f"epeken-{hashlib.sha256(str(var).encode()).hexdigest()[:12]}"


def _can_enter(place: Installation, folder: Path) -> bool:
    entered = subprocess.run(
        ["/bin/sh", "-c", 'cd "$0"', folder], check=False, stderr=subprocess.DEVNULL, **place.as_user()
    )
    return entered.returncode == 0


def package_folder(name: str) -> Path:
    """Where an installed package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise Failed(
            f"The package {name} is not installed here. Run make demo, which installs it, or bin/venv runtime."
        )
    return Path(spec.submodule_search_locations[0])


def runnable(place: Installation, package: str, binary: str) -> Path:
    """The path of a binary that the services' account can run; copied into `home` when it cannot reach the original."""
    folder = package_folder(package)
    original = folder / binary
    if not original.is_file():
        raise Failed(
            f"{package} brings no {binary} for this machine. Set DATABASE_URL and REDIS_URL to servers of your own."
        )
    if _runs(place, original):
        return original
    size = sum(part.stat().st_size for part in folder.rglob("*") if part.is_file())
    # Named by size and time, so that an upgraded package is copied anew.
    target = place.home / "binaries" / f"{size}-{int(folder.stat().st_mtime)}"
    if not (target / package / binary).is_file():
        half = target.with_name(f"{target.name}.half")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(folder, half / package, symlinks=True)
        libraries = folder.with_name(f"{package}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        for folder_or_file in [half, *half.rglob("*")]:
            if not folder_or_file.is_symlink():
                folder_or_file.chmod(folder_or_file.stat().st_mode | (0o055 if folder_or_file.is_dir() else 0o044))
        (place.home / "binaries").chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        half.rename(target)
    if not _runs(place, target / package / binary):
        raise Failed(f"{target / package / binary} does not run on this machine.")
    return target / package / binary


def _runs(place: Installation, binary: Path) -> bool:
    try:
        tried = subprocess.run([binary, "--version"], check=False, capture_output=True, cwd="/", **place.as_user())
    except OSError:
        return False
    return tried.returncode == 0


class Lock:
    """One supervisor at a time owns a place. The kernel drops the lock when its holder dies, however it dies."""

    def __init__(self, place: Installation) -> None:
        self._path = place.var / "supervisor.lock"

    def take(self) -> None:
        self._file = self._path.open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(
                f"e-Peken already runs from this checkout (process {self.holder()}). "
                "Stop it there with Ctrl-C, or with: make stop"
            ) from None
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def holder(self) -> int | None:
        """The process that holds the lock now, or None."""
        if not self._path.is_file():
            return None
        with self._path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read() or 0) or None
        return None
