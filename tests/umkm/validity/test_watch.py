"""Papers that end: announced, acted on the day after their last, and put right by a verified one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from tests.factories import identity as changes
from tests.factories import tax_papers
from tests.factories import umkm as make
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.kept_steps import kept
from tests.umkm.goods import noted
from tests.umkm.identity.test_pages import proven
from tests.umkm.pictures import photo
from tests.umkm.validity.papers import paper
from tests.worker import run_due_jobs
from umkm.catalogue.checks import checked_findings
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.services import products, proposals
from umkm.catalogue.states import Keeps, ProductState
from umkm.identity import services as identity
from umkm.identity.models import IdentityChange
from umkm.identity.pages import parts_of
from umkm.sellers.models import Seller
from umkm.validity import services
from umkm.verification.models import SellerDocument

pytestmark = pytest.mark.django_db
END = date(2026, 11, 20)
NUMBER = f"202{settings.CITY.digits}010001-26"  # ends with the year 2026
NIB = "9120000000001"


def on(day: date) -> Any:
    return clock.start_of(day) + timedelta(minutes=20)


@pytest.fixture
@kept
def shop() -> Any:
    return make.make_seller(kind="umkm")


def state(product: Product) -> str:
    return Product.objects.get(pk=product.pk).state


def told(kind: str) -> int:
    return Notification.objects.filter(kind=f"paper.{kind}").count()


def test_the_end_is_announced_once_for_each_of_the_days_and_a_missed_night_is_made_up_for(shop: Any) -> None:
    paper(shop, "pirt", ends=END)
    counts = []
    for left in (61, 60, 59, 29, 28, 7, 7, 0):  # the night of day 30 was missed
        services.watch(now=on(END - timedelta(days=left)))
        counts.append(told("ends"))
    assert counts == [0, 1, 1, 2, 2, 3, 3, 3]


def test_goods_are_on_show_through_the_last_day_and_say_why_they_are_not_after_it(shop: Any) -> None:
    product, paper_ = make.make_product(shop), paper(shop, "nib_letter", ends=END)
    services.watch(now=on(END))
    assert state(product) == ProductState.PUBLISHED
    services.watch(now=on(END + timedelta(days=1)))
    services.watch(now=on(END + timedelta(days=1)))
    assert (state(product), told("goods_lapsed")) == (ProductState.LAPSED, 1)
    SellerDocument.objects.filter(pk=paper_.pk).update(expires_on=clock.today() - timedelta(days=1))
    for page in (reverse("umkm:product-mine"), reverse("umkm:product-edit", args=[product.pk])):
        assert "Surat NIB berakhir" in signed_in(shop.members.get().user).get(page).content.decode()
    assert signed_in(make.make_user()).get(reverse("umkm:product-short", args=[product.pk])).status_code == 404


def test_the_shop_reads_that_a_paper_is_over_from_the_day_after_its_last(shop: Any) -> None:
    held, today = paper(shop, "pirt", ends=clock.today()), clock.now()
    part = next(one for one in parts_of(shop, [], may=True, now=today) if one.kind == "pirt")
    assert (part.state, part.verb) == ("", "Usulkan perubahan")
    SellerDocument.objects.filter(pk=held.pk).update(expires_on=clock.today() - timedelta(days=1))
    part = next(one for one in parts_of(shop, [], may=True, now=today) if one.kind == "pirt")
    assert (part.state, part.tag, part.verb) == ("Berakhir", "no", "Ajukan yang baru")
    assert "Ajukan yang baru" in signed_in(shop.members.get().user).get(reverse("umkm:identity-list")).text


def test_a_certificate_takes_only_the_goods_that_rest_on_it(shop: Any) -> None:
    dry = make.make_category(is_food=True, for_swk=False)
    food = {"category": dry, "keeps": Keeps.DRY, "is_halal": True}
    resting = make.make_product(shop, **food)
    other = make.make_product(shop, **food, pirt_number=f"{NUMBER[:-2]}30")
    certified = make.make_product(shop, halal_number="ID00000000000000001")
    declared = make.make_product(shop, is_halal=True)
    paper(shop, "pirt", ends=END)
    paper(shop, "halal", ends=END)
    services.watch(now=on(END + timedelta(days=1)))
    assert [state(one) for one in (resting, other, certified, declared)] == [
        ProductState.LAPSED, ProductState.PUBLISHED, ProductState.LAPSED, ProductState.PUBLISHED,
    ]  # fmt: skip


def test_a_city_may_announce_without_hiding_from_a_day_on(shop: Any) -> None:
    product, _paper = make.make_product(shop), paper(shop, "nib_letter", ends=END)
    set_rule("paper.nib_hides_goods", 0)
    services.watch(now=on(END + timedelta(days=1)))
    assert state(product) == ProductState.PUBLISHED


def test_the_number_on_the_goods_ends_with_its_year_and_another_one_a_curator_saw_brings_them_back(shop: Any) -> None:
    owner, curator = shop.members.get().user, make.make_staff("umkm.curate_product")
    product = make.make_product(shop, pirt_number=NUMBER)
    services.watch(now=on(date(2026, 12, 24)))
    services.watch(now=on(date(2027, 1, 1)))
    assert (told("number_ends"), state(product)) == (1, ProductState.LAPSED)
    now = on(date(2027, 1, 2))
    product.refresh_from_db()
    products.save_product(actor=owner, product=product, values={"pirt_number": f"{NUMBER[:-2]}31"}, now=now)
    assert state(product) == ProductState.LAPSED
    proposal = ChangeProposal.objects.waiting().get(product=product)
    noted(curator, product, proposal)
    proposals.apply_proposal(actor=curator, proposal=proposal, now=now)
    assert state(product) == ProductState.PUBLISHED


def lapsed(shop: Any, **over: Any) -> Product:
    """Off the shelf since the first night of 2027, as the number on the goods ended with 2026."""
    product = make.make_product(shop, pirt_number=NUMBER, **over)
    services.watch(now=on(date(2027, 1, 1)))
    assert state(product) == ProductState.LAPSED
    return product


@pytest.mark.parametrize("hidden", [False, True])
def test_taking_the_number_away_brings_lapsed_goods_back_by_a_curator_only(shop: Any, hidden: bool) -> None:
    """Also where the seller hides the goods in between, to show them again without a number."""
    owner, now = shop.members.get().user, on(date(2027, 1, 2))
    product = lapsed(shop)
    if hidden:
        products.hide_product(actor=owner, product=product, now=now)
    saved = products.save_product(actor=owner, product=product, values={"pirt_number": ""}, now=now)
    assert saved.waiting_proposal is not None
    services.watch(now=now)
    assert Product.objects.get(pk=product.pk).pirt_number == NUMBER and state(product) != ProductState.PUBLISHED
    if hidden:
        with pytest.raises(RuleBroken, match="berakhir"):
            products.show_product(actor=owner, product=product, now=now)
        return
    curator, proposal = make.make_staff("umkm.curate_product"), ChangeProposal.objects.waiting().get()
    found = [one.finding.code for one in checked_findings(Product.objects.get(pk=product.pk), proposal, clock.today())]
    assert "number_taken_back" in found
    noted(curator, Product.objects.get(pk=product.pk), proposal)
    proposals.apply_proposal(actor=curator, proposal=proposal, now=now)
    assert state(product) == ProductState.PUBLISHED


def test_a_number_without_which_goods_may_not_be_sold_is_not_taken_away_before_it_ends(shop: Any) -> None:
    owner, dry = shop.members.get().user, make.make_category(is_food=True, for_swk=False)
    product = make.make_product(shop, category=dry, keeps=Keeps.DRY, is_halal=True, pirt_number=NUMBER)
    now = on(date(2026, 12, 30))
    assert products.waits(product, "pirt_number", "")
    products.save_product(actor=owner, product=product, values={"pirt_number": ""}, now=now)
    services.watch(now=on(date(2027, 1, 1)))
    assert state(product) == ProductState.LAPSED
    # Goods that need none may go without at once.
    other = make.make_product(shop, pirt_number=NUMBER)
    products.save_product(actor=owner, product=other, values={"pirt_number": ""}, now=now)
    assert Product.objects.get(pk=other.pk).pirt_number == ""


def test_a_halal_number_taken_away_brings_no_lapsed_goods_back(shop: Any) -> None:
    owner, number = shop.members.get().user, "ID00000000000000001"
    product = make.make_product(shop, halal_number=number)
    paper(shop, "halal", ends=END)
    now = on(END + timedelta(days=1))
    services.watch(now=now)
    assert state(product) == ProductState.LAPSED
    saved = products.save_product(
        actor=owner, product=Product.objects.get(pk=product.pk), values={"halal_number": ""}, now=now
    )
    services.watch(now=now)
    assert (saved.waiting_proposal is None, state(product)) == (False, ProductState.LAPSED)


def test_goods_the_seller_hid_are_not_shown_again_without_the_paper(shop: Any) -> None:
    product = make.make_product(shop, state="hidden")
    paper(shop, "nib_letter", ends=END)
    with pytest.raises(RuleBroken, match="Surat NIB berakhir"):
        products.show_product(actor=shop.members.get().user, product=product, now=on(END + timedelta(days=1)))


def test_a_verified_new_paper_brings_the_goods_back_and_a_proposed_one_does_not(shop: Any) -> None:
    owner, officer = shop.members.get().user, make.make_staff("umkm.verify_seller")
    product, old = make.make_product(shop), paper(shop, "nib_letter", ends=END)
    late = on(END + timedelta(days=1))
    services.watch(now=late)
    given = {
        "actor": owner, "seller": shop, "kind": "nib", "values": {}, "reason": "Diperpanjang", "key": new_key(),
        "file": photo(41, size=(1400, 1000)), "now": late,
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="sudah lewat"):
        identity.propose_change(**given, number="9120000000001", expires_on=END)
    change = identity.propose_change(
        **{**given, "key": new_key()}, number="9120000000001", expires_on=END + timedelta(days=365)
    )
    services.watch(now=late)
    assert state(product) == ProductState.LAPSED
    changes.noted(identity.check_change(change=change, now=late), officer, late)
    identity.approve_change(actor=officer, change=change, now=late)
    assert state(product) == ProductState.PUBLISHED
    assert told("goods_back") == 1
    # It was somebody else's: the paper that ended is the shop's again.
    identity.cancel_change(
        actor=officer, change=identity.deny_change(change=change, now=late), note="Suratnya ternyata palsu", now=late
    )
    assert (state(product), shop.documents.current().get()) == (ProductState.LAPSED, old)


def test_the_shop_brings_the_new_paper_on_its_page(shop: Any) -> None:
    owner = shop.members.get().user
    old = paper(shop, "pirt", ends=END)
    page = f"{reverse('umkm:identity-list')}{shop.pk}/pirt/"
    client = proven(owner, page)
    end = clock.today() + timedelta(days=400)
    sent = {"reason": "Diperpanjang", "number": NUMBER, "expires_on": end.isoformat(), "file": photo(42)}
    assert client.post(page, {**form_of(client, page), **sent})["Location"]
    run_due_jobs()
    change = IdentityChange.objects.get()
    assert (change.kind, change.documents.get().expires_on) == ("pirt", end)
    assert set(shop.documents.current()) == {old}
    officer = make.make_staff("umkm.verify_seller")
    told = signed_in(officer).get(reverse("admin:umkm_identitychange_change", args=[change.pk])).content.decode()
    assert NUMBER in told
    assert signed_in(owner).get(f"{reverse('umkm:identity-list')}{shop.pk}/kelas/").status_code == 404


def nights(*left: int, end: date) -> list[int]:
    """How many notices there are after the watch of each night, so many days before the end."""
    counts = []
    for days in left:
        services.watch(now=on(end - timedelta(days=days)))
        counts.append(told("tax_ends"))
    return counts


def test_the_end_of_a_statement_is_announced_like_that_of_a_paper(shop: Any) -> None:
    """It is of one tax year, whatever day it begins on."""
    statement = tax_papers.shown(shop, "statement")
    assert statement.valid_until == date(2026, 12, 31)
    assert nights(61, 60, 59, 30, 8, 7, 0, -1, end=statement.valid_until) == [0, 1, 1, 2, 2, 3, 3, 3]
    url = Notification.objects.filter(kind="paper.tax_ends").latest("pk").url
    assert url == f"{reverse('umkm:tax-papers')}?toko={shop.pk}"


def test_no_end_is_announced_of_what_does_not_count_or_is_followed(shop: Any) -> None:
    end = tax_papers.sent(shop, "statement").valid_until  # nobody verified it
    assert end is not None and nights(60, end=end) == [0]
    first = tax_papers.shown(shop, "statement", number="2")
    other = make.make_seller()
    tax_papers.shown(other, "statement")
    tax_papers.shown(
        shop, "statement", number="3", valid_from=end + timedelta(days=1), now=on(end - timedelta(days=62))
    )
    services.watch(now=on(end - timedelta(days=60)))
    (line,) = Notification.objects.filter(kind="paper.tax_ends")
    assert line.person == other.members.get().user and first.valid_until == end


def test_a_gap_before_the_next_paper_is_announced(shop: Any) -> None:
    end = tax_papers.shown(shop, "statement").valid_until
    assert end is not None
    tax_papers.shown(
        shop, "statement", number="2", valid_from=end + timedelta(days=2), now=on(end - timedelta(days=62))
    )
    assert nights(60, end=end) == [1]


def test_papers_of_an_earlier_owner_are_none_of_their_successors(shop: Any) -> None:
    paper_ = tax_papers.shown(shop, "statement")
    Seller.objects.filter(pk=shop.pk).update(owner_since=paper_.uploaded_at + timedelta(seconds=1))
    assert paper_.valid_until is not None and nights(60, end=paper_.valid_until) == [0]
