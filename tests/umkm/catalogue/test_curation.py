"""What the automatic checks find in goods: noted by a curator, one by one, before the goods or the change show."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from lxml import html

from epeken.core import clock
from epeken.core.errors import DomainError
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.kept_steps import kept
from tests.umkm.goods import noted, offer, on_show
from umkm.catalogue import banned, checks, listing
from umkm.catalogue.models import Category, ChangeProposal, CurationCheck, Product, ProductPhoto
from umkm.catalogue.pages import curation as curation_pages
from umkm.catalogue.services import curation, products, proposals
from umkm.catalogue.states import ProductState, ProposalState
from umkm.discovery.pages import cards as cards_pages
from umkm.variants.models import ProductGroup

pytestmark = pytest.mark.django_db
HERE = f"206{settings.CITY.digits}010001-30"  # a P-IRT number of this city


def open_findings(product: Product, proposal: ChangeProposal | None = None) -> list[checks.CheckedFinding]:
    product = Product.objects.get(pk=product.pk)
    return [row for row in checks.checked_findings(product, proposal, clock.today()) if row.is_open]


def note(curator: Any, product: Product, key: str, **over: Any) -> CurationCheck:
    (check,) = curation.acknowledge_findings(actor=curator, product=product, keys=[key], now=clock.now(), **over)
    return check


def approve(curator: Any, product: Product) -> Product:
    return products.approve_product(actor=curator, product=product, now=clock.now())


def refusal(act: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


@pytest.fixture
@kept
def odd(seller_user: Any, shop: Any) -> Product:
    """Two findings: a listed word, and a picture of another shop."""
    other = make.make_user()
    offer(other, make.make_seller(member=other), key="o" * 32)
    return offer(seller_user, shop, name="Nasi kotak original")


def test_each_finding_is_noted_before_goods_show(curator: Any, odd: Product) -> None:
    found = open_findings(odd)
    assert [row.finding.code for row in found] == ["word_listed", "photo_elsewhere"]
    for row in found:
        assert refusal(lambda: approve(curator, odd)) == "findings_open"
        assert Product.objects.get(pk=odd.pk).state == ProductState.SUBMITTED
        check = note(curator, odd, row.key)
        assert (check.acknowledged_by, check.finding) == (curator, row.finding.code)
    assert approve(curator, odd).state == ProductState.PUBLISHED


def test_who_noted_first_stays(curator: Any, odd: Product) -> None:
    key = open_findings(odd)[0].key
    first = note(curator, odd, key)
    again = note(make.make_staff("umkm.curate_product"), odd, key)
    assert (again.pk, again.acknowledged_by) == (first.pk, curator)


@pytest.mark.parametrize("who", ["seller_user", "stranger", "verifier"])
def test_only_curators_note(request: Any, odd: Product, who: str) -> None:
    key = open_findings(odd)[0].key
    assert refusal(lambda: note(request.getfixturevalue(who), odd, key)) == "not_allowed"
    assert not CurationCheck.objects.exists()


def test_nobody_notes_in_their_own_shop_nor_after_the_decision(curator: Any, odd: Product, shop: Any) -> None:
    key = open_findings(odd)[0].key
    member = make.make_staff("umkm.curate_product")
    make.make_member(shop, member)
    assert refusal(lambda: note(member, odd, key)) == "not_allowed"
    approve(curator, noted(curator, odd))
    assert refusal(lambda: note(curator, odd, key)) == "invalid_move"


def test_an_unknown_finding_is_refused(curator: Any, odd: Product) -> None:
    assert refusal(lambda: note(curator, odd, "x" * 24)) == "finding_gone"


def test_what_appears_while_goods_wait_is_noted_too(curator: Any, seller_user: Any, shop: Any) -> None:
    product = offer(seller_user, shop, price=900_000)
    assert open_findings(product) == []
    rice = Category.objects.get(slug="nasi-kotak")
    for n in range(6):
        make.make_product(category=rice, unit=product.unit, price=20_000 + n)
    (row,) = open_findings(product)
    assert row.finding.code == "price_above_market"
    assert refusal(lambda: approve(curator, product)) == "findings_open"
    note(curator, product, row.key)
    # What others ask moves with every product that shows; the price that was looked at is the same.
    make.make_product(category=rice, unit=product.unit, price=50_000)
    make.make_product(category=rice, unit=product.unit, price=50_000)
    assert open_findings(product) == []
    assert approve(curator, product).state == ProductState.PUBLISHED


def test_a_note_counts_for_one_round(curator: Any, seller_user: Any, odd: Product) -> None:
    noted(curator, odd)
    products.send_back_product(actor=curator, product=odd, note="Foto milik orang", now=clock.now())
    products.save_product(actor=seller_user, product=odd, values={"price": 28_000}, now=clock.now())
    products.submit_product(actor=seller_user, product=odd, now=clock.now())
    assert len(open_findings(odd)) == 2
    assert refusal(lambda: approve(curator, odd)) == "findings_open"


def test_a_word_that_was_banned_meanwhile_is_not_noted_away(
    monkeypatch: pytest.MonkeyPatch, curator: Any, seller_user: Any, shop: Any
) -> None:
    product = offer(seller_user, shop, name="Nasi kotak istimewa")
    today = clock.today()
    word = banned.BannedWord("istimewa", "refuse", "voucher", today - timedelta(days=1), None, "Uji")
    monkeypatch.setattr(banned, "banned_words", lambda: (word,))
    (row,) = open_findings(product)
    assert refusal(lambda: note(curator, product, row.key)) == "finding_final"
    assert refusal(lambda: approve(curator, product)) == "banned_word"
    page = signed_in(curator).get(reverse("admin:umkm_product_change", args=[product.pk])).content.decode()
    assert row.key not in page and reverse("admin:umkm_product_approve", args=[product.pk]) not in page


def test_a_category_closed_to_the_shop_meanwhile_is_refused(curator: Any, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    other = make.make_category(is_food=True)
    products.save_product(actor=seller_user, product=product, values={"category": other}, now=clock.now())
    proposal = ChangeProposal.objects.get()
    Category.objects.filter(pk=other.pk).update(for_umkm=False)
    assert [row.finding.code for row in open_findings(product, proposal)] == ["category_other_kind"]
    apply = {"actor": curator, "proposal": proposal, "now": clock.now()}
    assert refusal(lambda: proposals.apply_proposal(**apply)) == "category_not_for_kind"


def test_a_change_is_checked_as_it_would_show(curator: Any, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    saved = products.save_product(
        actor=seller_user, product=product, values={"name": "Nasi kotak original"}, now=clock.now()
    )
    proposal = saved.waiting_proposal
    assert proposal is not None
    assert open_findings(product) == []
    (row,) = open_findings(product, proposal)
    apply = {"actor": curator, "proposal": proposal, "now": clock.now()}
    assert refusal(lambda: proposals.apply_proposal(**apply)) == "findings_open"
    assert ChangeProposal.objects.get().state == ProposalState.WAITING
    note(curator, product, row.key, proposal=proposal)
    proposals.apply_proposal(**apply)
    assert Product.objects.get(pk=product.pk).name == "Nasi kotak original"


def test_a_price_ten_times_of_yesterdays_is_looked_at(seller_user: Any) -> None:
    product = make.make_product(make.make_seller(seller_user), price=3_100)
    change = proposals.propose_change(actor=seller_user, product=product, values={"price": 31_000}, now=clock.now())
    found = checks.checked_findings(product, change, clock.today())
    assert [row.finding.code for row in found if row.finding.code.startswith("price")] == ["price_leap"]


def test_a_halal_number_is_that_of_the_certificate_a_verifier_saw(seller_user: Any) -> None:
    shop = make.make_seller(seller_user)
    product = make.make_product(shop, halal_number="ID35110000123456789", category=make.make_category(is_food=True))
    kept = {"file": "a", "size": 1, "uploaded_by": seller_user, "uploaded_at": shop.approved_at}
    seen = shop.documents.create(kind="halal", number="ID1", sha256="a", **kept)

    def told() -> tuple[list[str], bool]:
        codes = [finding.code for finding in checks.findings_of(product, clock.today()) if "halal" in finding.code]
        page = Client().get(cards_pages.product_url(product)).text
        return codes, "sertifikatnya diperiksa" in page

    assert told() == (["halal_other_number"], False)
    type(seen).objects.filter(pk=seen.pk).update(number="ID 3511 0000 1234 56789")
    assert told() == ([], True)


def test_a_pirt_number_is_that_of_the_certificate_a_verifier_saw(seller_user: Any) -> None:
    shop = make.make_seller(seller_user)
    product = make.make_product(shop, pirt_number=HERE, category=make.make_category(is_food=True))
    kept = {"file": "a", "size": 1, "uploaded_by": seller_user, "uploaded_at": shop.approved_at}
    seen = shop.documents.create(kind="pirt", number=f"9{HERE[1:]}", sha256="a", **kept)

    def told() -> list[str]:
        return [found.code for found in checks.findings_of(product, clock.today()) if "pirt" in found.code]

    assert told() == ["pirt_other_number"]
    type(seen).objects.filter(pk=seen.pk).update(number=HERE.replace("-", " "))
    assert told() == []
    type(seen).objects.filter(pk=seen.pk).update(is_proposed=True)  # nobody looked at it yet
    assert told() == ["pirt_unseen"]
    # A grocery's goods bear the numbers of who made them.
    type(shop).objects.filter(pk=shop.pk).update(kind="kelontong")
    product = Product.objects.get(pk=product.pk)
    assert told() == []


def test_a_picture_that_looks_the_same_is_found_at_six_bits_and_not_at_seven() -> None:
    product, other = make.make_product(), make.make_product(name="Nasi kuning")
    own = 0x0F1E2D3C4B5A6978
    picture_of(product, "a", dhash=f"{own:016x}")
    for bits, codes in ((0b111111, ["photo_elsewhere"]), (0b1111111, [])):
        ProductPhoto.objects.filter(product=other).delete()
        picture_of(other, "b", dhash=f"{own ^ bits:016x}")
        found = checks.findings_of(Product.objects.get(pk=product.pk), clock.today())
        assert [one.code for one in found if one.code == "photo_elsewhere"] == codes
    # Plain pictures all look alike; so does a PDF, which has no hash.
    ProductPhoto.objects.filter(product=product).update(dhash="0" * 16)
    for plain in ("0" * 16, "0" * 15 + "1", ""):
        ProductPhoto.objects.filter(product=other).update(dhash=plain)
        found = checks.findings_of(Product.objects.get(pk=product.pk), clock.today())
        assert "photo_elsewhere" not in [one.code for one in found]


def picture_of(product: Product, print_: str, **over: Any) -> None:
    ProductPhoto.objects.create(
        product=product, image="a.webp", small="a.webp", sha256=print_ * 64, uploaded_at=clock.now(), **over
    )


def test_a_change_is_judged_by_the_picture_that_comes_with_it() -> None:
    """What was approved is not told again, and many goods with one picture hide no other picture."""
    product = make.make_product()
    picture_of(product, "a")
    for _shop in range(4):
        picture_of(make.make_product(), "a")
    late = make.make_product(name="Nasi kuning")
    picture_of(late, "b")
    day = clock.today()

    def told(**over: Any) -> list[Any]:
        found = checks.findings_of(Product.objects.get(pk=product.pk), day, **over)
        return [finding.parameters["name"] for finding in found if finding.code == "photo_elsewhere"]

    assert len(told()) == checks.TWINS and told(is_change=True) == []
    picture_of(product, "b", is_waiting=True)
    assert told(is_change=True) == ["Nasi kuning"]
    assert len(told()) == checks.TWINS + 1 and "Nasi kuning" in told()


def test_goods_sent_again_by_their_shop_are_named() -> None:
    """The same name in the shop, however it is spaced; not of variants, of goods that are gone or of other shops."""
    first = make.make_product(name="Sambal BAWANG")
    again = make.make_product(first.seller, name="Sambal bawang", state=ProductState.SUBMITTED)
    make.make_product(name="Sambal bawang")
    (box,) = (row for row in told_of(again) if row["label"] == "Nama barang")
    assert box["text"] == "Toko ini sudah punya barang bernama “Sambal BAWANG”. Pastikan ini barang lain."
    assert box["named"][0]["url"] == reverse("admin:umkm_product_change", args=[first.pk])

    def is_told(product: Product) -> bool:
        found = checks.findings_of(Product.objects.get(pk=product.pk), clock.today())
        return "name_twice" in [finding.code for finding in found]

    for state in ProductState:
        twin = make.make_product(name="Kecap manis", state=state)
        is_gone = state in (ProductState.DRAFT, ProductState.REJECTED, ProductState.WITHDRAWN)
        assert is_told(make.make_product(twin.seller, name="kecap manis")) is not is_gone, state
    group = ProductGroup.objects.create(seller=first.seller, option_1="Ukuran", created_at=clock.now())
    Product.objects.filter(seller=first.seller).update(group=group, option_1=F("id"))
    assert not is_told(again)
    Product.objects.filter(pk=again.pk).update(name="Sambal bawang merah", group=None, option_1="")
    assert not is_told(again)


def test_goods_with_the_same_picture_are_linked_and_shown() -> None:
    product = make.make_product()
    picture_of(product, "a")
    twins = [make.make_product(name=name) for name in ("Nasi kuning", "Nasi uduk")]
    for twin in twins:
        picture_of(twin, "a")
    (box,) = (row for row in told_of(product) if row["named"])
    assert box["label"] == f"Foto “{product.name}” sama atau mirip dengan foto 2 barang toko lain"
    assert [each["url"] for each in box["named"]] == [
        "", *(reverse("admin:umkm_product_change", args=[twin.pk]) for twin in twins)
    ]  # fmt: skip
    assert all(each["shown"].endswith("a.webp") for each in box["named"])


def told_of(product: Product) -> list[dict[str, Any]]:
    return curation_pages.findings(checks.checked_findings(product, None, clock.today()), "id")


def test_one_look_at_one_picture_is_one_press(curator: Any, odd: Product) -> None:
    """All goods that share it are noted; a second picture is another look."""
    picture_of(odd, "a")
    for _shop in range(2):
        picture_of(make.make_product(), "a")
    boxes = [row for row in told_of(odd) if row["named"]]
    assert sorted(len(box["together"]) for box in boxes) == [1, 2]
    client, page = signed_in(curator), reverse("admin:umkm_product_change", args=[odd.pk])
    (form,) = (one for one in boxes if len(one["together"]) == 2)
    assert all(f'value="{key}"' in client.get(page).text for key in form["together"])
    client.post(reverse("admin:umkm_product_acknowledge", args=[odd.pk]), {"finding": form["together"]})
    left = {len(box["together"]): box["when"] is None for box in told_of(odd) if box["named"]}
    assert left == {1: True, 2: False}
    gone = {"finding": [key for box in boxes for key in box["together"]] + ["0" * 24]}
    assert client.post(reverse("admin:umkm_product_acknowledge", args=[odd.pk]), gone).status_code == 422


def test_a_category_is_no_parent_of_itself_nor_a_third_level(admin_user: Any) -> None:
    client = signed_in(admin_user)
    top, below, own = (Category.objects.create(name=name, slug=name) for name in ("atas", "bawah", "sendiri"))
    Category.objects.filter(pk=below.pk).update(parent=top)

    def put(category: Category, parent: Category) -> int:
        page = reverse("admin:umkm_category_change", args=[category.pk])
        return client.post(page, {**form_of(client, page), "parent": parent.pk}).status_code

    assert (put(own, own), put(own, below), put(top, own)) == (200, 200, 200)
    assert put(own, top) == 302
    for row, status in ((top, 403), (own, 302)):
        erase = reverse("admin:umkm_category_delete", args=[row.pk])
        assert client.post(erase, {"post": "yes"}).status_code == status
    assert not Category.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        ({}, ["pirt_missing"]),
        ({"pirt_number": HERE}, ["pirt_unseen"]),
        ({"pirt_number": "123"}, ["pirt_structure"]),
        ({"pirt_number": HERE, "halal_number": "12"}, ["pirt_unseen", "halal_structure"]),
        ({"pirt_number": HERE, "halal_number": "ID35110000123456789"}, ["pirt_unseen", "halal_unseen"]),
        ({"keeps": "fresh"}, []),
        ({"food_kind": "shop", "keeps": "cooked"}, []),
    ],
)
def test_certificates_of_packed_food(over: dict[str, str], codes: list[str]) -> None:
    category = make.make_category(is_food=True)
    product = make.make_product(category=category, **{"food_kind": "none", "keeps": "dry", **over})
    assert [finding.code for finding in checks.findings_of(product, clock.today())] == codes


def test_the_desk_takes_a_note_of_each(curator: Any, odd: Product) -> None:
    client: Client = signed_in(curator)
    page = reverse("admin:umkm_product_change", args=[odd.pk])
    approval, acknowledge = (
        reverse(f"admin:umkm_product_{name}", args=[odd.pk]) for name in ("approve", "acknowledge")
    )
    for row in open_findings(odd):
        text = client.get(page, HTTP_ACCEPT_LANGUAGE="id").content.decode()
        assert f'value="{row.key}"' in text and approval not in text
        assert client.post(approval, {"shown": listing.shown_of(odd)}).status_code == 422
        assert client.post(acknowledge, {"finding": row.key})["Location"] == f"{page}#temuan"
    text = client.get(page, HTTP_ACCEPT_LANGUAGE="id").content.decode()
    assert approval in text and f"Diperiksa {curator}" in text
    assert client.post(approval, {"shown": listing.shown_of(odd)}).status_code == 302


def test_the_desk_of_a_change_takes_a_note(curator: Any, seller_user: Any, shop: Any) -> None:
    product = on_show(seller_user, shop)
    values = {"name": "Nasi kotak original"}
    products.save_product(actor=seller_user, product=product, values=values, now=clock.now())
    proposal = ChangeProposal.objects.get()
    client = signed_in(curator)
    page = reverse("admin:umkm_changeproposal_change", args=[proposal.pk])
    (row,) = open_findings(product, proposal)
    assert f'value="{row.key}"' in client.get(page).content.decode()
    url = reverse("admin:umkm_changeproposal_acknowledge", args=[proposal.pk])
    assert client.post(url, {"finding": row.key})["Location"] == f"{page}#temuan"
    apply = reverse("admin:umkm_changeproposal_apply", args=[proposal.pk])
    assert apply in client.get(page).content.decode()


@pytest.mark.parametrize(("over", "sent"), [({"key": 7}, ["7"]), ({"together": ["a", "b"]}, ["a", "b"])])
def test_a_box_of_findings_sends_each_it_holds(over: dict[str, Any], sent: list[str]) -> None:
    """A verifier's finding has a key of its own, a curator's box holds several."""
    row = {"result": "warn", "word": "Perlu dilihat", "label": "Foto", "named": [], "when": None, **over}
    context = {"rows": [row], "url": "/", "may": True, "csrf_token": "x"}
    box = html.fromstring(render_to_string("layouts/_findings.html", context))
    assert box.xpath("//input[@name='finding']/@value") == sent
