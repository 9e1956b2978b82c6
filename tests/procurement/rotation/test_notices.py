"""Each seller on the list of a draw is told its place once, and its page of the draw says it."""

import pytest
from django.urls import reverse

from epeken.notifications.models import Notification
from procurement.rotation import results, services
from procurement.rotation.models import RotationEntrant
from tests.factories.users import signed_in
from tests.procurement.rotation.world import DRAWN_AT, MONDAY, Turns
from umkm.sellers.policies import members_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def turns() -> Turns:
    return Turns()


def told(one: RotationEntrant) -> list[str]:
    """Kinds of what the keeper of the shop was told about draws, the oldest first."""
    (keeper,) = members_of(one.seller_id)
    return list(
        Notification.objects.filter(person=keeper, kind__startswith="draw.")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def test_each_on_the_list_is_told_once_that_it_is_announced(turns: Turns) -> None:
    draw = turns.announce()
    turns.announce()
    assert [told(one) for one in draw.entrants.all()] == [["draw.announced"]] * 4


def test_each_is_told_its_place_once(turns: Turns) -> None:
    draw = turns.drawn()
    turns.draw(draw)
    first, *others = results.in_order(draw)
    assert told(first) == ["draw.announced", "draw.turn"]
    assert [told(one) for one in others] == [["draw.announced", "draw.place"]] * 3
    rows = Notification.objects.filter(kind="draw.place").order_by("pk")
    kept = {(row.parameters["shop"], row.parameters["place"], row.parameters["many"]) for row in rows}
    assert kept == {(one.seller.name, one.place.place, 4) for one in others}
    assert not Notification.objects.unread().filter(kind="draw.announced").exists()


def test_who_is_passed_over_is_told_why_and_the_next_that_its_turn_came(turns: Turns) -> None:
    draw = turns.drawn()
    first, second, *others = results.in_order(draw)
    turns.hide(first.product)
    services.pass_turn(actor=turns.office.requester, draw=draw, now=DRAWN_AT)
    assert told(first) == ["draw.announced", "draw.turn", "draw.passed"]
    assert told(second) == ["draw.announced", "draw.place", "draw.turn"]
    assert [told(one) for one in others] == [["draw.announced", "draw.place"]] * 2
    said = Notification.objects.get(kind="draw.passed")
    assert said.parameters["why"] == "Barangnya tidak dijual lagi."
    waiting = Notification.objects.unread().filter(kind="draw.turn")
    assert [row.parameters["shop"] for row in waiting] == [second.seller.name]


def test_who_cannot_deliver_at_the_draw_is_told_only_that(turns: Turns) -> None:
    draw = turns.announce()
    turns.hide(turns.products[0])
    turns.draw(draw)
    gone = draw.entrants.get(product=turns.products[0])
    wanted = "draw.passed" if RotationEntrant.objects.get(pk=gone.pk).place.place == 1 else "draw.place"
    assert told(gone) == ["draw.announced", wanted]


def test_each_is_told_that_it_was_called_off(turns: Turns) -> None:
    draw = turns.announce()
    services.cancel_draw(actor=turns.office.requester, draw=draw, reason="not_needed", now=MONDAY)
    assert [told(one) for one in draw.entrants.all()] == [["draw.announced", "draw.cancelled"]] * 4


def test_the_page_says_a_seller_its_own_place_and_nobody_elses(turns: Turns) -> None:
    draw = turns.drawn()
    _first, second, *_others = results.in_order(draw)
    (keeper,) = members_of(second.seller_id)
    address = reverse("procurement:draw-detail", args=[draw.number])
    sentence = f"{second.seller.name} di urutan 2 dari 4."
    assert sentence in signed_in(keeper).get(address).text
    assert sentence not in signed_in(turns.office.requester).get(address).text
