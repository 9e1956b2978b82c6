"""Prices above the city's standard: explained before sending, answered and asked again before approving."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from epeken.core.reasons import LEAST_REASON
from procurement.guards.concerns import Concern, concerns
from procurement.guards.services import Answer
from procurement.guards.states import Choice, GuardKind, Outcome
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_request
from tests.factories.standards import make_standard
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.catalogue import checks
from umkm.catalogue.models import Product

pytestmark = pytest.mark.django_db
WHY = "Kotak tahan panas, diminta panitia acara lapangan."
OWN = "Diminta panitia, sudah saya periksa."


@pytest.fixture
@kept
def product() -> Product:
    return make.make_product(price=35_000)


def found(request: PurchaseRequest, now: Any = MONDAY) -> list[Concern]:
    request = PurchaseRequest.objects.get(pk=request.pk)
    return concerns(request, contents.read(request, now), now)


def submit(office: Office, request: PurchaseRequest, **answers: Answer) -> PurchaseRequest:
    given = {concern.key: Answer(Choice.JUSTIFY, WHY) for concern in found(request)}
    return decisions.submit_request(
        actor=office.requester, request=request, key=new_key(), now=MONDAY, answers=given | answers
    )


def approve(office: Office, request: PurchaseRequest, **over: Any) -> PurchaseRequest:
    outcomes = {finding.pk: Outcome.ACCEPTED for finding in request.findings.filter(outcome=Outcome.OPEN)}
    values = {"dropped": {}, "note": OWN, "key": new_key(), "now": MONDAY + HOUR, "outcomes": outcomes, **over}
    return decisions.approve_request(actor=office.pp, request=request, **values)


@pytest.mark.parametrize(("limit", "is_warned"), [(35_000, False), (34_999, True)])
def test_at_the_standard_nothing_is_said(office: Office, product: Product, limit: int, is_warned: bool) -> None:
    make_standard(product, limit)
    request = make_request(office, [(product, 10)])
    assert [concern.kind for concern in found(request)] == [GuardKind.PRICE] * is_warned


def test_the_sentence_has_the_figures(office: Office, product: Product) -> None:
    row = make_standard(product, 300_000, words="Lusin")
    (concern,) = found(make_request(office, [(product, 10)]))
    assert concern.amount == 100_000
    for words in (
        "Rp35.000 per buah",
        row.name,
        "paling tinggi Rp25.000",
        row.decree.number,
        "Rp100.000",
        product.seller.name,
    ):
        assert words in concern.words


def test_it_is_sent_with_a_reason_and_approved_with_an_answer(office: Office, product: Product) -> None:
    make_standard(product, 30_000)
    request = make_request(office, [(product, 10)])
    (key,) = [concern.key for concern in found(request)]
    refused(RuleBroken, lambda: submit(office, request, **{key: Answer(Choice.JUSTIFY, "")}), "guard_reason")
    sent = submit(office, request)
    refused(RuleBroken, lambda: approve(office, sent, outcomes={}), "guard_open")
    refused(RuleBroken, lambda: approve(office, sent, note="a" * (LEAST_REASON - 1)), "price_unexplained")
    approve(office, sent)
    finding = sent.findings.get()
    assert (finding.outcome, finding.reason, finding.answered_by) == (Outcome.ACCEPTED, WHY, office.pp)
    balanced()


def test_a_decree_that_came_meanwhile_blocks_the_approval(office: Office, product: Product) -> None:
    other = make.make_product(product.seller, price=5_000)
    request = submit(office, make_request(office, [(product, 10), (other, 10)]))
    make_standard(product, 30_000)
    error = refused(RuleBroken, lambda: approve(office, request), "price_above_standard")
    assert "paling tinggi Rp30.000" in error.message
    line = request.lines.get(product=product)
    assert approve(office, request, dropped={line.pk: "Di atas standar"}).total < request.total
    balanced()


def test_a_lower_standard_asks_for_another_explanation(office: Office, product: Product) -> None:
    make_standard(product, 30_000, code="1.01")
    request = submit(office, make_request(office, [(product, 10)]))
    day = MONDAY.date()
    make_standard(product, 20_000, code="1.01", valid_from=day, decree_on=day)
    refused(RuleBroken, lambda: approve(office, request), "price_above_standard")
    back = decisions.send_back_request(actor=office.pp, request=request, note="Standar baru", now=MONDAY + HOUR)
    again = submit(office, back)
    approve(office, again)


def test_a_standard_in_another_unit_is_said_to_requester_officer_and_curator(product: Product) -> None:
    now = clock.now()
    request = make_request(Office(now=now), [(product, 10)], now=now, state="submitted")
    office = Office(now=now)
    draft = make_request(office, [(product, 10)], now=now)
    decide = reverse("procurement:approval-detail", args=[request.number])
    reading = {
        reverse("procurement:request-detail", args=[draft.number]): office.requester,
        decide: request.agency.members.get(role="pp").user,
    }
    said = "belum dibandingkan dengan standar harga kota"
    assert not any(said in signed_in(who).get(url).text for url, who in reading.items())
    make_standard(product, 1_000_000, words="Orang/Hari")
    for url, who in reading.items():
        page = signed_in(who).get(url).text
        assert said in page and "per Orang/Hari" in page
    assert not found(draft, now)  # nothing to answer
    assert "standard_other_unit" in [one.code for one in checks.findings_of(product, clock.today())]


def test_a_decree_of_tomorrow_says_nothing_today(office: Office, product: Product) -> None:
    make_standard(product, 10_000, valid_from=(MONDAY + DAY).date())
    request = make_request(office, [(product, 10)])
    assert not found(request)
    assert found(request, MONDAY + DAY)


def test_the_seller_and_the_curator_are_told() -> None:
    """The seller may ask it of citizens."""
    seller = make.make_user()
    product, day = make.make_product(make.make_seller(seller), price=35_000), clock.today()
    make_standard(product, 30_000, valid_from=day - timedelta(days=1))
    assert [finding.code for finding in checks.findings_of(product, day)].count("price_above_standard") == 1
    page = reverse("umkm:product-edit", args=[product.pk])
    client = signed_in(seller)
    assert "di atas standar harga kota" in client.get(page).text
    Product.objects.filter(pk=product.pk).update(price=30_000)
    assert "di atas standar harga kota" not in client.get(page).text
