"""Who sanctions a shop, and which step may follow. Pure answers on rows that are loaded."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from epeken.core import clock
from epeken.users.models import User
from umkm.sanctions import rules
from umkm.sanctions.models import Sanction
from umkm.sanctions.states import GRAVE, LADDER, SanctionLevel
from umkm.sellers.models import Seller
from umkm.sellers.policies import can_freeze, is_tied


def can_sanction(actor: User, seller: Seller) -> bool:
    return can_freeze(actor) and not is_tied(actor, seller)


def highest(in_force: Iterable[Sanction]) -> Sanction | None:
    return max(in_force, key=lambda one: LADDER.index(SanctionLevel(one.level)), default=None)


def next_level(in_force: Iterable[Sanction]) -> SanctionLevel | None:
    """The step that follows the highest one in force; None while the shop is frozen."""
    last = highest(in_force)
    after = LADDER if last is None else LADDER[LADDER.index(SanctionLevel(last.level)) + 1 :]
    return after[0] if after else None


def next_from(in_force: Iterable[Sanction]) -> datetime | None:
    """From when the next step may be given; None: at once. A grave reason does not wait."""
    last = highest(in_force)
    if last is None:
        return None
    days = timedelta(days=rules.NEXT_STEP.on(clock.local_date(last.given_at)))
    return clock.start_of(clock.local_date(last.given_at) + days)


@dataclass(frozen=True)
class StatedFact:
    """Of the shop's record, for `SanctionFact`."""

    kind: str
    number: str
    at: datetime
    promised_at: datetime | None = None


def given_levels(in_force: Collection[Sanction], now: datetime) -> list[SanctionLevel]:
    """What may be given now: the next step once its day has come, and a freeze for a grave reason."""
    following, since = next_level(in_force), next_from(in_force)
    due = [following] if following is not None and (since is None or clock.is_over(since, now)) else []
    return list(dict.fromkeys([*due, SanctionLevel.FREEZE]))


def is_grave(reason: str) -> bool:
    return reason in GRAVE
