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

from epeken.supervisor import app, keys, orphans, places, ports, services
from epeken.supervisor.demo import demo
from epeken.supervisor.places import CHECKOUT, Failed, Lock
from epeken.supervisor.watch import Stopped, Watch, say


def only_services(words: Sequence[str]) -> int:
    watch = Watch()
    place = places.prepare(places.default_var())
    lock = services.claim(place, watch)
    try:
        database_url, redis_url = services.start(watch, place, keys.load(place.var))
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
    place = places.prepare(places.default_var())
    kept = keys.load(place.var)
    if Lock(place).holder() is None:
        watch = Watch()
        lock = services.claim(place, watch)
        try:
            database_url, redis_url = services.start(watch, place, kept)
            settings = app.environment(place, kept, database_url=database_url, redis_url=redis_url)
            return _command(watch, words, settings)
        finally:
            watch.stop()
            del lock
    database_url, redis_url = services.running_urls(place, kept)
    web = f"http://localhost:{ports.remembered(place.var, 'web') or 8000}"
    settings = app.environment(place, kept, database_url=database_url, redis_url=redis_url, web=web)
    os.chdir(CHECKOUT)
    os.execvpe(words[0], list(words), settings)  # noqa: S606


def run_with_services(words: Sequence[str]) -> int:
    watch = Watch()
    place = places.prepare(Path(os.environ.get("TEST_VAR_DIR") or CHECKOUT / "var" / "test").resolve())
    lock = services.claim(place, watch)
    services.wipe(place)
    try:
        database_url, redis_url = services.start(watch, place, keys.load(place.var), for_tests=True)
        return _command(watch, words, {**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url})
    finally:
        watch.stop()
        services.wipe(place)
        del lock


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
    "services": only_services,
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
