"""Real threads on the real database: what a frame reserves is used once, whoever comes at the same time."""

from collections.abc import Callable
from typing import Any

import pytest

from epeken.core.idempotency import new_key
from procurement.budgets.models import BudgetLine
from procurement.frames import services
from procurement.frames.models import ApprovalFrame
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from tests.factories import umkm as make
from tests.factories.procurement import HOUR, MONDAY, Office, make_frame, make_officer, make_request
from tests.orders.books import balanced
from tests.procurement.frames.test_frames import books
from tests.procurement.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)
TEN = 1_010_000


def sending(office: Office, request: PurchaseRequest) -> Callable[[], Any]:
    return lambda: decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)


def states() -> list[str]:
    return sorted(PurchaseRequest.objects.values_list("state", flat=True))


def test_frame_two_requesters_race_for_its_last_rupiah() -> None:
    """One is inside; the other goes the usual way, since the line has enough besides the frame."""
    office, product = Office(), make.make_product(price=100_000)
    frame = make_frame(office, products=[product], amount=TEN, order_limit=TEN)
    second = Office.__new__(Office)
    second.__dict__.update(office.__dict__)
    second.requester = make_officer("requester", office.agency)
    requests = [make_request(office, [(product, 10)]), make_request(second, [(product, 10)])]
    assert together([sending(office, requests[0]), sending(second, requests[1])]) == {"ok": 2}
    assert states() == ["approved", "submitted"]
    frame.refresh_from_db()
    assert (frame.left, frame.requests.count()) == (0, 1)
    books()


def test_frame_sixteen_requests_for_five_on_a_line_with_nothing_else() -> None:
    office, product = Office(pagu=5 * TEN), make.make_product(price=100_000, on_hand=1000)
    frame = make_frame(office, products=[product], amount=5 * TEN, order_limit=TEN)
    requests = [make_request(office, [(product, 10)]) for _n in range(16)]
    assert together([sending(office, request) for request in requests]) == {"ok": 5, "budget_short": 11}
    frame.refresh_from_db()
    line = BudgetLine.objects.get(pk=office.line.pk)
    assert (frame.left, line.reserved, line.available) == (0, 5 * TEN, 0)
    assert states() == ["approved"] * 5 + ["draft"] * 11
    books()


def test_frame_signed_while_a_request_takes_the_same_budget() -> None:
    """The line pays for one of them: never for both."""
    office, product = Office(pagu=TEN), make.make_product(price=100_000)
    frame = make_frame(office, products=[product], amount=TEN, order_limit=TEN, state="proposed")
    request = make_request(office, [(make.make_product(price=100_000), 10)])
    sign = lambda: services.sign_frame(  # noqa: E731
        actor=office.head, frame=frame, decree="1", key=new_key(), now=MONDAY
    )
    assert together([sign, sending(office, request)]) == {"ok": 1, "budget_short": 1}
    assert BudgetLine.objects.get(pk=office.line.pk).available == 0
    books()


def test_frame_signed_twice_at_once_reserves_once() -> None:
    office = Office()
    frame = make_frame(office, products=[make.make_product()], state="proposed")
    other = make_officer("head", office.agency)

    def sign(actor: Any) -> Callable[[], Any]:
        return lambda: services.sign_frame(actor=actor, frame=frame, decree="1", key=new_key(), now=MONDAY)

    assert together([sign(office.head), sign(other)]) == {"ok": 1, "invalid_move": 1}
    assert BudgetLine.objects.get(pk=office.line.pk).reserved == frame.amount
    books()


def test_frame_ended_while_requests_are_sent_and_withdrawn() -> None:
    """Whatever comes first, what is reserved at the end is what the live requests hold."""
    office, product = Office(), make.make_product(price=100_000, on_hand=1000)
    frame = make_frame(office, products=[product], amount=8 * TEN, order_limit=TEN)
    sent = [make_request(office, [(product, 10)]) for _n in range(2)]
    for request in sent:
        sending(office, request)()
    drafts = [make_request(office, [(product, 10)]) for _n in range(3)]
    acts = [
        *(sending(office, draft) for draft in drafts),
        *(
            lambda request=request: decisions.withdraw_request(actor=office.requester, request=request, now=MONDAY)
            for request in sent
        ),
        lambda: services.end_frame(actor=office.head, frame=frame, note="Cukup", now=MONDAY + HOUR),
    ]
    assert together(acts) == {"ok": 6}
    frame = ApprovalFrame.objects.get(pk=frame.pk)
    assert (frame.state, BudgetLine.objects.get(pk=office.line.pk).reserved) == ("ended", 3 * TEN)
    balanced()
    books()
