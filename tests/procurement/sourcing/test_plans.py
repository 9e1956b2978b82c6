"""So much of some goods shared among the fewest sellers that can bring it, or among the stalls of one food court."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from epeken.ledger.services import post
from procurement.requests.models import PurchaseRequest
from procurement.sourcing import services as sourcing
from procurement.sourcing.plans import Candidate, Plan, plan
from tests.factories import umkm as make
from tests.factories.places import far_away, home
from tests.factories.procurement import Office, make_request
from tests.factories.rules import set_rule
from tests.factories.separations import ask as ask_separation
from tests.factories.separations import separated, tied_anew
from tests.kept_steps import kept
from tests.statements import statements_of
from umkm.catalogue.models import Category, Product
from umkm.catalogue.services import products
from umkm.catalogue.states import StockMode
from umkm.discovery.offers import Offer
from umkm.owners.services import Room
from umkm.sellers.models import FoodCourt, Seller, SellerMember
from umkm.separations import services
from umkm.separations.models import SeparationRequest
from umkm.stock.models import StockEntry
from umkm.stock.states import StockMove

CAP = 30_000_000


def candidate(
    most: int, *, least: int = 1, step: int = 1, price: int = 10_000, near: int = 0, used: int = 0, price_step: int = 0,
    in_name: bool = True, fee: int = 0, pk: int = 1,
) -> Candidate:  # fmt: skip
    product = Product(pk=pk, price=price, step=Decimal(step), minimum=Decimal(least), seller=Seller(pk=pk))
    offer = Offer(
        product=product, quantity=Decimal(least), goods=price * least, fee=fee, nearness=near,
        room=Room(CAP, used, CAP), asked=0, free=Decimal(most), earliest=None, faults=(),
    )  # fmt: skip
    return Candidate(offer, in_name, price_step, Decimal(most - most % step))


def shares(made: Plan) -> dict[int, int]:
    return {one.candidate.offer.product.pk: int(one.quantity) for one in made.shares}


def test_the_fewest_owners_that_can_bring_it() -> None:
    able = [candidate(90, pk=1), candidate(120, pk=2), candidate(60, pk=3), candidate(100, pk=4)]
    assert shares(plan(Decimal(220), able, sellers=None, most=None)) == {2: 120, 4: 100}
    # 180 of two: the first two in order that can, though the third brings more.
    assert shares(plan(Decimal(180), able, sellers=None, most=None)) == {1: 90, 2: 90}
    assert shares(plan(Decimal(90), able, sellers=None, most=None)) == {1: 90}


@pytest.mark.parametrize(
    "first",
    [{"price": 9_000}, {"used": 0}, {"near": 0}, {"price_step": 0}, {"in_name": True}],
    ids=["price", "used", "near", "price step", "name"],
)
def test_among_equals_the_order_counts(first: dict[str, Any]) -> None:
    """Each fact decides although all that count less speak against it."""
    facts: list[tuple[str, Any, Any]] = [
        ("in_name", False, True), ("price_step", 1, 0), ("near", 1, 0), ("used", 1, 0), ("price", 10_000, 9_000),
    ]  # fmt: skip
    (name,) = first
    place = next(n for n, fact in enumerate(facts) if fact[0] == name)
    same = {fact: 10_000 if fact == "price" else good for fact, _bad, good in facts}
    better = {**same, **first, **{fact: bad for fact, bad, _good in facts[place + 1 :]}}
    worse = {**same, name: facts[place][1], **{fact: good for fact, _bad, good in facts[place + 1 :]}}
    made = plan(Decimal(5), [candidate(9, pk=1, **worse), candidate(9, pk=2, **better)], sellers=None, most=None)
    assert shares(made) == {2: 5}
    assert [one.offer.product.pk for one in made.spare] == [1]


def test_as_many_as_are_asked_for_share_it_evenly_in_their_steps() -> None:
    able = [candidate(50, pk=1), candidate(5, pk=2), candidate(50, pk=3, step=5), candidate(50, pk=4, least=20)]
    assert shares(plan(Decimal(60), able, sellers=3, most=None)) == {1: 28, 2: 5, 3: 27 - 27 % 5} | {1: 30}
    made = plan(Decimal(60), able, sellers=9, most=None)
    assert sum(shares(made).values()) == 60 and shares(made)[4] >= 20 and len(made.shares) == 4
    # Of a minimum that leaves nothing to the others one fewer shares.
    assert shares(plan(Decimal(20), able, sellers=4, most=None)) == {1: 10, 2: 5, 3: 5}


def test_what_cannot_come_and_what_is_too_much_is_said() -> None:
    made = plan(Decimal(100), [candidate(30, pk=1), candidate(40, pk=2)], sellers=None, most=None)
    assert (made.planned, made.missing, made.excess) == (70, 30, 0)
    made = plan(Decimal(61), [candidate(100, pk=1, step=12)], sellers=None, most=None)
    assert (made.planned, made.missing, made.excess) == (72, 0, 11)
    assert plan(Decimal(5), [], sellers=None, most=None).missing == 5


def test_beyond_the_budget_the_cheaper_come_first() -> None:
    near, cheap = candidate(50, pk=1, price=12_000), candidate(50, pk=2, price=10_000, near=2)
    assert shares(plan(Decimal(40), [near, cheap], sellers=None, most=480_000)) == {1: 40}
    assert shares(plan(Decimal(40), [near, cheap], sellers=None, most=479_999)) == {2: 40}
    # Where neither fits the one that costs less is shown.
    assert plan(Decimal(40), [near, cheap], sellers=None, most=1).total == 400_000


able_sellers = st.lists(
    st.builds(
        lambda most, least, step, near, used: (max(most, least * step), least * step, step, near, used),
        st.integers(1, 200), st.integers(1, 12), st.sampled_from([1, 1, 5, 12]), st.integers(0, 2),
        st.integers(0, CAP),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@given(able_sellers, st.integers(1, 900), st.none() | st.integers(1, 14))
def test_every_share_can_come_and_nothing_is_left_out(
    sellers: list[tuple[int, int, int, int, int]], wanted: int, asked: int | None
) -> None:
    able = [
        candidate(most, least=least, step=step, near=near, used=used, pk=pk)
        for pk, (most, least, step, near, used) in enumerate(sellers, start=1)
    ]
    made = plan(Decimal(wanted), able, sellers=asked, most=None)
    for one in made.shares:
        assert one.candidate.least <= one.quantity <= one.candidate.most
        assert one.quantity % one.candidate.offer.product.step == 0
    assert len(made.shares) + len(made.spare) == len(able)
    if sum(one.most for one in able) >= wanted + 12 * len(able):
        assert not made.missing or made.missing < 12 * len(made.shares)
    fewest, left = 0, wanted
    for most in sorted((one.most for one in able), reverse=True):
        if left <= 0:
            break
        fewest, left = fewest + 1, left - int(most)
    assert len(made.shares) == fewest or (asked is not None and fewest < len(made.shares) <= asked)
    steps_are_one = all(one.offer.product.step == 1 for one in able)
    if steps_are_one and sum(one.candidate.least for one in made.shares) <= wanted:
        assert made.planned == min(wanted, sum(one.candidate.most for one in made.shares))
        assert made.missing == max(wanted - sum(one.most for one in able), 0)


# --- the page and the draft -------------------------------------------------------------------------------------------


@pytest.fixture
def office(db: None) -> Office:
    set_rule("seller.cap_monthly", CAP)
    return Office(now=clock.now(), pagu=100_000_000)


@pytest.fixture
def draft(office: Office) -> PurchaseRequest:
    return make_request(office, [], now=clock.now())


def clothes() -> Category:
    return Category.objects.filter(parent__isnull=False).order_by("pk")[0]


@kept
def tailor(capacity: int, price: int = 100_000, **over: Any) -> Product:
    """Makes so many sets a day, two days before they come; the shop is open every day of the ten."""
    seller = over.pop("seller", None) or make.make_seller(delivery_fee=0, **over.pop("shop", {}))
    over.setdefault("category", clothes())
    return make.make_product(
        seller, price=price, unit="set", name=over.pop("name", "Seragam batik"), on_hand=capacity, **over
    )


def ask(office: Office, draft: PurchaseRequest, **query: Any) -> Any:
    client = Client()
    client.force_login(office.requester)
    return client.get(reverse("procurement:request-plan", args=[draft.number]), query)


def planned(answer: Any) -> dict[str, str]:
    return {row["product"].seller.name: row["value"] for row in answer.context["rows"]}


def test_a_plan_is_drawn_over_the_market_and_put_into_the_draft(office: Office, draft: PurchaseRequest) -> None:
    a, b, c = (
        tailor(count, shop={"name": name, "kelurahan": ward})
        for name, count, ward in (("A", 120, far_away()), ("B", 120, home()), ("C", 80, home()))
    )
    answer = ask(office, draft, q="seragam", jumlah="190")
    assert planned(answer) == {"B": "110", "C": "80"}  # the nearer ones, though A and B could too
    assert answer.context["plan"].total == 19_000_000
    assert "2 penjual. 3 penawaran diperiksa; 3 penjual sanggup" in answer.content.decode()
    assert [row["product"].pk for row in answer.context["spare"]] == [a.pk]
    client = answer.client if hasattr(answer, "client") else Client()
    client.force_login(office.requester)
    typed = {f"banyak-{b.pk}": "100", f"banyak-{c.pk}": "80", f"banyak-{a.pk}": "10", "key": answer.context["key"]}
    sent = client.post(answer.context["address"], typed)
    assert sent.status_code == 302 and sent.url.endswith("#barang")
    assert dict(draft.lines.values_list("product", "quantity")) == {a.pk: 10, b.pk: 100, c.pk: 80}
    client.post(answer.context["address"], typed)  # the same once more
    assert draft.lines.count() == 3 and draft.lines.get(product=b).quantity == 100


def test_a_line_of_too_many_gives_way_to_the_plan(office: Office) -> None:
    alone, other = tailor(120), tailor(120, price=101_000, name="Seragam lapangan")
    tailor(500, name="Topi")  # of the same category and unit, another word
    draft = make_request(office, [(alone, 190)], now=clock.now())
    draft.lines.update(note="Ukuran menyusul")
    answer = ask(office, draft, bagi=alone.pk)
    assert sorted(planned(answer).values()) == ["95", "95"]
    client = Client()
    client.force_login(office.requester)
    client.post(answer.context["address"], {
        f"banyak-{alone.pk}": "95", f"banyak-{other.pk}": "95", "key": answer.context["key"],
    })  # fmt: skip
    lines = {line.product_id: (line.quantity, line.note) for line in draft.lines.all()}
    assert lines == {alone.pk: (95, "Ukuran menyusul"), other.pk: (95, "Ukuran menyusul")}


def test_two_shops_of_one_owner_and_own_shops_count_as_they_should(office: Office, draft: PurchaseRequest) -> None:
    one = tailor(100)
    sister = tailor(100, shop={"owner": one.seller.owner})
    mine = tailor(500)
    SellerMember.objects.create(seller=mine.seller, user=office.requester, since=clock.now())
    answer = ask(office, draft, q="seragam", jumlah="150")
    assert len(planned(answer)) == 1
    assert answer.context["plan"].missing == 50
    assert "Kurang 50 set" in answer.content.decode()
    assert sister.seller.owner_id == one.seller.owner_id


def test_a_plan_follows_a_separation_and_its_end(office: Office, draft: PurchaseRequest) -> None:
    now = clock.now()
    one = tailor(100)
    sister = tailor(100, shop={"owner": one.seller.owner, "bank_account": one.seller.bank_account})
    query = {"q": "seragam", "jumlah": "150"}
    make.make_month(one.seller, month=clock.month_of(now), used=0)
    answer = ask(office, draft, **query)
    assert (len(planned(answer)), answer.context["plan"].missing) == (1, 50)
    ask_separation(one.seller, sister.seller, now)
    assert len(planned(ask(office, draft, **query))) == 1  # asked is not separated
    services.withdraw_separation(
        actor=one.seller.members.get().user, separation=SeparationRequest.objects.get(), now=now
    )
    separated(one.seller, sister.seller, now)
    answer = ask(office, draft, **query)
    assert set(planned(answer)) == {one.seller.name, sister.seller.name} and not answer.context["plan"].missing
    tied_anew(one.seller, sister.seller, now)
    answer = ask(office, draft, **query)
    assert (len(planned(answer)), answer.context["plan"].missing) == (1, 50)


def test_room_budget_ceiling_and_holidays_bound_the_shares(office: Office, draft: PurchaseRequest) -> None:
    busy, dear = tailor(500, shop={"name": "Sibuk"}), tailor(500, price=150_000, shop={"name": "Mahal"})
    make.make_month(busy.seller, month=clock.month_of(clock.now()), used=CAP - 5_000_000)
    Seller.objects.filter(pk=tailor(500).seller_id).update(
        closed_until=clock.local_date(clock.now()).replace(year=clock.local_date(clock.now()).year + 1)
    )
    answer = ask(office, draft, q="seragam", jumlah="80")
    assert planned(answer) == {"Mahal": "80"}
    answer = ask(office, draft, q="seragam", jumlah="80", maks="120000")
    assert planned(answer) == {"Sibuk": "50"} and answer.context["plan"].missing == 30
    assert dear.price == 150_000


def test_what_no_longer_can_come_is_refused_whole_and_stays_typed(office: Office, draft: PurchaseRequest) -> None:
    few, many = tailor(100), tailor(300)
    answer = ask(office, draft, q="seragam", jumlah="350")
    with transaction.atomic():
        post(
            StockEntry,
            few.pk,
            deltas={"on_hand": Decimal(-60)},
            now=clock.now(),
            note_code="first_stock",
            kind=StockMove.RECEIVE,
        )
    client = Client()
    client.force_login(office.requester)
    typed = {f"banyak-{few.pk}": "77", f"banyak-{many.pk}": "250", "key": answer.context["key"]}
    refused = client.post(answer.context["address"], typed)
    page = refused.content.decode()
    assert refused.status_code == 422 and not draft.lines.exists()
    assert 'value="77"' in page and 'value="250"' in page and "40 set" in page
    nothing = client.post(answer.context["address"], {f"banyak-{few.pk}": "", "key": new_key()})
    assert nothing.status_code == 422
    for wrong in ("-3", "banyak", "1e9", "9999999999999"):
        bad = client.post(answer.context["address"], {f"banyak-{few.pk}": wrong, "key": new_key()})
        assert bad.status_code == 422, wrong
    owner = few.seller.members.get().user
    products.hide_product(actor=owner, product=few, now=clock.now())
    assert client.post(answer.context["address"], typed | {"key": new_key()}).status_code == 422
    assert not draft.lines.exists()


def test_the_stalls_of_one_food_court_share_a_meal(office: Office, draft: PurchaseRequest) -> None:
    court, elsewhere = FoodCourt.objects.order_by("pk")[:2]
    dishes = [
        make.make_product(
            make.make_seller(kind="swk", food_court=place, delivery_fee=0, name=f"Stan {n}"), name=f"Nasi {n}",
            unit="portion", price=20_000, category=clothes(), keeps="cooked",
            stock_mode=StockMode.DAILY, daily_capacity=Decimal(40),
        )
        for n, place in enumerate((court, court, court, elsewhere))
    ]  # fmt: skip
    answer = ask(office, draft, swk=court.slug, jumlah="60")
    assert planned(answer) == {"Stan 0": "20", "Stan 1": "20", "Stan 2": "20"}
    assert len(planned(ask(office, draft, swk=court.slug, jumlah="60", penjual="2"))) == 2
    assert answer.context["plan"].wanted == 60
    assert len(dishes) == 4


@pytest.mark.parametrize(
    "query",
    [{"jumlah": "0"}, {"jumlah": "x"}, {"penjual": "0"}, {"barang": "9-set"}, {"barang": "12345678901-x"},
     {"bagi": "99999999999999999999"}, {"bagi": "7"}, {"maks": "abc"}, {"swk": "../x"}, {"kategori": "tidak-ada"}],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_a_page(
    office: Office, draft: PurchaseRequest, query: dict[str, str]
) -> None:
    tailor(10)
    assert ask(office, draft, **{"q": "seragam", **query}).status_code == 200


def test_without_a_day_no_plan(office: Office) -> None:
    tailor(10)
    draft = make_request(office, [], now=clock.now(), deliver_at=None, event_at=None)
    answer = ask(office, draft, q="seragam", jumlah="5")
    assert "plan" not in answer.context and "Isi dahulu kapan barang harus tiba" in answer.content.decode()


def test_the_number_of_statements_is_fixed(office: Office, draft: PurchaseRequest) -> None:
    client = Client()
    client.force_login(office.requester)
    address = f"{reverse('procurement:request-plan', args=[draft.number])}?q=seragam&jumlah=50"
    counts = []
    for more in (2, 8):
        for _n in range(more):
            tailor(10)
        client.get(address)
        answer, asked = statements_of(client, address)
        assert answer.status_code == 200 and not asked.twice
        counts.append(asked.count)
    assert counts[0] == counts[1] <= 25


def test_another_plan_adds_to_what_is_there(office: Office, draft: PurchaseRequest) -> None:
    """And what is there counts for what can come."""
    product = tailor(500)
    more: dict[str, Any] = {"actor": office.requester, "request": draft, "instead": None, "now": clock.now()}
    sourcing.take_plan(wanted={product.pk: Decimal(10)}, key=new_key(), **more)
    sourcing.take_plan(wanted={product.pk: Decimal(190)}, key=new_key(), **more)
    assert draft.lines.get().quantity == 200
    with pytest.raises(RuleBroken) as refused:
        sourcing.take_plan(wanted={product.pk: Decimal(301)}, key=new_key(), **more)
    assert refused.value.field == f"banyak-{product.pk}" and draft.lines.get().quantity == 200


def test_what_only_the_month_bounds_is_not_blamed_on_the_day(office: Office, draft: PurchaseRequest) -> None:
    """Goods there are, and the owner may sell no more this month: from the 1st on, whatever the day of delivery."""
    busy = tailor(500, shop={"name": "Sibuk"})
    make.make_month(busy.seller, month=clock.month_of(clock.now()), used=CAP - 5_000_000)
    page = ask(office, draft, q="seragam", jumlah="80").content.decode()
    assert (
        "ruang penjualan para penjualnya bulan ini hanya sampai 50 set" in page
        and "Hari antar lain tidak menolong" in page
        and "tetap dijumlahkan sebagai satu pengadaan" in page  # what the split guard would say of two
    )
    assert "Pilih hari lain" not in page
    # Too few goods, but the month is all that bounds who has some.
    assert "Pilih hari lain" not in ask(office, draft, q="seragam", jumlah="600").content.decode()
    tailor(10)
    few = ask(office, draft, q="seragam", jumlah="600").content.decode()  # on another day this one has more
    assert "Pilih hari lain" in few


def test_fewer_sellers_than_were_asked_for_are_told(office: Office, draft: PurchaseRequest) -> None:
    tailor(120)
    assert "Diminta 3 penjual" in ask(office, draft, q="seragam", jumlah="50", penjual="3").content.decode()
    assert "Diminta" not in ask(office, draft, q="seragam", jumlah="50", penjual="1").content.decode()


def test_only_courts_that_can_bring_it_are_offered(office: Office, draft: PurchaseRequest) -> None:
    one, other = FoodCourt.objects.order_by("pk")[:2]
    tailor(120, shop={"kind": "swk", "food_court": one})
    answer = ask(office, draft, q="seragam", jumlah="50")
    assert [(court["slug"], court["count"]) for court in answer.context["courts"]] == [(one.slug, 1)]
    answer = ask(office, draft, q="seragam", jumlah="50", swk=other.slug)  # typed: it says 0, and which one can
    assert {court["slug"]: court["count"] for court in answer.context["courts"]} == {one.slug: 1, other.slug: 0}
    assert not planned(answer)
