"""When nothing came of an award through its seller, the next offer in rank wins; never two at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.site.dashboards import agency_day
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.quotations import outcome
from procurement.quotations.models import OfferPassing, Quotation
from procurement.quotations.services import awarding
from procurement.quotations.states import QuotationCancelReason
from procurement.requests.errors import SamePerson
from procurement.requests.models import PurchaseRequest, RequestSeller
from procurement.requests.services import copies, decisions, holds, unfilled
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories.procurement import DAY, HOUR, make_officer
from tests.factories.quotations import NOTE, OPENED, Auction, make_auction
from tests.factories.rules import set_rule
from tests.orders.books import balanced, refused
from tests.pages import browse, words
from tests.racing import together

pytestmark = pytest.mark.django_db
LATER = OPENED + 2 * HOUR


def ordered(auction: Auction, draft: PurchaseRequest, now: Any = LATER) -> Order:
    office = auction.office
    sent = decisions.submit_request(actor=office.requester, request=draft, key=new_key(), now=now)
    done = decisions.approve_request(actor=office.pp, request=sent, dropped={}, note="", key=new_key(), now=now)
    (order,) = agreement.issue_orders(actor=office.pp, request=done, key=new_key(), now=now)
    return order


def declined(order: Order, now: Any = LATER + HOUR) -> Order:
    return agreement.close_order(
        actor=make.member_of(order), order=order, reason="seller_declined", note="Dapur rusak", now=now
    )


def fallen(shops: int = 3, **over: Any) -> Auction:
    """The winner declined its order."""
    auction = make_auction("opened", shops=shops, **over)
    declined(ordered(auction, auction.award()))
    return auction


def at(what: str, auction: Auction) -> str:
    return reverse(f"procurement:quotation-{what}", args=[auction.quotation.number])


def reopen(auction: Auction, **over: Any) -> Quotation:
    values = {"actor": auction.officer, "quotation": auction.quotation, "note": NOTE, "key": new_key(),
              "now": LATER + 2 * HOUR, **over}  # fmt: skip
    return awarding.reopen_quotation(**values)


def test_the_next_in_rank_is_bought_at_its_own_prices_and_continues_the_purchase() -> None:
    auction = fallen()
    first = PurchaseRequest.objects.get()
    assert reopen(auction).state == "opened"
    passing = OfferPassing.objects.get()
    assert (passing.offer, passing.reason) == (auction.opened(0), "fell")
    assert "menolak pesanan" in passing.note
    assert NOTE in passing.note
    refused(InvalidMove, lambda: auction.award(2, now=LATER + 3 * HOUR))
    draft = auction.award(1, now=LATER + 3 * HOUR)
    assert (draft.sourced_again_from, draft.from_quotation) == (first.sellers.get(), auction.row)
    line = draft.lines.get()
    assert (line.price, line.quoted_price, line.product) == (91_000, 91_000, auction.shops[1][0])
    assert draft.line == first.line
    order = ordered(auction, draft, LATER + 4 * HOUR)
    assert (order.seller, order.total) == (auction.seller(1), 920_000)
    balanced()
    for place, kinds in enumerate((["passed"], ["won"], ["lost", "lost"])):
        found = Notification.objects.filter(person=auction.keeper(place), kind__in=[
            "quotation.won", "quotation.lost", "quotation.passed"])  # fmt: skip
        told = sorted(kind.split(".")[1] for kind in found.values_list("kind", flat=True))
        assert told == sorted(kinds + (["won"] if place == 0 else ["lost"] if place == 1 else [])), place
        assert Notification.objects.filter(person=auction.keeper(place), kind="quotation.reopened").count() == 1


def test_who_fell_through_reads_that_another_is_decided_on() -> None:
    auction = fallen()
    reopen(auction)
    mine = words(browse(auction.keeper(0)).get(at("offer", auction)))
    assert "Semula menang." in mine
    assert "Dinas memutuskan penawar lain." in mine
    assert "menunggu keputusan dinas" not in mine
    assert "menunggu keputusan dinas" in words(browse(auction.keeper(1)).get(at("offer", auction)))


def test_the_third_follows_the_second() -> None:
    auction = fallen()
    reopen(auction)
    declined(ordered(auction, auction.award(1, now=LATER + 3 * HOUR), LATER + 4 * HOUR), LATER + 5 * HOUR)
    reopen(auction, now=LATER + 6 * HOUR)
    draft = auction.award(2, now=LATER + 7 * HOUR)
    assert draft.lines.get().price == 92_000
    assert PurchaseRequest.objects.count() == 3
    declined(ordered(auction, draft, LATER + 8 * HOUR), LATER + 9 * HOUR)
    refused(RuleBroken, lambda: reopen(auction, now=LATER + 10 * HOUR), "nobody_next")
    cancel = {"reason": QuotationCancelReason.NO_OFFER, "now": LATER + 10 * HOUR}
    assert auction.cancel(**cancel).state == "cancelled"
    balanced()


def test_an_award_that_is_being_bought_stands() -> None:
    auction = make_auction("opened")
    draft = auction.award()
    refused(RuleBroken, lambda: reopen(auction), "award_stands")
    refused(InvalidMove, lambda: auction.cancel(now=LATER))
    order = ordered(auction, draft)
    refused(RuleBroken, lambda: reopen(auction), "award_stands")
    refused(InvalidMove, lambda: auction.cancel(now=LATER))
    make.accepted(order)
    refused(RuleBroken, lambda: reopen(auction), "award_stands")


def test_what_the_department_itself_cancelled_gives_the_next_nothing() -> None:
    """Otherwise a winner is got rid of by ordering and cancelling."""
    auction = make_auction("opened")
    order = ordered(auction, auction.award())
    cancelling.cancelled(order, auction.office.pp, now=LATER + HOUR)
    refused(RuleBroken, lambda: reopen(auction), "award_stands")
    assert auction.cancel(now=LATER + 2 * HOUR).state == "cancelled"


@pytest.mark.parametrize("way", ["withdrawn", "rejected", "lapsed"])
def test_a_request_that_ended_in_the_department_leaves_the_winner_first(way: str) -> None:
    auction = make_auction("opened")
    draft, office = auction.award(), auction.office
    if way == "withdrawn":
        decisions.withdraw_request(actor=office.requester, request=draft, note="Kegiatannya dibatalkan", now=LATER)
    else:
        sent = decisions.submit_request(actor=office.requester, request=draft, key=new_key(), now=LATER)
        if way == "rejected":
            decisions.reject_request(actor=office.pp, request=sent, note="Tidak jadi", key=new_key(), now=LATER)
        else:
            holds.lapse_request(request=sent, now=sent.held_until)
    refused(RuleBroken, lambda: reopen(auction), "award_stands")
    if way == "lapsed":
        lapsed = PurchaseRequest.objects.get(pk=draft.pk)
        assert copies.rebuild_request(actor=office.requester, request=lapsed, now=LATER).from_quotation == auction.row
    else:
        auction.freeze()
        reopen(auction)
        assert auction.award(1, now=LATER + 3 * HOUR).sourced_again_from is None


def test_a_winner_who_cannot_any_more_waits_for_the_draft_to_be_withdrawn() -> None:
    auction = make_auction("opened")
    draft = auction.award()
    auction.freeze()
    problem = refused(RuleBroken, lambda: reopen(auction), "award_stands")
    assert draft.number in problem.message
    decisions.withdraw_request(actor=auction.office.requester, request=draft, note="Tokonya dibekukan", now=LATER)
    assert reopen(auction).state == "opened"


def test_offers_bind_for_the_days_of_the_rule() -> None:
    set_rule("quotation.valid_days", 10)
    auction = fallen(deliver_at=OPENED + 40 * DAY)
    end = outcome.valid_until(auction.row)
    assert clock.last_day(end) == clock.local_date(OPENED) + timedelta(days=10)
    tick = timedelta.resolution
    refused(RuleBroken, lambda: reopen(auction, now=end), "offers_expired")
    assert reopen(auction, now=end - tick).due_at == end
    refused(RuleBroken, lambda: auction.award(1, now=end), "offers_expired")
    assert auction.award(1, now=end - tick).state == "draft"


def test_who_opens_it_again() -> None:
    auction = fallen()
    office = auction.office
    refused(SamePerson, lambda: reopen(auction, actor=office.requester))
    for who in (office.receiver, office.treasurer, office.head, make_officer("pp"), auction.keeper()):
        refused(NotAllowed, lambda who=who: reopen(auction, actor=who))
    refused(RuleBroken, lambda: reopen(auction, note="?"), "note_short")
    assert reopen(auction, actor=office.ppk).events.last().acted_as == "ppk"


def test_no_other_seller_is_looked_for_beside_the_ranking() -> None:
    """The requester's ways are closed while an offer in rank may win, and open once it was cancelled."""
    auction = fallen()
    office, part = auction.office, RequestSeller.objects.get(unfilled_at__isnull=False)
    again = lambda: unfilled.source_again(actor=office.requester, part=part, now=LATER + 2 * HOUR)  # noqa: E731
    leave = lambda: unfilled.end_sourcing(actor=office.requester, part=part, now=LATER + 2 * HOUR)  # noqa: E731
    for state in ("awarded", "opened"):
        assert auction.row.state == state
        refused(InvalidMove, again)
        refused(InvalidMove, leave)
        assert not RequestSeller.objects.to_source().exists()
        if state == "awarded":
            reopen(auction)
    auction.cancel(now=LATER + 3 * HOUR)
    assert RequestSeller.objects.to_source().get() == part
    assert again().from_quotation is None


def test_the_desk_and_the_pages_lead_to_the_next_offer() -> None:
    past = clock.now() - 5 * DAY
    auction = make_auction("opened", shops=3, now=past, deliver_at=past + 20 * DAY)
    at = past + 4 * DAY + 2 * HOUR
    order = ordered(auction, auction.award(), at)
    now = clock.now()
    assert agency_day.quotations(auction.office.agency, auction.officer, now).count == 0
    declined(order, at + HOUR)
    assert agency_day.quotations(auction.office.agency, auction.officer, now).count == 1
    number = auction.quotation.number
    pp = browse(auction.officer)
    page = words(pp.get(reverse("procurement:quotation-detail", args=[number])))
    assert f"Berikutnya {auction.seller(1).name}, peringkat 2 dengan Rp920.000." in page
    request = PurchaseRequest.objects.get()
    page = words(browse(auction.office.requester).get(reverse("procurement:request-detail", args=[request.number])))
    assert number in page
    assert "Cari penjual lain" not in page
    assert "penjual lain bisa" not in page
    address = reverse("procurement:quotation-reopen", args=[number])
    assert pp.get(address).status_code == 200
    assert browse(auction.office.head).get(address).status_code == 302
    assert pp.post(address, {"key": new_key(), "note": "?"}).status_code == 422
    assert pp.post(address, {"key": new_key(), "note": NOTE}).status_code == 302
    public = words(browse().get(reverse("procurement:quotation-public", args=[number])))
    assert "Pemenang pertama tidak jadi." in public
    assert "Semula menang." in public


@pytest.mark.django_db(transaction=True)
def test_two_officers_open_and_award_at_once() -> None:
    auction = fallen()
    officer, second = auction.officer, make_officer("pp", auction.office.agency)
    assert together([lambda who=who: reopen(auction, actor=who) for who in (officer, second)]) == {
        "ok": 1, "invalid_move": 1,
    }  # fmt: skip
    assert OfferPassing.objects.count() == 1
    offer = auction.opened(1)
    acts = [lambda who=who: auction.award(1, offer=offer, actor=who, now=LATER + 3 * HOUR) for who in (officer, second)]
    assert together(acts) == {"ok": 1, "invalid_move": 1}
    assert PurchaseRequest.objects.filter(state="draft").count() == 1
