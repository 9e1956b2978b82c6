"""System checks of what this installation rests on: rules, holidays, keys that are not too old, encrypted links.

Those of data run after migrating, with `check --deploy --tag city --tag keys --database default`, and not inside
`migrate`: it may be the migration that brings the missing row.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from epeken.core import clock, environment, rules
from epeken.core.models import Holiday, Rule

# The joint decree lists sixteen public holidays a year and collective leave besides; a year with fewer is unfinished.
COMPLETE_YEAR = 16
NEXT_YEAR_FROM = 10  # the decree for a year appears in September or October of the year before


@register("city", deploy=True)
def rules_are_complete(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Every row is declared by a constant, fits its unit, and every constant has a row in force today."""
    if "default" not in (databases or []):
        return []
    try:
        rows = list(Rule.objects.all())
    except DatabaseError:
        return []  # before the first migrate
    return list(rule_faults(rows, clock.today())) if rows else []


def rule_faults(rows: Iterable[Rule], today: date) -> Iterable[CheckMessage]:
    known, in_force = rules.declared(), set()
    for row in rows:
        rule = known.get(row.code)
        if rule is None:
            yield Error(f"No code reads rule {row.code}.", hint="Remove the row or declare it.", id="core.E001")
            continue
        if row.unit != rule.unit:
            yield Error(
                f"Rule {row.code} of {row.valid_from} is in {row.unit or 'no unit'}, not {rule.unit}.", id="core.E002"
            )
        if wrong := rule.problem(row.value, row.text):
            yield Error(f"Rule {row.code} of {row.valid_from}: {wrong}", id="core.E003")
        if clock.is_valid_on(row, today):
            in_force.add(row.code)
    for code in sorted(known.keys() - in_force):
        yield Error(
            f"Rule {code} has no row in force on {today}.",
            hint="Run manage.py fill_reference; where its last row ended, add one in the admin.",
            id="core.E004",
        )


@register("city", deploy=True)
def holidays_are_known(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Deadlines in working days are wrong where a year's holidays are missing."""
    if "default" not in (databases or []):
        return []
    try:
        days = list(Holiday.objects.values_list("day", flat=True))
    except DatabaseError:
        return []
    return [
        Warning(
            f"The holidays of {year} are incomplete: {count} days are known.",
            hint="Enter the days of the year's SKB 3 Menteri in the admin (Hari libur).",
            id="core.W001",
        )
        for year, count in unfinished_years(days, clock.today())
    ]


def unfinished_years(days: Iterable[date], today: date) -> list[tuple[int, int]]:
    """(year, known holidays) of this year, and from October of the next, where too few are known."""
    counted = Counter(day.year for day in days)
    years = [today.year, today.year + 1] if today.month >= NEXT_YEAR_FROM else [today.year]
    return [(year, counted[year]) for year in years if counted[year] < COMPLETE_YEAR]


@register("pictures")
def pictures_can_be_written(**kwargs: Any) -> list[CheckMessage]:
    """The wheel of Pillow knows all formats of a public picture; one built elsewhere may not."""
    from PIL import features

    lacking = [name for name in ("jpg", "webp", "avif", "littlecms2") if not features.check(name)]
    hint = "Install the wheel that requirements.txt pins."
    return [Error(f"Pillow lacks {name}: no picture can be uploaded.", hint=hint, id="core.E005") for name in lacking]


@register("keys", deploy=True)
def keys_are_changed_in_time(**kwargs: Any) -> list[CheckMessage]:
    return [
        Warning(
            f"{name} has been in use for {age.days} days; its lifetime is {environment.LIFETIMES[name].days}.",
            hint="Change it as docs/security.md says under Keys.",
            id="core.W002",
        )
        for name, age in environment.outlived(clock.now()).items()
    ]


@register(Tags.security, deploy=True)
def links_to_other_machines_are_encrypted(**kwargs: Any) -> list[CheckMessage]:
    """To the database and the queue, with the other side's certificate looked at.

    This machine itself and the network of one Docker host are left out: nothing travels there (docs/security.md).
    """
    database = settings.DATABASES["default"]
    queue = urlsplit(settings.REDIS_URL)
    wanted = parse_qs(queue.query).get("ssl_cert_reqs", [""])[0].lower().removeprefix("cert_")
    plain = []
    if travels(database.get("HOST", "")) and database["OPTIONS"].get("sslmode") != "verify-full":
        plain.append(("DATABASE_URL", "end it with ?sslmode=verify-full&sslrootcert=/path/to/ca.pem"))
    if travels(queue.hostname or "") and not (queue.scheme == "rediss" and wanted == "required"):
        plain.append(("REDIS_URL", "rediss://…?ssl_cert_reqs=required&ssl_ca_certs=/path/to/ca.pem"))
    return [
        Warning(f"{name} names another machine, and the way there is not encrypted.", hint=hint, id="core.W003")
        for name, hint in plain
    ]


def travels(host: str) -> bool:
    """Whether words to this host leave the machine: not a socket, not this machine, not a name without a dot."""
    if not host or host.startswith("/") or host == "localhost":
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return "." in host
