"""The one place a state changes."""

import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, close_old_connections, connection, transaction

from epeken.core import clock
from epeken.core.errors import InvalidMove
from epeken.core.states import Machine, move
from tests.factories.umkm import make_seller, make_user
from umkm.sellers.models import Seller
from umkm.sellers.states import SELLER, SellerState

MACHINE = Machine("a", {("a", "go"): "b", ("b", "back"): "a", ("b", "end"): "c"})


def test_a_machine_knows_its_words() -> None:
    assert MACHINE.states == {"a", "b", "c"}
    assert MACHINE.actions == {"go", "back", "end"}
    assert MACHINE.after("a", "go") == "b"
    assert MACHINE.allows("b", "end") and not MACHINE.allows("c", "go")
    with pytest.raises(InvalidMove):
        MACHINE.after("c", "go")


@pytest.mark.django_db
def test_move_writes_state_fields_and_event() -> None:
    seller, actor, now = make_seller(), make_user(), clock.now()
    events = seller.events.count()
    move(seller, "freeze", actor=actor, now=now, note="uji")
    seller.refresh_from_db()
    event = seller.events.last()
    assert seller.state == SellerState.FROZEN
    assert seller.events.count() == events + 1
    assert (event.from_state, event.to_state, event.actor, event.note) == ("active", "frozen", actor, "uji")


@pytest.mark.django_db
@pytest.mark.parametrize("action", sorted(SELLER.actions))
def test_moves_outside_the_table_change_nothing(action: str) -> None:
    seller = make_seller()
    if SELLER.allows(seller.state, action):
        return
    with pytest.raises(InvalidMove):
        move(seller, action, actor=None, now=clock.now())
    assert Seller.objects.get(pk=seller.pk).state == "active"
    assert not seller.events.filter(action=action).exists()


@pytest.mark.django_db
def test_a_stale_object_does_not_overwrite() -> None:
    seller = make_seller()
    stale = Seller.objects.get(pk=seller.pk)
    move(seller, "freeze", actor=None, now=clock.now())
    events = seller.events.count()
    with pytest.raises(InvalidMove):
        move(stale, "freeze", actor=None, now=clock.now())
    assert seller.events.count() == events


@pytest.mark.django_db
def test_events_refuse_change_and_deletion() -> None:
    seller = make_seller()
    move(seller, "freeze", actor=None, now=clock.now())
    for verb in [lambda: seller.events.update(note="lain"), lambda: seller.events.all().delete()]:
        with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
            verb()


@pytest.mark.django_db
def test_the_database_knows_the_states() -> None:
    seller = make_seller()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE umkm_seller SET state = 'lain' WHERE id = %s", [seller.pk])


@pytest.mark.django_db(transaction=True)
def test_of_two_racing_moves_one_wins(together: Callable[..., list[object]]) -> None:
    seller = make_seller()

    def freeze(number: int) -> str:
        mine = Seller.objects.get(pk=seller.pk)
        barrier.wait()
        try:
            with transaction.atomic():
                move(mine, "freeze", actor=None, now=clock.now())
            return "won"
        except InvalidMove:
            return "lost"
        finally:
            close_old_connections()

    barrier = threading.Barrier(4)
    assert sorted(together(freeze, 4)) == ["lost", "lost", "lost", "won"]
    assert seller.events.filter(action="freeze").count() == 1
