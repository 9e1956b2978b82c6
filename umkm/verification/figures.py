"""How long the office took over the registrations it decided lately, for everybody to see. Reads only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from epeken.core import clock
from umkm.verification import rules
from umkm.verification.models import VerificationCase


@dataclass(frozen=True)
class DecisionDays:
    """Of `count` registrations half were decided in at most `half` days of the calendar, nine of ten in `most`; counted
    over the last `span` days."""

    half: int
    most: int
    count: int
    span: int


def decision_days(now: datetime) -> DecisionDays | None:
    """None while too few were decided to say anything. One query.

    A registration that was sent back counts by itself and once more when it comes again: each time somebody waited.
    """
    today = clock.local_date(now)
    span, zone = rules.FIGURE_DAYS.on(today), str(settings.CITY.zone)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT count(*), percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
                ORDER BY (decided_at AT TIME ZONE %s)::date - (opened_at AT TIME ZONE %s)::date
            )
            FROM {VerificationCase._meta.db_table} WHERE decided_at > %s AND decided_at <= %s
            """,  # noqa: S608 - our own table's name
            [zone, zone, now - timedelta(days=span), now],
        )
        count, parts = cursor.fetchone()
    if count < max(1, rules.FIGURE_LEAST.on(today)):
        return None
    return DecisionDays(half=parts[0], most=parts[1], count=count, span=span)
