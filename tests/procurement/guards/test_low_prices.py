"""A price far below what stands is sent only by who was told the figure once more; a meal never comes days early."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from procurement.negotiations.models import Negotiation
from procurement.quotations import results
from procurement.quotations.models import SealedOffer
from procurement.quotations.states import PassReason, RankingRule
from tests.factories import umkm as make
from tests.factories.negotiations import Table, make_table
from tests.factories.procurement import DAY, Office, make_request
from tests.factories.quotations import DELIVER, Auction, make_auction
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.orders.books import refused
from tests.pages import words
from umkm.catalogue.models import Product
from umkm.catalogue.states import FoodKind

pytestmark = pytest.mark.django_db


def test_a_price_below_half_is_sent_by_who_is_sure() -> None:
    """On both sides; at the half exactly nobody is asked."""
    table = make_table()
    problem = refused(RuleBroken, lambda: table.open(table.terms(49_999), is_sure=False), "price_far_below")
    assert "Rp49.999" in problem.message and "Rp100.000" in problem.message
    assert table.open(table.terms(40_000), is_sure=True)
    other = make_table()
    other.open(other.terms(50_000), is_sure=False)
    low = lambda **over: other.counter(other.shopkeeper, other.terms(50_001), **over)  # noqa: E731
    assert low(is_sure=False).state == "with_buyer"
    set_rule("purchase.far_below", 1)
    refused(RuleBroken, lambda: other.counter(other.officer, other.terms(50_000), is_sure=False), "price_far_below")


def test_the_sender_is_asked_on_a_page_of_its_own() -> None:
    now = clock.now()
    product, office = make.make_product(price=128_000, name="Plakat ukir"), Office(now=now)
    table = Table(office, make_request(office, [(product, 1)], state="submitted", now=now), product)
    address = reverse("procurement:negotiation-create", args=[table.request.number, table.seller.pk])
    typed = {
        "key": new_key(), f"price_{product.pk}": "1", "words": "", "delivery_cost": "10.000",
        "deliver_at": table.request.deliver_at.astimezone(clock.ZONE).strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    officer = signed_in(office.pp)
    asked = officer.post(address, typed)
    assert "Harganya benar?" in words(asked) and "Rp127.999 lebih rendah" in words(asked)
    assert 'name="sure" value="1"' in asked.text and not Negotiation.objects.exists()
    officer.post(address, typed | {"sure": "1"})
    assert Negotiation.objects.get().rounds.count() == 2


def meals(**over: Any) -> Auction:
    """Two caterers asked for boxes by points; nobody offered yet."""
    auction = make_auction("published", rule=RankingRule.POINTS, price_weight=70, time_weight=30, **over)
    Product.objects.filter(pk__in=[product.pk for [product] in auction.shops]).update(food_kind=FoodKind.CATERING)
    return auction


def test_a_meal_is_offered_for_its_hour_not_for_days_before() -> None:
    auction = meals()
    hours = timedelta(hours=4)
    problem = refused(
        RuleBroken, lambda: auction.offer(deliver_at=DELIVER - hours - timedelta(minutes=1)), "meal_early"
    )
    assert problem.field == "deliver_at" and "layak dimakan" in problem.message
    assert auction.offer(deliver_at=DELIVER - hours)
    goods = make_auction("published")
    assert goods.offer(deliver_at=DELIVER - 5 * DAY), "what keeps may come early"


def test_an_offer_far_below_the_shops_own_price_is_checked_and_may_be_passed_over() -> None:
    auction = make_auction("published")
    refused(RuleBroken, lambda: auction.offer(price=1, is_sure=False), "price_far_below")
    auction.offer(price=1)
    auction.open()
    auction.pass_over(0, PassReason.PRICE)
    refused(RuleBroken, lambda: auction.pass_over(1, PassReason.PRICE), "reason_denied")


def test_the_page_before_sealing_warns_of_the_price_and_of_other_goods() -> None:
    now = clock.now()
    auction = make_auction("published", now=now - DAY, office=Office(now=now))
    line, product = auction.quotation.lines.get(), auction.shops[0][0]
    Product.objects.filter(pk=product.pk).update(name="Bubur ayam sarapan")
    seller = signed_in(auction.keeper())
    address = reverse("procurement:quotation-offer-send", args=[auction.quotation.number])
    sent = SealedOffer.objects.count()
    typed = {
        "key": new_key(), f"product_{line.pk}": product.pk, f"price_{line.pk}": "1", "delivery_cost": "0", "words": "",
        "deliver_at": auction.quotation.deliver_at.astimezone(clock.ZONE).strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    page = seller.post(address, typed)
    assert "Rp99.999 lebih rendah" in words(page) and 'name="sure"' in page.text
    assert "Bubur ayam sarapan: namanya tidak menyebut" in words(page)
    assert seller.post(address, typed | {"checked": "1"}).status_code == 422
    assert SealedOffer.objects.count() == sent
    seller.post(address, typed | {"checked": "1", "sure": "1"})
    assert SealedOffer.objects.count() == sent + 1


def test_the_tie_of_lowest_sums_is_not_broken_by_the_sum() -> None:
    lowest, points = make_auction("published").row, meals().row
    assert "jumlah lebih rendah, lalu" not in results.rule_words(lowest)
    assert "jumlah lebih rendah, lalu" in results.rule_words(points)
