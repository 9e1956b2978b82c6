"""A service is one transaction, also when it calls others; what it reads of the rules is one edition."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from epeken.core import clock, rules
from epeken.core.models import Counter, Job, Rule
from epeken.core.rows import insert_new
from epeken.core.services import service
from orders.orders.rules import ANSWER
from procurement.requests.rules import APPROVAL
from tests.factories.rules import set_rule

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 7)


def count(series: str) -> Counter:
    return Counter.objects.create(series=series, year=2026, last=1)


def names() -> set[str]:
    return set(Counter.objects.filter(series__startswith="uji").values_list("series", flat=True))


@service
def inner(series: str, *, fails: bool = False) -> None:
    count(series)
    if fails:
        raise LookupError


@service
def outer(*, inner_fails: bool = False, fails: bool = False, goes_on: bool = False) -> None:
    count("uji-1")
    if goes_on:
        try:
            with transaction.atomic():
                inner("uji-2", fails=True)
        except LookupError:
            count("uji-3")
        return
    inner("uji-2", fails=inner_fails)
    if fails:
        raise LookupError


@pytest.mark.parametrize("way", [{"inner_fails": True}, {"fails": True}])
def test_an_error_undoes_what_all_of_them_wrote(way: dict[str, bool]) -> None:
    with pytest.raises(LookupError):
        outer(**way)
    assert names() == set()
    outer()
    assert names() == {"uji-1", "uji-2"}


def test_who_goes_on_after_an_error_undoes_only_what_failed() -> None:
    outer(goes_on=True)
    assert names() == {"uji-1", "uji-3"}


def test_a_service_within_a_service_takes_no_savepoint() -> None:
    for act, savepoints in [(lambda: inner("uji-1"), 1), (outer_only, 1)]:
        with CaptureQueriesContext(connection) as asked:
            act()
        assert sum(found["sql"].startswith("SAVEPOINT") for found in asked) == savepoints
    # After it, whoever is called next is the outer one again.
    with pytest.raises(LookupError):
        inner("uji-4", fails=True)
    assert names() == {"uji-1", "uji-2"}


@service
def outer_only() -> None:
    inner("uji-2")


@service
def asked() -> tuple[int, int]:
    return ANSWER.on(DAY), APPROVAL.on(DAY)


def test_rules_are_read_once_and_never_kept() -> None:
    with CaptureQueriesContext(connection) as statements:
        before = asked()
    assert sum("core_rule" in found["sql"] for found in statements) == 1
    set_rule(ANSWER.code, before[0] + 1)
    assert asked() == (before[0] + 1, before[1])
    assert ANSWER.on(DAY) == before[0] + 1


def test_a_rule_changed_from_a_day_on_holds_from_that_day() -> None:
    row = Rule.objects.get(code=ANSWER.code)
    Rule.objects.filter(pk=row.pk).update(valid_until=DAY)
    Rule.objects.create(
        code=row.code, name=row.name, unit=row.unit, value=row.value + 1, valid_from=DAY + timedelta(days=1)
    )
    with rules.read_once():
        assert [ANSWER.on(DAY), ANSWER.on(DAY + timedelta(days=1))] == [row.value, row.value + 1]


def test_a_row_is_inserted_once() -> None:
    now = clock.now()
    rows = [Job(name="uji.baris", arguments={}, key="uji", created_at=now, due_at=now) for _time in range(2)]
    assert [insert_new(row) for row in rows] == [True, False]
    assert Job.objects.get(key="uji").pk == rows[0].pk
    assert rows[1].pk is None
