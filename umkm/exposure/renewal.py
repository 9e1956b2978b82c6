"""All shops and goods on show get their place anew."""

from collections.abc import Mapping
from datetime import datetime

from epeken.core import clock
from epeken.core.rules import read_once
from umkm.exposure import reckoning, services
from umkm.exposure.models import StandingEdition
from umkm.exposure.reckoning import Conduct


def renew(conducts: Mapping[int, Conduct], now: datetime) -> StandingEdition:
    """Reckons the level of every shop and orders all goods on show by it. `conducts`: by pk of the shop.

    Each part is a transaction of its own, so that nobody waits for all of it: goods that somebody changes meanwhile
    keep their place until the next time.
    """
    with read_once():
        standings = reckoning.standings_of(conducts, now)
        edition = services.keep_standings(standings, now)
        levels = {(row.seller_id, row.category_id): row.level for row in standings}
        for moved in reckoning.moved_goods(levels, clock.local_date(now)):
            services.put_in_place(moved)
    return edition
