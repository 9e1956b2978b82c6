"""Goods: every move, every rule, every refusal with nothing changed."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings

from epeken.core import clock, states
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import KeyReused
from epeken.notifications.models import Notification
from tests.factories import umkm as make
from tests.umkm.goods import noted, offer, on_show, values
from tests.umkm.pictures import photo
from umkm.catalogue import checks, rules
from umkm.catalogue.changed import proposed_changes
from umkm.catalogue.listing import FIELDS
from umkm.catalogue.models import Category, ChangeProposal, PriceChange, Product
from umkm.catalogue.services import photos, products, proposals
from umkm.catalogue.states import PRODUCT, PROPOSAL, ProductState, StockMode
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind, SellerState
from umkm.stock import services as stock
from umkm.stock.models import StockEntry

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", sorted(PRODUCT.states))
@pytest.mark.parametrize("action", sorted(PRODUCT.actions))
def test_product_moves_follow_the_table(state: str, action: str) -> None:
    product = make.make_product(state=state)
    events = product.events.count()
    if PRODUCT.allows(state, action):
        states.move(product, action, actor=None, now=NOW)
        assert Product.objects.get(pk=product.pk).state == PRODUCT.after(state, action)
        assert product.events.count() == events + 1
    else:
        with pytest.raises(InvalidMove):
            states.move(product, action, actor=None, now=NOW)
        assert Product.objects.get(pk=product.pk).state == state
        assert product.events.count() == events


@pytest.mark.parametrize("state", sorted(PROPOSAL.states))
@pytest.mark.parametrize("action", sorted(PROPOSAL.actions))
def test_proposal_moves_follow_the_table(state: str, action: str) -> None:
    product = make.make_product()
    proposal = ChangeProposal.objects.create(
        **{**{name: getattr(product, name) for name in checks.PROPOSED}, "name": "Baru"},
        product=product, state=state, created_at=NOW, due_at=NOW, proposed_by=product.seller.members.get().user,
    )  # fmt: skip
    states.begin(proposal, actor=None, now=NOW)
    if PROPOSAL.allows(state, action):
        states.move(proposal, action, actor=None, now=NOW)
        assert ChangeProposal.objects.get(pk=proposal.pk).state == PROPOSAL.after(state, action)
    else:
        with pytest.raises(InvalidMove):
            states.move(proposal, action, actor=None, now=NOW)
        assert ChangeProposal.objects.get(pk=proposal.pk).state == state


# --- Offering ---------------------------------------------------------------------------------------------------------
def test_one_photo_puts_goods_before_the_curators(seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop)
    assert product.state == ProductState.SUBMITTED
    assert product.photos.get().alt == "Nasi kotak ayam bakar"
    assert Product.objects.get(pk=product.pk).picture == product.photos.get().small
    assert product.review_due_at is not None and product.submitted_at is not None
    assert product.review_due_at - product.submitted_at == timedelta(hours=rules.REVIEW.on(clock.today()))
    assert [e.action for e in product.events.order_by("pk")] == ["create", "submit"]


def test_what_is_not_typed_follows_the_category(seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop, send=False)
    assert (product.unit, product.minimum, product.stock_mode, product.lead_days) == ("box", Decimal(10), "daily", 1)
    assert (product.food_kind, product.keeps) == ("catering", "cooked")


def test_stock_on_the_shelf_is_in_the_ledger(seller_user: Any, shop: Any) -> None:
    category = Category.objects.get(slug="batik")
    product = products.create_product(
        actor=seller_user, seller=shop, values=values(category=category, stock=Decimal(7)), now=NOW
    )
    assert Product.objects.get(pk=product.pk).on_hand == 7
    assert StockEntry.objects.get(product=product).on_hand_delta == 7
    assert PriceChange.objects.get(product=product).new == 27_500


def test_the_same_form_sent_twice_makes_one_product(seller_user: Any, shop: Any) -> None:
    assert offer(seller_user, shop).pk == offer(seller_user, shop).pk
    assert Product.objects.filter(seller=shop).count() == 1


def test_a_used_key_with_other_goods_is_refused(seller_user: Any, shop: Any) -> None:
    offer(seller_user, shop)
    with pytest.raises(KeyReused):
        offer(seller_user, shop, name="Nasi kuning")
    assert Product.objects.filter(seller=shop).count() == 1


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"name": "   "}, "name"),
        ({"price": 0}, "price"),
        ({"is_halal": False}, "is_halal"),
        ({"daily_capacity": Decimal(0)}, "daily_capacity"),
        ({"daily_capacity": None}, "daily_capacity"),
        ({"minimum": Decimal("1.5"), "step": Decimal("0.5")}, "step"),
        ({"minimum": Decimal(7), "step": Decimal(5)}, "minimum"),
        ({"food_kind": "none"}, "food_kind"),
    ],
)
def test_a_bad_value_is_refused_at_its_field(seller_user: Any, shop: Any, over: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        offer(seller_user, shop, **over)
    assert refused.value.field == field
    assert not Product.objects.exists()


def test_a_fraction_of_a_kilogram_may_be_sold(seller_user: Any, shop: Any) -> None:
    category = Category.objects.get(slug="sayur-buah")
    product = offer(
        seller_user, shop, category=category, step=Decimal("0.25"), minimum=Decimal("0.5"), stock=Decimal(3)
    )
    assert product.minimum == Decimal("0.5")


@pytest.mark.parametrize(
    ("kind", "slug", "allowed"),
    [
        (SellerKind.UMKM, "nasi-kotak", True),
        (SellerKind.UMKM, "beras", False),
        (SellerKind.SWK, "mi-bakso-soto", True),
        (SellerKind.SWK, "batik", False),
        (SellerKind.SWK, "keripik-kerupuk", False),
        (SellerKind.KELONTONG, "beras", True),
        (SellerKind.KELONTONG, "nasi-kotak", False),
        (SellerKind.KELONTONG, "batik", False),
    ],
)
def test_each_kind_of_seller_has_its_categories(kind: str, slug: str, allowed: bool) -> None:
    user = make.make_user()
    seller = make.make_seller(member=user, kind=kind)
    category = Category.objects.get(slug=slug)
    more = {"category": category, "stock": Decimal(5)}
    if allowed:
        assert offer(user, seller, **more).category == category
    else:
        with pytest.raises(RuleBroken) as refused:
            offer(user, seller, **more)
        assert refused.value.code == "category_not_for_kind"
        assert not Product.objects.exists()


def test_only_members_offer_goods(shop: Any, stranger: Any) -> None:
    with pytest.raises(NotAllowed):
        offer(stranger, shop)
    assert not Product.objects.exists()


def test_goods_of_a_shop_under_review_stay_a_draft() -> None:
    user = make.make_user()
    seller = make.make_seller(member=user, state=SellerState.SUBMITTED)
    with pytest.raises(RuleBroken) as refused:
        offer(user, seller)
    assert refused.value.code == "seller_not_active"
    assert not Product.objects.exists()
    assert offer(user, seller, send=False).state == ProductState.DRAFT


def test_a_frozen_shop_adds_nothing() -> None:
    user = make.make_user()
    seller = make.make_seller(member=user, state=SellerState.FROZEN)
    with pytest.raises(RuleBroken) as refused:
        offer(user, seller, send=False)
    assert refused.value.code == "seller_not_active"
    assert not Product.objects.exists()


def test_goods_without_a_photo_are_not_submitted(seller_user: Any, shop: Any) -> None:
    product = products.create_product(actor=seller_user, seller=shop, values=values(), now=NOW)
    with pytest.raises(RuleBroken) as refused:
        products.submit_product(actor=seller_user, product=product, now=NOW)
    assert refused.value.field == "photo"
    assert Product.objects.get(pk=product.pk).state == ProductState.DRAFT


# --- Changing what is on show -----------------------------------------------------------------------------------------
PIRT = f"206{settings.CITY.digits}010001-30"
# What a buyer reads or a deadline counts by, each with a value that needs a curator.
RELIED_ON = [
    ("description", "Isi lima."),
    ("step", Decimal(2)),
    ("minimum", Decimal(20)),
    ("lead_days", 0),
    ("order_until", time(15, 1)),
    ("order_until", None),
    ("keeps", "dry"),
    ("halal_number", "ID35110000123456789"),
    ("pirt_number", PIRT),
]


@pytest.mark.parametrize(
    "over",
    [
        {"price": 25_000}, {"lead_days": 4}, {"order_until": time(14)}, {"daily_capacity": Decimal(60)},
        {"halal_number": ""}, {"pirt_number": ""},
    ],
)  # fmt: skip
def test_what_promises_less_applies_at_once(seller_user: Any, shop: Any, over: dict[str, Any]) -> None:
    more = {"halal_number": "ID35110000123456789", "pirt_number": PIRT, "order_until": time(15)}
    product = on_show(seller_user, shop, **more)
    products.save_product(actor=seller_user, product=product, values=over, now=NOW)
    product.refresh_from_db()
    assert {name: getattr(product, name) for name in over} == over
    changed = PriceChange.objects.filter(product=product).exclude(old=0).values_list("new", flat=True)
    assert list(changed) == [price for name, price in over.items() if name == "price"]
    assert not ChangeProposal.objects.exists()


@pytest.mark.parametrize(("name", "value"), RELIED_ON)
def test_what_a_buyer_or_a_deadline_relies_on_waits(
    seller_user: Any, shop: Any, curator: Any, name: str, value: Any
) -> None:
    product = on_show(seller_user, shop, order_until=time(15))
    before = getattr(product, name)
    saved = products.save_product(actor=seller_user, product=product, values={name: value}, now=NOW)
    assert getattr(Product.objects.get(pk=product.pk), name) == before != value
    assert saved.waiting_proposal is not None and getattr(saved.waiting_proposal, name) == value
    (change,) = proposed_changes(ChangeProposal.objects.get(), Product.objects.get(pk=product.pk))
    assert change["old"] != change["new"]
    noted(curator, product, saved.waiting_proposal)
    proposals.apply_proposal(actor=curator, proposal=saved.waiting_proposal, now=NOW)
    assert getattr(Product.objects.get(pk=product.pk), name) == value


@pytest.mark.parametrize(
    ("of_shop", "old", "new", "is_waiting"),
    [
        (None, None, time(15), False),
        (time(14), None, time(15), True),  # later than the shop's hour, which held until now
        (time(14), None, time(14), False),
        (time(14), time(13), None, True),
        (time(14), time(15), None, True),  # the shop's hour may move
    ],
)
def test_an_hour_is_compared_with_the_hour_that_holds(
    seller_user: Any, shop: Any, of_shop: time | None, old: time | None, new: time | None, is_waiting: bool
) -> None:
    product = on_show(seller_user, shop, order_until=old)
    Seller.objects.filter(pk=shop.pk).update(order_until=of_shop)
    saved = products.save_product(actor=seller_user, product=product, values={"order_until": new}, now=NOW)
    assert (saved.waiting_proposal is not None) == is_waiting
    assert Product.objects.get(pk=product.pk).order_until == (old if is_waiting else new)


def test_midnight_is_no_cut_off_hour_and_a_draft_takes_one_back(seller_user: Any, shop: Any) -> None:
    draft = products.create_product(actor=seller_user, seller=shop, values=values(order_until=time(9)), now=NOW)
    with pytest.raises(RuleBroken) as refused:
        products.save_product(actor=seller_user, product=draft, values={"order_until": time(0)}, now=NOW)
    assert (refused.value.code, refused.value.field) == ("cut_off_midnight", "order_until")
    saved = products.save_product(actor=seller_user, product=draft, values={"order_until": None}, now=NOW)
    assert saved.order_until is None
    with pytest.raises(RuleBroken) as refused:
        sellers.save_profile(actor=seller_user, seller=shop, values={"order_until": time(0)}, now=NOW)
    assert (refused.value.code, refused.value.field) == ("cut_off_midnight", "order_until")


def test_every_field_a_seller_writes_is_judged_fixed_or_no_promise() -> None:
    assert set(FIELDS) == {*checks.PROPOSED, *products.LOCKED, "daily_capacity"}


def test_the_line_ends_of_a_browser_are_no_change(seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop, description="Isi lima.\nSambal dipisah.")
    text = {"description": "Isi lima.\r\nSambal dipisah."}
    assert products.save_product(actor=seller_user, product=product, values=text, now=NOW).waiting_proposal is None
    assert not ChangeProposal.objects.exists()


@pytest.mark.parametrize(
    ("asked", "at_once"),
    [
        ({"name": "Nasi kotak komplit"}, {"price": 25_000, "lead_days": 3, "halal_number": ""}),
        ({"halal_number": "ID35110000999999999"}, {"price": 25_000}),
    ],
)
def test_a_change_that_is_applied_brings_nothing_back(
    seller_user: Any, shop: Any, curator: Any, asked: dict[str, Any], at_once: dict[str, Any]
) -> None:
    """What was lowered or taken back while it waited stays so; what it asked for stays asked for."""
    product = on_show(seller_user, shop, halal_number="ID35110000123456789")
    waiting = products.save_product(actor=seller_user, product=product, values=asked, now=NOW).waiting_proposal
    assert waiting is not None
    products.save_product(actor=seller_user, product=product, values=at_once, now=NOW)
    noted(curator, Product.objects.get(pk=product.pk), ChangeProposal.objects.get())
    proposals.apply_proposal(actor=curator, proposal=waiting, now=NOW)
    shown = Product.objects.get(pk=product.pk)
    assert {name: getattr(shown, name) for name in {**asked, **at_once}} == {**asked, **at_once}


def test_a_least_order_beyond_a_days_capacity_is_not_applied(seller_user: Any, shop: Any, curator: Any) -> None:
    product = on_show(seller_user, shop)
    with pytest.raises(RuleBroken) as refused:
        products.save_product(actor=seller_user, product=product, values={"minimum": Decimal(150)}, now=NOW)
    assert refused.value.code == "capacity_missing" and not ChangeProposal.objects.exists()
    saved = products.save_product(actor=seller_user, product=product, values={"minimum": Decimal(100)}, now=NOW)
    products.save_product(actor=seller_user, product=product, values={"daily_capacity": Decimal(60)}, now=NOW)
    with pytest.raises(RuleBroken) as late:
        proposals.apply_proposal(actor=curator, proposal=saved.waiting_proposal, now=NOW)
    assert late.value.code == "capacity_missing"
    assert Product.objects.get(pk=product.pk).minimum == Decimal(10)
    assert ChangeProposal.objects.waiting().exists()


@pytest.mark.parametrize("over", [{"price": 30_000}, {"name": "Nasi kotak ayam geprek"}])
def test_a_dearer_price_or_a_new_name_waits(seller_user: Any, shop: Any, curator: Any, over: dict[str, Any]) -> None:
    product = on_show(seller_user, shop)
    saved = products.save_product(actor=seller_user, product=product, values=over, now=NOW)
    shown = Product.objects.get(pk=product.pk)
    assert (shown.name, shown.price) == ("Nasi kotak ayam bakar", 27_500)
    proposals.apply_proposal(actor=curator, proposal=saved.waiting_proposal, now=NOW)
    shown.refresh_from_db()
    assert all(getattr(shown, name) == value for name, value in over.items())
    newest = PriceChange.objects.filter(product=product).last()
    assert newest is not None and newest.new == shown.price


def test_a_new_category_waits_and_must_suit_the_shop(seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    with pytest.raises(RuleBroken) as refused:
        products.save_product(
            actor=seller_user, product=product, values={"category": Category.objects.get(slug="beras")}, now=NOW
        )
    assert refused.value.code == "category_not_for_kind"
    assert not ChangeProposal.objects.exists()
    other = Category.objects.get(slug="tumpeng-prasmanan")
    products.save_product(actor=seller_user, product=product, values={"category": other}, now=NOW)
    assert ChangeProposal.objects.get().category == other
    assert Product.objects.get(pk=product.pk).category.slug == "nasi-kotak"


def test_one_change_waits_at_a_time(seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    products.save_product(actor=seller_user, product=product, values={"price": 30_000}, now=NOW)
    with pytest.raises(RuleBroken) as refused:
        products.save_product(
            actor=seller_user, product=product, values={"price": 31_000, "description": "lain"}, now=NOW
        )
    assert refused.value.code == "proposal_waiting"
    assert ChangeProposal.objects.get().price == 30_000
    assert Product.objects.get(pk=product.pk).description == ""


def test_a_rejected_change_leaves_what_is_on_show(seller_user: Any, shop: Any, curator: Any) -> None:
    product = on_show(seller_user, shop)
    saved = products.save_product(actor=seller_user, product=product, values={"price": 90_000}, now=NOW)
    proposals.reject_proposal(actor=curator, proposal=saved.waiting_proposal, note="Harganya terlalu mahal", now=NOW)
    assert Product.objects.get(pk=product.pk).price == 27_500
    assert ChangeProposal.objects.get().note == "Harganya terlalu mahal"
    assert Notification.objects.filter(person=seller_user, kind="product.change_rejected").exists()


def test_a_change_is_withdrawn_by_its_shop_only(seller_user: Any, shop: Any, stranger: Any) -> None:
    product = on_show(seller_user, shop)
    saved = products.save_product(actor=seller_user, product=product, values={"price": 90_000}, now=NOW)
    with pytest.raises(NotAllowed):
        proposals.withdraw_proposal(actor=stranger, proposal=saved.waiting_proposal, now=NOW)
    assert ChangeProposal.objects.waiting().exists()
    proposals.withdraw_proposal(actor=seller_user, proposal=saved.waiting_proposal, now=NOW)
    assert not ChangeProposal.objects.waiting().exists()


def test_a_halal_certificate_shows_only_after_a_curator_saw_it(seller_user: Any, shop: Any, curator: Any) -> None:
    product, number = on_show(seller_user, shop), "ID35110000123456789"
    make.make_halal(shop, number)
    saved = products.save_product(actor=seller_user, product=product, values={"halal_number": number}, now=NOW)
    assert not Product.objects.get(pk=product.pk).is_halal_certified
    noted(curator, Product.objects.get(pk=product.pk), saved.waiting_proposal)
    proposals.apply_proposal(actor=curator, proposal=saved.waiting_proposal, now=NOW)
    assert Product.objects.get(pk=product.pk).is_halal_certified
    saved = products.save_product(actor=seller_user, product=product, values={"halal_number": ""}, now=NOW)
    assert saved.waiting_proposal is None and not Product.objects.get(pk=product.pk).is_halal_certified


@pytest.mark.parametrize(("field", "value"), [("unit", "kg"), ("food_kind", "shop"), ("is_halal", False)])
def test_what_orders_rely_on_is_fixed_once_on_show(seller_user: Any, shop: Any, field: str, value: Any) -> None:
    product = on_show(seller_user, shop)
    with pytest.raises(RuleBroken) as refused:
        products.save_product(actor=seller_user, product=product, values={field: value}, now=NOW)
    assert refused.value.field == field
    assert getattr(Product.objects.get(pk=product.pk), field) != value


def test_a_picture_described_by_the_old_name_says_the_new_one(seller_user: Any, shop: Any, curator: Any) -> None:
    product = offer(seller_user, shop, send=False, key="1" * 32)
    other = photos.add_photo(actor=seller_user, product=product, file=photo(2), alt="sambal", now=NOW)
    products.save_product(actor=seller_user, product=product, values={"name": "Nasi kotak ayam"}, now=NOW)
    assert [one.alt for one in product.photos.order_by("pk")] == ["Nasi kotak ayam", other.alt]
    shown = on_show(seller_user, shop)
    saved = products.save_product(actor=seller_user, product=shown, values={"name": "Nasi ayam"}, now=NOW)
    assert shown.photos.get().alt != "Nasi ayam"
    proposals.apply_proposal(actor=curator, proposal=saved.waiting_proposal, now=NOW)
    assert shown.photos.get().alt == "Nasi ayam"


# --- Stock ------------------------------------------------------------------------------------------------------------
def test_stock_received_twice_with_one_key_counts_once(seller_user: Any, shop: Any) -> None:
    product = make.make_product(seller=shop)
    for _ in range(2):
        stock.receive_stock(
            actor=seller_user, product=product, quantity=Decimal(5), reference="stok masuk", key="b" * 32, now=NOW
        )
    assert Product.objects.get(pk=product.pk).on_hand == 105


def test_stock_is_not_received_for_goods_made_per_day(seller_user: Any, shop: Any) -> None:
    product = make.make_product(seller=shop, stock_mode=StockMode.DAILY)
    with pytest.raises(RuleBroken) as refused:
        stock.receive_stock(actor=seller_user, product=product, quantity=Decimal(5), reference="x", now=NOW)
    assert refused.value.code == "made_per_day"
    assert Product.objects.get(pk=product.pk).on_hand == 0


# --- Sight ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", sorted(PRODUCT.states))
def test_who_sees_goods_in_which_state(seller_user: Any, shop: Any, stranger: Any, curator: Any, state: str) -> None:
    from django.contrib.auth.models import AnonymousUser

    make.make_product(seller=shop, state=state)
    public = state == ProductState.PUBLISHED
    assert Product.objects.visible_to(AnonymousUser()).exists() is public
    assert Product.objects.visible_to(stranger).exists() is public
    assert Product.objects.visible_to(seller_user).count() == 1
    assert Product.objects.visible_to(curator).count() == 1


def test_goods_of_a_frozen_shop_are_not_public() -> None:
    make.make_product(seller=make.make_seller(state=SellerState.FROZEN))
    assert not Product.objects.for_sale().exists()
