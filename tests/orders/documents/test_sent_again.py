"""Goods sent again by a decision have a surat jalan like every other shipment, and the seller's proof is filed."""

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from orders.documents import build, schedule
from orders.documents import services as documents
from orders.documents.models import Document
from orders.documents.states import ATTACHMENT_SLUGS, SLUGS, AttachmentKind, DocumentKind
from orders.orders.models import Order
from orders.remedies import services
from orders.remedies.models import Remedy
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories.orders import HOUR
from tests.factories.remedies import NOW
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r"\b(?:SP|SJ|BAST|INV|KW|PM|PB|BN|UG|PQ)-\d{4}-\d{6}\b")


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
def order(office: make.Office) -> Order:
    return make.cleared(office, mend.issued(office))


@pytest.fixture
def sent(order: Order, office: make.Office) -> Remedy:
    """Three of ten came again."""
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    return mend.fulfilled(mend.remedy_of(order))


def note_of(remedy: Remedy) -> Document:
    return Document.objects.get(remedy=remedy, replaced_at__isnull=True)


def words_of(document: Document) -> str:
    content, _pages, *_ = build.make(document)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def address(order: Order, remedy: Remedy, number: str = "") -> str:
    return reverse("orders:document-of", args=[order.number, "delivery_note", number or remedy.shipment_number])


def test_goods_sent_again_have_their_own_surat_jalan(sent: Remedy, order: Order) -> None:
    note = note_of(sent)
    assert (note.kind, note.number, note.delivery) == (DocumentKind.DELIVERY_NOTE, sent.shipment_number, None)
    words = words_of(note)
    for told in (sent.shipment_number, sent.delivery.number, "barang pengganti", "3 ", "Kurir sendiri"):
        assert told in words
    first = order.documents.get(kind=DocumentKind.DELIVERY_NOTE, delivery=sent.delivery)
    assert first.replaced_at is None


def test_it_is_filed_under_the_shipment_it_replaces(sent: Remedy, order: Order, office: make.Office) -> None:
    entries = schedule.entries_of(build.order_for_papers(order.pk), for_agency=True)
    (own,) = [entry for entry in entries if entry.of == sent.shipment_number]
    assert (own.label, own.number, own.document) == ("Surat jalan pengganti", sent.shipment_number, note_of(sent))
    bast = next(n for n, entry in enumerate(entries) if entry.kind == DocumentKind.BAST)
    assert entries.index(own) > bast
    page = signed_in(office.treasurer).get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert "Surat jalan pengganti" in page


def test_what_was_decided_and_not_sent_has_none(order: Order, office: make.Office) -> None:
    mend.decided(order, office.receiver, mend.replacement(order, 3))
    documents.ensure_documents(order, NOW + 2 * HOUR)
    assert not order.documents.filter(remedy__isnull=False).exists()


def test_the_first_surat_jalan_still_opens_when_goods_come_once_more(
    sent: Remedy, order: Order, office: make.Office, run_jobs: Any
) -> None:
    run_jobs()
    first = sent.shipment_number
    services.contest(actor=office.receiver, remedy=sent, objection="Rusak lagi", now=NOW + 3 * HOUR)
    services.rule(actor=mend.judge(), remedy=sent, upheld=False, ruling="Menurut foto", now=NOW + 4 * HOUR)
    again = mend.fulfilled(mend.remedy_of(order), now=NOW + 5 * HOUR)
    run_jobs()
    assert again.shipment_number != first
    client = signed_in(office.treasurer)
    assert [client.get(address(order, sent, number)).status_code for number in (first, again.shipment_number)] == [
        200,
        200,
    ]
    old = Document.objects.get(number=first, remedy=sent)
    assert first in words_of(old)
    assert again.shipment_number not in words_of(old)


def test_every_number_on_the_page_of_an_order_opens_its_paper(
    sent: Remedy, order: Order, office: make.Office, run_jobs: Any
) -> None:
    services.confirm(actor=office.receiver, remedy=sent, now=NOW + 3 * HOUR)
    make.pay_again(office, order, now=NOW + 4 * HOUR)
    run_jobs()
    client = signed_in(office.treasurer)
    page = client.get(reverse("orders:order-detail", args=[order.number])).content.decode()
    links = {href.replace("&amp;", "&") for href in re.findall(r'href="([^"]*/berkas/[a-z-]+/[^"]*)"', page)}
    opened = {href: client.get(href) for href in links}
    assert {href: answer.status_code for href, answer in opened.items()} == dict.fromkeys(links, 200)
    filed = {match for answer in opened.values() for match in NUMBER.findall(answer["Content-Disposition"])}
    told = set(NUMBER.findall(page))
    assert sent.shipment_number in told
    assert len(told) > 4
    assert told - filed == set()


def test_the_sellers_proof_is_in_the_decision_and_in_the_zip(sent: Remedy, order: Order, office: make.Office) -> None:
    decision = order.documents.get(kind=DocumentKind.DECISION, replaced_at__isnull=True)
    assert "Bukti pemenuhan dari penjual" in words_of(decision)
    answer = signed_in(office.treasurer).get(reverse("orders:documents-archive", args=[order.number]))
    names = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))).namelist()
    assert f"{order.number}/bukti-pemenuhan-keputusan/01.jpg" in names


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
