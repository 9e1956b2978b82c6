"""Every state × action of a request for quotation, in time and after its end."""

import pytest

from epeken.core.errors import DomainError, InvalidMove
from epeken.core.idempotency import new_key
from procurement.quotations.models import QuotationOffer
from procurement.quotations.services import awarding, opening, publishing
from procurement.quotations.states import QUOTATION, QuotationState
from procurement.requests.models import PurchaseRequest
from tests.factories.procurement import DAY, HOUR, MONDAY
from tests.factories.quotations import NOTE, OPENED, Auction, make_auction
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db


def act(auction: Auction, action: str, late: bool) -> None:
    now = OPENED + 60 * DAY if late else MONDAY + 3 * HOUR
    if action == "publish":
        auction.publish(now=now)
    elif action == "discard":
        publishing.discard_quotation(actor=auction.office.requester, quotation=auction.quotation, now=now)
    elif action == "return":
        auction.send_back(now=now)
    elif action == "hand_in":
        auction.row.machine.after(auction.row.state, "hand_in")  # saving a draft that was not returned moves nothing
        auction.save(now=now)
    elif action == "cancel":
        auction.cancel(now=now)
    elif action == "open":
        auction.open(now)
    elif action == "reopen":
        values = {"actor": auction.officer, "quotation": auction.quotation, "note": NOTE, "key": new_key()}
        awarding.reopen_quotation(**values, now=now)
    elif action == "lapse":
        opening.lapse_quotation(quotation=auction.quotation, now=now)
    else:
        offer = QuotationOffer.objects.filter(quotation=auction.quotation).first() or QuotationOffer(pk=0)
        auction.award(offer=offer, now=OPENED + HOUR)


def allowed(state: str, action: str, late: bool) -> bool:
    """What the table allows, and its moment: nothing opens early, and nothing is published for a past moment."""
    needed = {"publish": not late, "open": late, "lapse": late}
    if state == QuotationState.AWARDED:
        return False  # what was awarded is being bought; `test_next_in_rank` has it come to nothing
    return QUOTATION.allows(state, action) and needed.get(action, True)


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("action", sorted(QUOTATION.actions))
@pytest.mark.parametrize("state", list(QuotationState))
def test_quotation_table(state: str, action: str, late: bool) -> None:
    auction = make_auction(state)
    assert auction.row.state == state
    events, drafts = auction.quotation.events.count(), PurchaseRequest.objects.count()
    if allowed(state, action, late):
        act(auction, action, late)
        expected = QUOTATION.table[(state, action)]
    else:
        in_table = QUOTATION.allows(state, action)
        refused(DomainError if in_table else InvalidMove, lambda: act(auction, action, late))
        expected = state
    assert auction.row.state == expected
    assert auction.quotation.events.count() == events + (expected != state)
    assert PurchaseRequest.objects.count() == drafts + (expected == "awarded" != state)
    balanced()


@pytest.mark.parametrize("state", [state for state in QuotationState if state != QuotationState.PUBLISHED])
def test_quotation_takes_offers_only_while_published(state: str) -> None:
    auction = make_auction(state)
    with pytest.raises(DomainError):
        auction.offer(0, 50_000)
    with pytest.raises(DomainError):
        auction.take_back(0)
