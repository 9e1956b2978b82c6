"""A bill of which PPN is collected is not paid without its tax invoice, or without a reason why it has none."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.models import Rule
from epeken.notifications.models import Notification
from orders.attestations import verifying
from orders.billing.services import correction, payments
from orders.billing.states import ChecklistItem
from orders.deliveries import services as deliveries
from orders.documents import archive, build, services, slots
from orders.documents.completeness import SlotEmpty
from orders.documents.layout import money
from orders.documents.models import Document, SlotRule
from orders.documents.schedule import trail_for
from orders.documents.states import AttachmentKind, DocumentKind
from orders.orders.models import Order
from orders.orders.next_step import Task, Turn, turn_of_invoice
from orders.tax_invoices import numbers
from orders.tax_invoices.models import TaxInvoice
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import tax_invoices as taxed
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.umkm.pictures import photo

pytestmark = pytest.mark.django_db
NOW = MONDAY + DAY + 5 * HOUR  # after the BAST
TODAY = clock.local_date(NOW)


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@kept
def billed(office: make.Office, price: int = 555_000, **over: Any) -> Order:
    """Ten of goods with PPN in the price."""
    seller = goods.make_seller(**{"is_pkp": True, "npwp": "012345678901234", **over})
    return make.taken_over(office, mend.issued(office, goods.make_product(seller, price=price)))


def slot_of(order: Order) -> slots.Slot | None:
    found = slots.slots_of(Order.objects.get(pk=order.pk))
    return next((slot for slot in found if slot.kind == AttachmentKind.TAX_INVOICE), None)


@kept
def checked(office: make.Office, order: Order) -> Any:
    invoice = make.invoice_of(order)
    return payments.verify_invoice(actor=office.treasurer, invoice=invoice, ticked=ChecklistItem.values, now=NOW)


def test_a_bill_with_ppn_is_not_called_complete_before_its_tax_invoice_is_there(office: make.Office) -> None:
    order = billed(office)
    assert Notification.objects.filter(kind="invoice.tax_invoice_wanted", person=make.member_of(order)).count() == 1
    # Nobody is told to pay what cannot be paid yet.
    told = Notification.objects.filter(person=office.treasurer, kind__startswith="invoice.issued")
    assert list(told.values_list("kind", flat=True)) == ["invoice.issued_lacking"]
    with pytest.raises(SlotEmpty, match="Faktur pajak"):
        checked(office, order)
    taxed.brought(make.invoice_of(order), NOW)
    checked(office, order)
    assert list(verifying.verify(order.number)) == []


@pytest.mark.parametrize(
    ("over", "price"),
    [({"is_pkp": False}, 555_000), ({}, 22_000)],
    ids=["no PKP", "not collected up to the minimum"],
)
def test_a_bill_without_ppn_wants_none(office: make.Office, over: dict[str, Any], price: int) -> None:
    order = billed(office, price, **over)
    assert slot_of(order) is None
    assert not Notification.objects.filter(kind="invoice.tax_invoice_wanted").exists()
    with pytest.raises(RuleBroken) as refusal:
        taxed.brought(make.invoice_of(order), NOW)
    assert refusal.value.code == "no_ppn"
    checked(office, order)


def test_nobody_lets_it_go_unasked_unless_the_citys_rule_lets_them(office: make.Office) -> None:
    order = billed(office)
    head, address = make.head_of(office), reverse("orders:order-detail", args=[order.number])
    given = {"order": order, "kind": "tax_invoice", "reason": "other", "note": "Coretax gangguan", "now": NOW}
    with pytest.raises(RuleBroken) as refusal:
        services.waive_slot(actor=head, **given)
    assert refusal.value.code == "not_waivable"
    assert "mengecualikannya" not in signed_in(office.treasurer).get(address).text
    SlotRule.objects.filter(kind="tax_invoice").update(is_waivable=True)
    assert "Bila Faktur pajak memang tidak ada" in signed_in(office.treasurer).get(address).text
    services.waive_slot(actor=head, **given)
    page = signed_in(office.treasurer).get(
        reverse("orders:invoice-verify", args=[order.number, make.invoice_of(order).number])
    ).text  # fmt: skip
    assert str(ChecklistItem.TAX_INVOICE.label) not in page
    checked(office, order)


def test_each_bill_wants_its_own(office: make.Office) -> None:
    """Two deliveries of one order: the tax invoice of the first does not stand for the second."""
    seller = goods.make_seller(is_pkp=True, npwp="012345678901234")
    order = make.accepted(mend.issued(office, goods.make_product(seller, price=900_000)))
    for half in range(2):
        quantities = {order.lines.get().pk: 5}
        delivery = make.arrived(make.shipped(order, sent=quantities), office.receiver)
        make.inspected(delivery, office.receiver)
        deliveries.sign_bast(
            actor=office.receiver, delivery=delivery, office_number=f"1/{half}", now=MONDAY + DAY + 3 * HOUR
        )
        order = Order.objects.get(pk=order.pk)
    first, second = order.invoices.order_by("pk")
    taxed.brought(first, NOW)
    found = slot_of(order)
    assert found is not None and found.wanting == (second.number,) and found.is_empty
    turns = [turn_of_invoice(one) for one in order.invoices.order_by("pk")]
    assert turns == [(Turn.TREASURER, Task.VERIFY), (Turn.SELLER, Task.BRING)]
    payments.verify_invoice(actor=office.treasurer, invoice=first, ticked=ChecklistItem.values, now=NOW)
    with pytest.raises(SlotEmpty):
        payments.verify_invoice(actor=office.treasurer, invoice=second, ticked=ChecklistItem.values, now=NOW)
    with pytest.raises(RuleBroken) as refusal:
        taxed.brought(second, NOW, number=taxed.number_of(first))
    assert refusal.value.code == "tax_invoice_used"


@pytest.mark.parametrize(
    ("number", "day", "is_read"),
    [
        ("02002600123456789", date(2026, 9, 8), True),
        ("02.00.26-00123456789", date(2026, 9, 8), True),
        ("02.01.25-00123456789", date(2026, 1, 8), True),  # in place of one of the year before
        ("0200260012345678", date(2026, 9, 8), False),
        ("020.002-24.12345678", date(2024, 12, 31), True),
        ("02002600123456789", date(2024, 12, 31), False),
        ("0200260012345678", date(2025, 1, 1), False),
        ("00000000000000000", date(2026, 9, 8), False),
        ("0200260012345678A", date(2026, 9, 8), False),
        ("０2002600123456789", date(2026, 9, 8), False),
        ("", date(2026, 9, 8), False),
    ],
)
def test_the_number_is_as_the_rule_of_its_day_says(number: str, day: date, is_read: bool) -> None:
    if is_read:
        assert numbers.read_number(number, day).isdecimal()
    else:
        with pytest.raises(RuleBroken):
            numbers.read_number(number, day)


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"dated_on": TODAY + timedelta(days=1)}, "tax_invoice_later"),
        ({"dated_on": clock.local_date(MONDAY) - timedelta(days=1)}, "tax_invoice_before"),
        ({"number": "123"}, "tax_invoice_number"),
        ({"file": None}, "file_missing"),
        ({"number": "04002600123456789"}, "tax_invoice_code"),
        ({"number": "02002500123456789"}, "tax_invoice_year"),
        ({"number": "02002700123456789"}, "tax_invoice_year"),
        ({"number": "02012700123456789"}, "tax_invoice_year"),
        ({"number": "02002600000000000"}, "tax_invoice_number"),
        ({"ppn": 550_001}, "tax_invoice_sum"),
        ({"ppn": 549_999}, "tax_invoice_sum"),
    ],
)
def test_what_cannot_be_is_refused(office: make.Office, over: dict[str, Any], code: str) -> None:
    order = billed(office)
    with pytest.raises(RuleBroken) as refusal:
        taxed.brought(make.invoice_of(order), NOW, **over)
    assert refusal.value.code == code
    assert not TaxInvoice.objects.exists()


def test_the_regime_of_the_bill_says_who_collects_and_which_code_is_wanted(office: make.Office) -> None:
    """On the sheet and for the tax invoice; a rule that changed since does not change the bill."""

    def remark(order: Order) -> str:
        sheet = Document.objects.filter(order=order, kind=DocumentKind.TAX_SHEET).latest("pk")
        told: str = money.tax_sheet(trail_for(sheet, build.order_for_papers(order.pk)), sheet).data["remark"]
        return told

    regime = Rule.objects.filter(code="tax.regime")
    by_treasurer = billed(office)
    regime.update(text="platform")
    by_platform = billed(office)
    assert "Bendahara menyetor" in remark(by_treasurer)
    assert "penyelenggara pasar, bukan bendahara" in remark(by_platform)
    assert "menyetor pajak yang dipotong" not in remark(by_platform)
    with pytest.raises(RuleBroken) as refusal:
        taxed.brought(make.invoice_of(by_treasurer), NOW, number="01002600123456789")
    assert refusal.value.code == "tax_invoice_code"
    regime.update(text="treasurer")
    assert taxed.brought(make.invoice_of(by_platform), NOW, number="01002600123456789").pk
    assert "penyelenggara pasar, bukan bendahara" in remark(by_platform)


def test_only_its_seller_brings_it(office: make.Office) -> None:
    order = billed(office)
    for actor in (office.treasurer, goods.make_user(), make.member_of(billed(make.make_office()))):
        with pytest.raises(NotAllowed):
            taxed.brought(make.invoice_of(order), NOW, actor=actor)
    with pytest.raises(RuleBroken):
        services.add_attachment(
            actor=office.treasurer, order=order, kind="tax_invoice", title="", file=photo(8), now=NOW
        )


def test_it_is_replaced_until_the_treasurer_looked_at_it(office: make.Office) -> None:
    order = billed(office)
    invoice = make.invoice_of(order)
    first = taxed.brought(invoice, NOW)
    assert taxed.brought(invoice, NOW).pk == first.pk
    second = taxed.brought(invoice, NOW, number="02002600999999999")
    first.attachment.refresh_from_db()
    assert first.attachment.removed_at is not None and "02002600999999999" in first.attachment.removal_note
    assert TaxInvoice.objects.live().get() == second
    checked(office, order)
    with pytest.raises(InvalidMove):
        taxed.brought(make.invoice_of(order), NOW, number="02002600888888888")
    assert list(verifying.verify(order.number)) == []


def test_of_a_bill_that_was_replaced_the_number_is_free_again(office: make.Office) -> None:
    order = billed(office)
    invoice = make.invoice_of(order)
    taxed.brought(invoice, NOW)
    made = correction.reissue_invoice(actor=office.treasurer, invoice=invoice, reason="Rekening keliru", now=NOW)
    with pytest.raises(SlotEmpty):
        checked(office, order)
    with pytest.raises(InvalidMove):
        taxed.brought(invoice, NOW)
    taxed.brought(made, NOW, number=taxed.number_of(invoice))
    checked(office, order)


def test_the_sheet_the_archive_and_the_pages_say_its_number(office: make.Office) -> None:
    order = billed(office)
    invoice = make.invoice_of(order)
    seller = signed_in(make.member_of(order))
    address = reverse("orders:tax-invoice-create", args=[order.number, invoice.number])
    page = reverse("orders:order-detail", args=[order.number])
    assert seller.get(page).text.count(address) == 2  # beside the bill, and in the list of papers
    desk = seller.get(reverse("site:seller-dashboard")).text  # money waits for it, for the word on the BAST it does not
    assert 0 < desk.index(address) < desk.index("benar?")
    typed = {"number": "02.00.26-00123456789", "dated_on": TODAY.isoformat(), "ppn": "550.000", "file": photo(5)}
    assert seller.post(address, typed | {"number": "7"}).status_code == 422
    assert seller.post(address, typed | {"file": photo(5)}).status_code == 302
    assert seller.get(reverse("orders:tax-invoice-file", args=[order.number, invoice.number])).status_code == 200
    [told] = archive.purchase_data(build.order_for_papers(order.pk))["invoices"]
    assert told["tax_invoice"] == {
        "number": "02002600123456789", "dated_on": TODAY.isoformat(), "ppn": 550_000,
        "sha256": TaxInvoice.objects.get().attachment.sha256,
    }  # fmt: skip
    assert "Faktur pajak: 02002600123456789" in seller.get(page).text
    page = signed_in(office.treasurer).get(reverse("orders:invoice-verify", args=[order.number, invoice.number])).text
    assert "02002600123456789" in page and "fakturnya Rp550.000" in page


def test_the_sheet_is_made_anew_and_a_late_one_states_its_own_moment(office: make.Office) -> None:
    order = billed(office)

    def sheets() -> list[str]:
        editions = Document.objects.filter(order=order, kind=DocumentKind.TAX_SHEET).order_by("pk")
        full = build.order_for_papers(order.pk)
        return [dict(money.tax_sheet(trail_for(one, full), one).data["seller"])["Faktur pajak"] for one in editions]

    assert sheets() == ["belum ada"]
    paper = taxed.brought(make.invoice_of(order), NOW).attachment
    number = f"nomor {taxed.number_of(make.invoice_of(order))} tanggal 8 September 2026"
    assert sheets() == ["belum ada", number]
    asked = Notification.objects.filter(kind="invoice.tax_invoice_wanted")
    before = asked.count()
    services.remove_attachment(actor=office.treasurer, attachment=paper, note="Salah", now=NOW + HOUR)
    assert asked.count() == before + 1, "its seller is asked once more"
    SlotRule.objects.filter(kind="tax_invoice").update(is_waivable=True)
    services.waive_slot(
        actor=make.head_of(office), order=order, kind="tax_invoice", reason="other", note="Coretax gangguan",
        now=NOW + 2 * HOUR,
    )  # fmt: skip
    waived = sheets()[-1]
    assert sheets()[:3] == ["belum ada", number, "belum ada"] and waived.startswith("dikecualikan: Coretax gangguan")
    assert list(verifying.verify(order.number)) == []
