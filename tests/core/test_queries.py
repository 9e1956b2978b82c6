"""Querysets that are put together once."""

import threading
from typing import Any

import pytest

from epeken.core.models import Holiday
from epeken.core.queries import KEPT, built_once


@pytest.mark.django_db
def test_a_question_is_put_together_once_and_asked_each_time() -> None:
    built: list[int] = []

    @built_once
    def of_year(year: int) -> Any:
        built.append(year)
        return Holiday.objects.filter(day__year=year).order_by("day")

    before = len(of_year(2031))
    Holiday.objects.create(day="2031-05-05", name="Hari contoh")
    assert len(of_year(2031)) == before + 1  # asked anew, and nothing of the first answer is kept
    assert not of_year(2031).filter(name="Hari lain").exists()
    assert of_year(2031).count() == before + 1  # what one caller added stays with that caller
    assert built == [2031]
    other = threading.Thread(target=lambda: of_year(2031).query)
    other.start()
    other.join()
    assert built == [2031, 2031]


def test_it_keeps_few() -> None:
    built: list[int] = []

    @built_once
    def of_year(year: int) -> Any:
        built.append(year)
        return Holiday.objects.filter(day__year=year)

    for year in (*range(KEPT + 1), KEPT):
        of_year(year)
    assert built == list(range(KEPT + 1))
