"""What a treasurer withheld is deposited once, to the rupiah, in time or visibly late."""

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
from epeken.core.models import Rule
from orders.attestations import verifying
from orders.billing.models import Invoice
from orders.billing.services import correction
from orders.billing.states import PaymentMethod, TaxKind
from orders.documents import archive, build, slots
from orders.documents.entries import entries_of
from orders.documents.layout import money
from orders.documents.models import Attachment, Document
from orders.documents.schedule import trail_for
from orders.documents.states import AttachmentKind, DocumentKind
from orders.orders.models import Order
from orders.reversals import pages as reversal_pages
from orders.tax_deposits import deadlines, numbers, pages, services
from orders.tax_deposits.models import DepositedTax, TaxDeposit
from orders.tax_deposits.querysets import over_deposited, to_deposit
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import tax_deposits as put
from tests.factories import umkm as goods
from tests.factories.orders import DAY, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import refused

pytestmark = pytest.mark.django_db
NOW = MONDAY + 5 * DAY
TODAY = clock.local_date(NOW)
SEPTEMBER = date(2026, 9, 1)
NTPN = put.NTPN


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@kept
def paid(office: make.Office, price: int = 300_000, **over: Any) -> Order:
    """Ten of goods, PPh 22 withheld from them, unless `method` says otherwise."""
    seller = goods.make_seller(npwp="012345678901234")
    order = make.cleared(office, mend.issued(office, goods.make_product(seller, price=price)))
    make.pay(office, order, **over)
    return Order.objects.get(pk=order.pk)


def slot_of(order: Order) -> slots.Slot | None:
    found = slots.slots_of(Order.objects.get(pk=order.pk))
    return next((slot for slot in found if slot.kind == AttachmentKind.TAX_DEPOSIT), None)


def test_one_deposit_covers_bills_of_a_month_each_once(office: make.Office) -> None:
    orders = [paid(office), paid(office, 400_000, reference="SP2D-002/2026")]
    [group] = pages.owed([office.agency], TODAY)
    assert (group.kind, group.period, group.bills, group.amount) == (TaxKind.PPH22, SEPTEMBER, 2, 105_000)
    assert [slot.is_empty for order in orders if (slot := slot_of(order))] == [True, True]
    key = new_key()
    deposit = put.deposited(office, NOW, key=key)
    assert put.deposited(office, NOW, key=key, chosen=put.chosen_of(deposit)).pk == deposit.pk
    assert (deposit.amount, deposit.lines.count(), deposit.code) == (105_000, 2, "411122-920")
    assert not pages.owed([office.agency], TODAY)
    assert [slot.is_filled for order in orders if (slot := slot_of(order))] == [True, True]
    with pytest.raises(InvalidMove):
        put.deposited(office, NOW, chosen=put.chosen_of(deposit), ntpn="A1" * 8)
    line = deposit.lines.first()
    assert line is not None
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()
    assert [list(verifying.verify(order.number)) for order in orders] == [[], []]


def test_a_bill_paid_by_card_or_by_a_platforms_rule_has_nothing_to_deposit(office: make.Office) -> None:
    paid(office, method=PaymentMethod.KKPD)
    Rule.objects.filter(code="tax.regime").update(text="platform")
    order = paid(office, reference="SP2D-002/2026")
    assert Invoice.objects.get(order=order).withheld
    assert not to_deposit().exists() and slot_of(order) is None


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"amount": 44_999}, "sum_differs"),
        ({"amount": 45_001}, "sum_differs"),
        ({"ntpn": "ABCDEF012345678"}, "ntpn_wrong"),
        ({"billing_code": "12345678901234"}, "billing_code_wrong"),
        ({"deposited_on": TODAY + timedelta(days=1)}, "deposited_later"),
        ({"deposited_on": date(2026, 9, 8)}, "deposited_before"),  # its bill is of that day, paid the next
        ({"file": None}, "file_missing"),
        ({"chosen": {}}, "none_chosen"),
    ],
)
def test_what_cannot_be_is_refused(office: make.Office, over: dict[str, Any], code: str) -> None:
    paid(office)
    with pytest.raises(RuleBroken) as refusal:
        put.deposited(office, NOW, **over)
    assert refusal.value.code == code
    assert not TaxDeposit.objects.exists() and not Attachment.objects.filter(kind="tax_deposit").exists()


def test_only_lines_of_that_kind_month_and_department(office: make.Office) -> None:
    """Also what another page showed, or what somebody typed into the form."""
    paid(office)
    other = make.make_office()
    with pytest.raises(InvalidMove):
        put.deposited(office, NOW, kind=TaxKind.PPN, chosen=put.open_of(office))
    with pytest.raises(InvalidMove):
        put.deposited(office, NOW, period=date(2026, 8, 1), chosen=put.open_of(office))
    with pytest.raises(InvalidMove):
        put.deposited(other, NOW, chosen=put.open_of(office), amount=45_000)
    shown = {pk: left - 1 for pk, left in put.open_of(office).items()}
    with pytest.raises(InvalidMove):
        put.deposited(office, NOW, chosen=shown)


def test_only_a_treasurer_who_was_no_other_side_records_it(office: make.Office) -> None:
    paid(office)
    for actor in (office.requester, make.head_of(office), make.make_office().treasurer):
        with pytest.raises(NotAllowed):
            put.deposited(office, NOW, actor=actor)
    make.membership(office.agency, office.receiver, "treasurer")
    with pytest.raises(RuleBroken) as refusal:
        put.deposited(office, NOW, actor=office.receiver)
    assert refusal.value.code == "other_side"


def test_an_ntpn_proves_one_kind_and_month_of_one_department(office: make.Office) -> None:
    paid(office)
    put.deposited(office, NOW)
    paid(office, reference="SP2D-002/2026")
    other = make.make_office()
    paid(other)
    for mine in (office, other):
        with pytest.raises(RuleBroken) as refusal:
            put.deposited(mine, NOW)
        assert refusal.value.code == "ntpn_used"
    with pytest.raises(RuleBroken) as refusal:
        put.deposited(office, NOW, ntpn="B2" * 8)
    assert refusal.value.code == "billing_code_used"


def test_a_withdrawn_record_frees_its_bills_and_its_number(office: make.Office) -> None:
    order = paid(office)
    deposit = put.deposited(office, NOW)
    with pytest.raises(NotAllowed):
        services.withdraw_deposit(actor=office.requester, deposit=deposit, reason="Salah", now=NOW)
    with pytest.raises(RuleBroken):
        services.withdraw_deposit(actor=office.treasurer, deposit=deposit, reason=" ", now=NOW)
    services.withdraw_deposit(actor=office.treasurer, deposit=deposit, reason="NTPN keliru", now=NOW + DAY)
    with pytest.raises(InvalidMove):
        services.withdraw_deposit(actor=office.treasurer, deposit=deposit, reason="Lagi", now=NOW + DAY)
    assert (pages.owed([office.agency], TODAY)[0].amount, pages.sums([office.agency])) == (45_000, [])
    slot = slot_of(order)
    assert slot is not None and slot.is_empty
    assert "NTPN keliru" in Attachment.objects.get(kind="tax_deposit").removal_note
    put.deposited(office, NOW + 2 * DAY)
    assert DepositedTax.objects.live().count() == 1
    assert list(verifying.verify(order.number)) == []


def test_after_a_reversal_the_deposit_stands_and_a_corrected_tax_shows_the_difference(office: make.Office) -> None:
    order = paid(office)
    put.deposited(office, NOW)
    undo.released(office, undo.asked(office, order, now=NOW + DAY))
    assert not to_deposit().exists() and not over_deposited().exists()
    make.pay_again(office, order, method=PaymentMethod.KKPD, reference="KKPD-9", now=NOW + 3 * DAY)
    [line] = pages.over([office.agency])
    assert (line.amount, line.deposited, line.left) == (0, 45_000, -45_000)
    assert not to_deposit().exists()


def test_a_bill_whose_tax_was_deposited_is_not_replaced(office: make.Office) -> None:
    """The bill in its place would ask for the same tax again."""
    order = paid(office)
    deposit = put.deposited(office, NOW)
    row = undo.asked(office, order, now=NOW + DAY)
    assert any(NTPN in said for said in reversal_pages.effects(row, order))
    undo.released(office, row)
    again = lambda: correction.reissue_invoice(  # noqa: E731
        actor=office.treasurer, invoice=make.invoice_of(order), reason="Rekening", now=NOW + 2 * DAY
    )
    assert NTPN in refused(RuleBroken, again, code="tax_deposited").message
    services.withdraw_deposit(actor=office.treasurer, deposit=deposit, reason="Tagihannya diganti", now=NOW + 2 * DAY)
    again()


@pytest.mark.parametrize(
    ("kind", "paid_on", "last"),
    [
        (TaxKind.PPH22, date(2026, 9, 9), date(2026, 10, 15)),
        (TaxKind.PPN, date(2026, 10, 31), date(2026, 11, 16)),  # the 15th is a Sunday
        (TaxKind.PPH23, date(2026, 12, 1), date(2027, 1, 15)),
        (TaxKind.PPH22, date(2024, 12, 20), date(2024, 12, 27)),
        (TaxKind.PPN, date(2024, 12, 31), date(2025, 1, 7)),
        (TaxKind.PPH23, date(2024, 12, 31), date(2025, 1, 10)),
        (TaxKind.PPH22_FINAL, date(2025, 1, 1), date(2025, 2, 17)),
    ],
)
def test_the_last_day_is_as_the_rule_of_its_month_says(kind: str, paid_on: date, last: date) -> None:
    assert deadlines.last_day(kind, paid_on, deadlines.holidays_of([paid_on])) == last


def test_an_ntpn_is_read_as_people_copy_it() -> None:
    assert numbers.read_ntpn(" a1b2 c3d4-e5f6 g7h8", TODAY) == "A1B2C3D4E5F6G7H8"
    for text in ("A1B2C3D4E5F6G7H", "A1B2C3D4E5F6G7H89", "0" * 16, "Z" * 16, "A1B2C3D4E5F6G7H!", "Á1B2C3D4E5F6G7H8"):
        with pytest.raises(RuleBroken):
            numbers.read_ntpn(text, TODAY)


def test_the_sheet_the_archive_the_file_and_the_pages_say_it(office: make.Office) -> None:
    order = paid(office)
    deposit = put.deposited(office, NOW)
    editions = Document.objects.filter(order=order, kind=DocumentKind.TAX_SHEET).order_by("pk")
    full = build.order_for_papers(order.pk)
    # The pack names the day of the deposit, whenever its proof was uploaded.
    Attachment.objects.filter(order=order, kind=AttachmentKind.TAX_DEPOSIT).update(uploaded_at=NOW + 9 * DAY)
    (entry,) = (one for one in entries_of(full, for_agency=True) if one.kind == AttachmentKind.TAX_DEPOSIT)
    assert build.day_of(entry, build.paper_days(full)) == deposit.deposited_on
    first, *_paid, last = (dict(money.tax_sheet(trail_for(one, full), one).data["seller"]) for one in editions)
    assert "Setoran PPh 22" not in first
    assert last["Setoran PPh 22"] == f"NTPN {NTPN} tanggal 12 September 2026, Rp45.000"
    [told] = archive.purchase_data(full)["invoices"]
    assert [(one["ntpn"], one["amount"]) for one in told["tax_deposits"]] == [(NTPN, 45_000)]
    treasurer = signed_in(office.treasurer)
    answer = treasurer.get(reverse("orders:realisation-list"), {"unduh": "csv"})
    [row] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert (row["NTPN"], row["Tanggal setor"]) == (NTPN, "2026-09-12")
    listed = treasurer.get(reverse("orders:tax-deposit-list"))
    [sums] = [[cell["text"] for cell in row["cells"]] for row in listed.context["sums"]]
    assert NTPN in listed.text and (sums[0], *sums[2:]) == ("September 2026", "1", "Rp45.000")
    answer = treasurer.get(reverse("orders:tax-deposit-list"), {"unduh": "csv"})
    [row] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert (row["NTPN"], row["Jumlah"], row["Tagihan"]) == (NTPN, "45000", "1")
    assert order.title in treasurer.get(reverse("orders:tax-deposit-detail", args=[deposit.pk])).text
    assert treasurer.get(reverse("orders:tax-deposit-file", args=[deposit.pk])).status_code == 200
    stranger = signed_in(make.make_office().treasurer)
    for name in ("detail", "file", "withdraw"):
        assert stranger.get(reverse(f"orders:tax-deposit-{name}", args=[deposit.pk])).status_code == 404


def test_the_treasurer_records_it_on_its_page(office: make.Office) -> None:
    paid(office)
    treasurer = signed_in(office.treasurer)
    listed = treasurer.get(reverse("orders:tax-deposit-list")).text
    address = reverse("orders:tax-deposit-create", args=[office.agency.pk, "pph22", "2026-09"])
    assert address in listed
    assert "411122-920" in treasurer.get(address).text
    [(pk, left)] = put.open_of(office).items()
    typed = {
        "key": new_key(), "chosen": [f"{pk}:{left}"], "billing_code": "820260900000001", "ntpn": NTPN,
        "deposited_on": TODAY.isoformat(), "amount": "45000", "file": make.photo(),
    }  # fmt: skip
    refused = treasurer.post(address, typed | {"amount": "44.000"})
    assert refused.status_code == 422 and "Rp45.000" in refused.text
    # Both numbers are named in one round.
    refused = treasurer.post(address, typed | {"billing_code": "9" * 15, "ntpn": "abc"})
    assert "Kode billing terdiri dari" in refused.text and "NTPN terdiri dari" in refused.text
    assert treasurer.post(address, typed | {"file": make.photo()}).status_code == 302
    assert treasurer.get(address).status_code == 302  # nothing left
    assert signed_in(office.requester).get(address).status_code == 403
