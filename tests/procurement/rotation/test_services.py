"""A draw is announced, drawn, followed; and nobody bends it."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.canonical import text_fingerprint
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from procurement.guards.concerns import concerns
from procurement.guards.services import Answer
from procurement.guards.states import Choice
from procurement.requests import contents, obstacles
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import copies, decisions, drafts
from procurement.requests.states import ChoiceReason
from procurement.rotation import drawing, lists, results, services
from procurement.rotation.models import RotationDraw, RotationEntrant
from procurement.rotation.states import DrawState
from procurement.sourcing import services as sourcing
from procurement.sourcing import sheets
from procurement.sourcing.replacements import replacements_of
from tests.factories import orders as make_orders
from tests.factories import umkm as make
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused
from tests.procurement.rotation.test_drawing import independent
from tests.procurement.rotation.world import DAY, DRAWN_AT, HOUR, MONDAY, VALUE, Turns
from umkm.catalogue.models import Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def turns() -> Turns:
    return Turns()


def fresh(draw: RotationDraw) -> RotationDraw:
    return RotationDraw.objects.with_list().get(pk=draw.pk)


def faults(request: PurchaseRequest, now: Any = DRAWN_AT) -> set[str]:
    held = contents.read(request, now)
    found = obstacles.obstacles(request, held, now, obstacles.line_faults(request, held, now), None)
    return {one.code for one in found if one.code.startswith("draw_")}


def submit(turns: Turns, now: Any = DRAWN_AT) -> PurchaseRequest:
    request = PurchaseRequest.objects.get(pk=turns.request.pk)
    found = concerns(request, contents.read(request, now), now)
    answers = {one.key: Answer(Choice.JUSTIFY, "Undian giliran menentukannya.") for one in found}
    return decisions.submit_request(
        actor=turns.office.requester, request=request, key=new_key(), now=now, answers=answers
    )


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_list_names_every_owner_once_within_the_band(turns: Turns) -> None:
    """Costs with delivery of 210,000 to 230,000 are equal up to 231,000; 23,000 apiece is not."""
    turns.offer(23_000)
    sister = make.make_seller(owner=turns.products[1].seller.owner, nik=turns.products[1].seller.nik)
    turns.offer(19_999, sister)
    draw = turns.announce()
    rows = list(draw.entrants.order_by("pk"))
    assert [row.cost for row in rows] == [210_000, 220_000, 230_000, 209_990]
    assert {row.owner_id for row in rows} == {one.seller.owner_id for one in turns.products}


@pytest.mark.parametrize(("price", "counts"), [(22_100, True), (22_101, False)])
def test_both_sides_of_the_band(turns: Turns, price: int, counts: bool) -> None:
    edge = turns.offer(price)
    assert turns.announce().entrants.filter(product=edge).exists() == counts


def test_what_cannot_come_is_not_on_the_list(turns: Turns) -> None:
    turns.offer(on_hand=9)
    turns.hide(turns.products[1])
    assert turns.announce().entrants.count() == 3


def test_fewer_than_the_rule_asks_for_are_not_drawn_among(turns: Turns) -> None:
    for product in turns.products[1:3]:
        turns.hide(product)
    refused(RuleBroken, turns.announce, "draw_few")
    set_rule("rotation.owners_least", value=2)
    assert turns.announce().entrants.count() == 2


def test_shops_tied_to_an_officer_are_left_out_and_named(turns: Turns) -> None:
    make.make_member(turns.products[3].seller, turns.office.treasurer)
    draw = turns.announce()
    out = draw.entrants.get(number=None)
    assert (out.product, out.weight, out.left_out) == (turns.products[3], 0, "tied")
    assert json.loads(draw.list_text)["left_out"] == [turns.products[3].seller.name]
    page = signed_in(make.make_user()).get(reverse("procurement:draw-detail", args=[draw.number])).text
    assert f"terkait pejabat dinas yang membeli: {turns.products[3].seller.name}" in page


def test_a_tied_shop_does_not_set_the_band(turns: Turns) -> None:
    cheap = turns.offer(10_000)
    make.make_member(cheap.seller, turns.office.pp)
    assert turns.announce().entrants.exclude(number=None).count() == 4


def test_quiet_owners_weigh_more(turns: Turns) -> None:
    """Orders of all departments, this month; what a seller declined counts, what the department cancelled does not."""
    busy, declining, quiet, last_month = turns.products
    for product, count in ((busy, 2), (declining, 1)):
        for _n in range(count):
            make_orders.make_issued(make_orders.make_office(), product, quantity=1, now=MONDAY - DAY)
    parts = PurchaseRequest.objects.get(lines__product=declining, state="ordered").sellers
    parts.update(unfilled_at=MONDAY, unfilled_reason="declined", unfilled_order="SP-1")
    make_orders.make_issued(make_orders.make_office(), last_month, quantity=1, now=MONDAY - 20 * DAY)
    rows = {row.product_id: (row.orders, row.weight) for row in turns.announce().entrants.all()}
    assert rows == {busy.pk: (2, 20), declining.pk: (1, 30), quiet.pk: (0, 60), last_month.pk: (0, 60)}
    parts.update(unfilled_reason="cancelled")
    assert lists.orders_of([declining.seller.owner_id or 0], MONDAY) == {}


# --- Announced --------------------------------------------------------------------------------------------------------


def test_what_is_published_before_the_draw_keeps_the_secret(turns: Turns) -> None:
    draw = turns.announce()
    told = signed_in(make.make_user()).get(reverse("procurement:draw-data", args=[draw.number])).json()
    assert (told["secret"], told["seed"], told["order"], told["public_value"]) == (None, None, None, None)
    assert text_fingerprint(told["list"]) == told["list_hash"]
    assert json.loads(told["list"])["commitment"] == told["commitment"] == text_fingerprint(fresh(draw).secret)
    for page in ("draw-detail", "draw-data"):
        answer = signed_in(turns.office.requester).get(reverse(f"procurement:{page}", args=[draw.number]))
        assert fresh(draw).secret not in answer.text


def test_a_second_click_announces_nothing_new(turns: Turns) -> None:
    assert turns.announce() == turns.announce()
    assert RotationDraw.objects.count() == 1


@pytest.mark.parametrize("who", ["pp", "head", "receiver"])
def test_only_the_requester_announces_and_draws(turns: Turns, who: str) -> None:
    actor = getattr(turns.office, who)
    refused(NotAllowed, lambda: turns.announce(actor=actor), "not_allowed")
    draw = turns.announce()
    refused(NotAllowed, lambda: turns.draw(draw, actor=actor), "not_allowed")
    refused(
        NotAllowed, lambda: services.cancel_draw(actor=actor, draw=draw, reason="changed", now=MONDAY), "not_allowed"
    )
    assert fresh(draw).state == DrawState.ANNOUNCED


def test_routine_purchases_only_up_to_the_limit(turns: Turns) -> None:
    set_rule("rotation.most", value=199_999)
    refused(RuleBroken, turns.announce, "draw_too_much")
    set_rule("rotation.most", value=200_000)
    turns.announce()


def test_the_goods_must_come_after_the_draw(turns: Turns) -> None:
    request = PurchaseRequest.objects.get(pk=turns.request.pk)
    until = clock.due_after_working_days(MONDAY, 1)
    PurchaseRequest.objects.filter(pk=request.pk).update(deliver_at=until)
    refused(RuleBroken, turns.announce, "draw_no_day")


def test_the_same_goods_on_two_lines_are_one_first(turns: Turns) -> None:
    drafts.put_line(
        actor=turns.office.requester, request=turns.request, product=turns.products[1], quantity=Decimal(1), note="",
        now=MONDAY,
    )  # fmt: skip
    refused(RuleBroken, turns.announce, "draw_many")


# --- Drawn ------------------------------------------------------------------------------------------------------------


def test_the_first_drawn_stands_in_the_draft_and_anybody_draws_the_same(turns: Turns) -> None:
    draw = turns.drawn()
    told = signed_in(make.make_user()).get(reverse("procurement:draw-data", args=[draw.number])).json()
    assert independent(told["list"], told["secret"], VALUE) == (told["seed"], told["order"])
    assert drawing.rerun(told).order == told["order"]
    first = draw.entrants.get(number=told["order"][0])
    line = turns.request.lines.get()
    assert (line.product_id, line.quantity, line.choice_reason) == (first.product_id, 10, ChoiceReason.DRAW)
    assert draw.number in line.choice_note and faults(turns.request) == set()
    assert submit(turns).state == "submitted"
    balanced()


def test_it_is_not_drawn_before_its_day_is_over(turns: Turns) -> None:
    draw = turns.announce()
    refused(RuleBroken, lambda: turns.draw(draw, draw.draw_from - HOUR), "draw_early")
    assert turns.draw(draw, draw.draw_from).state == DrawState.DRAWN


@pytest.mark.parametrize("value", ["", "tinggi", "7", "minus 7.123,45", "7" * 31])
def test_a_value_that_is_no_figure_draws_nothing(turns: Turns, value: str) -> None:
    draw = turns.announce()
    refused(RuleBroken, lambda: turns.draw(draw, public_value=value), "value_wrong")
    assert fresh(draw).state == DrawState.ANNOUNCED


def test_it_is_drawn_once(turns: Turns) -> None:
    draw = turns.drawn()
    order = [row.number for row in results.in_order(draw)]
    assert [row.number for row in results.in_order(turns.draw(draw))] == order
    refused(InvalidMove, lambda: turns.draw(draw, public_value="7.999,99"), "invalid_move")
    refused(InvalidMove, lambda: turns.announce(product=turns.request.lines.get().product), "invalid_move")
    actor = turns.office.requester
    refused(
        InvalidMove, lambda: services.cancel_draw(actor=actor, draw=draw, reason="changed", now=DRAWN_AT),
        "invalid_move",
    )  # fmt: skip
    assert RotationEntrant.objects.filter(place__isnull=False).count() == 4


def change_quantity(turns: Turns) -> None:
    drafts.put_line(
        actor=turns.office.requester, request=turns.request, product=turns.request.lines.get().product,
        quantity=Decimal(11), note="", now=DRAWN_AT,
    )  # fmt: skip


def change_day(turns: Turns) -> None:
    drafts.save_request(
        actor=turns.office.requester, request=turns.request, values={"deliver_at": MONDAY + 9 * DAY}, now=DRAWN_AT
    )


def remove_goods(turns: Turns) -> None:
    drafts.remove_line(
        actor=turns.office.requester, request=turns.request, product=turns.request.lines.get().product, now=DRAWN_AT
    )


def add_beside(turns: Turns) -> None:
    drafts.add_to_draft(
        actor=turns.office.requester, agency=turns.office.agency, product=turns.products[2], quantity=Decimal(1),
        note="", number=turns.request.number, now=DRAWN_AT,
    )  # fmt: skip


@pytest.mark.parametrize("change", [change_quantity, change_day, remove_goods, add_beside])
def test_what_was_announced_stays_until_it_is_drawn_or_called_off(
    turns: Turns, change: Callable[[Turns], None]
) -> None:
    other = make.make_product(price=5_000)
    draw, requester = turns.announce(), turns.office.requester
    before = list(turns.request.lines.values_list("product", "quantity"))
    refused(RuleBroken, lambda: change(turns), "draw_fixed")
    assert list(turns.request.lines.values_list("product", "quantity")) == before
    assert PurchaseRequest.objects.get(pk=turns.request.pk).deliver_at == turns.request.deliver_at
    # What the draw does not speak of is free: other goods, the note, and who of the kind stands in the draft meanwhile.
    drafts.put_line(actor=requester, request=turns.request, product=other, quantity=Decimal(1), note="", now=DRAWN_AT)
    drafts.put_line(
        actor=requester, request=turns.request, product=turns.products[0], quantity=Decimal(10), note="Tanpa kacang",
        now=DRAWN_AT,
    )  # fmt: skip
    sourcing.replace_line(
        actor=requester, request=turns.request, product=turns.products[0], by=turns.products[1], now=DRAWN_AT
    )
    drafts.remove_line(actor=requester, request=turns.request, product=other, now=DRAWN_AT)
    services.cancel_draw(actor=requester, draw=draw, reason="changed", now=DRAWN_AT)
    change(turns)


def test_the_requester_is_asked_before_a_list_is_published_and_offered_only_what_may_be_done() -> None:
    turns = Turns(now=clock.now() - 3 * HOUR)
    browser = signed_in(turns.office.requester)
    address = reverse("procurement:request-draw", args=[turns.request.number, turns.products[0].pk])
    asked = browser.post(address)
    assert asked.status_code == 200 and "10 buah" in asked.text and not RotationDraw.objects.exists()
    assert browser.post(address, {"sure": "1"}).status_code == 302
    draw = RotationDraw.objects.get()
    page = browser.get(address).text
    assert "Undi sekarang" not in page and "Batalkan undian" in page
    draft = browser.get(reverse("procurement:request-detail", args=[turns.request.number])).text
    assert "readonly" in draft and f"Hapus {turns.products[0].name}" not in draft
    assert address in draft and reverse("procurement:draw-detail", args=[draw.number]) not in draft
    RotationDraw.objects.update(draw_from=clock.now() - HOUR)
    assert "Undi sekarang" in browser.get(address).text
    public = reverse("procurement:draw-detail", args=[draw.number])
    link = f'href="{reverse("procurement:request-detail", args=[turns.request.number])}"'
    assert link in browser.get(public).text and link not in signed_in(make.make_user()).get(public).text
    services.make_draw(
        actor=turns.office.requester, draw=RotationDraw.objects.get(), public_value="7.123,45", now=clock.now()
    )
    turn = results.chosen(fresh(draw))
    assert turn is not None
    address = reverse("procurement:request-draw", args=[turns.request.number, turn.product_id])
    assert "Giliran berikutnya" not in browser.get(address).text
    turns.hide(turn.product)
    assert "Giliran berikutnya" in browser.get(address).text


@pytest.mark.parametrize("change", [change_quantity, change_day])
def test_terms_that_changed_are_neither_drawn_nor_sent(
    turns: Turns, change: Callable[[Turns], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever way they changed: the draw asks once more."""
    draw = turns.announce()
    with monkeypatch.context() as patch:
        patch.setattr(results, "check_as_announced", lambda *_args: None)
        change(turns)
    refused(RuleBroken, lambda: turns.draw(draw), "draw_changed")
    assert fresh(draw).state == DrawState.ANNOUNCED and faults(turns.request) == {"draw_waiting"}


@pytest.mark.parametrize("change", [change_quantity, change_day])
def test_terms_changed_after_the_draw_are_not_sent(turns: Turns, change: Callable[[Turns], None]) -> None:
    turns.drawn()
    change(turns)
    request = PurchaseRequest.objects.get(pk=turns.request.pk)
    assert faults(request) == {"draw_changed"}
    refused(RuleBroken, lambda: submit(turns), "draw_changed")


def test_another_seller_than_the_drawn_is_not_sent(turns: Turns) -> None:
    turns.drawn()
    line = turns.request.lines.get()
    other = next(one for one in turns.products if one.pk != line.product_id)
    sourcing.replace_line(
        actor=turns.office.requester, request=turns.request, product=line.product, by=other, now=DRAWN_AT
    )
    assert faults(turns.request) == {"draw_not_followed"}
    refused(RuleBroken, lambda: submit(turns), "draw_not_followed")


def test_the_draft_says_what_to_put_back_after_the_draw() -> None:
    """At the place the bar at its foot leads to, whatever was changed: the quantity or the shop."""
    now = clock.now()
    turns = Turns(now=now)
    draw = turns.announce(now=now)
    RotationDraw.objects.update(draw_from=now - HOUR)
    turns.draw(draw, now=now)
    turn = results.chosen(fresh(draw))
    assert turn is not None
    request = turns.request
    put = {"actor": turns.office.requester, "request": request, "note": "", "now": now}

    def goods_step() -> str:
        page = signed_in(turns.office.requester).get(reverse("procurement:request-detail", args=[request.number])).text
        assert "Barang, 1 perlu diperbaiki" in page
        return page.split('id="barang"')[1].split("<table")[0]

    drafts.put_line(product=turn.product, quantity=Decimal(40), **put)
    assert "Kembalikan jumlahnya dari 40 buah menjadi 10 buah, atau hapus barang itu" in goods_step()
    other = next(one for one in turns.products if one.pk != turn.product_id)
    drafts.put_line(product=other, quantity=Decimal(10), **put)
    wrong = f"{other.name} ({other.seller})"
    assert f"Hapus {wrong} dari permintaan ini." in goods_step()
    drafts.remove_line(actor=turns.office.requester, request=request, product=turn.product, now=now)
    way = f"Ganti {wrong} dengan {draw.category} dari {turn.seller}, 10 buah, atau hapus barang itu"
    assert way in goods_step()


def test_who_cannot_deliver_any_more_is_passed_over_with_the_figures(turns: Turns) -> None:
    """The list stays as published; what changed since is told at the turn."""
    draw = turns.announce()
    for product in turns.products[:2]:
        turns.hide(product)
    Product.objects.filter(pk=turns.products[2].pk).update(price=21_500)
    drawn = turns.draw(draw)
    turn = results.chosen(drawn)
    assert turn is not None and turn.product == turns.products[3]
    before = [row for row in results.in_order(drawn) if row.place.place < turn.place.place]
    assert all(hasattr(row, "passed") for row in before)
    told = {row.product_id: row.passed.why for row in before}
    for product in turns.products[:2]:
        assert told.get(product.pk, "Barangnya tidak dijual lagi.") == "Barangnya tidak dijual lagi."
    assert "Rp225.000, yang diumumkan Rp220.000" in told.get(
        turns.products[2].pk, "Rp225.000, yang diumumkan Rp220.000"
    )


def test_nobody_who_can_deliver_is_passed_over(turns: Turns) -> None:
    draw = turns.drawn()
    actor = turns.office.requester

    def onwards() -> RotationDraw:
        return services.pass_turn(actor=actor, draw=draw, now=DRAWN_AT)

    refused(RuleBroken, onwards, "turn_able")
    first, second = results.in_order(draw)[:2]
    turns.hide(first.product)
    after = onwards()
    assert results.chosen(after) == second and turns.request.lines.get().product_id == second.product_id
    assert submit(turns).state == "submitted"


def test_when_all_are_passed_over_the_market_is_free(turns: Turns) -> None:
    draw = turns.announce()
    for product in turns.products[1:]:
        turns.hide(product)
    Product.objects.filter(pk=turns.products[0].pk).update(price=30_000)
    assert results.chosen(turns.draw(draw)) is None
    assert faults(turns.request) == set()


# --- Called off, and tried again --------------------------------------------------------------------------------------


def test_it_is_called_off_for_a_reason_anybody_reads_and_not_repeated(turns: Turns) -> None:
    draw = turns.announce()
    services.cancel_draw(actor=turns.office.requester, draw=draw, reason="not_needed", now=MONDAY)
    page = signed_in(make.make_user()).get(reverse("procurement:draw-detail", args=[draw.number])).text
    assert "Barangnya tidak jadi dibeli" in page
    assert faults(turns.request) == set()
    refused(InvalidMove, turns.announce, "invalid_move")


@pytest.mark.parametrize("how", ["announced", "drawn", "cancelled", "withdrawn"])
def test_another_draft_is_no_second_try(turns: Turns, how: str) -> None:
    """Neither beside a draw that waits, nor after one whose result did not please."""
    draw, actor = turns.announce(), turns.office.requester
    if how == "drawn":
        turns.draw(draw)
    elif how == "cancelled":
        services.cancel_draw(actor=actor, draw=draw, reason="changed", now=MONDAY)
    elif how == "withdrawn":
        decisions.withdraw_request(actor=actor, request=turns.request, now=MONDAY)
        assert (fresh(draw).state, fresh(draw).cancel_reason) == (DrawState.CANCELLED, "withdrawn")
    later = MONDAY + 2 * DAY
    again = make_again(turns, later)
    error = refused(RuleBroken, lambda: turns.announce(again, later), "draw_again")
    assert draw.number in error.message and turns.request.number in error.message
    late = MONDAY + 31 * DAY
    assert turns.announce(make_again(turns, late), late).state == DrawState.ANNOUNCED


def make_again(turns: Turns, now: Any) -> PurchaseRequest:
    from tests.factories.procurement import make_request

    return make_request(turns.office, [(turns.products[0], 10)], now=now)


def test_a_result_that_was_followed_bars_nothing(turns: Turns) -> None:
    turns.drawn()
    submit(turns)
    assert turns.announce(make_again(turns, DRAWN_AT), DRAWN_AT).state == DrawState.ANNOUNCED


def test_other_departments_draw_for_themselves(turns: Turns) -> None:
    from tests.factories.procurement import Office, make_request

    turns.announce()
    office = Office()
    request = make_request(office, [(turns.products[0], 10)])
    assert turns.announce(request, actor=office.requester).number


# --- What follows from it ---------------------------------------------------------------------------------------------


def test_who_declines_is_followed_by_the_next_drawn(turns: Turns) -> None:
    draw = turns.drawn()
    sent = submit(turns)
    decisions.approve_request(
        actor=turns.office.pp, request=sent, dropped={}, note="", key=new_key(), now=DRAWN_AT + HOUR
    )
    from orders.orders.services import agreement

    (order,) = agreement.issue_orders(actor=turns.office.pp, request=sent, key=new_key(), now=DRAWN_AT + HOUR)
    agreement.close_order(
        actor=make_orders.member_of(order), order=order, reason="seller_declined", note="Penuh", now=DRAWN_AT + 2 * HOUR
    )
    found = replacements_of(sent, sent.sellers.get(), DRAWN_AT + 2 * HOUR)
    wanted = [row.seller for row in results.in_order(draw)][1:]
    assert [one.seller for one in found] == wanted
    assert not found[0].drawn_before
    for one in found[1:]:
        assert wanted[0].name in one.objections[0] and draw.number in one.objections[0] and not one.is_covered


def test_the_comparison_sheet_states_the_draw(turns: Turns) -> None:
    """Above the amount the choice of a draw needs no other reason, and nobody else may give it."""
    set_rule("purchase.compare_two_above", value=100_000)
    turns.drawn()
    sent = submit(turns)
    kept = sheets.kept(sent)
    assert kept is not None
    ((_goods, chosen),) = list(kept.choices)
    assert (chosen.reason, chosen.reason_note) == (ChoiceReason.DRAW, turns.request.lines.get().choice_note)


def test_nobody_writes_the_reason_of_a_draw(turns: Turns) -> None:
    set_rule("purchase.compare_two_above", value=100_000)
    refused(
        RuleBroken,
        lambda: sourcing.explain_choice(
            actor=turns.office.requester, request=turns.request, product=turns.products[0], reason="draw", note="",
            now=MONDAY,
        ),
        "reason_of_draw",
    )  # fmt: skip


def test_a_request_written_anew_does_not_carry_the_reason(turns: Turns) -> None:
    from procurement.requests.services import holds

    turns.drawn()
    sent = submit(turns)
    assert sent.held_until is not None
    holds.lapse_request(request=sent, now=sent.held_until)
    made = copies.rebuild_request(actor=turns.office.requester, request=sent, now=sent.held_until)
    assert made.lines.get().choice_reason == ""


def test_an_owner_takes_part_with_the_goods_nearest_to_those_chosen() -> None:
    """The cheapest of the category may be another thing altogether."""
    turns = Turns()
    make.make_product(turns.products[1].seller, category=turns.category, price=10_000, name="Bubur sarapan")
    listed = json.loads(turns.announce().list_text)
    assert {row["goods"] for row in listed["owners"]} == {"Kotak kudapan"}
