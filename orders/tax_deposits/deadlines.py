"""The last day to deposit, by dated rules of the tax period.

Source: PMK 81/2024 article 94 (since 2025 the 15th of the next month for every kind) and article 102 [?] (a holiday:
the next working day); before it PMK 242/PMK.03/2014 articles 2 and 9 (what a treasurer collects, seven days after the
payment; what is withheld, the 10th of the next month) [?].
"""

from collections.abc import Collection
from datetime import date, timedelta

from epeken.core import clock
from orders.billing.states import TaxKind
from orders.tax_deposits import rules

COLLECTED = frozenset({TaxKind.PPH22, TaxKind.PPN})
LONGEST_REST = timedelta(days=40)


def next_month(period: date) -> date:
    return (period.replace(day=1) + timedelta(days=32)).replace(day=1)


def last_day(kind: str, paid_on: date, holidays: Collection[date]) -> date:
    """Of the tax of a bill paid on that day. `holidays`: those of the weeks after it."""
    period = paid_on.replace(day=1)
    end = next_month(period).replace(day=rules.MONTH_DAY.on(period))
    days = rules.COLLECTED_DAYS.on(period)
    if kind in COLLECTED and days:
        end = paid_on + timedelta(days=days)
    return clock.working_day_from(end, frozenset(holidays))


def holidays_of(days: Collection[date]) -> frozenset[date]:
    """What `last_day` needs of bills paid on these days. One query."""
    if not days:
        return frozenset()
    return clock.holidays_between(min(days), next_month(max(days)) + LONGEST_REST)
