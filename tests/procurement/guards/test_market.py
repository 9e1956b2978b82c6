"""Prices far above the market's: told while the request is written, answered before sending when they are far above."""

from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from procurement.guards.concerns import Concern, concerns
from procurement.guards.prices import market_notes
from procurement.guards.services import Answer
from procurement.guards.states import Choice, GuardKind, Outcome
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from procurement.sourcing import comparison
from tests.factories import umkm as make
from tests.factories.procurement import HOUR, MONDAY, Office, make_request
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.catalogue.models import Category, Product

pytestmark = pytest.mark.django_db
WHY = "Kotaknya tahan panas dan diminta panitia acara lapangan."


@pytest.fixture
@kept
def goods() -> Category:
    """Sold by five owners since long ago, at 20,000 each."""
    category = make.make_category()
    for _n in range(5):
        make.make_product(category=category, price=20_000, published_at=MONDAY - 60 * (HOUR * 24))
    return category


def asked(office: Office, goods: Category, price: int) -> PurchaseRequest:
    return make_request(office, [(make.make_product(category=goods, price=price), 10)])


def held(request: PurchaseRequest) -> contents.RequestContents:
    return contents.read(PurchaseRequest.objects.get(pk=request.pk), MONDAY)


def found(request: PurchaseRequest) -> list[Concern]:
    return concerns(PurchaseRequest.objects.get(pk=request.pk), held(request), MONDAY)


def submit(office: Office, request: PurchaseRequest, **answers: Answer) -> PurchaseRequest:
    given = {concern.key: Answer(Choice.JUSTIFY, WHY) for concern in found(request)}
    return decisions.submit_request(
        actor=office.requester, request=request, key=new_key(), now=MONDAY, answers=given | answers
    )


def approve(office: Office, request: PurchaseRequest, **over: Any) -> PurchaseRequest:
    outcomes = {finding.pk: Outcome.ACCEPTED for finding in request.findings.filter(outcome=Outcome.OPEN)}
    values = {"dropped": {}, "note": "", "key": new_key(), "now": MONDAY + HOUR, "outcomes": outcomes, **over}
    return decisions.approve_request(actor=office.pp, request=request, **values)


@pytest.mark.parametrize(
    ("price", "noted", "answered"),
    [(25_000, False, False), (25_001, True, False), (35_000, True, False), (35_001, False, True)],
)
def test_both_sides_of_both_limits(office: Office, goods: Category, price: int, noted: bool, answered: bool) -> None:
    request = asked(office, goods, price)
    assert bool(market_notes(held(request))) == noted
    assert [concern.kind for concern in found(request)] == [GuardKind.MARKET] * answered


def test_the_sentence_has_the_figures(office: Office, goods: Category) -> None:
    (concern,) = found(asked(office, goods, 60_000))
    assert concern.amount == 400_000
    for words in ("Rp60.000 per buah", "200%", "5 penjual lain", goods.name, ": Rp20.000", "Selisihnya Rp400.000"):
        assert words in concern.words


def test_far_above_is_sent_with_a_reason_and_approved_with_an_answer(office: Office, goods: Category) -> None:
    request = asked(office, goods, 60_000)
    (key,) = [concern.key for concern in found(request)]
    refused(RuleBroken, lambda: submit(office, request, **{key: Answer(Choice.JUSTIFY, "mahal")}), "guard_reason")
    sent = submit(office, request)
    refused(RuleBroken, lambda: approve(office, sent, outcomes={}), "guard_open")
    approve(office, sent)
    finding = sent.findings.get()
    assert (finding.kind, finding.outcome, finding.answered_by) == (GuardKind.MARKET, Outcome.ACCEPTED, office.pp)
    balanced()


def test_the_department_reads_it_while_writing_and_while_deciding(office: Office, goods: Category) -> None:
    request = asked(office, goods, 30_000)
    page = signed_in(office.requester).get(reverse("procurement:request-detail", args=[request.number])).text
    assert "50% di atas harga tengah 5 penjual lain" in page
    sent = submit(office, request)
    page = signed_in(office.pp).get(reverse("procurement:approval-detail", args=[sent.number])).text
    assert page.count("50% di atas harga tengah 5 penjual lain") == 1


def test_an_answered_warning_is_told_once(office: Office, goods: Category) -> None:
    sent = submit(office, asked(office, goods, 60_000))
    page = signed_in(office.pp).get(reverse("procurement:approval-detail", args=[sent.number])).text
    assert page.count("di atas harga tengah") == 1


def test_a_market_that_falls_after_the_sending_is_told_and_blocks_nothing(office: Office, goods: Category) -> None:
    """The price is held as it was sent; who decides reads what others ask today."""
    sent = submit(office, asked(office, goods, 25_000))
    Product.objects.filter(category=goods, price=20_000).update(price=10_000)
    told = [item["text"] for item in comparison.warnings(sent, held(sent), None, MONDAY)]
    assert any("150% di atas" in text for text in told)
    approve(office, sent)


def test_a_shop_with_a_second_account_changes_nothing(office: Office, goods: Category) -> None:
    """Dear goods in the second shop of the same owner neither lift the reference nor hide the price."""
    seller = make.make_seller()
    sister = make.make_seller(owner=seller.owner, nik=seller.nik)
    for n in range(8):
        make.make_product(sister, category=goods, price=90_000 + n)
    request = make_request(office, [(make.make_product(seller, category=goods, price=60_000), 10)])
    (concern,) = found(request)
    assert (concern.parameters["owners"], concern.parameters["median"]) == (5, 20_000)


def test_few_owners_are_no_market(office: Office) -> None:
    category = make.make_category()
    for _n in range(4):
        make.make_product(category=category, price=20_000)
    request = asked(office, category, 900_000)
    assert not found(request) and not held(request).market
