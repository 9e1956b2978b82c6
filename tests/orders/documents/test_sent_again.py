"""Goods sent again by a decision have a surat jalan like every other shipment, and the seller's proof is filed."""

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.documents import archive, build
from orders.documents import services as documents
from orders.documents.entries import entries_of
from orders.documents.models import Document
from orders.documents.states import ATTACHMENT_SLUGS, SLUGS, AttachmentKind, DocumentKind
from orders.orders.models import Order
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories.orders import HOUR
from tests.factories.remedies import NOW
from tests.factories.users import signed_in
from tests.kept_steps import kept

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r"\b(?:SP|SJ|BAST|INV|KW|PM|PB|BN|UG|PQ)-\d{4}-\d{6}\b")


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def order(office: make.Office) -> Order:
    return make.cleared(office, mend.issued(office))


@pytest.fixture
@kept
def sent(order: Order, office: make.Office) -> Delivery:
    """Three of ten are on their way again."""
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    return mend.sent(mend.remedy_of(order))


def paper(delivery: Delivery, kind: str) -> Document:
    return Document.objects.get(delivery=delivery, kind=kind, replaced_at__isnull=True)


def words_of(document: Document) -> str:
    content, _pages, *_ = build.make(document)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def address(order: Order, number: str) -> str:
    return reverse("orders:document-of", args=[order.number, "delivery_note", number])


def test_goods_sent_again_have_their_own_surat_jalan(sent: Delivery, order: Order) -> None:
    first = mend.delivery_of(order)
    words = words_of(paper(sent, DocumentKind.DELIVERY_NOTE))
    for told in (sent.number, first.number, "barang pengganti", "3 ", "Kurir sendiri"):
        assert told in words
    assert paper(first, DocumentKind.DELIVERY_NOTE).replaced_at is None


def test_it_is_filed_as_a_delivery_of_its_own(sent: Delivery, order: Order, office: make.Office) -> None:
    """Nothing is waited for that its goods do not need: they are on an invoice already."""
    mend.handed_over(sent, office.receiver, accept=3)
    entries = entries_of(build.order_for_papers(order.pk), for_agency=True)
    own = [(str(entry.label), entry.of) for entry in entries if entry.part == sent.number]
    assert own == [
        ("Surat jalan pengganti", sent.number), (str(DocumentKind.INSPECTION.label), sent.number),
        (str(DocumentKind.BAST.label), sent.number),
    ]  # fmt: skip
    assert f"sudah ditagih dengan kiriman {mend.delivery_of(order).number}" in words_of(paper(sent, DocumentKind.BAST))
    page = signed_in(office.treasurer).get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert "Surat jalan pengganti" in page


def test_refused_goods_that_came_again_are_billed_on_paper(office: make.Office) -> None:
    """Six of ten accepted, four refused; three of those come right: their bill says three."""
    order = make.accepted(mend.issued(office))
    first = make.arrived(make.shipped(order), office.receiver)
    make.inspected(first, office.receiver, accept=6)
    mend.decided(order, office.receiver, mend.replacement(order, 4))
    deliveries.sign_bast(actor=office.receiver, delivery=first, office_number="", now=NOW + HOUR)
    assert "ditolak, belum ditagih" in words_of(paper(first, DocumentKind.BAST))
    again = mend.handed_over(mend.sent(mend.remedy_of(order)), office.receiver, accept=3)
    assert "belum pernah ditagih" in words_of(paper(again, DocumentKind.BAST))
    bill = Document.objects.get(invoice__delivery=again, kind=DocumentKind.INVOICE)
    assert "Rp300.000" in words_of(bill)
    data = archive.purchase_data(build.order_for_papers(order.pk))
    assert [row["replaces"] for row in data["deliveries"]] == [None, first.number]
    (decision,) = data["decisions"]
    assert (
        decision["remedies"][0] | {"refused": "4.000", "came": "3.000", "shipments": [again.number]}
        == (decision["remedies"][0])
    )


def test_what_was_decided_and_not_sent_has_none(order: Order, office: make.Office) -> None:
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    before = order.documents.filter(kind=DocumentKind.DELIVERY_NOTE).count()
    documents.ensure_documents(order, NOW + 2 * HOUR)
    assert order.documents.filter(kind=DocumentKind.DELIVERY_NOTE).count() == before


def test_the_first_surat_jalan_still_opens_when_goods_come_once_more(
    sent: Delivery, order: Order, office: make.Office, run_jobs: Any
) -> None:
    mend.handed_over(sent, office.receiver, accept=1)
    again = mend.sent(mend.remedy_of(order), now=NOW + 5 * HOUR)
    run_jobs()
    client = signed_in(office.treasurer)
    assert [client.get(address(order, one.number)).status_code for one in (sent, again)] == [200, 200]
    assert again.number not in words_of(paper(sent, DocumentKind.DELIVERY_NOTE))


def test_every_number_on_the_page_of_an_order_opens_its_paper(
    sent: Delivery, order: Order, office: make.Office, run_jobs: Any
) -> None:
    mend.handed_over(sent, office.receiver, accept=3)
    make.pay_again(office, order, now=NOW + 4 * HOUR)
    run_jobs()
    client = signed_in(office.treasurer)
    page = client.get(reverse("orders:order-detail", args=[order.number])).content.decode()
    links = {href.replace("&amp;", "&") for href in re.findall(r'href="([^"]*/berkas/[a-z-]+/[^"]*)"', page)}
    opened = {href: client.get(href) for href in links}
    assert {href: answer.status_code for href, answer in opened.items()} == dict.fromkeys(links, 200)
    filed = {match for answer in opened.values() for match in NUMBER.findall(answer["Content-Disposition"])}
    told = set(NUMBER.findall(page))
    assert sent.number in told
    assert len(told) > 4
    assert told - filed == set()


def test_papers_are_called_as_the_field_calls_them(order: Order, office: make.Office, run_jobs: Any) -> None:
    run_jobs()
    assert set(SLUGS) == set(DocumentKind)
    assert len(set(SLUGS.values())) == len(SLUGS)
    assert set(ATTACHMENT_SLUGS) == set(AttachmentKind.values)
    client = signed_in(office.treasurer)
    url = reverse("orders:document-file", args=[order.number, DocumentKind.PURCHASE_ORDER])
    assert url == f"/pesanan/{order.number}/berkas/surat-pesanan/"
    assert f"surat-pesanan-{order.number}.pdf" in client.get(url)["Content-Disposition"]
    assert client.get(f"/pesanan/{order.number}/berkas/purchase_order/").status_code == 404
    answer = client.get(reverse("orders:documents-archive", args=[order.number]))
    names = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))).namelist()
    kinds = {re.sub(r"^.*/\d\d-([a-z-]+)-.*$", r"\1", name) for name in names if name.endswith(".pdf")}
    assert kinds
    assert kinds <= set(SLUGS.values())
