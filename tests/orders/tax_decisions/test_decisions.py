"""A treasurer decides, with a reason, whether bills near each other count as one purchase and which meals are catering;
the tax is then computed as every tax is."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from lxml import html

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import full_date
from orders.attestations import verifying
from orders.billing import checklist, nearby, taxes
from orders.billing.models import Invoice
from orders.billing.services import correction, payments
from orders.billing.states import ChecklistItem, InvoiceState, TaxKind
from orders.documents import archive, build
from orders.documents.layout import money
from orders.documents.models import Document
from orders.documents.schedule import trail_for
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.orders.pages import timeline
from orders.tax_decisions import services
from orders.tax_decisions.models import TaxDecision
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept
from umkm.catalogue.states import FoodKind

pytestmark = pytest.mark.django_db
NOW = MONDAY + 2 * DAY
SMALL = 150_000  # ten of it are 1.5 million, below the minimum of 2 million


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


def bought(office: make.Office, product: Any, *, days_ago: int = 0) -> Order:
    order = mend.issued(office, product)
    if days_ago:
        Order.objects.filter(pk=order.pk).update(placed_at=MONDAY - timedelta(days=days_ago))
    return Order.objects.get(pk=order.pk)


@kept
def billed(office: make.Office, days_ago: int = 5) -> Invoice:
    """Of one of two small purchases from one owner, the other so many days before it."""
    product = goods.make_product(goods.make_seller(npwp="012345678901234"), price=SMALL)
    bought(office, product, days_ago=days_ago)
    return make.invoice_of(make.taken_over(office, bought(office, product)))


def decide(office: make.Office, invoice: Invoice, **over: Any) -> Invoice:
    given: dict[str, Any] = {
        "actor": office.treasurer, "invoice": invoice, "is_split": None, "food_kinds": {}, "reason": "Satu acara",
        "now": NOW, **over,
    }  # fmt: skip
    return services.decide_taxes(**given)


def near(invoice: Invoice) -> nearby.NearbyPurchases | None:
    return nearby.of_invoice(Order.objects.get(pk=invoice.order_id), invoice)


def test_purchases_within_the_window_are_named_and_count_as_one_when_decided(office: make.Office) -> None:
    invoice = billed(office)
    found = near(invoice)
    assert invoice.withheld == 0 and found is not None and found.sum == 3_000_000 and len(found.orders) == 1
    made = decide(office, invoice, is_split=True)
    invoice.refresh_from_db()
    assert (invoice.state, made.withheld, made.is_split, made.due_at) == (
        InvoiceState.VOID, 22_500, True, invoice.due_at,
    )  # fmt: skip
    [line] = [one for one in taxes.in_force(made.tax_lines.all()) if one.kind == TaxKind.PPH22]
    assert "dihitung satu pembelian dengan yang lain" in line.explanation
    [told] = archive.purchase_data(build.order_for_papers(made.order_id))["invoices"]
    [said] = told["tax_decisions"]
    assert (said["subject"], said["is_split"], said["with"]) == ("split", True, found.numbers)
    assert (said["reason"], said["office"]) == ("Satu acara", "treasurer")
    again = correction.reissue_invoice(actor=office.treasurer, invoice=made, reason="Rekening salah", now=NOW)
    assert again.withheld == 22_500  # the decision holds for what is billed in its place
    with pytest.raises(RuleBroken) as refusal:
        decide(office, again, is_split=True)
    assert refusal.value.code == "nothing_decided"
    last = decide(office, again, is_split=False, reason="Acara yang lain", now=NOW + DAY)
    assert last.withheld == 0
    sheet = Document.objects.filter(invoice=last, kind=DocumentKind.TAX_SHEET).latest("pk")
    told = money.tax_sheet(trail_for(sheet, build.order_for_papers(last.order_id)), sheet).data["seller"]
    said = [words for name, words in told if name in ("Keputusan bendahara", "Keputusan yang diganti")]
    assert len(said) == 2 and found.numbers in said[0] and "Acara yang lain" in said[1]
    page = reverse("orders:order-detail", args=[last.order.number])
    for reader in (office.treasurer, make.member_of(last.order)):
        shown = html.fromstring(signed_in(reader).get(page).content)
        why = " ".join(shown.xpath("//details[contains(summary, 'Mengapa pajaknya sekian')]")[0].text_content().split())
        assert all(f"{name}: {words}" in why for name, words in told if name.startswith("Keputusan"))
        history = [entry for entry in entries(last.order) if entry.title.startswith("Dasar pajak diputus: ")]
        assert [entry.note for entry in history] == ["Acara yang lain", "Satu acara\nKeputusan ini sudah diganti."]
        assert all(entry.who == f"{office.treasurer.name}, bendahara" for entry in history)
        assert "Dasar pajak diputus: Bukan belanja yang dipecah" in shown.text_content()
    assert TaxDecision.objects.first().decided_as == "treasurer"  # type: ignore[union-attr]
    assert list(verifying.verify(last.order.number)) == []


def entries(order: Order) -> list[timeline.Entry]:
    return timeline.timeline(Order.objects.get(pk=order.pk), [], for_agency=False)


def test_the_checklist_looks_for_other_purchases_once(office: make.Office, monkeypatch: pytest.MonkeyPatch) -> None:
    invoice, asked, ask = billed(office), [], nearby.of_invoice
    monkeypatch.setattr(nearby, "of_invoice", lambda *given: asked.append(given) or ask(*given))
    address = reverse("orders:invoice-verify", args=[invoice.order.number, invoice.number])
    shown = signed_in(office.treasurer).get(address).text
    assert len(asked) == 1 and shown.count("Belum diputus. Dihitung sebagai") == 1


def told_on_paper(invoice: Invoice) -> str:
    sheet = Document.objects.filter(invoice=invoice, kind=DocumentKind.TAX_SHEET).latest("pk")
    data = money.tax_sheet(trail_for(sheet, build.order_for_papers(invoice.order_id)), sheet).data
    return str([data["seller"], data["taxes"]])


def told_on_form(office: make.Office, invoice: Invoice) -> str:
    address = reverse("orders:payment-create", args=[invoice.order.number, invoice.number])
    return signed_in(office.treasurer).get(address).text


def test_paper_and_form_state_a_decision_only_once_somebody_made_it(office: make.Office) -> None:
    product = goods.make_product(goods.make_seller(npwp="012345678901234"), price=SMALL)
    invoice = make.invoice_of(make.taken_over(office, bought(office, product)))
    make.clear(office, invoice)  # nobody was asked: there was no other
    for shown in (told_on_paper(invoice), told_on_form(office, invoice)):
        assert "Tidak ada keputusan bahwa belanja ini dipecah; dihitung berdiri sendiri" in shown
        assert "dihitung berdiri sendiri." in shown and "ukan belanja yang dipecah" not in shown
    bought(office, product, days_ago=5)
    decide(office, Invoice.objects.get(pk=invoice.pk), is_split=False, reason="Acara yang lain", now=NOW + HOUR)
    told = f"Bukan belanja yang dipecah (diputus {office.treasurer.name}, Bendahara, {full_date(NOW)}: Acara"
    for shown in (told_on_paper(invoice), told_on_form(office, invoice)):
        assert told in shown and "Tidak ada keputusan" not in shown


def test_counted_as_one_for_its_day_alone_is_no_decision_either(office: make.Office) -> None:
    invoice = billed(office, days_ago=0)
    assert "Tanpa keputusan bendahara; dihitung satu dengan" in told_on_paper(invoice)
    dear = goods.make_product(goods.make_seller(npwp="888885678901234"), price=300_000)
    large = make.invoice_of(make.taken_over(office, bought(office, dear)))
    assert "apakah dipecah" not in told_on_paper(large)  # taxed for its own sum


def test_purchases_of_one_day_count_as_one_until_the_treasurer_says_otherwise(office: make.Office) -> None:
    invoice = billed(office, days_ago=0)
    assert invoice.is_split and invoice.withheld == 22_500
    assert decide(office, invoice, is_split=False, reason="Dua bidang, dua acara").withheld == 0


def test_what_was_decided_without_another_tax_is_kept_and_the_bill_stays(office: make.Office) -> None:
    invoice = billed(office)
    assert decide(office, invoice, is_split=False, reason="Acara yang lain").pk == invoice.pk
    assert TaxDecision.objects.get().others == near(invoice).numbers  # type: ignore[union-attr]
    assert list(verifying.verify(invoice.order.number)) == []


def test_another_purchase_counts_at_what_it_is_billed_for(office: make.Office) -> None:
    """Half of it was accepted; before that it counts as ordered."""
    product = goods.make_product(goods.make_seller(npwp="012345678901234"), price=SMALL)
    other = bought(office, product, days_ago=5)
    invoice = make.invoice_of(make.taken_over(office, bought(office, product)))
    assert near(invoice).sum == 3_000_000  # type: ignore[union-attr]
    bill = make.invoice_of(make.taken_over(office, other, accept=5))
    found = near(invoice)
    assert found is not None and found.sum == 1_500_000 + bill.goods_total == 2_250_000
    address = reverse("orders:invoice-verify", args=[invoice.order.number, invoice.number])
    shown = signed_in(office.treasurer).get(address).text
    assert "Rp2.250.000" in shown and "Rp750.000" in shown
    told = signed_in(office.treasurer).get(reverse("orders:invoice-verify", args=[other.number, bill.number])).text
    assert "Rp750.000 untuk yang diterima menurut harga surat pesanan" in told


def test_nothing_counts_together_beyond_the_window_or_of_another_owner_or_above_the_minimum(
    office: make.Office,
) -> None:
    far = billed(office, days_ago=31)
    assert near(far) is None and near(billed(office, days_ago=30)) is not None
    with pytest.raises(RuleBroken) as refusal:
        decide(office, far, is_split=True)
    assert refusal.value.code == "no_other_purchase"
    dear = goods.make_product(goods.make_seller(npwp="888885678901234"), price=300_000)
    bought(office, dear, days_ago=3)
    assert near(make.invoice_of(make.taken_over(office, bought(office, dear)))) is None
    other = make.make_office()
    product = goods.make_product(far.order.seller, price=SMALL)
    assert near(make.invoice_of(make.taken_over(other, bought(other, product)))) is None


def test_the_treasurer_corrects_what_a_meal_is_taxed_as(office: make.Office) -> None:
    seller = goods.make_seller(npwp="012345678901234")
    product = goods.make_product(seller, price=SMALL, food_kind=FoodKind.CATERING)
    invoice = make.invoice_of(make.cleared(office, bought(office, product)))
    [line] = invoice.delivery.lines.all()
    assert invoice.withheld == 30_000  # PPh 23, 2 %
    made = decide(office, invoice, food_kinds={line.pk: FoodKind.SHOP}, reason="Dibeli di warung")
    assert made.state == InvoiceState.ISSUED and made.withheld == 0  # PPh 22, below the minimum; approved anew
    back = decide(office, made, food_kinds={line.pk: FoodKind.CATERING}, reason="Disajikan di kantor")
    assert back.withheld == 30_000
    assert list(verifying.verify(back.order.number)) == []


def test_what_cannot_be_decided(office: make.Office) -> None:
    invoice = billed(office)
    [line] = invoice.delivery.lines.all()
    for over, code in [
        ({"is_split": True, "reason": "  "}, "reason_missing"),
        ({}, "nothing_decided"),
        ({"food_kinds": {line.pk: FoodKind.CATERING}}, "no_meal"),  # no food
        ({"food_kinds": {line.pk + 1: FoodKind.CATERING}}, "no_meal"),  # another delivery's
    ]:
        with pytest.raises(RuleBroken) as refusal:
            decide(office, invoice, **over)
        assert refusal.value.code == code
    for actor in (office.requester, office.receiver, make.make_office().treasurer):
        with pytest.raises(NotAllowed):
            decide(office, invoice, actor=actor, is_split=True)
    make.clear(office, invoice)
    make.pay(office, invoice.order)
    with pytest.raises(InvalidMove):
        decide(office, invoice, is_split=True)
    assert not TaxDecision.objects.filter(is_split=True).exists()


def test_a_bill_is_checked_only_when_it_is_decided_whether_its_purchase_was_cut_up(office: make.Office) -> None:
    invoice = billed(office)
    address = reverse("orders:invoice-verify", args=[invoice.order.number, invoice.number])
    treasurer, ticked = signed_in(office.treasurer), {"ticked": ["papers"]}
    found = near(invoice)
    assert found is not None
    refused = treasurer.post(address, ticked)
    assert refused.status_code == 422
    assert f"Sudah diputus apakah belanja ini dipecah. Nilainya Rp3.000.000 bersama {found.numbers}" in refused.text
    decide(office, invoice, is_split=False, reason="Acara yang lain")
    assert treasurer.post(address, ticked).status_code == 302
    item = invoice.checks.get(item=ChecklistItem.SPLIT)
    assert item.by_system and Invoice.objects.get(pk=invoice.pk).state == InvoiceState.VERIFIED


def test_where_silence_leaves_no_tax_out_nothing_is_asked(office: make.Office) -> None:
    """Purchases of one day are taxed as one until somebody decides otherwise."""
    same_day = billed(office, days_ago=0)
    far = billed(make.make_office(), days_ago=31)
    for invoice in (same_day, far):
        assert nearby.unanswered(invoice.order, invoice) is None
        assert not checklist_of(invoice) & {ChecklistItem.SPLIT}


def checklist_of(invoice: Invoice) -> set[str]:
    facts = checklist.facts_of(invoice.order, invoice, [], NOW, near(invoice))
    return {line.item for line in checklist.lines_of(facts)}


def test_a_purchase_beside_a_bill_that_was_checked_is_answered_for_before_money_leaves(office: make.Office) -> None:
    product = goods.make_product(goods.make_seller(npwp="012345678901234"), price=SMALL)
    order = make.cleared(office, bought(office, product))
    bought(office, product, days_ago=5)
    with pytest.raises(RuleBroken) as refusal:
        payments.check_payable(office.treasurer, make.invoice_of(order), order, NOW)
    assert refusal.value.code == "split_undecided" and "Rp3.000.000" in refusal.value.message
    decide(office, make.invoice_of(order), is_split=False, reason="Acara yang lain")
    make.pay(office, order)
    assert make.invoice_of(order).state == InvoiceState.PAID


def test_the_rest_of_a_bill_is_paid_without_an_answer_that_can_change_nothing(office: make.Office) -> None:
    product = goods.make_product(goods.make_seller(npwp="012345678901234"), price=SMALL)
    order = make.cleared(office, bought(office, product))
    make.pay(office, order, amount=500_000)
    bought(office, product, days_ago=5)
    make.pay(office, order, reference="SP2D-002/2026")
    assert make.invoice_of(order).state == InvoiceState.PAID


def test_the_checking_page_names_the_others_and_leads_to_the_decision(office: make.Office) -> None:
    invoice = billed(office)
    treasurer, at = signed_in(office.treasurer), [invoice.order.number, invoice.number]
    address = reverse("orders:tax-decision-create", args=at)
    shown = treasurer.get(reverse("orders:invoice-verify", args=at)).text
    found = near(invoice)
    assert found is not None and found.numbers in shown and address in shown
    assert treasurer.get(address).status_code == 200
    assert treasurer.post(address, {"is_split": "1", "reason": ""}).status_code == 422
    assert treasurer.post(address, {"is_split": "1", "reason": "Satu rapat"}).status_code == 302
    assert Invoice.objects.live().get(order=invoice.order_id).withheld == 22_500
    assert signed_in(make.make_office().treasurer).get(address).status_code == 404
