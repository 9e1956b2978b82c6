"""Every state × action of a request, from the table itself."""

from collections.abc import Callable
from typing import Any

import pytest

from epeken.core.errors import InvalidMove
from epeken.core.idempotency import new_key
from epeken.core.states import move
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions, holds
from procurement.requests.states import REQUEST, RequestState
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_request
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db
LATER = MONDAY + 2 * HOUR


def act(office: Office, request: PurchaseRequest, action: str) -> Any:
    acts: dict[str, Callable[[], Any]] = {
        "submit": lambda: decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=LATER),
        "approve": lambda: decisions.approve_request(
            actor=office.pp, request=request, dropped={}, note="", key=new_key(), now=LATER
        ),
        "send_back": lambda: decisions.send_back_request(actor=office.pp, request=request, note="Perbaiki", now=LATER),
        "reject": lambda: decisions.reject_request(actor=office.pp, request=request, note="Tidak perlu", now=LATER),
        "withdraw": lambda: decisions.withdraw_request(actor=office.requester, request=request, now=LATER),
        "lapse": lambda: holds.lapse_request(request=request, now=MONDAY + 30 * DAY),
        "reissue": lambda: move(
            PurchaseRequest.objects.get(pk=request.pk),
            "reissue",
            actor=office.pp,
            now=LATER,
            total=1,
            needed_role="pp",
            held_until=LATER + DAY,
        ),
        # A higher ceiling is asked for (tests/procurement/requests/test_submit.py).
        "ask_ceiling": lambda: move(
            PurchaseRequest.objects.get(pk=request.pk), "ask_ceiling", actor=office.requester, now=LATER
        ),
        # A signature before the decision (tests/procurement/signatures).
        "sign": lambda: move(PurchaseRequest.objects.get(pk=request.pk), "sign", actor=office.head, now=LATER),
        # Of whose requester is none any longer (tests/procurement/requests/test_takeovers.py).
        "take_over": lambda: move(PurchaseRequest.objects.get(pk=request.pk), "take_over", actor=office.pp, now=LATER),
        # A wrong file is taken out again (tests/procurement/attachments).
        "take_out": lambda: move(PurchaseRequest.objects.get(pk=request.pk), "take_out", actor=office.pp, now=LATER),
        # Sending does it where a frame covers the request (tests/procurement/frames).
        "approve_by_frame": lambda: move(
            PurchaseRequest.objects.get(pk=request.pk), "approve_by_frame", actor=None, now=LATER
        ),
        # A negotiation agrees (tests/procurement/negotiations); nothing else of the request moves with it.
        "negotiate": lambda: move(PurchaseRequest.objects.get(pk=request.pk), "negotiate", actor=office.pp, now=LATER),
        "issue": lambda: decisions.mark_ordered(request=request, actor=office.pp, now=LATER),
    }
    return acts[action]()


@pytest.mark.parametrize("action", sorted(REQUEST.actions))
@pytest.mark.parametrize("state", sorted(REQUEST.states))
def test_table(office: Office, state: str, action: str) -> None:
    request = make_request(office, state=state)
    assert request.state == state
    if action != "submit" and state == RequestState.DRAFT and action in ("approve", "send_back", "reject"):
        # A draft has no approver yet: nobody's to decide.
        refused(Exception, lambda: act(office, request, action))
        return
    if not REQUEST.allows(state, action):
        if state == RequestState.WITHDRAWN and action in ("approve", "send_back", "reject"):
            refused(Exception, lambda: act(office, request, action))
        else:
            refused(InvalidMove, lambda: act(office, request, action))
        return
    events = request.events.count()
    act(office, request, action)
    request.refresh_from_db()
    assert request.state == REQUEST.table[(state, action)]
    assert request.events.count() == events + 1
    last = request.events.latest("pk")
    assert (last.action, last.from_state, last.to_state) == (action, state, request.state)
    if action not in ("issue", "reissue"):  # orders moves the budget of an issued request
        balanced()
