"""`make demo`: from an empty folder to an open market, and then keep it open."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from epeken.supervisor import app, keys, places, ports, services
from epeken.supervisor.places import CHECKOUT, Failed, Installation
from epeken.supervisor.watch import Stopped, Watch, say


def demo(words: Sequence[str]) -> int:
    watch = Watch()
    host = os.environ.get("HOST", "127.0.0.1")
    city = "--without-city" not in words
    place = places.prepare(places.default_var())
    lock = services.claim(place, watch)
    port = ports.for_web(host, os.environ.get("PORT"))
    reached_at = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
    address = f"http://{'localhost' if reached_at == '127.0.0.1' else host}:{port}"
    ports.remember(place.var, "web", port)
    kept = keys.load(place.var)
    try:
        database_url, redis_url = services.start(watch, place, kept)
        settings = app.environment(place, kept, database_url=database_url, redis_url=redis_url, web=address)
        first = not any(place.var.glob(f"{app.schedule(place).name}*"))  # its ending depends on the platform
        prepare(watch, place, settings, city=city)
        watch.start(*app.parts(place, settings, host=host, port=port))
        watch.note("Web, worker and beat started")
        if first:
            watch.run(app.first_heartbeat(place, settings))
        await_open(watch, f"http://{reached_at}:{port}/readyz", place)
        watch.note(f"e-Peken is open: {address}")
        if city:
            say(f"\n{accounts(watch, settings)}\n")
        say(f"Open {address}   Stop with Ctrl-C. Logs: {place.logs}")
        watch.forever()
    except Stopped:
        return 0
    finally:
        watch.note("Stopping…")
        watch.stop()
        watch.note("Stopped.")
        del lock
    return 0


def prepare(watch: Watch, place: Installation, settings: dict[str, str], *, city: bool) -> None:
    """Everything between an empty database and an open market. What is done and unchanged is not done again."""
    catalogue = CHECKOUT / "locale" / "en" / "LC_MESSAGES" / "django.po"
    words = app.Stamp(place.var / "locale.stamp", [catalogue])
    files = app.Stamp(place.var / "static.stamp", [CHECKOUT / "static", CHECKOUT / "requirements.txt"])
    database = app.Stamp(place.var / "database.stamp", database_sources(place))
    # A server of your own may have been changed by anybody: always asked.
    changed = "DATABASE_URL" in {**app.dotenv(), **os.environ} or not database.fresh()
    steps = []
    if changed:
        steps.append(app.step(place, settings, "Database migrations", "migrate", "--no-input"))
    if not (files.fresh() and (place.var / "static").is_dir()):
        steps.append(app.step(place, settings, "Styles and pictures", "collectstatic", "--no-input", "--clear"))
    if catalogue.is_file() and not (words.fresh() and catalogue.with_suffix(".mo").is_file()):
        steps.append(app.step(place, settings, "Translation", "compile_locale"))
    watch.run(*steps)
    if changed:
        watch.run(app.step(place, settings, "Rules the city lacks", "fill_reference"))
    files.write()
    words.write()
    if changed and city:
        # Its thousands of jobs are rows and get swept: with a bell for each, the first visitor's would queue behind.
        quiet = {**settings, "REDIS_URL": "memory://"}
        watch.run(app.step(place, quiet, "Demo city", "seed_demo"))
        database.write()


def database_sources(place: Installation) -> list[Path]:
    """What decides the content of a freshly prepared database: when it was made, migrations, the city's sources
    and the dated rows it begins with."""
    migrations = [*CHECKOUT.glob("*/migrations/*.py"), *CHECKOUT.glob("epeken/*/migrations/*.py")]
    site = CHECKOUT / "epeken" / "site"
    city = [site / "demo", site / "management" / "commands" / "seed_demo.py"]
    rows = [*CHECKOUT.glob("data/*/*.csv"), *CHECKOUT.glob("*/data/*.csv")]
    return [place.home / "postgres" / "PG_VERSION", CHECKOUT / "requirements.txt", *migrations, *city, *rows]


def accounts(watch: Watch, settings: dict[str, str]) -> str:
    listed = subprocess.Popen(
        [app.PYTHON, "manage.py", "demo_accounts"],
        env=settings,
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # Ctrl-C is the supervisor's
    )
    try:
        watch.follow(lambda: listed.poll() is not None)
    finally:
        listed.kill()
    return listed.communicate()[0].rstrip()


def await_open(watch: Watch, url: str, place: Installation, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while missing := app.failing(url):
        if time.monotonic() > end:
            raise Failed(f"Not ready after {seconds:.0f} s: {', '.join(missing)}. See the logs in {place.logs}")
        watch.keep_running()
        watch.pause(0.3)
