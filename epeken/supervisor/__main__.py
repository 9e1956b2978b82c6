"""Usage: python -m epeken.supervisor COMMAND

demo                      everything: services, database, demo city, web, worker, beat (make demo)
services                  PostgreSQL and Valkey only; prints DATABASE_URL and REDIS_URL
run -- COMMAND            one command with the demo's settings, beside a running demo or alone
run-with-services -- COMMAND    one command on a new, empty, quick PostgreSQL and Valkey (make test)
stop                      stop the demo, or what is left of a killed one
erase                     remove the services' data that lie outside the checkout (make clean)
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from epeken.supervisor import app, keys, orphans, places, ports, postgres, valkey
from epeken.supervisor.places import CHECKOUT, Failed, Lock, Place
from epeken.supervisor.watch import Stopped, Watch, say


def start_services(watch: Watch, place: Place, kept: dict[str, str], *, for_tests: bool = False) -> tuple[str, str]:
    """PostgreSQL and Valkey, each unless its URL names one of your own. Returns both URLs."""
    own = {**app.dotenv(), **os.environ}
    database_url, redis_url = own.get("DATABASE_URL", ""), own.get("REDIS_URL", "")
    starting = []
    if not database_url:
        port, password = ports.for_service(place.var, "postgres"), kept["POSTGRES_PASSWORD"]
        if not (place.home / "postgres").is_dir() and not for_tests:
            watch.note("Creating the database…")
        starting.append(postgres.part(place, port=port, password=password, for_tests=for_tests))
        database_url = postgres.url(port=port, password=password)
    if not redis_url:
        port, password = ports.for_service(place.var, "valkey"), kept["VALKEY_PASSWORD"]
        starting.append(valkey.part(place, port=port, password=password))
        redis_url = valkey.url(port=port, password=password)
    watch.start(*starting)
    if starting and not for_tests:
        if place.account:
            watch.note(f"Started by root: the services run as {place.account.name}, their data lie in {place.home}")
        watch.note(" and ".join(part.name for part in starting) + " ready")
    return database_url, redis_url


def claim(place: Place, watch: Watch) -> Lock:
    lock = Lock(place)
    lock.take()
    if orphans.find(place):
        watch.note("An earlier run was killed; stopping what it left…")
        watch.note(f"{orphans.stop(place)} processes stopped")
    return lock


def demo(words: Sequence[str]) -> int:
    watch = Watch()
    host = os.environ.get("HOST", "127.0.0.1")
    place = places.prepare(places.default_var())
    lock = claim(place, watch)
    port = ports.for_web(host, os.environ.get("PORT"))
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}"  # noqa: S104
    kept = keys.load(place.var)
    try:
        database_url, redis_url = start_services(watch, place, kept)
        settings = app.environment(place, kept, database_url=database_url, redis_url=redis_url, web=address)
        prepare(watch, place, settings, city="--without-city" not in words)
        watch.start(*app.parts(place, settings, host=host, port=port))
        watch.run(app.first_heartbeat(place, settings), says="Web, worker and beat started")
        await_open(watch, f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/readyz", place)  # noqa: S104
        watch.note(f"e-Peken is open: {address}")
        accounts = subprocess.run(
            [app.PYTHON, "manage.py", "demo_accounts"], env=settings, cwd=CHECKOUT, capture_output=True, text=True,
            check=False, start_new_session=True,
        )  # fmt: skip
        if "--without-city" not in words:
            say(f"\n{accounts.stdout.rstrip() or accounts.stderr.rstrip()}\n")
        say(f"Open {address}   ·   stop: Ctrl-C   ·   logs: {place.logs}")
        watch.forever()
    except Stopped:
        return 0
    finally:
        watch.note("Stopping…")
        watch.stop()
        watch.note("Stopped.")
        del lock
    return 0


def prepare(watch: Watch, place: Place, settings: dict[str, str], *, city: bool) -> None:
    """Everything between an empty database and an open market; what is done already costs little."""
    watch.run(app.step(place, settings, "migrate", "--no-input"), says="Database migrated")
    words = app.Stamp(place.var / "locale.stamp", CHECKOUT / "locale")
    if not words.fresh():
        watch.run(app.step(place, settings, "compile_locale"), says="Translation compiled")
        app.Stamp(place.var / "locale.stamp", CHECKOUT / "locale").write()
    files = app.Stamp(place.var / "static.stamp", CHECKOUT / "static", CHECKOUT / "requirements.txt")
    if not files.fresh() or not (place.var / "static").is_dir():
        watch.run(app.step(place, settings, "collectstatic", "--no-input", "--clear"), says="Styles and pictures ready")
        files.write()
    if city:
        watch.run(app.step(place, settings, "seed_demo"), says="Demo city in place")


def await_open(watch: Watch, url: str, place: Place, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while missing := app.failing(url):
        if time.monotonic() > end:
            raise Failed(f"Not ready after {seconds:.0f} s: {', '.join(missing)}. See the logs in {place.logs}")
        watch.keep_running()
        watch.pause(0.3)


def services(words: Sequence[str]) -> int:
    watch = Watch()
    place = places.prepare(places.default_var())
    lock = claim(place, watch)
    try:
        database_url, redis_url = start_services(watch, place, keys.load(place.var))
        say(f"DATABASE_URL={database_url}\nREDIS_URL={redis_url}")
        watch.forever()
    except Stopped:
        return 0
    finally:
        watch.stop()
        del lock
    return 0


def run(words: Sequence[str]) -> int:
    """Beside a running demo its settings are used; otherwise its services are started for as long as this takes."""
    var = places.default_var()
    place = places.prepare(var)
    own = {**app.dotenv(), **os.environ}
    kept = keys.load(var)
    if Lock(place).holder() is None:
        watch = Watch()
        lock = claim(place, watch)
        try:
            database_url, redis_url = start_services(watch, place, kept)
            settings = app.environment(place, kept, database_url=database_url, redis_url=redis_url)
            return _command(watch, words, settings)
        finally:
            watch.stop()
            del lock
    database_url = own.get("DATABASE_URL") or postgres.url(
        port=ports.remembered(var, "postgres"), password=kept["POSTGRES_PASSWORD"]
    )
    redis_url = own.get("REDIS_URL") or valkey.url(
        port=ports.remembered(var, "valkey"), password=kept["VALKEY_PASSWORD"]
    )
    settings = app.environment(place, kept, database_url=database_url, redis_url=redis_url)
    os.chdir(CHECKOUT)
    os.execvpe(words[0], list(words), settings)  # noqa: S606


def run_with_services(words: Sequence[str]) -> int:
    watch = Watch()
    place = places.prepare(Path(os.environ.get("TEST_VAR_DIR") or CHECKOUT / "var" / "test").resolve())
    lock = claim(place, watch)
    _wipe(place)
    try:
        database_url, redis_url = start_services(watch, place, keys.load(place.var), for_tests=True)
        return _command(watch, words, {**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url})
    finally:
        watch.stop()
        _wipe(place)
        del lock


def _wipe(place: Place) -> None:
    for name in ("postgres", "postgres.half", "valkey"):
        shutil.rmtree(place.home / name, ignore_errors=True)


def _command(watch: Watch, words: Sequence[str], settings: dict[str, str]) -> int:
    """Run somebody's command in the foreground: it has the terminal, and Ctrl-C reaches it directly."""
    command = subprocess.Popen(words, env=settings, cwd=CHECKOUT)
    try:
        watch.follow(lambda: command.poll() is not None)
    except Stopped:
        for number in (None, signal.SIGTERM, signal.SIGKILL):
            if number is not None:
                with suppress(ProcessLookupError):
                    command.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                command.wait(timeout=5)
                break
    finally:
        if command.poll() is None:
            command.kill()
    return command.wait()


def stop(words: Sequence[str]) -> int:
    var = places.default_var()
    if not var.is_dir():
        return 0
    for place in [places.prepare(folder) for folder in (var, var / "test") if folder.is_dir()]:
        lock = Lock(place)
        if holder := lock.holder():
            say(f"Stopping e-Peken (process {holder})…")
            with suppress(ProcessLookupError):
                os.kill(holder, signal.SIGTERM)
            end = time.monotonic() + 30
            while lock.holder() and time.monotonic() < end:
                time.sleep(0.2)
        lock.take()
        if count := orphans.stop(place):
            say(f"{count} processes of a killed run stopped.")
    return 0


def erase(words: Sequence[str]) -> int:
    var = places.default_var()
    for folder in (var, var / "test"):
        shutil.rmtree(places.outside(folder), ignore_errors=True)
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "services": services,
    "run": run,
    "run-with-services": run_with_services,
    "stop": stop,
    "erase": erase,
}


def main(arguments: Sequence[str]) -> int:
    name, words = (arguments[0], list(arguments[1:])) if arguments else ("demo", [])
    if words[:1] == ["--"]:
        words = words[1:]
    if name not in COMMANDS or (name.startswith("run") and not words):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return COMMANDS[name](words)
    except Stopped:
        return 130
    except Failed as problem:
        print(f"\ne-Peken: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
