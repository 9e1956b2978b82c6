"""A department's office and its surat pesanan of today, for tests that ask pages."""

import pytest

from epeken.core import clock
from orders.orders.models import Order
from tests.factories import orders as make


@pytest.fixture
def office() -> make.Office:
    return make.make_office(now=clock.now())


@pytest.fixture
def order(office: make.Office) -> Order:
    """A surat pesanan of today: pages ask the real clock."""
    return make.make_issued(office, now=clock.now())
