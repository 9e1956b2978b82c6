"""The comparison sheet: what the system draws, what counts, which reasons hold, and what is kept."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from procurement.requests.states import CHOOSABLE
from procurement.sourcing import comparison, pages, reasons, sheets
from procurement.sourcing import services as sourcing
from procurement.sourcing.models import ComparisonSheet, SheetGoods, SheetOffer
from procurement.sourcing.sheets import ComparedGoods, Comparison
from tests.factories import umkm as make
from tests.factories.places import far_away
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_request
from tests.factories.rules import set_rule
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.catalogue.models import Product
from umkm.catalogue.states import ProductState
from umkm.owners import services as owners
from umkm.sellers.models import Seller, SellerMember

WELL = "Kertasnya lebih tebal, tahan lama"
ASKED = date(2026, 9, 17)  # ten days after Monday


# --- Pure over the rows of a sheet ---


def row(owner: int, price: int, **over: Any) -> SheetOffer:
    number = next(_numbers)
    values = {
        "product_id": number, "seller_id": owner, "owner_id": owner, "is_chosen": False, "name": f"Barang {number}",
        "seller_name": f"Toko {owner}", "price": price, "quantity": Decimal(10), "delivery_cost": 10_000,
        "is_delivered": True, "nearness": 1, "free": Decimal(50), "most": Decimal(50), "room": 30_000_000,
        "earliest": date(2026, 9, 10), **over,
    }  # fmt: skip
    return SheetOffer(**values)


_numbers = iter(range(1, 10_000))


def of(chosen: list[SheetOffer], others: list[SheetOffer], *, bought: tuple[int, ...] = (), asked: int = 2) -> Any:
    for offer in chosen:
        offer.is_chosen = True
    sheet = ComparisonSheet(deliver_at=MONDAY + 10 * DAY)
    goods = SheetGoods(sheet=sheet, name="Map", unit="pcs", quantity=min(offer.quantity for offer in chosen))
    owners = frozenset({*bought, *(offer.owner_id for offer in chosen)})
    return ComparedGoods(goods, [*chosen, *others], owners, asked)


@pytest.mark.parametrize(
    ("owners", "bought", "counted", "single", "short"),
    [
        ([2, 3], (), 2, False, False),
        ([2, 2, 3], (), 2, False, False),  # two shops of one owner
        ([2, 2], (), 1, False, True),
        ([2, 3], (3,), 1, False, True),  # bought for other goods of the same purchase
        ([1, 1], (), 0, True, True),  # other shops of the chosen owner
        ([2], (2,), 0, True, True),
        ([], (), 0, True, True),
    ],
)
def test_what_counts_are_owners_of_whom_nothing_is_bought(
    owners: list[int], bought: tuple[int, ...], counted: int, single: bool, short: bool
) -> None:
    goods = of([row(1, 100)], [row(owner, 200) for owner in owners], bought=bought)
    assert (len(goods.owners), goods.is_single, goods.is_short) == (counted, single, short)


@pytest.mark.parametrize(
    ("over", "dearer"),
    [
        ({"price": 100_000}, False),
        ({"price": 99_999}, True),
        ({"price": 100_000, "delivery_cost": 9_999}, True),  # cheaper with its delivery
        ({"price": 101_000, "delivery_cost": 0}, False),
        ({"price": 100_999, "delivery_cost": 0}, True),
        ({"price": 99_999, "delivery_cost": 500_000}, True),  # cheaper but for its delivery: the reason says so
        ({"price": 50_000, "most": Decimal(9)}, False),  # cannot bring as much
        ({"price": 50_000, "most": Decimal(10)}, True),
        ({"price": 50_000, "quantity": Decimal(20)}, False),  # as dear as the chosen, delivery included
        ({"price": 49_999, "quantity": Decimal(20)}, True),
        ({"price": 49_999, "quantity": Decimal(20), "most": Decimal(19)}, False),
    ],
)
def test_what_is_dearer(over: dict[str, Any], dearer: bool) -> None:
    chosen = row(1, 100_000)
    goods = of([chosen], [row(2, **over), row(3, 200_000)])
    assert (goods.is_dearer(chosen), goods.is_cheapest) == (dearer, not dearer)


@pytest.mark.parametrize(
    ("reason", "mine", "other", "code"),
    [
        ("", {}, {}, "reason_missing"),
        # 10 × Rp1.000 cheaper: what it costs more to bring must eat all of it up.
        ("delivery", {}, {"delivery_cost": 20_000}, None),
        ("delivery", {}, {"delivery_cost": 19_999}, "reason_untrue"),
        ("delivery", {}, {"delivery_cost": 10_000}, "reason_untrue"),
        # All can come when it is asked for: who could come before that brings nothing more.
        ("sooner", {"earliest": date(2026, 9, 9)}, {}, "reason_untrue"),
        ("sooner", {}, {}, "reason_untrue"),
        ("sooner", {}, {"earliest": ASKED}, "reason_untrue"),
        ("sooner", {"earliest": None}, {"earliest": None}, "reason_untrue"),
        ("sooner", {}, {"earliest": ASKED + DAY}, None),
        ("nearer", {"nearness": 0}, {}, None),
        ("nearer", {}, {}, "reason_untrue"),
        ("nearer", {"nearness": 2}, {"nearness": 2}, "reason_untrue"),
        ("capacity", {}, {}, "reason_untrue"),
        ("quality", {"reason_note": "x" * reasons.WORDS}, {}, None),
        ("quality", {"reason_note": "x" * (reasons.WORDS - 1)}, {}, "note_missing"),
        ("quality", {"reason_note": " " * 40}, {}, "note_missing"),
    ],
)
def test_a_coded_reason_holds_only_where_the_facts_do(
    reason: str, mine: dict[str, Any], other: dict[str, Any], code: str | None
) -> None:
    chosen = row(1, 100_000, reason=reason, **mine)
    goods = of([chosen], [row(2, 99_000, **other), row(3, 120_000)])
    found = reasons.objection(goods, chosen)
    assert (found.code if found else None) == code


def test_a_reason_must_be_true_of_every_cheaper_offer() -> None:
    chosen = row(1, 100_000, reason="nearer", nearness=0)
    assert reasons.objection(of([chosen], [row(2, 99_000), row(3, 98_000)]), chosen) is None
    found = reasons.objection(of([chosen], [row(2, 99_000), row(3, 98_000, nearness=0)]), chosen)
    assert found is not None
    assert "Toko 3" in found.text


@pytest.mark.parametrize(("most", "code"), [(59, None), (60, "reason_untrue")])
def test_capacity_is_that_of_all_that_is_asked_of_the_shop(most: int, code: str | None) -> None:
    chosen = [row(1, 100_000, reason="capacity", quantity=Decimal(30)) for _line in range(2)]
    goods = of(chosen, [row(2, 90_000, most=Decimal(most)), row(3, 120_000)])
    found = reasons.objection(goods, chosen[0])
    assert (found.code if found else None) == code


# --- Drawn over the market ---


@pytest.fixture
@kept
def office(db: None) -> Office:
    set_rule("purchase.compare_two_above", 1)
    return Office()


def drawn(request: PurchaseRequest, now: Any = MONDAY) -> Comparison:
    found = sheets.draw(request, contents.read(request, now), now)
    assert found is not None
    return found


def names(goods: ComparedGoods) -> list[str]:
    return [offer.name for offer in [*goods.chosen, *goods.others]]


def submit(office: Office, request: PurchaseRequest, now: Any = MONDAY) -> PurchaseRequest:
    return decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=now)


def explain(
    office: Office, request: PurchaseRequest, product: Product, reason: str = "quality", note: str = WELL
) -> Any:
    return sourcing.explain_choice(
        actor=office.requester, request=request, product=product, reason=reason, note=note, now=MONDAY
    )


@pytest.mark.parametrize(
    ("two", "three", "asked"),
    [
        (1_010_000, 2_000_000, 0),
        (1_009_999, 1_010_000, 2),
        (1_009_999, 1_009_999, 3),
        (1_010_001, 2_000_000, 0),
    ],
)
def test_the_amount_decides_whether_and_how_many(office: Office, two: int, three: int, asked: int) -> None:
    set_rule("purchase.compare_two_above", two)
    set_rule("purchase.compare_three_above", three)
    chosen = make.make_product(price=100_000)
    for _n in range(3):
        make.make_product(category=chosen.category, price=100_000)
    sent = submit(office, make_request(office, [(chosen, 10)]))
    found = sheets.kept(sent)
    assert (found.sheet.asked if found else 0) == asked
    assert bool(sent.sheet_number) is bool(asked)


def test_every_offer_that_can_come_is_drawn_and_no_other(office: Office) -> None:
    chosen = make.make_product(name="Dipilih", price=100_000)
    kind = {"category": chosen.category, "price": 110_000}
    pair = make.make_seller()
    make.make_product(name="Jauh", **kind, seller=make.make_seller(kelurahan=far_away(), delivery_fee=25_000))
    make.make_product(pair, name="Toko satu", **kind)
    make.make_product(make.make_seller(owner=pair.owner), name="Toko dua", **kind)
    make.make_product(make.make_seller(owner=chosen.seller.owner), name="Saudara", **kind)
    make.make_product(name="Lambat", **kind, lead_days=50)
    make.make_product(name="Kurang", **kind, on_hand=9)
    make.make_product(name="Lain satuan", **kind, unit="kg")
    make.make_product(name="Lain jenis", price=1)
    make.make_product(name="Ditarik", **kind, state=ProductState.HIDDEN)
    make.make_product(name="Melewati batas", category=chosen.category, price=2_999_001)
    own = make.make_product(name="Milik pemesan", **kind)
    sister = make.make_seller(owner=own.seller.owner)
    SellerMember.objects.create(seller=sister, user=office.requester, since=MONDAY)
    (goods,) = drawn(make_request(office, [(chosen, 10)])).goods
    assert sorted(names(goods)) == ["Dipilih", "Jauh", "Saudara", "Toko dua", "Toko satu"]
    assert len(goods.owners) == 2
    far = next(offer for offer in goods.others if offer.name == "Jauh")
    assert (far.delivery_cost, far.nearness, far.quantity, far.free, far.price) == (25_000, 2, 10, 100, 110_000)
    # Separated by an officer, a shop is no longer the chosen owner's and compares like any other.
    owners.separate([Seller.objects.get(products__name="Saudara")], now=MONDAY)
    (goods,) = drawn(make_request(office, [(chosen, 10)])).goods
    assert len(goods.owners) == 3


def test_who_sells_in_other_amounts_is_compared_with_the_amount_that_could_be_bought(office: Office) -> None:
    chosen = make.make_product(price=100_000)
    kind = {"category": chosen.category, "price": 90_000, "minimum": 1}
    make.make_product(name="Per enam", **{**kind, "step": 6})
    make.make_product(name="Paling sedikit 25", **{**kind, "minimum": 25})
    make.make_product(name="Tidak cukup", **{**kind, "minimum": 25}, on_hand=24)
    (goods,) = drawn(request := make_request(office, [(chosen, 10)])).goods
    assert {offer.name: offer.quantity for offer in goods.others} == {"Per enam": 12, "Paling sedikit 25": 25}
    assert len(goods.owners) == 2 and not goods.is_dearer(goods.chosen[0])
    (told,) = pages.sheet_rows(drawn(request))
    notes = [row["cells"][2].get("note") for row in told["rows"]]
    assert notes == ["", "untuk 12 buah", "untuk 25 buah"]


def test_each_of_the_goods_is_compared_by_itself(office: Office) -> None:
    """Whoever is bought from for one of them is no comparison for the other."""
    maps, paper = make.make_product(price=100_000), make.make_product(price=50_000, unit="ream")
    for _n in range(2):
        make.make_product(category=maps.category, price=100_000)
    make.make_product(maps.seller, category=paper.category, price=60_000, unit="ream")
    request = make_request(office, [(maps, 10), (paper, 10)])
    one, other = drawn(request).goods
    assert (len(one.owners), one.is_short) == (2, False)
    assert (len(other.offers), other.is_single) == (2, True)
    refused(RuleBroken, lambda: submit(office, request), "justification_missing")


def test_goods_without_a_twin_are_single_and_their_price_is_accounted_for(office: Office) -> None:
    product = make.make_product(price=100_000)
    request = make_request(office, [(product, 10)])
    refused(RuleBroken, lambda: submit(office, request), "justification_missing")
    refused(RuleBroken, lambda: explain(office, request, product, reason="", note="murah"), "justification_missing")
    explain(office, request, product, reason="", note="Sama dengan harga kontrak tahun lalu")
    sent = submit(office, request)
    (said,) = warned(sent)
    assert said["kind"] == "now"
    assert "wajib dinegosiasikan" in said["text"]
    assert "kontrak tahun lalu" in said["note"]
    balanced()


def test_a_reason_the_facts_deny_is_refused_and_not_kept(office: Office) -> None:
    product = make.make_product(price=100_000)
    make.make_product(category=product.category, price=90_000)
    request = make_request(office, [(product, 10)])
    refused(RuleBroken, lambda: submit(office, request), "reason_missing")
    refused(RuleBroken, lambda: explain(office, request, product, reason="delivery"), "reason_untrue")
    refused(RuleBroken, lambda: explain(office, request, make.make_product()), "unknown_line")
    assert request.lines.get().choice_reason == ""
    explain(office, request, product)
    found = sheets.kept(submit(office, request))
    assert found is not None
    kept = found.of(product.pk)
    assert kept is not None
    assert (kept[1].reason, kept[1].reason_note) == ("quality", WELL)


def test_sooner_is_no_reason_a_requester_can_give() -> None:
    assert {reason for reason, _label in CHOOSABLE} == {"delivery", "nearer", "capacity", "quality"}


def test_where_the_cheapest_is_chosen_no_reason_is_taken(office: Office) -> None:
    product = make.make_product(price=100_000)
    make.make_product(category=product.category, price=100_000)
    request = make_request(office, [(product, 10)])
    refused(RuleBroken, lambda: explain(office, request, product), "reason_unneeded")
    request.lines.update(choice_reason="nearer", choice_note="tidak benar lagi")
    found = sheets.kept(submit(office, request))
    assert found is not None
    assert [offer.reason for _goods, offer in found.choices] == [""]


def test_the_sheet_is_drawn_when_it_is_sent_not_when_it_was_read(office: Office) -> None:
    """An offer able yesterday and not today; a price that falls between the page and the click."""
    product = make.make_product(price=100_000)
    other = make.make_product(category=product.category, price=100_000, lead_days=9)
    steady = make.make_product(category=product.category, price=100_000)
    request = make_request(office, [(product, 10)])
    assert [offer.product for offer in drawn(request).goods[0].others] == [other, steady]
    assert [offer.product for offer in drawn(request, MONDAY + 2 * DAY).goods[0].others] == [steady]
    shown = contents.read(request, MONDAY).shown
    Product.objects.filter(pk=steady.pk).update(price=99_000)

    def send() -> PurchaseRequest:
        return decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY, shown=shown)

    refused(RuleBroken, send, "reason_missing")
    explain(office, request, product)
    found = sheets.kept(send())
    assert found is not None
    assert [offer.price for offer in found.goods[0].others] == [99_000, 100_000]


def test_what_was_kept_never_changes_and_is_drawn_again_when_sent_again(office: Office) -> None:
    product = make.make_product(price=100_000)
    other = make.make_product(category=product.category, price=110_000)
    sent = submit(office, make_request(office, [(product, 10)]))
    Product.objects.filter(pk=other.pk).update(price=120_000, name="Lain")
    first = sheets.kept(sent)
    assert first is not None
    assert [offer.price for offer in first.goods[0].others] == [110_000]
    for rows, change in (
        (ComparisonSheet.objects, {"total": 1}), (SheetGoods.objects, {"name": "Lain"}),
        (SheetOffer.objects, {"price": 1}),
    ):  # fmt: skip
        with pytest.raises(InternalError), transaction.atomic():
            rows.update(**change)
    decisions.send_back_request(actor=office.pp, request=sent, note="Perbaiki", now=MONDAY + HOUR)
    again = submit(office, PurchaseRequest.objects.get(pk=sent.pk), now=MONDAY + 2 * HOUR)
    second = sheets.kept(again)
    assert second is not None
    assert second.sheet.number != first.sheet.number
    assert [offer.price for offer in second.goods[0].others] == [120_000]
    assert again.sheets.count() == 2
    # Below the amount nothing is compared, and the old sheets are not those of this sending.
    decisions.send_back_request(actor=office.pp, request=again, note="Perbaiki", now=MONDAY + 3 * HOUR)
    set_rule("purchase.compare_two_above", 2_000_000)
    assert sheets.kept(submit(office, PurchaseRequest.objects.get(pk=sent.pk), now=MONDAY + 4 * HOUR)) is None


def test_a_line_dropped_afterwards_changes_no_sheet(office: Office) -> None:
    """It stays on it as drawn, marked; its owner counts for nothing more, and no warning speaks of it."""
    maps, paper = make.make_product(price=100_000), make.make_product(price=50_000, unit="ream")
    for product in (maps, paper):
        for _n in range(2):
            make.make_product(category=product.category, price=120_000, unit=product.unit)
    make.make_product(paper.seller, category=maps.category, price=130_000)
    sent = submit(office, make_request(office, [(maps, 10), (paper, 10)]))
    before = sheets.kept(sent)
    assert before is not None
    assert [len(goods.owners) for goods in before.goods] == [2, 2]
    line = sent.lines.get(product=paper)
    approved = decisions.approve_request(
        actor=office.pp, request=sent, dropped={line.pk: "Masih ada"}, note="", key=new_key(), now=MONDAY + HOUR
    )
    after = sheets.kept(approved)
    assert after is not None
    assert [len(goods.owners) for goods in after.goods] == [2, 2]
    assert len(warned(approved)) == 1
    tags = [r["cells"][-1]["text"] for goods in pages.sheet_rows(after, [paper.pk]) for r in goods["rows"]]
    assert tags.count("Dilepas pejabat") == 1
    assert tags.count("Dipilih") == 1


def warned(request: PurchaseRequest) -> list[dict[str, str]]:
    """What the approver reads of the comparison."""
    request = PurchaseRequest.objects.select_related("line", "requester").get(pk=request.pk)
    held = contents.read(request, MONDAY + HOUR)
    found = comparison.warnings(request, held, sheets.kept(request), MONDAY + HOUR)
    return [item for item in found if item.get("href") == "#perbandingan"]


@pytest.mark.parametrize(
    ("others", "kind", "said"),
    [
        ([100_000, 120_000], "ok", "2 pemilik yang tidak dipilih dibandingkan"),
        (
            [120_000],
            "now",
            "tidak ada yang sanggup. Yang dipilih yang termurah sekategori, jadi alasannya",
        ),
        ([99_999, 120_000], "now", "bukan yang termurah"),
    ],
)
def test_green_only_where_the_chosen_is_the_cheapest_of_enough(
    office: Office, others: list[int], kind: str, said: str
) -> None:
    product = make.make_product(price=100_000)
    for price in others:
        make.make_product(category=product.category, price=price)
    request = make_request(office, [(product, 10)])
    if kind == "now" and len(others) > 1:
        explain(office, request, product)
    (item,) = warned(submit(office, request))
    assert (item["kind"], said in item["text"]) == (kind, True)


def test_the_number_of_queries_does_not_grow_with_goods_and_offers(
    office: Office,
) -> None:
    goods = [make.make_product(price=10_000) for _n in range(3)]
    request = make_request(office, [(product, 1) for product in goods])
    held = contents.read(request, MONDAY)
    asked = []
    for more in (0, 3):
        for product in goods[:more]:
            make.make_product(category=product.category, price=11_000)
        with CaptureQueriesContext(connection) as found:
            sheets.draw(PurchaseRequest.objects.get(pk=request.pk), held, MONDAY)
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_more_than_anybody_can_bring_asks_for_no_justification(office: Office) -> None:
    """The chosen cannot bring it either: it is to be shared, not accounted for."""
    request = make_request(office, [(make.make_product(price=100_000, on_hand=5), 10)])
    sheet = sheets.draw(request, contents.read(request, MONDAY), MONDAY)
    (row,) = pages.sheet_rows(sheet)
    assert "Tidak ada satu penjual pun yang sanggup" in row["said"] and not row["choices"]
    refused(RuleBroken, lambda: submit(office, request), "out_of_stock")
