"""The curator's queues and desks."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from epeken.core import clock
from epeken.core.files.picture_forms import narrowest
from tests.factories import umkm as make
from tests.umkm.goods import offer, on_show
from tests.umkm.pictures import photo
from umkm.catalogue import listing
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.services import photos, products
from umkm.catalogue.states import ProductState, ProposalState

pytestmark = pytest.mark.django_db
QUEUE = "admin:umkm_product_changelist"


@pytest.fixture
def desk(client: Client, curator: Any) -> Client:
    client.force_login(curator)
    return client


def act(desk: Client, name: str, pk: int, **data: str) -> Any:
    """One decision; an approval with what the page shows at this moment."""
    if name == "product_approve":
        data.setdefault("shown", listing.shown_of(Product.objects.get(pk=pk)))
    elif name == "changeproposal_apply":
        data.setdefault("shown", listing.shown_of(Product.objects.get(proposals=pk)))
    return desk.post(reverse(f"admin:umkm_{name}", args=[pk]), data, HTTP_ACCEPT_LANGUAGE="id")


def test_the_queue_holds_what_waits_in_the_order_of_deadlines(desk: Client, seller_user: Any, shop: Any) -> None:
    first = offer(seller_user, shop, name="Pertama")
    second = offer(seller_user, shop, name="Kedua", key="b" * 32)
    make.make_product(name="Sudah tayang")
    text = desk.get(reverse(QUEUE)).content.decode()
    assert text.index(first.name) < text.index(second.name)
    assert "Sudah tayang" not in text


def test_the_queue_asks_the_same_for_one_and_for_many(desk: Client, shop: Any) -> None:
    counts = []
    for more in (1, 15):
        for _ in range(more):
            make.make_product(seller=shop, state=ProductState.SUBMITTED, review_due_at=clock.now())
        desk.get(reverse(QUEUE))
        with CaptureQueriesContext(connection) as captured:
            desk.get(reverse(QUEUE))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_desk_shows_goods_pictures_and_warnings(desk: Client, seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop, name="Nasi kotak original")
    text = desk.get(reverse("admin:umkm_product_change", args=[product.pk]), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert default_storage.url(narrowest(product.photos.get().small)) in text
    assert "Kata “original”" in text and "Sudah saya periksa" in text and shop.name in text


def test_approving_leads_to_the_next_one(desk: Client, seller_user: Any, shop: Any) -> None:
    first, second = offer(seller_user, shop), offer(seller_user, shop, name="Kedua", key="b" * 32)
    answer = act(desk, "product_approve", first.pk)
    assert answer["Location"] == reverse("admin:umkm_product_change", args=[second.pk])
    assert Product.objects.get(pk=first.pk).state == ProductState.PUBLISHED
    assert act(desk, "product_approve", second.pk)["Location"] == reverse(QUEUE)


@pytest.mark.parametrize(
    ("name", "state"), [("product_send_back", ProductState.SENT_BACK), ("product_reject", ProductState.REJECTED)]
)
def test_a_refusal_needs_a_note(desk: Client, seller_user: Any, shop: Any, name: str, state: str) -> None:
    product = offer(seller_user, shop)
    assert act(desk, name, product.pk, note=" ").status_code == 422
    assert Product.objects.get().state == ProductState.SUBMITTED
    assert act(desk, name, product.pk, note="Fotonya terlalu gelap").status_code == 302
    assert (Product.objects.get().state, Product.objects.get().review_note) == (state, "Fotonya terlalu gelap")


def test_goods_on_show_are_taken_down(desk: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    assert act(desk, "product_take_down", product.pk, note="Bukan buatan sendiri").status_code == 302
    assert Product.objects.get().state == ProductState.REJECTED


def test_a_second_decision_is_told_what_happened(desk: Client, seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop)
    act(desk, "product_approve", product.pk)
    assert act(desk, "product_approve", product.pk).status_code == 409


def test_what_the_curator_did_not_see_is_not_approved(desk: Client, seller_user: Any, shop: Any) -> None:
    """An old tab of goods that were sent back, changed and sent again; a photo added after the page was opened."""
    product = offer(seller_user, shop)
    old = listing.shown_of(product)
    act(desk, "product_send_back", product.pk, note="Fotonya terlalu gelap")
    values = {"description": "Isi yang lain sama sekali."}
    products.save_product(actor=seller_user, product=product, values=values, now=clock.now())
    products.submit_product(actor=seller_user, product=product, now=clock.now())
    for shown in (old, ""):
        answer = act(desk, "product_approve", product.pk, shown=shown)
        assert answer.status_code == 422 and "diubah penjual sejak halaman ini dibuka" in answer.content.decode()
        assert Product.objects.get().state == ProductState.SUBMITTED
    assert f'name="shown" value="{listing.shown_of(Product.objects.get())}"' in answer.content.decode()
    assert act(desk, "product_approve", product.pk).status_code == 302
    products.save_product(actor=seller_user, product=product, values={"price": 40_000}, now=clock.now())
    proposal, old = ChangeProposal.objects.get(), listing.shown_of(Product.objects.get())
    photos.add_photo(actor=seller_user, product=product, file=photo(7), alt="baru", now=clock.now())
    assert act(desk, "changeproposal_apply", proposal.pk, shown=old).status_code == 422
    assert Product.objects.get().price == 27_500
    assert act(desk, "changeproposal_apply", proposal.pk).status_code == 302


def test_a_curators_own_shop_is_somebody_elses(desk: Client, curator: Any, seller_user: Any, shop: Any) -> None:
    make.make_member(shop, curator)
    product = offer(seller_user, shop)
    text = desk.get(reverse("admin:umkm_product_change", args=[product.pk]), HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert "kurator lain" in text and "Setujui dan tayangkan" not in text
    assert act(desk, "product_approve", product.pk).status_code == 403
    assert Product.objects.get().state == ProductState.SUBMITTED


def test_a_change_is_shown_as_old_and_new_and_applied(desk: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    products.save_product(
        actor=seller_user, product=product, values={"price": 30_000, "name": "Nasi kotak ayam madu"}, now=clock.now()
    )
    photos.add_photo(actor=seller_user, product=product, file=photo(5), alt="baru", now=clock.now())
    proposal = ChangeProposal.objects.get()
    url = reverse("admin:umkm_changeproposal_change", args=[proposal.pk])
    text = desk.get(url, HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert "Harganya naik Rp2.500." in text
    assert "<ins>Rp30.000</ins>" in text and "<del>Rp27.500</del>" in text and "Foto baru" in text
    assert "Rp27.500 → Rp30.000" in desk.get(reverse("admin:umkm_changeproposal_changelist")).content.decode()
    assert act(desk, "changeproposal_apply", proposal.pk).status_code == 302
    assert (Product.objects.get().price, Product.objects.get().name) == (30_000, "Nasi kotak ayam madu")


def test_a_change_is_rejected_with_a_note(desk: Client, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    products.save_product(actor=seller_user, product=product, values={"price": 90_000}, now=clock.now())
    proposal = ChangeProposal.objects.get()
    assert act(desk, "changeproposal_reject", proposal.pk, note="").status_code == 422
    assert ChangeProposal.objects.get().state == ProposalState.WAITING
    assert act(desk, "changeproposal_reject", proposal.pk, note="Harganya terlalu mahal").status_code == 302
    assert Product.objects.get().price == 27_500


@pytest.mark.parametrize("who", ["seller_user", "verifier", "citizen"])
def test_only_curators_enter(request: Any, client: Client, seller_user: Any, shop: Any, who: str) -> None:
    product = offer(seller_user, shop)
    client.force_login(request.getfixturevalue(who))
    for url in (reverse(QUEUE), reverse("admin:umkm_product_change", args=[product.pk])):
        assert client.get(url).status_code in (302, 403)
    assert act(client, "product_approve", product.pk).status_code in (302, 403)
    assert Product.objects.get().state == ProductState.SUBMITTED


@pytest.mark.parametrize("name", ["product_approve", "product_send_back", "product_reject", "product_take_down"])
def test_decisions_are_not_links(desk: Client, seller_user: Any, shop: Any, name: str) -> None:
    product = offer(seller_user, shop)
    assert desk.get(reverse(f"admin:umkm_{name}", args=[product.pk])).status_code == 405
