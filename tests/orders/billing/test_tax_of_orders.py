"""Tax of real orders: by government card, after a deduction, of a certificate holder, and on a day without rates."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from orders.billing import taxes
from orders.billing.models import Invoice, TaxLine, TaxRate
from orders.billing.services import invoices
from orders.billing.states import PaymentMethod, TaxKind
from orders.deliveries import services as deliveries
from orders.deliveries.states import DeliveryState
from orders.documents import archive, build
from orders.documents.layout import money
from orders.documents.models import Document
from orders.documents.schedule import trail_for
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import tax_papers as papers
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused
from umkm.catalogue.states import FoodKind
from umkm.sellers.states import SellerForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


def d07(office: make.Office) -> Order:
    """A PKP's goods of Rp2,400,000 with PPN, brought for nothing and found complete."""
    seller = goods.make_seller(npwp="012345678901234", form=SellerForm.BODY, is_pkp=True)
    return make.cleared(office, mend.issued(office, goods.make_product(seller, price=240_000)))


def told(order: Order) -> dict[str, Any]:
    """What the archive of the order says of its one invoice."""
    [found] = archive.purchase_data(build.order_for_papers(order.pk))["invoices"]
    return dict(found)


def sheet(order: Order) -> list[dict[str, str]]:
    document = Document.objects.get(order=order, kind=DocumentKind.TAX_SHEET, replaced_at__isnull=True)
    full = build.order_for_papers(order.pk)
    return list(money.tax_sheet(trail_for(document, full), document).data["taxes"])


def adds_up(order: Order) -> dict[str, Any]:
    invoice = make.invoice_of(order)
    data = told(order)
    assert sum(line["amount"] for line in data["taxes"]) == data["withheld"] == invoice.withheld
    kinds = [line["kind"] for line in data["taxes"]]
    assert len(kinds) == len(set(kinds))
    balanced()
    return data


def test_by_government_card_the_treasurer_collects_neither_pph_22_nor_ppn(office: make.Office) -> None:
    order = d07(office)
    assert adds_up(order)["withheld"] == 270_270  # PPh 22 32,432 and PPN 237,838, not paid by card
    page = signed_in(office.treasurer).get(
        reverse("orders:payment-create", args=[order.number, make.invoice_of(order).number])
    )
    assert "Dengan kartu (KKPD) tidak dipungut PPh 22 dan PPN; yang dibayar Rp2.400.000." in " ".join(page.text.split())
    payment = make.pay(office, order, method=PaymentMethod.KKPD, reference="KKPD-7")
    assert payment.amount == 2_400_000
    data = adds_up(order)
    assert {line["kind"]: (line["amount"], line["exemption"]) for line in data["taxes"]} == {
        "pph22": (0, "card_pph22"), "ppn": (0, "card_ppn"),
    }  # fmt: skip
    assert TaxLine.objects.filter(invoice=make.invoice_of(order)).count() == 4


def test_what_is_not_collected_cites_its_own_basis_everywhere(office: make.Office) -> None:
    order = d07(office)
    make.pay(office, order, method=PaymentMethod.KKPD, reference="KKPD-7")
    income, ppn = sheet(order)
    assert "pasal 12 ayat (2)" in income["source"] and "pasal 18 ayat (1) huruf b" in ppn["source"]
    assert (ppn["holds"], ppn["since"]) == ("Ketentuan ini berlaku", "1 Mei 2022")
    page = signed_in(office.treasurer).get(reverse("orders:order-detail", args=[order.number])).text
    sources = [income["source"], ppn["source"], *(line["source"] for line in told(order)["taxes"])]
    for source in sources:
        assert source in page
        assert "PMK 131/2024" not in source
        assert "[?]" not in source
    # Mended in the office, the source of what was written stays.
    line = TaxLine.objects.filter(invoice__order=order, kind=TaxKind.PPN).latest("pk")
    assert line.exemption is not None
    type(line.exemption).objects.filter(pk=line.exemption.pk).update(source="Lain")
    assert sheet(order)[1]["source"] == ppn["source"]


def test_the_archive_of_a_lowered_invoice_tells_what_is_withheld(office: make.Office) -> None:
    order = make.taken_over(office, mend.issued(office, goods.make_product(price=500_000)))
    mend.decided(order, office.receiver, mend.deduction(order, 1_000_000))
    assert TaxLine.objects.filter(invoice__order=order, kind=TaxKind.PPH22).count() == 2
    assert adds_up(order)["withheld"] == 120_000


def test_catering_of_a_certificate_holder_bears_the_final_tax(office: make.Office) -> None:
    seller = goods.make_seller()
    papers.shown(seller)
    meal = goods.make_product(seller, price=100_000, food_kind=FoodKind.CATERING)
    order = make.cleared(office, mend.issued(office, meal))
    assert {line["kind"]: line["amount"] for line in adds_up(order)["taxes"]} == {"pph22_final": 5_000, "ppn": 0}
    make.pay(office, order, method=PaymentMethod.KKPD, reference="KKPD-8")
    assert adds_up(order)["withheld"] == 5_000


def without(code: str, day: Any) -> None:
    TaxRate.objects.filter(code=code).update(valid_until=day - timedelta(days=1))


def test_an_invoice_on_a_day_without_rates_is_refused_with_a_sentence(office: make.Office) -> None:
    order = make.make_issued(office)
    make.accepted(order)
    delivery = make.arrived(make.shipped(order), office.receiver)
    make.inspected(delivery, office.receiver)
    when = MONDAY + DAY + 3 * HOUR
    without("pph22_goods", clock.local_date(when))

    def act() -> Any:
        return deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=when)

    assert "PPh 22" in refused(taxes.NoRates, act, code="no_tax_rates").message
    assert not Invoice.objects.filter(order=order).exists()
    # The job that signs for silence goes on: this delivery waits, and moves once the table is complete.
    late = when + 10 * DAY
    assert deliveries.accept_by_silence(now=late) == 0
    TaxRate.objects.filter(code="pph22_goods").update(valid_until=None)
    assert deliveries.accept_by_silence(now=late) == 1
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ACCEPTED


def test_a_rate_that_is_not_used_is_not_asked_for(office: make.Office) -> None:
    order = make.make_issued(office)
    for code in ("pph22_final", "pph23_catering"):
        without(code, clock.local_date(MONDAY))
    assert make.invoice_of(make.taken_over(office, order)).withheld == 0


def test_the_sellers_desk_opens_on_a_day_without_rates(office: make.Office) -> None:
    order = make.make_issued(office, now=clock.now())
    without("pph22_goods", clock.today())
    page = signed_in(make.member_of(order)).get(reverse("site:seller-dashboard"))
    assert page.status_code == 200
    assert "belum dikurangi pajak, yang hari ini belum dapat dihitung" in page.text


def test_an_invoice_of_before_the_certificate_counted_for_catering(office: make.Office) -> None:
    """Issued with PPh 23; computed again it bears the final tax, and PPh 23 is not withheld beside it."""
    seller = goods.make_seller()
    papers.shown(seller)
    order = make.cleared(
        office, mend.issued(office, goods.make_product(seller, price=100_000, food_kind=FoodKind.CATERING))
    )
    invoice = make.invoice_of(order)
    final = invoice.tax_lines.get(kind=TaxKind.PPH22_FINAL)
    then = {"invoice": invoice, "base": 0, "amount": 0, "explanation": "Dulu"}
    TaxLine.objects.create(**then, rule=final.rule, kind=final.kind, rate=final.rate)
    rate = TaxRate.objects.get(code="pph23_catering")
    then |= {"base": 1_000_000, "amount": 20_000}
    TaxLine.objects.create(**then, rule=rate, kind=TaxKind.PPH23, rate=rate.rate)
    Invoice.objects.filter(pk=invoice.pk).update(withheld=20_000, net=980_000)
    make.pay(office, order, method=PaymentMethod.KKPD, reference="KKPD-9")
    assert adds_up(order)["withheld"] == 5_000
    assert invoices.tax_by_card(make.invoice_of(order))[0].kind == TaxKind.PPH22_FINAL
