"""Querysets that are put together once, and statements that are written once."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db.models import Exists, OuterRef, Prefetch

from epeken.core import queries
from epeken.core.models import Holiday
from epeken.core.queries import KEPT, built_once, related, written_once
from tests.factories import umkm as make
from umkm.sellers.models import Seller, SellerMember


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


@pytest.mark.django_db
def test_a_statement_is_written_once_and_sent_with_the_values_of_each_call() -> None:
    built: list[Any] = []

    @written_once
    def between(first: Any, last: Any) -> Any:
        built.append(first)
        return Holiday.objects.filter(day__gte=first, day__lte=last).order_by("day")

    first, second = date(2031, 5, 5), date(2031, 5, 6)
    assert between(first, second) == []
    rows = [Holiday.objects.create(day=day, name=f"Hari {day.day}") for day in (first, second)]
    assert between(first, second) == rows  # asked anew
    assert [row.name for row in between(second, second)] == ["Hari 6"]
    assert between(second, first) == []
    assert len(built) == 1


@pytest.mark.django_db
def test_a_written_statement_takes_several_pks_and_gives_related_rows_and_columns() -> None:
    people = [make.make_user(name=name) for name in ("Satu", "Dua", "Tiga")]
    for number, user in enumerate(people):
        make.make_seller(name=f"Toko {number}", member=user)

    @written_once
    def shops_of(asked: Any) -> Any:
        found = SellerMember.objects.filter(user__in=asked).select_related("seller").order_by("pk")
        return found.annotate(has_other=Exists(SellerMember.objects.filter(user=OuterRef("user"), until__isnull=False)))

    @written_once
    def names_of(asked: Any) -> Any:
        return SellerMember.objects.filter(user__in=asked).order_by("pk").values_list("seller__name", flat=True)

    both = tuple(user.pk for user in people[:2])
    assert [row.seller.name for row in shops_of(both)] == ["Toko 0", "Toko 1"]
    assert [row.has_other for row in shops_of((people[2].pk,))] == [False]
    assert names_of(both) == ["Toko 0", "Toko 1"]
    assert names_of((people[2].pk,)) == ["Toko 2"]


@pytest.mark.django_db
def test_related_rows_stand_at_their_owners_as_prefetched_ones_do(django_assert_num_queries: Any) -> None:
    people = [make.make_user(name=name) for name in ("Satu", "Dua", "Tiga")]
    shops = [make.make_seller(name=f"Toko {number}", member=user) for number, user in enumerate(people[:2])]
    make.make_member(shops[1], people[2], role="staff")
    alone = make.make_seller(name="Toko tanpa orang", member=people[0])
    SellerMember.objects.filter(seller=alone).delete()
    members = related(lambda: SellerMember.objects.select_related("user").order_by("-pk"), "seller")
    for asked in ([shops[0]], [*shops, alone]):  # the second time with other owners, and another number of them
        by_hand = list(Seller.objects.filter(pk__in=[shop.pk for shop in asked]).order_by("pk"))
        rows = SellerMember.objects.select_related("user").order_by("-pk")
        prefetched = list(
            Seller.objects.filter(pk__in=[shop.pk for shop in asked])
            .order_by("pk")
            .prefetch_related(Prefetch("members", rows))
        )
        with django_assert_num_queries(1):
            found = members(by_hand)
        with django_assert_num_queries(0):
            said = [[(row.pk, row.user.name, row.seller) for row in shop.members.all()] for shop in by_hand]
            assert said == [[(row.pk, row.user.name, row.seller) for row in shop.members.all()] for shop in prefetched]
            assert all(row.seller is shop for shop in by_hand for row in shop.members.all())
        assert [row.pk for row in found] == [row.pk for row in rows.filter(seller__in=asked)]
        assert any(said)
    with django_assert_num_queries(0):
        assert members([]) == []


def test_a_part_of_a_value_cannot_be_written_once() -> None:
    @written_once
    def year_of(first: Any) -> Any:
        return Holiday.objects.filter(day__year=first.year)

    with pytest.raises(AttributeError):
        year_of(date(2031, 5, 5))


@pytest.mark.django_db
def test_whoever_asked_first_does_not_choose_the_connection_of_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one thread Django has two: one of a running event loop, one without."""

    class Another:
        def __getattr__(self, name: str) -> Any:
            raise LookupError(name)

    @written_once
    def of_day(day: Any) -> Any:
        return Holiday.objects.filter(day=day)

    assert of_day(date(2031, 5, 6)) == []
    monkeypatch.setattr(queries, "connections", {"default": Another()})
    with pytest.raises(LookupError):
        of_day(date(2031, 5, 6))
