"""The day on which the suite runs: the real one, another that was asked for, or in December one of January.

What a department orders in December comes when the year's budget pays no more, and the next year's may not be used yet:
no purchase can go its whole way, as no real one can. The days around the end of the year have tests of their own, with
days of their own.
"""

import os
import runpy
import sys
from datetime import UTC, date, datetime, timedelta

import time_machine

# Seconds between our clock and the real one, told to the processes that tests start.
AHEAD = "TESTS_CLOCK_AHEAD"
DECEMBER = 12


def first_day(asked: str | None) -> date | None:
    """The day to start on, none for the real one. `asked`: YYYY-MM-DD."""
    if asked:
        return date.fromisoformat(asked)
    from epeken.core import clock

    real = clock.today()  # in the city, where December begins while the machine may still read November
    return date(real.year + 1, 1, 11) if real.month == DECEMBER else None


def travel(first: date) -> time_machine.travel:
    """Python's clock from nine on that day, running on. Also that of processes started by `python -m tests.day`."""
    from epeken.core import clock

    begins = datetime(first.year, first.month, first.day, 9, tzinfo=clock.ZONE)
    os.environ[AHEAD] = str((begins - datetime.now(UTC)).total_seconds())
    return time_machine.travel(begins, tick=True)


def ahead() -> float:
    """By how many seconds the suite's clock is ahead of the machine's."""
    return float(os.environ.get(AHEAD, 0))


if __name__ == "__main__":
    # python -m tests.day MODULE ...: that module as a program, on the day of the tests.
    # The clock's library brings pytest along, by which the settings would take this process for a test.
    sys.modules.pop("pytest", None)
    if ahead := os.environ.get(AHEAD):
        time_machine.travel(datetime.now(UTC) + timedelta(seconds=float(ahead)), tick=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
