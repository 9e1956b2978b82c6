import pytest

from tests.factories.procurement import Office


@pytest.fixture
def office(db: None) -> Office:
    return Office()


@pytest.fixture
def other_office(db: None) -> Office:
    return Office()
