"""An invoice is taxed by the papers that hold on its day, cites them, and holds their copies."""

from typing import Any

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from epeken.core import clock
from orders.attestations import verifying
from orders.billing.models import InvoiceTaxPaper
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
from tests.factories.orders import DAY, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@kept
def cleared(office: make.Office, seller: Any) -> Order:
    """Goods of Rp5,000,000."""
    return make.cleared(office, mend.issued(office, goods.make_product(seller, price=500_000)))


def sheet(order: Order) -> Any:
    document = Document.objects.get(order=order, kind=DocumentKind.TAX_SHEET, replaced_at__isnull=True)
    return money.tax_sheet(trail_for(document, build.order_for_papers(order.pk)), document)


def taxes_of(order: Order) -> dict[str, int]:
    return {line.kind: line.amount for line in make.invoice_of(order).tax_lines.all()}


def test_who_only_says_certificate_pays_the_general_rate_and_the_treasurer_reads_why(office: make.Office) -> None:
    order = cleared(office, goods.make_seller(has_final_tax_certificate=True))
    assert taxes_of(order) == {"pph22": 150_000, "ppn": 0}  # without NPWP twice the rate
    text = "tidak ada surat terverifikasi yang berlaku pada hari tagihan"
    number = make.invoice_of(order).number
    for name in ("orders:order-detail", "orders:payment-create"):
        args = [order.number] if name == "orders:order-detail" else [order.number, number]
        page = signed_in(office.treasurer).get(reverse(name, args=args)).text
        assert text in " ".join(page.split())
    assert ("Surat keterangan PP 55", "dinyatakan penjual, tanpa surat yang berlaku") in sheet(order).data["seller"]


def test_the_sheet_and_the_archive_cite_the_paper_and_hold_its_copy(office: make.Office) -> None:
    seller = goods.make_seller()
    paper = papers.shown(seller)
    order = cleared(office, seller)
    assert taxes_of(order) == {"pph22_final": 25_000, "ppn": 0}
    laid_out = sheet(order)
    said = dict(laid_out.data["seller"])["Surat keterangan PP 55"]
    assert said.startswith("nomor KET-00123/PP55/2026 tanggal 5 Januari 2026, berlaku 5 Januari 2026 sampai ")
    [copy] = laid_out.data["copies"]
    assert laid_out.files[copy["file"]]
    [invoice] = archive.purchase_data(build.order_for_papers(order.pk))["invoices"]
    [told] = invoice["tax_papers"]
    assert (told["number"], told["issued_on"], told["sha256"]) == (paper.number, "2026-01-05", paper.sha256)
    assert list(verifying.verify(order.number)) == []


def test_an_invoice_keeps_the_paper_it_was_issued_with(office: make.Office) -> None:
    seller = goods.make_seller()
    paper = papers.shown(seller)
    order = cleared(office, seller)
    papers.ended(paper, clock.local_date(MONDAY) - DAY, now=MONDAY + 20 * DAY)
    assert dict(sheet(order).data["seller"])["Surat keterangan PP 55"].startswith("nomor KET-00123")
    assert make.invoice_of(order).seller_party.has_final_tax_certificate


def test_a_paper_that_ended_before_the_invoice_does_not_count(office: make.Office) -> None:
    seller = goods.make_seller()
    papers.shown(seller, valid_until=clock.local_date(MONDAY) - DAY)
    order = cleared(office, seller)
    assert "pph22_final" not in taxes_of(order)
    assert not InvoiceTaxPaper.objects.exists()


def test_a_planted_change_of_a_paper_shows(office: make.Office) -> None:
    seller = goods.make_seller()
    papers.shown(seller)
    order = cleared(office, seller)
    [row] = InvoiceTaxPaper.objects.all()
    with storages["private"].open(row.file, "wb") as file:
        file.write(b"lain")
    assert any("is not what was stored" in found.what for found in verifying.verify(order.number))
