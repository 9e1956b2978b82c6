"""One date of a schedule is moved or dropped by both sides, and the others stay."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.errors import InvalidMove, RuleBroken
from epeken.site.audit import checks as audit
from orders.addenda import policies, services
from orders.addenda.states import AddendumState
from orders.attestations import verifying
from orders.documents import archive, build, schedule
from orders.documents.layout import ordering
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.orders.services import completion
from orders.schedules import due
from procurement.budgets import charges as budget_charges
from tests.factories import addenda as changing
from tests.factories import orders as make_orders
from tests.factories import procurement as make
from tests.factories import schedules as planned
from tests.factories.addenda import LATER
from tests.factories.procurement import DAY, HOUR
from tests.factories.schedules import FIRST, WEEK
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.catalogue.states import Keeps
from umkm.sellers.models import Seller
from umkm.stock.models import CapacityDay

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def office() -> make.Office:
    return make.Office()


@pytest.fixture
@kept
def order(office: make.Office) -> Order:
    """Fifty boxes on each of four Tuesdays, of sixty that can be made on a day."""
    return planned.make_order(office)


def now_is(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def sound(order: Order) -> None:
    balanced()
    assert [row for check in audit.checks() for row in check.rows()] == []
    assert list(verifying.verify(order.number)) == []


def made_on(order: Order) -> dict[date, int]:
    rows = CapacityDay.objects.filter(product=order.lines.get().product, used__gt=0).order_by("day")
    return {day: int(used) for day, used in rows.values_list("day", "used")}


def on(moment: datetime) -> date:
    return clock.last_day(moment)


def test_a_moved_date_takes_its_goods_and_clocks_along_and_no_other_date(order: Order, office: make.Office) -> None:
    bound = budget_charges.bound_under(order.number)
    row = changing.date_proposed(order, office.pp, 1, FIRST + 16 * DAY)
    assert (now_is(order).next_due_at, row.due_at) == (FIRST, clock.due_after_working_days(LATER, 2))
    changing.agreed(row)
    order = now_is(order)
    # It comes third now; the last date and the sum are as they were.
    assert [day.number for day in due.open_days(order)] == [2, 3, 1, 4]
    assert (order.next_due_at, order.deliver_at, order.total) == (FIRST + WEEK, FIRST + 3 * WEEK, 4_040_000)
    assert budget_charges.bound_under(order.number) == bound
    moments = [FIRST + n * DAY for n in (7, 14, 16, 21)]
    assert made_on(order) == {on(moment): 50 for moment in moments}
    assert completion.close_overdue_rests(now=FIRST + 6 * DAY) == 0
    sent = planned.shipped(order, 1, FIRST + 15 * DAY)
    assert sent.deliver_at == FIRST + 16 * DAY
    sound(order)


def test_a_dropped_date_frees_its_goods_its_delivery_and_its_day(order: Order, office: make.Office) -> None:
    bound = sum(budget_charges.bound_under(order.number).values())
    order = changing.date_changed(order, office.pp, 4, None)
    assert (order.goods_total, order.delivery_cost, order.commitment.amount) == (3_000_000, 30_000, 3_030_000)
    assert bound - sum(budget_charges.bound_under(order.number).values()) == 1_010_000
    assert (order.lines.get().quantity, order.deliver_at) == (150, FIRST + 2 * WEEK)
    assert made_on(order) == {on(FIRST + n * WEEK): 50 for n in range(3)}
    assert [due.cost_on(order, day) for day in order.due_days.all()] == [10_000, 10_000, 10_000, 0]
    refused(InvalidMove, lambda: planned.shipped(order, 4, FIRST))
    sound(order)
    for number in (1, 2):
        planned.taken_over(office, now_is(order), number)
    # The last one that is open is dropped too: nothing more is expected, and what came is all there is to pay.
    order = changing.date_changed(order, office.pp, 3, None, now=FIRST + WEEK + DAY)
    assert order.lines.get().unsent_quantity == 0
    assert (order.total, order.commitment.amount, order.state) == (2_020_000, 2_020_000, "accepted")
    assert [invoice.delivery_cost for invoice in order.invoices.all()] == [10_000, 10_000]
    assert not policies.may_propose(office.pp, order, FIRST + 8 * DAY)
    sound(order)


def test_a_date_given_up_before_keeps_what_it_freed(order: Order, office: make.Office) -> None:
    completion.close_rest(actor=office.pp, order=order, note="Rapatnya sudah lewat", now=FIRST + HOUR)
    order = changing.date_changed(order, office.pp, 2, None, now=FIRST + 2 * HOUR)
    assert (order.total, order.commitment.amount) == (3_030_000, 2_020_000)
    sound(order)


def test_a_day_of_work_that_another_date_needs_is_not_taken_twice(office: make.Office) -> None:
    """What keeps is made on the days before too: ten a day, fifty for each of two Tuesdays."""
    bread = planned.make_snack(10, food_kind="none", keeps="dry")
    order = planned.make_order(office, bread, times=2)
    refused(RuleBroken, lambda: changing.date_proposed(order, office.pp, 2, FIRST - DAY), "out_of_stock")
    changing.date_changed(order, office.pp, 2, FIRST + 3 * DAY)
    used = made_on(order)
    assert (sum(used.values()), max(used)) == (100, on(FIRST + 3 * DAY))
    sound(now_is(order))


def moment(month: int, day: int) -> datetime:
    return clock.start_of(date(2026, month, day)) + 9 * HOUR


@pytest.mark.parametrize(
    ("to", "code", "said"),
    [
        (FIRST, "nothing_changed", "Belum ada yang diubah"),
        (FIRST + WEEK - HOUR, "date_twice", "sudah ada pengiriman ke-2"),
        (LATER - HOUR, "deliver_past", "sudah lewat"),
        (clock.start_of(date(2027, 1, 5)), "budget_year", "tahun 2026"),
        (moment(12, 30), "year_end", "5 Januari 2027"),
        (FIRST - DAY, "out_of_stock", "60 kotak Kudapan kotak sehari"),
        (FIRST + 5 * DAY, "shop_closed", "tutup"),
    ],
)
def test_what_a_new_date_is_asked(order: Order, office: make.Office, to: datetime, code: str, said: str) -> None:
    if code == "out_of_stock":
        planned.make_order(make.Office(), order.lines.get().product, times=2, each=20, deliver_at=to)
    elif code == "shop_closed":
        Seller.objects.filter(pk=order.seller_id).update(open_days="123456")
    told = refused(RuleBroken, lambda: changing.date_proposed(order, office.pp, 1, to), code)
    assert said in told.message
    assert not order.addenda.exists()


def test_what_the_year_pays_late_is_the_one_date_and_has_the_departments_reason(
    order: Order, office: make.Office
) -> None:
    told = refused(RuleBroken, lambda: changing.date_proposed(order, office.pp, 4, moment(12, 30)), "year_end")
    assert "Rp1.010.000" in told.message
    why = "Gedung baru siap akhir Desember."
    row = changing.date_proposed(order, office.pp, 4, moment(12, 30), late_reason=why)
    changing.agreed(row)
    row.refresh_from_db()
    assert (row.late_reason, now_is(order).deliver_at) == (why, moment(12, 30))
    sound(order)


def test_a_date_whose_goods_left_or_that_was_given_up_is_changed_no_more(order: Order, office: make.Office) -> None:
    line = order.lines.get()
    order.lines.update(keeps=Keeps.DRY)  # may leave days before
    row = changing.date_proposed(order, office.pp, 1, FIRST + DAY)
    planned.shipped(order, 2, LATER + HOUR, quantities={line.pk: Decimal(1)})  # of another date: it goes on
    row.refresh_from_db()
    assert row.state == AddendumState.ASKED
    planned.shipped(order, 1, LATER + HOUR, quantities={line.pk: Decimal(1)})
    row.refresh_from_db()
    assert (row.state, now_is(order).amend_due_at) == (AddendumState.OVERTAKEN, None)
    refused(InvalidMove, lambda: changing.agreed(row))
    told = refused(InvalidMove, lambda: changing.date_proposed(order, office.pp, 1, None))
    assert "Pengiriman ke-1" in told.message
    row = changing.date_proposed(order, office.pp, 3, None, now=FIRST + 13 * DAY)
    services.withdraw_addendum(actor=office.pp, addendum=row, now=FIRST + 13 * DAY)
    row = changing.date_proposed(order, make_orders.member_of(order), 3, FIRST + 17 * DAY, now=FIRST + 14 * DAY + HOUR)
    completion.close_rest(actor=office.pp, order=now_is(order), note="Cukup", now=FIRST + 14 * DAY + 2 * HOUR)
    row.refresh_from_db()
    assert row.state == AddendumState.OVERTAKEN
    sound(order)


def test_goods_that_come_on_one_date_alone_are_not_dropped_with_it(office: make.Office) -> None:
    snack = planned.make_snack()
    order = planned.make_order(office, snack, times=2)
    changing.date_changed(order, office.pp, 1, None)
    told = refused(RuleBroken, lambda: changing.date_proposed(order, office.pp, 2, None), "below_sent")
    assert "hanya datang pada tanggal ini" in told.message


def test_the_papers_name_the_date_before_and_after(order: Order, office: make.Office) -> None:
    order = changing.date_changed(order, office.pp, 2, FIRST + 9 * DAY)
    changing.date_changed(order, office.pp, 4, None, now=LATER + 2 * HOUR)
    whole = build.order_for_papers(order.pk)
    document = Document.objects.filter(order=order, kind=DocumentKind.PURCHASE_ORDER).latest("pk")
    issued = ordering.purchase_order(schedule.trail_for(document, whole), document)
    assert issued.amount == 4_040_000
    dates = dict(issued.data["delivery"])
    assert "22 September 2026" in dates["Pengiriman ke-2"] and "6 Oktober 2026" in dates["Pengiriman ke-4"]
    assert dates["Ongkos antar"] == "Rp40.000 untuk 4 kali kirim"
    held = Document.objects.filter(order=order, kind=DocumentKind.ADDENDUM, replaced_at__isnull=True).order_by("pk")
    moved, dropped = (build.make(one).paper for one in held)
    told = dict(moved.data["delivery"])
    assert told["Tanggal jadwal"] == "pengiriman ke-2: 50 kotak Kudapan kotak"
    assert "22 September 2026" in told["Semula tiba"] and "24 September 2026" in told["Menjadi tiba"]
    assert (moved.amount, dropped.amount) == (4_040_000, 3_030_000)
    assert "dihapus" in dict(dropped.data["delivery"])["Menjadi tiba"]
    assert "tidak dibayar" in dropped.data["remark"] and len(dropped.signatures) == 2
    data: dict[str, Any] = archive.purchase_data(whole)
    assert [row["date"]["deliver_at"] is None for row in data["addenda"]] == [False, True]
    assert [day["dropped_at"] is None for day in data["order"]["schedule"]] == [True, True, True, False]


def test_it_is_proposed_and_answered_on_the_orders_page(order: Order, office: make.Office, time_machine: Any) -> None:
    time_machine.move_to(LATER + HOUR, tick=False)
    pp, seller = signed_in(office.pp), signed_in(make_orders.member_of(order))
    page = f"/pesanan/{order.number}/"
    shown = pp.get(page).content.decode()
    assert "Usulkan perubahan" in shown and f'href="{page}perubahan/?tanggal=2"' in shown
    form = pp.get(f"{page}perubahan/?tanggal=2").content.decode()
    assert "Pengiriman ke-2, Selasa, 22 September 2026" in form
    asked = {"day": "2", "what": "move", "moved_to": "", "reason": "Kelas digeser"}
    told = pp.post(f"{page}perubahan/", asked)
    assert told.status_code == 422 and "Isi waktu tiba yang baru" in told.content.decode()
    told = pp.post(f"{page}perubahan/", {**asked, "day": "9", "what": "drop"})
    assert told.status_code == 422 and "Pengiriman ke-9 sudah dikirim" in told.content.decode()
    assert pp.post(f"{page}perubahan/", {**asked, "what": "drop"}).status_code == 302
    row = order.addenda.get()
    answer = seller.get(f"{page}perubahan/{row.pk}/jawab/").content.decode()
    for said in ("Pengiriman ke-2", "dihapus", "200 kotak", "150 kotak", "Rp40.000", "Rp30.000", "Rp3.030.000"):
        assert said in answer
    assert seller.post(f"{page}perubahan/{row.pk}/jawab/", {"answer": "agree"}).status_code == 302
    told = pp.get(page)
    assert "dihapus dengan adendum" in told.content.decode() and "3 kali kirim" in told.content.decode()
    assert row.pk and Order.objects.get(pk=order.pk).total == 3_030_000
