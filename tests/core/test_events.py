"""One order over the events of all tables, and no state without its event."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from epeken.core import clock
from epeken.core.events import Record, events_after
from epeken.core.states import move
from tests.factories.umkm import make_product, make_seller
from umkm.catalogue.models import Product
from umkm.catalogue.states import ProductState
from umkm.sellers.models import Seller


def read_all(cursor: int = 0, limit: int = 3) -> list[Record]:
    found: list[Record] = []
    while page := events_after(found[-1].sequence if found else cursor, limit):
        found += page
    return found


def last_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM epeken_event")
        return int(cursor.fetchone()[0])


@transaction.atomic
def freeze(seller: Seller) -> None:
    move(Seller.objects.get(pk=seller.pk), "freeze", actor=None, now=clock.now())


def in_transaction(work: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        try:
            with transaction.atomic():
                work()
        finally:
            connection.close()

    return run


@contextmanager
def elsewhere(work: Callable[[], Any]) -> Iterator[Callable[[], None]]:
    """Another transaction on a thread of its own: it has done `work` and stays open until the block calls finish."""
    ready, done = threading.Event(), threading.Event()

    def stay() -> None:
        work()
        ready.set()
        done.wait(20)

    thread = threading.Thread(target=in_transaction(stay))
    thread.start()
    assert ready.wait(20)

    def finish() -> None:
        done.set()
        thread.join(20)
        assert not thread.is_alive()

    try:
        yield finish
    finally:
        finish()


@pytest.mark.django_db(transaction=True)
def test_events_of_all_tables_come_in_one_order() -> None:
    start = last_number()
    seller = make_seller()
    product = make_product(seller)
    with transaction.atomic():
        move(product, "hide", actor=None, now=clock.now())
    freeze(seller)
    found = read_all(start, limit=1)
    assert [(r.noun, r.object_pk, r.action, r.from_state, r.to_state) for r in found] == [
        ("umkm.Seller", seller.pk, "create", "", "active"),
        ("umkm.Product", product.pk, "create", "", "published"),
        ("umkm.Product", product.pk, "hide", "published", "hidden"),
        ("umkm.Seller", seller.pk, "freeze", "active", "frozen"),
    ]
    assert found == read_all(start, limit=100)
    assert [r.sequence for r in found] == sorted({r.sequence for r in found})


@pytest.mark.django_db(transaction=True)
def test_what_commits_late_is_not_passed_over() -> None:
    """The first takes its number first and commits last; a page in between must not go past it."""
    one, two = make_seller(), make_seller()
    start = last_number()
    with elsewhere(lambda: freeze(one)) as finish:
        freeze(two)
        assert events_after(start, 10) == []
        finish()
        assert [r.object_pk for r in events_after(start, 10)] == [one.pk, two.pk]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_began_early_and_writes_late_is_not_passed_over() -> None:
    """Its id is older than that of whoever took a lower number, so no comparison of ids could tell."""
    early, one, two = make_seller(), make_seller(), make_seller()
    start = last_number()
    go = threading.Event()

    def write_late() -> None:
        Seller.objects.filter(pk=early.pk).update(about="Sudah punya nomor transaksi.")
        begun.set()
        go.wait(20)
        freeze(early)

    begun = threading.Event()
    thread = threading.Thread(target=in_transaction(write_late))
    thread.start()
    assert begun.wait(20)
    with elsewhere(lambda: freeze(one)) as finish:
        go.set()
        thread.join(20)
        freeze(two)
        assert events_after(start, 10) == []
        finish()
    assert [r.object_pk for r in events_after(start, 10)] == [one.pk, early.pk, two.pk]


@pytest.mark.django_db(transaction=True)
def test_one_s_own_uncommitted_events_wait_too() -> None:
    seller = make_seller()
    start = last_number()
    with transaction.atomic():
        freeze(seller)
        assert events_after(start, 10) == []
    assert [r.object_pk for r in events_after(start, 10)] == [seller.pk]


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_taken_back_leaves_a_gap_and_no_lock() -> None:
    seller = make_seller()
    start = last_number()
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            freeze(seller)
            raise ZeroDivisionError
        other = make_seller()
        assert events_after(start, 10) == []
    assert [r.object_pk for r in events_after(start, 10)] == [other.pk]


@pytest.mark.django_db(transaction=True)
def test_a_reader_beside_many_writers_misses_nothing() -> None:
    """Six writers with pauses and savepoints taken back; one reader that never rests."""
    start = last_number()
    sellers = [make_seller() for _ in range(6)]
    base = last_number()
    finished = threading.Event()

    def write(number: int) -> None:
        try:
            for turn in range(12):
                with transaction.atomic():
                    seller = Seller.objects.get(pk=sellers[number].pk)
                    if (turn + number) % 3 == 0:
                        try:
                            with transaction.atomic():
                                move(seller, "freeze", actor=None, now=clock.now())
                                raise ZeroDivisionError
                        except ZeroDivisionError:
                            seller.refresh_from_db()
                    move(seller, "freeze", actor=None, now=clock.now())
                    time.sleep(0.001 * ((number * 7 + turn * 5) % 9))
                    move(seller, "restore", actor=None, now=clock.now())
        finally:
            connection.close()

    found: list[Record] = []

    def read() -> None:
        try:
            while True:
                over = finished.is_set()
                page = events_after(found[-1].sequence if found else base, 5)
                found.extend(page)
                if over and not page:
                    return
        finally:
            connection.close()

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in [reader, *writers]:
        thread.start()
    for thread in writers:
        thread.join(60)
    finished.set()
    reader.join(60)
    assert not reader.is_alive()
    assert len(found) == 6 * 12 * 2
    assert found == read_all(start, limit=100)[6:]


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [0, -1])
def test_a_page_holds_at_least_one(limit: int) -> None:
    with pytest.raises(ValueError):
        events_after(0, limit)


@pytest.mark.django_db(transaction=True)
def test_an_old_snapshot_is_refused() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(RuntimeError):
            events_after(0, 10)


@pytest.mark.django_db(transaction=True)
def test_a_state_without_its_event_does_not_commit() -> None:
    product = make_product()
    with pytest.raises(IntegrityError, match='is "hidden", its last event led to "published"'):
        Product.objects.filter(pk=product.pk).update(state=ProductState.HIDDEN)
    with pytest.raises(IntegrityError, match='is "draft", its last event led to "<NULL>"'):
        Product.objects.create(
            seller=product.seller, category=product.category, name="Tanpa awal", price=1, created_at=clock.now()
        )
    with pytest.raises(IntegrityError, match="last event led to"):
        product.events.create(action="hide", from_state="published", to_state="hidden", at=clock.now())
    assert Product.objects.get().state == ProductState.PUBLISHED


@pytest.mark.django_db(transaction=True)
def test_an_event_begins_where_the_last_one_ended() -> None:
    product = make_product()
    with pytest.raises(IntegrityError, match='begins at "draft", the one before ended at "published"'):
        product.events.create(action="hide", from_state="draft", to_state="published", at=clock.now())
