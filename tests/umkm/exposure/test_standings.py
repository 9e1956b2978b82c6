"""Levels of shops out of what is recorded, the order of goods that follows, and its reasons."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from epeken.core import clock
from tests.factories import umkm as make
from tests.factories.places import far_away
from tests.factories.rules import set_rule
from tests.pages import words
from tests.umkm.exposure.test_exposure import put
from umkm.catalogue.models import Category, Product
from umkm.discovery.search import Query, search
from umkm.exposure import policy, reckoning, renewal, services
from umkm.exposure.models import Standing, StandingEdition
from umkm.exposure.reckoning import Conduct
from umkm.owners import services as owners
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db


def shop(**over: Any) -> Seller:
    return make.make_seller(make.make_user(), **over)


def goods(name: str, seller: Seller, **over: Any) -> Product:
    category = over.pop("category", None) or Category.objects.get(slug="nasi-kotak")
    return make.make_product(
        seller, name=name, category=category, published_at=clock.now() - timedelta(days=90), **over
    )


def found(text: str = "nasi", **over: Any) -> list[str]:
    return [hit.product.name for hit in search(Query(text=text, **over), now=clock.now()).hits]


def renew(conducts: dict[int, Conduct] | None = None) -> StandingEdition:
    return renewal.renew(conducts or {}, clock.now())


def test_the_shop_with_less_attention_stands_first() -> None:
    seen, unseen = shop(), shop()
    goods("Nasi tampak", seen)
    goods("Nasi tak tampak", unseen)
    put(seen, clock.today(), 50, 40_000)
    put(unseen, clock.today(), 1, 200)
    renew()
    assert found() == ["Nasi tak tampak", "Nasi tampak"]
    put(unseen, clock.today() - timedelta(days=1), 90, 90_000)
    renew()
    assert found() == ["Nasi tampak", "Nasi tak tampak"]


def test_the_shop_with_fewer_orders_stands_first() -> None:
    busy, quiet = shop(), shop()
    goods("Nasi laris", busy)
    goods("Nasi sepi", quiet)
    owners.reserve_turnover(seller=busy, amount=50_000, reference="P-1", now=clock.now())
    owners.reserve_turnover(seller=quiet, amount=900_000, reference="P-2", now=clock.now())
    owners.release_turnover(reference="P-2", now=clock.now())
    renew()
    assert found() == ["Nasi sepi", "Nasi laris"]


def test_who_breaks_most_promises_stands_behind_whatever_it_lacks() -> None:
    true, false = shop(), shop()
    goods("Nasi ditepati", true)
    goods("Nasi ingkar", false)
    put(true, clock.today(), 50, 40_000)
    renew({true.pk: Conduct(20, 0), false.pk: Conduct(2, 20)})
    assert found() == ["Nasi ditepati", "Nasi ingkar"]


def test_a_second_shop_of_an_owner_gains_nothing() -> None:
    """Attention and orders are the owner's, and an owner's second goods come after everybody's first."""
    mine = shop()
    second = shop(nik=mine.nik, owner=mine.owner)
    other = shop()
    for n, seller in enumerate((mine, second, mine)):
        goods(f"Nasi milik satu {n}", seller)
    goods("Nasi milik lain", other)
    put(mine, clock.today(), 50, 40_000)
    put(other, clock.today(), 50, 30_000)
    renew()
    levels = dict(Standing.objects.values_list("seller", "level"))
    assert levels[mine.pk] == levels[second.pk] < levels[other.pk]
    assert set(Standing.objects.values_list("owners_city", flat=True)) == {2}
    names = found()
    assert names[0] == "Nasi milik lain" and len(names) == 4
    rich = search(Query(text="nasi"), now=clock.now()).hits
    assert [hit.turn for hit in rich] == [1, 1, 2, 3]


def test_goods_far_above_the_market_stand_behind_whatever_their_shop_lacks() -> None:
    set_rule("market.owners_least", 3)
    for n in range(4):
        other = shop()
        goods(f"Nasi biasa {n}", other, price=20_000)
        put(other, clock.today(), 50, 40_000)
    goods("Nasi mahal", shop(), price=90_000)
    renew()
    assert found()[-1] == "Nasi mahal"
    assert policy.price_group(Product.objects.get(name="Nasi mahal").standing) == 2
    assert found(text="mahal") == ["Nasi mahal"]


def test_words_in_the_name_count_before_all_of_it() -> None:
    named, told = shop(), shop()
    goods("Nasi kuning", named)
    goods("Tumpeng", told, description="Dengan nasi uduk")
    put(named, clock.today(), 50, 40_000)
    renew()
    assert found() == ["Nasi kuning", "Tumpeng"]


def test_shops_are_compared_in_their_kecamatan_and_in_the_city() -> None:
    here, beside, far = shop(), shop(), shop(kelurahan=far_away())
    for n, seller in enumerate((here, beside, far)):
        goods(f"Nasi {n}", seller)
    put(here, clock.today(), 9, 300)
    put(beside, clock.today(), 9, 100)
    put(far, clock.today(), 9, 500)
    row = Standing.objects.get(edition=renew(), seller=here)
    assert (row.weight, row.weight_city, row.weight_near) == (300, 900, 400)
    assert (row.owners_city, row.owners_near) == (3, 2)


def test_the_same_figures_give_the_same_order_and_nothing_is_written_twice() -> None:
    for n in range(3):
        goods(f"Nasi {n}", shop())
    first, before = renew(), found()
    assert list(reckoning.moved_goods(levels_of(first), clock.today())) == []
    assert levels_of(renew()) == levels_of(first)
    assert found() == before


def levels_of(edition: StandingEdition) -> dict[tuple[int, int], int]:
    return {(row.seller_id, row.category_id): row.level for row in edition.standings.all()}


def test_the_recorded_figures_give_the_recorded_level() -> None:
    for n, weight in enumerate((10, 2000, 30_000)):
        seller = shop()
        goods(f"Nasi {n}", seller)
        put(seller, clock.today(), 1, weight)
        make.make_month(seller, month=clock.month_of(clock.now()), used=9_000_000 * n)
    bounds = reckoning.bounds_on(clock.today())
    rows = list(renew({seller.pk: Conduct(5, n) for n, seller in enumerate(Seller.objects.all())}).standings.all())
    assert len(rows) == 3
    assert [policy.level(reckoning.figures_of(row), bounds) for row in rows] == [row.level for row in rows]


@pytest.mark.django_db(transaction=True)
def test_goods_that_somebody_changes_are_passed_by() -> None:
    held, free = goods("Nasi ditahan", shop()), goods("Nasi bebas", shop())
    other = connection.copy()
    try:
        with transaction.atomic(), other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM umkm_product WHERE id = %s FOR UPDATE", [held.pk])
            assert services.put_in_place([(held.pk, 201), (free.pk, 202)]) == 1
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert dict(Product.objects.values_list("pk", "standing")) == {held.pk: 250, free.pk: 202}


def test_pages_continue_where_they_ended() -> None:
    for n in range(5):
        seller = shop()
        for m in range(7):
            goods(f"Nasi {n} {m}", seller)
        put(seller, clock.today(), 1, 100 * n)
    renew()
    first = search(Query(text="nasi"), now=clock.now())
    second = search(Query(text="nasi", after=first.next), now=clock.now())
    names = [hit.product.name for hit in [*first.hits, *second.hits]]
    assert len(names) == len(set(names)) == 35 and not second.next
    assert [hit.turn for hit in first.hits] == [n for n in range(1, 6) for _shop in range(5)][:24]
    assert {name.split()[1] for name in names[:5]} == {"0", "1", "2", "3", "4"}


def test_reasons_are_told_out_of_the_figures(client: Client) -> None:
    seen, unseen = shop(), shop()
    shown = goods("Nasi tampak", seen)
    goods("Nasi tak tampak", unseen)
    again = goods("Nasi tampak lagi", seen)
    put(seen, clock.today(), 50, 30_000)
    put(unseen, clock.today(), 1, 10_000)
    owners.reserve_turnover(seller=unseen, amount=50_000, reference="P-1", now=clock.now())
    fresh = words(client.get(f"/cari/?q=nasi&mengapa={shown.pk}"))
    assert "belum masuk perhitungan urutan" in fresh
    renew({seen.pk: Conduct(18, 2)})
    text = words(client.get(f"/cari/?q=nasi&mengapa={shown.pk}"))
    assert "Perhatian yang didapat toko ini 150%, dan pesanannya 0%, dari bagian rata" in text
    assert "Toko ini menepati 18 dari 20 pesanan" in text
    assert "Barang ke-2 dari pemilik yang sama" in words(client.get(f"/cari/?q=nasi&mengapa={again.pk}"))


def test_editions_are_forgotten_after_their_time() -> None:
    goods("Nasi", shop())
    edition = renew()
    assert services.forget_old(clock.today() + timedelta(days=30)) == 0
    assert services.forget_old(clock.today() + timedelta(days=31)) == 2
    assert not StandingEdition.objects.filter(pk=edition.pk).exists()
