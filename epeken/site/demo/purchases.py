"""What the departments of the demo city bought in three months, and what waits on each desk now."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from epeken.core import clock
from epeken.site.demo import fulfilment, preparation, standing
from epeken.site.demo.baskets import (
    BASKETS,
    CHANGED,
    CLEANING,
    EVALUATION,
    FESTIVAL,
    LATE,
    MISSED,
    SPLIT,
    TRAINING,
    TURNS,
    UNFUNDED,
    UNSEEN,
    URGENT,
    WARNED,
)
from epeken.site.demo.diary import Diary
from epeken.site.demo.pooled import buy_lunch
from procurement.agencies.models import Agency

# (days ago it began, how far it got), per department. The newest end in the future: their events are still to come.
PACE = [(80, "paid"), (52, "paid"), (29, "paid"), (16, "verified"), (12, "invoiced")]

# So many working days ago: delivered, invoiced and approved, not paid, and by now before the head.
LATE_SINCE = 13
# So many working days ago: sent on the fifth, and nobody recorded the arrival until the head was told.
UNSEEN_SINCE = 10


def _days_ago(now: datetime, working: int) -> int:
    day = clock.local_date(now)
    return next(n for n in range(90) if clock.working_days_between(day - timedelta(days=n), day) >= working)


def make_purchases(agencies: list[Agency], now: datetime, progress: Any) -> None:
    for number, agency in enumerate(agencies):
        buy_for_months(agency, number, now)
        progress(f"belanja {agency.short_name}")
    fill_desks(agencies, now)
    progress("meja dinas")


def _analyze() -> None:
    """Of rows of a transaction that is still open the planner knows nothing: it may read all of them for each of them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def buy_for_months(agency: Agency, number: int, now: datetime) -> None:
    _analyze()
    diary = Diary(agency, now)
    for index, (days_ago, until) in enumerate(PACE):
        basket = BASKETS[(number * 3 + index) % len(BASKETS)]
        ending = "partial" if (number + index) % 7 == 3 else ""
        diary.buy(basket, days_ago=days_ago + number % 3, until=until, ending=ending)


def fill_desks(agencies: list[Agency], now: datetime) -> None:
    """What the published accounts find waiting: those of the first department, some things in three others."""
    _analyze()
    first, second, third, fourth = (Diary(agency, now) for agency in agencies[:4])
    _fill_orders(first)
    _fill_requests(first)
    preparation.draw_turns(second, TURNS[1], days_ago=1, is_drawn=False)
    second.buy(BASKETS[3], days_ago=8, until="placed", ending="source_again")
    second.buy(BASKETS[6], days_ago=20, until="placed", ending="overdue")
    third.buy(BASKETS[7], days_ago=6, until="submitted", ending="send_back")
    third.buy(BASKETS[5], days_ago=6, until="submitted", ending="reject")
    fourth.buy(BASKETS[1], days_ago=7, until="arrived", ending="dispute")
    # Accepted, then cancelled or changed, or asked to be.
    first.buy(TRAINING, days_ago=26, until="paid", ending="waived")
    first.buy(EVALUATION, days_ago=3, until="accepted", ending="asked")
    first.buy(BASKETS[5], days_ago=4, until="accepted", ending="claimed")
    first.buy(CHANGED[0], days_ago=3, until="accepted", ending="amended")
    first.buy(CHANGED[1], days_ago=3, until="accepted", ending="amending")
    second.buy(BASKETS[5], days_ago=12, until="accepted", ending="released")
    third.buy(BASKETS[8], days_ago=9, until="accepted", ending="agreed")
    # Paid, and recorded under a wrong number: one the head is to decide on, one released and to be recorded anew.
    fulfilment.reverse(first, WARNED.title, is_released=False)
    fulfilment.reverse(first, BASKETS[2].title, is_released=True)
    fulfilment.miss(first)


def _fill_orders(first: Diary) -> None:
    first.buy(BASKETS[1], days_ago=7, until="arrived")
    first.buy(BASKETS[2], days_ago=7, until="shipped")
    first.buy(BASKETS[4], days_ago=3, until="accepted")
    first.buy(BASKETS[3], days_ago=9, until="invoiced", ending="halves")
    # Approved and to be paid; held for its account; sent back to the treasurer.
    first.buy(BASKETS[7], days_ago=13, until="cleared")
    first.buy(BASKETS[8], days_ago=12, until="verified", ending="held")
    first.buy(BASKETS[5], days_ago=11, until="verified", ending="returned")
    first.buy(BASKETS[0], days_ago=2, until="placed")
    first.buy(BASKETS[6], days_ago=3, until="placed", ending="decline")
    buy_lunch(first, days_ago=4, until="accepted")
    first.buy(UNSEEN, days_ago=_days_ago(first.now, UNSEEN_SINCE), until="shipped", ending="unseen")
    first.buy(MISSED, days_ago=8, until="shipped", ending="missed")
    standing.stand(first)
    first.buy(LATE, days_ago=_days_ago(first.now, LATE_SINCE), until="cleared")


def _fill_requests(first: Diary) -> None:
    first.buy(BASKETS[9], days_ago=2, until="approved")
    for days_ago, until in ((25, "paid"), (2, "submitted"), (1, "draft")):
        first.buy(WARNED, days_ago=days_ago, until=until)
    first.buy(BASKETS[8], days_ago=1, until="submitted")  # holds what it asks for
    preparation.negotiate(first, BASKETS[8], is_agreed=True)
    first.buy(BASKETS[0], days_ago=1, until="submitted")
    preparation.negotiate(first, BASKETS[0], is_agreed=False)
    preparation.keep_template(first, BASKETS[8], "Rapat 50 orang")
    preparation.attach(first, BASKETS[8], first.now)
    preparation.copy(first, BASKETS[1])
    first.buy(FESTIVAL, days_ago=1, until="submitted")  # with a comparison sheet, and the head signs first
    # One purchase with the festival's uniforms: sent back as that, and one still to be judged.
    first.buy(SPLIT[0], days_ago=1, until="submitted", ending="split")
    first.buy(SPLIT[1], days_ago=1, until="submitted")
    preparation.draw_turns(first, TURNS[0], days_ago=6, is_drawn=True)
    first.buy(BASKETS[7], days_ago=12, until="submitted", ending="lapse")
    first.buy(URGENT[0], days_ago=6, until="submitted", on_any_day=True)  # its hold ends tomorrow
    first.buy(URGENT[1], days_ago=5, until="submitted", ending="recalled")
    # The head approves cleaning goods beforehand; stationery waits for the signature.
    if preparation.frame(first, CLEANING, days_ago=6, is_signed=True):
        preparation.buy_framed(first, CLEANING, days_ago=5, is_issued=True)
        preparation.buy_framed(first, CLEANING, days_ago=1, is_issued=False)
    preparation.frame(first, BASKETS[4], days_ago=1, is_signed=False)
    first.buy(BASKETS[5], days_ago=1, until="draft")
    preparation.ask_ceiling(first, UNFUNDED, days_ago=1)
