"""Every night: waivers that end and requirements that begin for open shops are announced; what ended is acted on."""

from datetime import date, datetime, timedelta

from epeken.core import clock
from epeken.core.sweeps import sweep
from umkm.requirements import lapses, notices, rules, services
from umkm.requirements.models import Requirement, RequirementWaiver
from umkm.requirements.status import lacking, status_of
from umkm.sellers.models import Seller
from umkm.validity import rules as validity_rules
from umkm.validity.services import told_at


def watch(*, now: datetime) -> int:
    """Each notice once for each of the days of the rules. Returns how many waivers ended, each by itself."""
    day = clock.local_date(now)
    days = sorted(rule.on(day) for rule in rules.NOTICES)
    ending = RequirementWaiver.objects.ending(day, day + timedelta(days=max(days)))
    for waiver in ending.filter(seller__state__in=services.WAIVED_IN).select_related("seller"):
        left = (waiver.valid_until - day).days
        # Given for less time than the notice runs ahead, it was told when it was given.
        if told_at(left, days) < (waiver.valid_until - waiver.valid_from).days:
            notices.waiver_ends(waiver, days=told_at(left, days), now=now)
    _announce_begins(day, now)
    return sweep(
        RequirementWaiver.objects.to_end(day).order_by("pk"),
        lambda waiver: services.end_waiver(waiver=waiver, now=now),
        failure="Waiver %s could not end",
        most=None,
    )


def _announce_begins(day: date, now: datetime) -> None:
    """To open shops that will lack what is asked of them from a day on."""
    days = sorted(rule.on(day) for rule in validity_rules.NOTICES)
    last = day + timedelta(days=max(days))
    for row in Requirement.objects.filter(required=True, existing_from__gt=day, existing_from__lte=last):
        begins = row.existing_from
        assert begins is not None
        for seller in _shops_without(row, begins):
            notices.requirement_begins(seller, row, begins, days=told_at((begins - day).days, days), now=now)


def _shops_without(row: Requirement, begins: date) -> list[Seller]:
    """Those that lack it on the day it begins for them, as things are."""
    shops = lapses.without(row, begins).order_by("pk")
    return [
        seller
        for seller in shops.iterator(chunk_size=500)
        if any(one.requirement.pk == row.pk for one in lacking(status_of(seller, begins)))
    ]
