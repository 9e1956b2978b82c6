"""One effect per person and key, on real threads and connections."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from epeken.core.idempotency import KeyReused, claim, new_key, settle
from epeken.core.models import Claim
from epeken.core.numbers import next_number


@transaction.atomic
def place(key: str, body: Any, person: str = "user:1") -> str:
    earlier = claim(person=person, key=key, body=body)
    if earlier is not None:
        return earlier
    number = next_number("UJI", 2026)
    settle(person=person, key=key, result=number)
    return number


@pytest.mark.django_db
def test_the_second_time_gives_the_first_result() -> None:
    key = new_key()
    assert place(key, {"total": 1}) == place(key, {"total": 1}) == "UJI-2026-000001"


@pytest.mark.django_db
def test_another_body_is_refused_and_nothing_changes() -> None:
    key = new_key()
    place(key, {"total": 1})
    with pytest.raises(KeyReused) as refusal:
        place(key, {"total": 2})
    assert (refusal.value.status, refusal.value.code) == (409, "key_reused")
    assert place(new_key(), {}) == "UJI-2026-000002"


@pytest.mark.django_db
def test_the_order_of_the_body_does_not_matter() -> None:
    key = new_key()
    place(key, {"a": 1, "b": 2})
    assert place(key, {"b": 2, "a": 1}) == "UJI-2026-000001"


@pytest.mark.django_db
def test_another_person_has_their_own_keys() -> None:
    key = new_key()
    assert place(key, {}) != place(key, {}, person="user:2")


@pytest.mark.django_db
def test_a_failed_effect_leaves_the_key_free() -> None:
    key = new_key()
    with pytest.raises(RuntimeError), transaction.atomic():
        assert claim(person="user:1", key=key, body={}) is None
        raise RuntimeError
    assert Claim.objects.count() == 0
    assert place(key, {}) == "UJI-2026-000001"


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_are_one_effect(together: Callable[..., list[Any]]) -> None:
    key, barrier = new_key(), threading.Barrier(10)

    def click(number: int) -> str:
        barrier.wait()
        return place(key, {"total": 1})

    assert set(together(click, 10)) == {"UJI-2026-000001"}
    assert Claim.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_twin(together: Callable[..., list[Any]]) -> None:
    barrier = threading.Barrier(8)

    def take(number: int) -> str:
        barrier.wait()
        if number % 4 == 3:
            with pytest.raises(RuntimeError), transaction.atomic():
                next_number("UJI", 2026)
                raise RuntimeError
            return ""
        return next_number("UJI", 2026)

    taken = sorted(filter(None, together(take, 8)))
    assert taken == [f"UJI-2026-{n:06d}" for n in range(1, 7)]


@pytest.mark.django_db
def test_each_series_and_year_counts_for_itself() -> None:
    assert next_number("UJI", 2026) == "UJI-2026-000001"
    assert next_number("UJI", 2027) == "UJI-2027-000001"
    assert next_number("LAIN", 2026) == "LAIN-2026-000001"
    assert next_number("UJI", 2026) == "UJI-2026-000002"
