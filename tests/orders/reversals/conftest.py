"""The day on which pages are asked about the purchases of these tests."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.orders import DAY, MONDAY


@pytest.fixture
def _two_weeks_later() -> Iterator[None]:
    """Pages ask the clock; of the year whose books are closed nothing is reversed."""
    with time_machine.travel(MONDAY + 14 * DAY, tick=True):
        yield
