"""What the dated rule lets on show without a curator, and what it never does."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed
from epeken.core.states import move
from tests.factories import sanctions
from tests.factories import umkm as make
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.umkm.pictures import photo
from umkm.automatic import services
from umkm.automatic.models import AutomaticDecision
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.services import photos, products, proposals
from umkm.catalogue.states import ProductState, ProposalState
from umkm.catalogue.tiers import PriceTier
from umkm.sanctions import services as sanctions_services

pytestmark = pytest.mark.django_db
NOW = clock.now()
LONG_AGO = NOW - timedelta(days=400)


@pytest.fixture(autouse=True)
def _switched_on() -> None:
    for code, value in {"new_goods": 1, "changes": 1, "seen_least": 1, "sample_every": 1}.items():
        set_rule(f"automatic.{code}", value)


@pytest.fixture
@kept
def shop() -> Any:
    """Approved long ago, with goods a curator approved, in a market where others ask 20.000."""
    seller = make.make_seller(kind="kelontong", approved_at=LONG_AGO)
    category = make.make_category(slug="uji-risiko", is_low_risk=True, for_kelontong=True)
    for _number in range(6):
        make.make_product(category=category, price=20_000)
    seen = make.make_product(seller, category=category, price=20_000, state="submitted", submitted_at=LONG_AGO)
    curator = make.make_staff("umkm.curate_product")
    move(seen, "approve", actor=curator, now=LONG_AGO, published_at=LONG_AGO)
    return seller


def owner(shop: Any) -> Any:
    return shop.members.get().user


def seen(shop: Any) -> Product:
    found: Product = Product.objects.get(seller=shop, published_at=LONG_AGO)
    return found


def sent(shop: Any, seed: int = 61, **over: Any) -> Product:
    """New goods, sent to the curators."""
    category = seen(shop).category
    values = {"name": f"Kertas folio {seed}", "category": category, "price": 20_000, "unit": "pcs", **over}
    product = products.create_product(actor=owner(shop), seller=shop, values=values, now=NOW)
    photos.add_photo(actor=owner(shop), product=product, file=photo(seed), alt="", now=NOW)
    return products.submit_product(actor=owner(shop), product=product, now=NOW)


def changed(shop: Any, **values: Any) -> ChangeProposal:
    products.save_product(actor=owner(shop), product=seen(shop), values=values, now=NOW)
    return ChangeProposal.objects.latest("pk")


def test_goods_of_a_trusted_shop_are_on_show_by_the_rule_and_by_no_officer(shop: Any) -> None:
    product = sent(shop)
    assert product.state == ProductState.PUBLISHED
    assert product.events.get(action="approve").actor is None
    decision = AutomaticDecision.objects.get()
    assert (decision.product, decision.price, decision.median, decision.judged_by) == (product, 20_000, 20_000, None)
    curator = make.make_staff("umkm.curate_product")
    page = signed_in(curator).get(reverse("admin:umkm_product_change", args=[product.pk])).content.decode()
    assert "Aturan bertanggal, bukan petugas" in page


def test_until_the_city_switches_it_on_goods_wait(shop: Any) -> None:
    set_rule("automatic.new_goods", 0)
    set_rule("automatic.changes", 0)
    assert sent(shop).state == ProductState.SUBMITTED
    assert changed(shop, description="Isi 100 lembar").state == ProposalState.WAITING


def test_each_condition_alone_sends_the_goods_to_a_curator(shop: Any) -> None:
    category = seen(shop).category
    assert sent(shop, 62, price=60_000).state == ProductState.SUBMITTED
    assert sent(shop, 63, description="Pesan lewat 081234567890").state == ProductState.SUBMITTED
    assert sent(shop, 64, unit="ream").state == ProductState.SUBMITTED  # nobody else sells it so
    type(category).objects.filter(pk=category.pk).update(is_low_risk=False)
    assert sent(shop, 65).state == ProductState.SUBMITTED
    type(category).objects.filter(pk=category.pk).update(is_low_risk=True)
    type(shop).objects.filter(pk=shop.pk).update(approved_at=NOW - timedelta(days=179))
    assert sent(shop, 66).state == ProductState.SUBMITTED
    type(shop).objects.filter(pk=shop.pk).update(approved_at=LONG_AGO)
    set_rule("automatic.seen_least", 2)
    assert sent(shop, 67).state == ProductState.SUBMITTED
    assert not AutomaticDecision.objects.exists()


def test_goods_the_rule_let_on_show_make_no_shop_trusted_and_a_refusal_ends_it(shop: Any) -> None:
    sent(shop, 70)
    set_rule("automatic.seen_least", 2)
    waiting = sent(shop, 71)
    assert waiting.state == ProductState.SUBMITTED
    set_rule("automatic.seen_least", 1)
    products.reject_product(
        actor=make.make_staff("umkm.curate_product"), product=waiting, note="Bukan barang ini", now=NOW
    )
    assert sent(shop, 72).state == ProductState.SUBMITTED


def test_a_warning_ends_the_trust_until_it_is_set_aside(shop: Any) -> None:
    warning = sanctions.give(shop, LONG_AGO)  # in force still, however long ago it was given
    assert sent(shop, 73).state == ProductState.SUBMITTED
    sanctions_services.set_aside(warning, make.make_staff(), "Banding dikabulkan", NOW)
    assert sent(shop, 74).state == ProductState.PUBLISHED


def test_trust_does_not_pass_on_with_the_shop(shop: Any) -> None:
    type(shop).objects.filter(pk=shop.pk).update(owner_since=NOW - timedelta(days=1))
    assert sent(shop, 75).state == ProductState.SUBMITTED


def test_small_changes_hold_at_once_and_names_photos_and_large_rises_wait(shop: Any) -> None:
    assert changed(shop, description="Isi 100 lembar", price=21_000).state == ProposalState.APPLIED
    product = seen(shop)
    assert (product.description, product.price) == ("Isi 100 lembar", 21_000)
    for values in ({"name": "Kertas lain"}, {"price": 22_500}):
        proposal = changed(shop, **values)
        assert proposal.state == ProposalState.WAITING
        proposals.withdraw_proposal(actor=owner(shop), proposal=proposal, now=NOW)
    photos.add_photo(actor=owner(shop), product=product, file=photo(80), alt="", now=NOW)
    assert ChangeProposal.objects.latest("pk").state == ProposalState.WAITING


def test_a_higher_quantity_price_waits_for_a_curator(shop: Any) -> None:
    ten = PriceTier(Decimal(10), 19_000)
    products.save_product(actor=owner(shop), product=seen(shop), values={"tiers": (ten,)}, now=NOW)
    assert seen(shop).tiers == (ten,)  # lower than before
    for tiers in ((), (PriceTier(Decimal(10), 19_001),), (PriceTier(Decimal(11), 19_000),)):
        proposal = changed(shop, tiers=tiers)
        assert (proposal.state, seen(shop).tiers) == (ProposalState.WAITING, (ten,))
        proposals.withdraw_proposal(actor=owner(shop), proposal=proposal, now=NOW)


def test_many_small_rises_are_one_large_one(shop: Any) -> None:
    assert changed(shop, price=22_000).state == ProposalState.APPLIED
    assert changed(shop, price=22_100).state == ProposalState.WAITING


def test_a_curator_looks_at_the_sample_and_one_wrong_decision_ends_the_trust(shop: Any) -> None:
    sent(shop, 90)
    decision, curator = AutomaticDecision.objects.get(), make.make_staff("umkm.curate_product")
    client, page = signed_in(curator), reverse("admin:umkm_automaticdecision_changelist")
    assert "Kertas folio 90" in client.get(page).content.decode()
    client.post(page, {"action": "judge_wrong", "_selected_action": [decision.pk]})
    decision.refresh_from_db()
    assert (decision.verdict, decision.judged_by) == ("wrong", curator)
    assert sent(shop, 91).state == ProductState.SUBMITTED
    with pytest.raises(InvalidMove):
        services.judge_decision(actor=curator, decision=decision, verdict="right", now=NOW)
    with pytest.raises(NotAllowed):
        services.judge_decision(actor=owner(shop), decision=decision, verdict="right", now=NOW)
