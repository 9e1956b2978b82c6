"""Real threads on the real database: one act wins, and what stands afterwards is whole."""

import pytest

from procurement.quotations.models import OfferPassing, QuotationOffer, QuotationSeal, SealedOffer
from procurement.requests.models import PurchaseRequest
from tests.factories.procurement import make_officer
from tests.factories.quotations import CLOSES, OPENED, make_auction
from tests.procurement.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_quotation_two_openers_open_once() -> None:
    auction = make_auction("published", shops=3)
    assert together([auction.open] * 3) == {"ok": 1, "invalid_move": 2}
    assert QuotationOffer.objects.count() == 3
    assert auction.quotation.events.filter(action="open").count() == 1


def test_quotation_an_offer_replaced_while_it_opens_counts_whole_or_not() -> None:
    """Sent before the end by the clock of its page; the opening came first or after it."""
    auction = make_auction("published", shops=1)
    late = CLOSES - (OPENED - CLOSES)
    terms = auction.terms(0, 80_000)
    keeper, seller = auction.keeper(), auction.seller()
    replace = lambda: auction.offer(0, terms=terms, actor=keeper, seller=seller, now=late)  # noqa: E731
    found = together([replace, auction.open])
    assert found in ({"ok": 2}, {"ok": 1, "invalid_move": 1})
    total = auction.opened().total
    assert total == (810_000 if found == {"ok": 2} else 910_000)
    assert SealedOffer.objects.count() == (2 if found == {"ok": 2} else 1)


def test_quotation_awarded_twice_makes_one_purchase() -> None:
    auction = make_auction("opened")
    offer, second = auction.opened(), make_officer("pp", auction.office.agency)
    acts = [lambda who=who: auction.award(offer=offer, actor=who) for who in (auction.officer, second)]
    assert together(acts) == {"ok": 1, "invalid_move": 1}
    assert PurchaseRequest.objects.count() == 1


def test_quotation_cancelled_while_it_opens() -> None:
    auction = make_auction("published")
    officer = auction.officer
    cancel = lambda: auction.cancel(actor=officer, now=OPENED)  # noqa: E731
    found = together([cancel, auction.open])
    assert found in ({"ok": 2}, {"ok": 1, "invalid_move": 1})
    assert auction.row.state == "cancelled"  # what was opened may be cancelled too
    assert QuotationOffer.objects.count() == (2 if found == {"ok": 2} else 0)
    assert QuotationSeal.objects.get().key == ""


def test_quotation_passed_over_while_it_is_awarded() -> None:
    auction = make_auction("opened")
    offer, officer = auction.opened(), auction.officer
    award = lambda: auction.award(offer=offer, actor=officer)  # noqa: E731
    skip = lambda: auction.pass_over(offer=offer, actor=officer)  # noqa: E731
    assert together([award, skip]) == {"ok": 1, "invalid_move": 1}
    assert OfferPassing.objects.count() + PurchaseRequest.objects.count() == 1


def test_quotation_one_shop_sends_from_two_browsers() -> None:
    auction = make_auction("published", shops=1)
    keeper, seller = auction.keeper(), auction.seller()
    both = [auction.terms(0, price) for price in (80_000, 81_000)]
    acts = [lambda terms=terms: auction.offer(0, terms=terms, actor=keeper, seller=seller) for terms in both]
    assert together(acts) == {"ok": 2}
    assert list(SealedOffer.objects.order_by("version").values_list("version", flat=True)) == [1, 2, 3]
    auction.open()
    assert auction.opened().total in (810_000, 820_000)
