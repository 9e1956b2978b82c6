"""Every state × action of a draw of turns, before its moment and after it, by its requester and by somebody else."""

from datetime import datetime
from itertools import product

import pytest

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.users.models import User
from procurement.rotation import results, services
from procurement.rotation.models import RotationDraw
from procurement.rotation.states import DRAW, DrawState
from tests.orders.books import refused
from tests.procurement.rotation.world import DRAWN_AT, HOUR, MONDAY, Turns
from tests.undo import taken_back

pytestmark = pytest.mark.django_db


def draw_in(turns: Turns, state: str) -> RotationDraw:
    """Drawn, the first in the order can deliver no longer: whose turn it is may be passed over."""
    draw = turns.announce()
    if state == DrawState.CANCELLED:
        return services.cancel_draw(actor=turns.office.requester, draw=draw, reason="changed", now=MONDAY)
    if state == DrawState.DRAWN:
        draw = turns.draw(draw)
        chosen = results.chosen(draw)
        assert chosen is not None
        turns.hide(chosen.product)
    return draw


def act(turns: Turns, draw: RotationDraw, action: str, actor: User, now: datetime) -> None:
    if action == "draw":
        turns.draw(draw, now=now, actor=actor, public_value="9.999,99")
    elif action == "pass":
        services.pass_turn(actor=actor, draw=draw, now=now)
    else:
        services.cancel_draw(actor=actor, draw=draw, reason="changed", now=now)


@pytest.mark.parametrize("state", list(DrawState))
def test_draw_table(state: str) -> None:
    """One draw, on which everything is tried in turn and taken back."""
    turns = Turns()
    draw = draw_in(turns, state)
    actors = (turns.office.requester, turns.office.pp)
    for action, late, actor in product(sorted(DRAW.actions), (False, True), actors):
        with taken_back():
            tried(turns, draw, state, action, late, actor)


def tried(turns: Turns, draw: RotationDraw, state: str, action: str, late: bool, actor: User) -> None:
    tried_what = (action, late, actor == turns.office.requester)
    now = DRAWN_AT + HOUR if late else MONDAY + HOUR
    events, wanted = draw.events.count(), turns.request.lines.get().product
    expected, is_early = state, action == "draw" and not late
    if actor != turns.office.requester:
        refused(NotAllowed, lambda: act(turns, draw, action, actor, now))
    elif not DRAW.allows(state, action):
        refused(InvalidMove, lambda: act(turns, draw, action, actor, now))
    elif is_early:
        refused(RuleBroken, lambda: act(turns, draw, action, actor, now), "draw_early")
    else:
        act(turns, draw, action, actor, now)
        expected = DRAW.table[(state, action)]
    found = RotationDraw.objects.get(pk=draw.pk)
    is_done = actor == turns.office.requester and DRAW.allows(state, action) and not is_early
    assert (tried_what, found.state) == (tried_what, expected)
    assert (tried_what, found.events.count()) == (tried_what, events + is_done)
    if action == "pass" and is_done:
        assert turns.request.lines.get().product != wanted, "the next in the drawn order has the turn"
    assert bool(found.seed) == (found.state == DrawState.DRAWN)
