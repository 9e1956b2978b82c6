"""A department's office and its surat pesanan of today, for tests that ask pages."""

from datetime import datetime

import pytest

from orders.orders.models import Order
from tests.factories import orders as make
from tests.kept_steps import kept


@pytest.fixture
def office(now: datetime) -> make.Office:
    return make.make_office(now=now)


@pytest.fixture
@kept
def order(office: make.Office, now: datetime) -> Order:
    """A surat pesanan of today: pages ask the real clock."""
    return make.make_issued(office, now=now)
