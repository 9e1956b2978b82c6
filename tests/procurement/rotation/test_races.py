"""Real threads: two drafts do not try their luck at once, and a draw made twice has one result."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from procurement.requests.models import PurchaseRequest
from procurement.requests.services import drafts
from procurement.rotation import results
from procurement.rotation.models import RotationDraw, RotationPlace
from procurement.rotation.states import DrawState
from tests.factories.procurement import make_request
from tests.procurement.rotation.world import DRAWN_AT, MONDAY, Turns
from tests.procurement.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_several_drafts_at_once_one_is_drawn_for() -> None:
    turns = Turns()
    others = [make_request(turns.office, [(turns.products[0], 10)]) for _n in range(5)]

    def act(request: PurchaseRequest) -> Callable[[], Any]:
        return lambda: turns.announce(request)

    assert together([act(request) for request in [turns.request, *others]]) == {"ok": 1, "draw_again": 5}
    assert RotationDraw.objects.count() == 1


def test_values_typed_at_once_leave_one_result() -> None:
    turns = Turns()
    draw = turns.announce()

    def act(value: str) -> Callable[[], Any]:
        return lambda: turns.draw(draw, public_value=value)

    found = together([act(f"7.12{n},45") for n in range(6)])
    assert found == {"ok": 1, "invalid_move": 5}
    assert RotationPlace.objects.count() == 4


def test_a_draw_and_an_edit_at_once_never_leave_other_terms() -> None:
    """An edit that comes first is refused; one that comes after the draw keeps the draft from being sent as edited."""
    for _round in range(3):
        turns = Turns()
        draw = turns.announce()

        def edit(turns: Turns = turns) -> Any:
            return drafts.put_line(
                actor=turns.office.requester, request=turns.request, product=turns.products[0], quantity=Decimal(11),
                note="", now=DRAWN_AT,
            )  # fmt: skip

        def make(turns: Turns = turns, draw: RotationDraw = draw) -> Any:
            return turns.draw(draw)

        together([edit, make])
        draw.refresh_from_db()
        line = turns.request.lines.order_by("pk").first()
        assert line is not None
        assert draw.state == DrawState.DRAWN
        turn = results.chosen(RotationDraw.objects.with_list().get(pk=draw.pk))
        assert turn is not None and turns.request.lines.filter(product=turn.product_id).exists()
    assert MONDAY < DRAWN_AT
