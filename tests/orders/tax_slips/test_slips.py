"""Each rupiah withheld is in one bukti potong, under its taxpayer and month, and its seller has a copy."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.site.dashboards import tax_work
from orders.attestations import verifying
from orders.billing.states import PaymentMethod, TaxKind
from orders.documents import archive, build, slots
from orders.documents.layout import money
from orders.documents.models import Attachment, Document
from orders.documents.schedule import trail_for
from orders.documents.states import AttachmentKind, DocumentKind
from orders.orders.models import Order
from orders.tax_slips import pages, services
from orders.tax_slips.models import TaxSlip
from orders.tax_slips.querysets import to_slip
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import tax_deposits as put
from tests.factories import tax_slips as slip_of
from tests.factories import umkm as goods
from tests.factories.orders import DAY, MONDAY
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.kept_steps import kept

pytestmark = pytest.mark.django_db
NOW = MONDAY + 5 * DAY
TODAY = clock.local_date(NOW)
SEPTEMBER = date(2026, 9, 1)
NPWP = "012345678901234"


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@kept
def paid(office: make.Office, seller: Any, number: int = 1, price: int = 300_000, **over: Any) -> Order:
    """Ten of goods, PPh 22 withheld from them, unless `method` says otherwise."""
    order = make.cleared(office, mend.issued(office, goods.make_product(seller, price=price)))
    make.pay(office, order, **{"reference": f"SP2D-{number}", **over})
    return Order.objects.get(pk=order.pk)


def slot_of(order: Order) -> slots.Slot | None:
    found = slots.slots_of(Order.objects.get(pk=order.pk))
    return next((slot for slot in found if slot.kind == AttachmentKind.TAX_SLIP), None)


def groups(office: make.Office, period: date = SEPTEMBER) -> dict[str, pages.SlipGroup]:
    return {one.payer.npwp: one for one in pages.open_groups([office.agency], period)}


def test_what_has_none_by_its_last_day_stands_on_the_treasurers_desk(office: make.Office) -> None:
    """Of September that day is 20 October 2026, a Tuesday; of a month that is not over nothing is said."""
    paid(office, goods.make_seller(npwp=NPWP))

    def waits(day: date) -> list[str]:
        return [item["title"] for item in tax_work.to_slip(office.agency, day).items]

    assert [waits(day) for day in (date(2026, 9, 30), date(2026, 10, 19))] == [[], []]
    assert waits(date(2026, 10, 20)) == ["Bukti potong masa September 2026"]
    set_rule("tax.slip_month_day", 18)  # a Sunday: the Monday after it
    assert waits(date(2026, 10, 18)) == [] and waits(date(2026, 10, 19)) != []
    slip_of.recorded(office, NOW)
    assert waits(date(2026, 11, 1)) == []


def test_bills_of_one_taxpayer_and_month_make_one_slip_each_bill_once(office: make.Office) -> None:
    shop, without = goods.make_seller(npwp=NPWP), goods.make_seller(npwp="")
    orders = [paid(office, shop), paid(office, shop, 2, 400_000), paid(office, without, 3)]
    card = paid(office, shop, 4, method=PaymentMethod.KKPD)  # nothing is collected by card
    found = groups(office)
    assert {npwp: (one.base, one.amount, one.percent) for npwp, one in found.items()} == {
        NPWP: (7_000_000, 105_000, "1,5%"), "": (3_000_000, 90_000, "3%"),
    }  # fmt: skip
    assert not groups(office, date(2026, 8, 1)) and slot_of(card) is None
    with pytest.raises(RuleBroken) as refusal:
        slip_of.recorded(office, NOW)
    assert refusal.value.code == "several_taxpayers"
    chosen, key = {line.pk: line.amount for line in found[NPWP].lines}, new_key()
    slip = slip_of.recorded(office, NOW, chosen=chosen, key=key)
    assert slip_of.recorded(office, NOW, chosen=chosen, key=key).pk == slip.pk
    with pytest.raises(InvalidMove):
        slip_of.recorded(office, NOW, chosen=chosen, number="2609ZZZZZ")
    assert (slip.seller, slip.npwp, slip.base, slip.amount) == (shop, NPWP, 7_000_000, 105_000)
    assert (slip.object_code, slip.period, slip.recorded_as) == ("22-910-01", SEPTEMBER, "treasurer")
    assert [slot.is_filled for order in orders if (slot := slot_of(order))] == [True, True, False]
    line = slip.lines.first()
    assert line is not None
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()
    assert [list(verifying.verify(order.number)) for order in orders] == [[], [], []]


def test_earlier_bills_stay_with_the_npwp_they_were_issued_under(office: make.Office) -> None:
    shop = goods.make_seller(npwp=NPWP)
    paid(office, shop)
    shop.npwp = "999995678901234"
    shop.save(update_fields=["npwp"])
    paid(office, shop, 2)
    assert {npwp: one.amount for npwp, one in groups(office).items()} == {NPWP: 45_000, shop.npwp: 45_000}


def test_the_month_is_that_of_the_last_payment(office: make.Office) -> None:
    shop = goods.make_seller(npwp=NPWP)
    last, first = date(2026, 9, 30), date(2026, 10, 1)
    late = clock.start_of(first) + timedelta(minutes=5)  # 17.05 UTC of 30 September: October in the city
    for number, day in enumerate((last, first)):
        paid(office, shop, number, paid_on=day, now=late)
    assert [groups(office, one.replace(day=1))[NPWP].amount for one in (last, first)] == [45_000, 45_000]
    assert pages.earlier_open([office.agency], date(2026, 10, 1)) == [(SEPTEMBER, 1)]


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"number": "2609A1B2"}, "slip_number_wrong"),
        ({"number": "000000000"}, "slip_number_wrong"),
        ({"dated_on": TODAY + timedelta(days=1)}, "slip_later"),
        ({"dated_on": date(2026, 9, 8)}, "slip_before"),  # its bill is of that day, paid the next
        ({"file": None}, "file_missing"),
    ],
)
def test_what_cannot_be_is_refused(office: make.Office, over: dict[str, Any], code: str) -> None:
    paid(office, goods.make_seller(npwp=NPWP))
    with pytest.raises(RuleBroken) as refusal:
        slip_of.recorded(office, NOW, **over)
    assert refusal.value.code == code
    assert not TaxSlip.objects.exists() and not Attachment.objects.filter(kind="tax_slip").exists()


def test_only_a_treasurer_of_the_department_who_was_no_other_side_and_each_number_once(office: make.Office) -> None:
    paid(office, goods.make_seller(npwp=NPWP))
    other = make.make_office()
    for actor in (office.requester, make.head_of(office), other.treasurer):
        with pytest.raises(NotAllowed):
            slip_of.recorded(office, NOW, actor=actor)
    with pytest.raises(InvalidMove):
        slip_of.recorded(other, NOW, chosen=slip_of.open_of(office))
    make.membership(office.agency, office.receiver, "treasurer")
    with pytest.raises(RuleBroken) as refusal:
        slip_of.recorded(office, NOW, actor=office.receiver)
    assert refusal.value.code == "other_side"
    slip_of.recorded(office, NOW)
    paid(office, goods.make_seller(npwp="888885678901234"), 2)
    with pytest.raises(RuleBroken) as refusal:
        slip_of.recorded(office, NOW, number="2609-a1b2c")  # as another page prints it
    assert refusal.value.code == "slip_number_used"
    paid(other, goods.make_seller(npwp=NPWP))
    slip_of.recorded(other, NOW)  # another department counts for itself


def test_after_a_reversal_the_slip_is_to_be_corrected_and_the_bill_has_no_second(office: make.Office) -> None:
    order = paid(office, goods.make_seller(npwp=NPWP))
    slip = slip_of.recorded(office, NOW)
    assert not TaxSlip.objects.outdated().exists()
    undo.released(office, undo.asked(office, order, now=NOW + DAY))
    assert TaxSlip.objects.outdated().get() == slip
    make.pay_again(office, order, reference="SP2D-9", now=NOW + 25 * DAY, paid_on=date(2026, 10, 1))
    assert TaxSlip.objects.outdated().get() == slip and not to_slip().exists()  # paid in another month
    with pytest.raises(RuleBroken):
        services.withdraw_slip(actor=office.treasurer, slip=slip, reason=" ", now=NOW + 26 * DAY)
    gone = services.withdraw_slip(actor=office.treasurer, slip=slip, reason="Dibatalkan di Coretax", now=NOW + 26 * DAY)
    with pytest.raises(InvalidMove):
        services.withdraw_slip(actor=office.treasurer, slip=slip, reason="Lagi", now=NOW + 26 * DAY)
    assert gone.withdrawn_as == "treasurer" and not TaxSlip.objects.outdated().exists()
    slot = slot_of(order)
    assert slot is not None and slot.is_empty and slot.is_after_payment
    assert "Dibatalkan di Coretax" in Attachment.objects.get(kind="tax_slip").removal_note
    again = slip_of.recorded(office, NOW + 26 * DAY)  # the number may be that of a correction
    assert again.period == date(2026, 10, 1)
    assert list(verifying.verify(order.number)) == []


def test_the_sheet_the_data_and_the_seller_have_it(office: make.Office) -> None:
    shop, other = goods.make_seller(npwp=NPWP), goods.make_seller()
    order = paid(office, shop)
    seller, stranger = signed_in(make.member_of(order)), signed_in(other.members.get().user)
    mine = reverse("orders:tax-slip-mine")
    assert "Rp45.000" in seller.get(mine).text  # withheld, without a bukti potong
    slip = slip_of.recorded(office, NOW)
    file = reverse("orders:tax-slip-file", args=[slip.pk])
    assert slip.number in seller.get(mine).text and slip.number not in stranger.get(mine).text
    assert seller.get(file).status_code == 200 and stranger.get(file).status_code == 404
    assert mine in seller.get(reverse("site:seller-money")).text
    assert Notification.objects.filter(kind="invoice.tax_slip", person=make.member_of(order)).count() == 1
    sheet = Document.objects.filter(order=order, kind=DocumentKind.TAX_SHEET).latest("pk")
    full = build.order_for_papers(order.pk)
    told = dict(money.tax_sheet(trail_for(sheet, full), sheet).data["seller"])
    assert told["Bukti potong PPh 22"] == f"nomor {slip.number} tanggal 12 September 2026, Rp45.000"
    [stated] = archive.purchase_data(full)["invoices"]
    assert [(one["number"], one["amount"]) for one in stated["tax_slips"]] == [(slip.number, 45_000)]
    services.withdraw_slip(actor=office.treasurer, slip=slip, reason="Nomor keliru", now=NOW + DAY)
    assert seller.get(file).status_code == 404 and signed_in(office.treasurer).get(file).status_code == 200


def test_the_treasurer_takes_the_file_and_records_on_the_page(office: make.Office) -> None:
    paid(office, goods.make_seller(npwp=NPWP))
    address, query = reverse("orders:tax-slip-list"), {"bulan": "2026-09"}
    treasurer = signed_in(office.treasurer)

    def row() -> dict[str, str]:
        answer = treasurer.get(address, {**query, "unduh": "csv"})
        [found] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
        return found

    before = row()
    assert (before["NPWP"], before["Kode objek pajak"], before["Dasar pengenaan"]) == (NPWP, "22-910-01", "3000000")
    assert (before["Tarif (persen)"], before["Pajak"], before["NTPN"]) == ("1,5", "45000", "")
    put.deposited(office, NOW)
    page = treasurer.get(address, query).text
    [(pk, amount)] = slip_of.open_of(office).items()
    create = reverse("orders:tax-slip-create", args=[pk])
    assert create in page and NPWP in treasurer.get(create).text
    typed = {
        "key": new_key(), "chosen": [f"{pk}:{amount}"], "number": slip_of.NUMBER, "dated_on": TODAY.isoformat(),
        "file": make.photo(),
    }  # fmt: skip
    refused = treasurer.post(create, typed | {"number": "12"})
    assert refused.status_code == 422 and "9 huruf atau angka" in refused.text
    assert treasurer.post(create, typed | {"file": make.photo()}).status_code == 302
    assert treasurer.get(create).status_code == 302  # nothing left
    after = row()
    assert (after["NTPN"], after["Nomor bukti potong"]) == (put.NTPN, slip_of.NUMBER)
    slip = TaxSlip.objects.get()
    assert slip.kind == TaxKind.PPH22
    assert slip_of.NUMBER in treasurer.get(address, query).text
    stranger = signed_in(make.make_office().treasurer)
    for name in ("detail", "file", "withdraw"):
        assert stranger.get(reverse(f"orders:tax-slip-{name}", args=[slip.pk])).status_code == 404
    assert stranger.get(create).status_code == 404
    assert signed_in(goods.make_user()).get(address).status_code == 403
