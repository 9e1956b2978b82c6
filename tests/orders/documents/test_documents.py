"""Documents: asked for when due, made by a job, replaced when their facts change."""

import hashlib
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from pypdf import PdfReader

from epeken.core.errors import NotAllowed, RuleBroken
from epeken.core.files import uploads
from epeken.core.idempotency import new_key
from orders.billing.states import PaymentMethod
from orders.cancellations import services as cancellations
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.documents import build
from orders.documents import services as documents
from orders.documents.build import order_for_papers
from orders.documents.entries import entries_of
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.orders.services import agreement
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import remedies as mending
from tests.factories.cancellations import LATER
from tests.factories.orders import DAY, HOUR, MONDAY, Office
from tests.factories.umkm import make_product, make_seller, make_staff
from tests.factories.users import signed_in
from tests.orders.books import refused

pytestmark = pytest.mark.django_db
# A comparison is made above the amount that asks for one, minutes where something was negotiated.
NOT_HERE = {
    DocumentKind.QUOTATION, DocumentKind.ROTATION, DocumentKind.COMPARISON, DocumentKind.NEGOTIATION,
    DocumentKind.ADDENDUM, DocumentKind.CANCELLATION, DocumentKind.DECISION, DocumentKind.DEBT,
    DocumentKind.PART_PAYMENT,
}  # fmt: skip


@pytest.fixture
def office() -> Office:
    return make.make_office()


def current(order: Order) -> dict[str, Document]:
    return {d.kind: d for d in order.documents.filter(replaced_at__isnull=True)}


def test_issuing_asks_for_request_and_purchase_order(office: Office) -> None:
    order = make.make_issued(office)
    papers = current(order)
    assert set(papers) == {DocumentKind.REQUEST, DocumentKind.PURCHASE_ORDER}
    assert papers[DocumentKind.PURCHASE_ORDER].number == order.number
    assert papers[DocumentKind.PURCHASE_ORDER].made_at is None


def test_the_job_stores_a_pdf_with_its_hash(office: Office, run_jobs: Any) -> None:
    order = make.make_issued(office)
    run_jobs()
    paper = current(order)[DocumentKind.PURCHASE_ORDER]
    content = uploads.read_private(paper.file)
    assert content.startswith(b"%PDF-")
    assert paper.sha256 == hashlib.sha256(content).hexdigest()
    assert paper.pages >= 1
    assert len(paper.code) == 24


def test_acceptance_makes_a_new_edition_of_the_purchase_order(office: Office) -> None:
    order = make.make_issued(office)
    before = current(order)[DocumentKind.PURCHASE_ORDER]
    make.accepted(order)
    after = current(order)[DocumentKind.PURCHASE_ORDER]
    before.refresh_from_db()
    assert after.pk != before.pk
    assert after.code != before.code
    assert before.replaced_at is not None


def test_asking_twice_makes_nothing_new(office: Office) -> None:
    order = make.make_issued(office)
    assert documents.ensure_documents(order, MONDAY + HOUR) == []


def test_a_handover_brings_delivery_inspection_bast_and_invoice_papers(office: Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    papers = current(order)
    assert set(papers) == set(DocumentKind) - {*NOT_HERE, DocumentKind.PAYMENT, DocumentKind.SPJ}
    delivery = order.deliveries.get()
    assert papers[DocumentKind.DELIVERY_NOTE].number == delivery.number
    assert papers[DocumentKind.BAST].number == delivery.bast_number
    assert papers[DocumentKind.KUITANSI].number == make.invoice_of(order).kuitansi_number


def test_goods_taken_over_by_silence_were_inspected_by_nobody(office: Office) -> None:
    order = make.make_issued(office)
    make.accepted(order)
    make.arrived(make.shipped(order), office.receiver)
    deliveries.accept_by_silence(now=MONDAY + 30 * DAY)
    papers = current(order)
    assert papers[DocumentKind.BAST].number == order.deliveries.get().bast_number
    assert DocumentKind.INSPECTION not in papers
    for kind in (DocumentKind.BAST, DocumentKind.KUITANSI):
        content, pages, *_ = build.make(papers[kind])
        assert content.startswith(b"%PDF-")
        assert pages == 1


def test_a_long_order_runs_over_several_pages(office: Office) -> None:
    shop = make_seller()
    goods = [(make_product(shop, name=f"Barang {n}", price=1_000), 1) for n in range(70)]
    request = make.make_approved(office, goods)
    order = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY)[0]
    _content, pages, *_ = build.make(current(order)[DocumentKind.PURCHASE_ORDER])
    assert pages > 1


def test_paying_by_card_renews_the_tax_sheet(office: Office) -> None:
    order = make.cleared(office, make.make_issued(office, quantity=50))
    before = current(order)[DocumentKind.TAX_SHEET]
    make.pay(office, order, method=PaymentMethod.KKPD, reference="KK-1")
    assert current(order)[DocumentKind.TAX_SHEET].pk != before.pk
    assert DocumentKind.PAYMENT in current(order)


def test_the_tax_sheet_of_a_paid_bill_bears_the_treasurer(office: Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order)
    text = PdfReader(BytesIO(build.make(current(order)[DocumentKind.TAX_SHEET])[0])).pages[0].extract_text()
    assert "Diperiksa secara elektronik" in " ".join(text.split())


def test_the_list_and_the_cover_name_the_day_that_is_on_the_paper(office: Office, run_jobs: Any) -> None:
    """A later edition, with the seller's yes or a payment, keeps the day of the document."""
    order = make.make_issued(office)
    make.taken_over(office, order)  # accepted an hour after the order, taken over on Tuesday
    agreed = MONDAY + 3 * DAY
    Document.objects.filter(order=order, replaced_at__isnull=True).update(requested_at=agreed)
    run_jobs()
    entries = {entry.kind: entry for entry in entries_of(order_for_papers(order.pk), for_agency=True)}
    assert entries[DocumentKind.PURCHASE_ORDER].at == order.placed_at
    assert entries[DocumentKind.INVOICE].at == make.invoice_of(order).issued_at


def test_an_invoice_paid_in_parts_names_each_reference(office: Office, run_jobs: Any) -> None:
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order, reference="SP2D/2026/77777", amount=100_000)
    make.pay(office, order, reference="TRX1", now=MONDAY + 2 * DAY + 2 * HOUR)
    assert current(order)[DocumentKind.PAYMENT].number == "SP2D/2026/77777, TRX1"
    paper = current(order)[DocumentKind.KUITANSI]
    text = PdfReader(BytesIO(build.make(paper)[0])).pages[0].extract_text()
    assert "ongkos antar" in " ".join(text.split())


def test_every_paper_of_a_paid_order_is_made(office: Office, run_jobs: Any) -> None:
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order)
    documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 3 * DAY)
    run_jobs()
    papers = current(order)
    assert set(papers) == set(DocumentKind) - NOT_HERE
    assert all(paper.made_at and paper.pages for paper in papers.values())
    assert papers[DocumentKind.SPJ].pages > 9


def test_a_paper_meets_the_archive_standard_and_speaks_its_title(office: Office) -> None:
    order = make.make_issued(office)
    content, _pages, *_ = build.make(current(order)[DocumentKind.PURCHASE_ORDER])
    assert b"pdfaid" in content  # PDF/A, declared in the metadata
    assert b"pdfuaid" in content  # PDF/UA: tagged for screen readers
    assert f"Surat Pesanan {order.number}".encode() in content


def test_the_same_facts_give_the_same_bytes(office: Office) -> None:
    order = make.make_issued(office)
    paper = current(order)[DocumentKind.PURCHASE_ORDER]
    assert build.make(paper) == build.make(paper)


def test_markup_in_a_name_stays_text(office: Office) -> None:
    product = make_product(name='#panic("x") $x$ *tebal* _miring_ @ref <label> \\ ```kode``` [kurung]')
    order = make.make_issued(office, product)
    content, pages, *_ = build.make(current(order)[DocumentKind.PURCHASE_ORDER])
    assert content.startswith(b"%PDF-")
    assert pages == 1


def test_a_character_no_font_has_still_makes_a_paper(office: Office) -> None:
    order = make.make_issued(office, make_product(name="Nasi kotak 🍱 カレー"))
    content, _pages, *_ = build.make(current(order)[DocumentKind.PURCHASE_ORDER])
    assert content.startswith(b"%PDF-")


def test_a_second_spj_without_change_is_the_same(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    first = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 3 * DAY)
    run_jobs()
    assert documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 4 * DAY).pk == first.pk


def test_an_attachment_makes_the_spj_stale(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    first = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 3 * DAY)
    run_jobs()
    documents.add_attachment(
        actor=office.requester, order=order, kind="invitation", title="", file=make.photo(), now=MONDAY + 4 * DAY
    )
    second = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 5 * DAY)
    assert second.pk != first.pk
    first.refresh_from_db()
    assert first.replaced_at == MONDAY + 5 * DAY


def test_a_stranger_gets_no_spj(office: Office, stranger: Any) -> None:
    order = make.make_issued(office)
    with pytest.raises(NotAllowed):
        documents.request_spj(actor=stranger, order=order, now=MONDAY + HOUR)
    assert not order.documents.filter(kind=DocumentKind.SPJ).exists()


def test_a_persons_order_has_no_spj(citizen: Any) -> None:
    order = make.place(citizen, (make_product(), 2))[0]
    assert documents.ensure_documents(order, MONDAY) == []
    with pytest.raises(NotAllowed):
        documents.request_spj(actor=citizen, order=order, now=MONDAY + HOUR)


def test_a_pdf_attachment_is_laid_into_the_pack(office: Office) -> None:
    order = make.make_issued(office)
    plain = documents.request_spj(actor=office.pp, order=order, now=MONDAY + HOUR)
    _content, before, *_ = build.make(plain)
    other, pages, *_ = build.make(current(order)[DocumentKind.PURCHASE_ORDER])
    documents.add_attachment(
        actor=office.requester, order=order, kind="minutes", title="", file=pdf(other), now=MONDAY + 2 * HOUR
    )
    _content, after, *_ = build.make(plain)
    assert after == before + pages


def test_a_pdf_nobody_can_read_does_not_stop_the_pack(office: Office) -> None:
    """An upload is read when it comes; the disk may lose it afterwards."""
    order = make.make_issued(office)
    other, _pages, *_ = build.make(current(order)[DocumentKind.PURCHASE_ORDER])
    attachment = documents.add_attachment(
        actor=office.requester, order=order, kind="minutes", title="", file=pdf(other), now=MONDAY + HOUR
    )
    Path(storages["private"].path(attachment.file)).write_bytes(b"%PDF-1.4\n1 0 obj <</Type /Page>> endobj\n%%EOF")
    spj = documents.request_spj(actor=office.pp, order=order, now=MONDAY + 2 * HOUR)
    content, _pages, *_ = build.make(spj)
    assert content.startswith(b"%PDF-")


def test_the_same_file_is_not_attached_twice(office: Office) -> None:
    order = make.make_issued(office)
    add = {"actor": office.requester, "order": order, "kind": "minutes", "title": "", "now": MONDAY + HOUR}
    documents.add_attachment(file=make.photo(), **add)
    with pytest.raises(RuleBroken) as refused:
        documents.add_attachment(file=make.photo(), **add)
    assert refused.value.code == "same_file"
    assert order.attachments.count() == 1


def test_one_list_of_who_came_is_that_of_every_order_of_its_request(office: Office) -> None:
    request = make.make_approved(office, [(make_product(price=100_000), 10), (make_product(price=50_000), 10)])
    one, other = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY)
    client = signed_in(office.requester)
    page = f"{reverse('orders:attachment-create', args=[one.number])}?jenis=attendance"
    assert other.number in client.get(page).text
    for sent in ({"in_siblings": "on"}, {}):
        answer = client.post(page, {"kind": "attendance", "title": "", "file": make.photo(), **sent})
        assert answer.status_code == (302 if sent else 422)  # the same file once
    assert [found.attachments.get().kind for found in (one, other)] == ["attendance", "attendance"]
    client.post(page, {"kind": "attendance", "title": "", "file": make.photo(colour="#204060")})
    assert (one.attachments.count(), other.attachments.count()) == (2, 1)


def test_a_seller_attaches_nothing(office: Office) -> None:
    order = make.make_issued(office)
    with pytest.raises(NotAllowed):
        documents.add_attachment(
            actor=make.member_of(order), order=order, kind="minutes", title="", file=make.photo(), now=MONDAY
        )
    assert not order.attachments.exists()


def test_a_removed_attachment_stays_in_the_store(office: Office) -> None:
    order = make.make_issued(office)
    paper = documents.add_attachment(
        actor=office.requester, order=order, kind="minutes", title="", file=make.photo(), now=MONDAY
    )
    refused(
        RuleBroken,
        lambda: documents.remove_attachment(actor=office.pp, attachment=paper, note=" ", now=MONDAY + HOUR),
        code="note_missing",
    )
    for who, note, now in [(office.pp, "Rapat lain", MONDAY + HOUR), (office.ppk, "Lagi", MONDAY + 2 * HOUR)]:
        documents.remove_attachment(actor=who, attachment=paper, note=note, now=now)
    paper.refresh_from_db()
    assert (paper.removed_at, paper.removed_by, paper.removal_note) == (MONDAY + HOUR, office.pp, "Rapat lain")
    assert uploads.read_private(paper.file)


def test_what_was_taken_out_is_read_by_department_and_inspectorate_and_by_nobody_else(office: Office) -> None:
    order = make.make_issued(office)
    paper = documents.add_attachment(
        actor=office.requester, order=order, kind="minutes", title="Notulen lama", file=make.photo(), now=MONDAY
    )
    documents.remove_attachment(actor=office.pp, attachment=paper, note="Rapat yang lain", now=MONDAY + HOUR)
    page, file = (
        reverse("orders:order-detail", args=[order.number]),
        reverse("orders:attachment-file", args=[order.number, paper.pk]),
    )
    for who in (office.treasurer, make_staff("procurement.inspect_all")):
        text = signed_in(who).get(page).content.decode()
        assert "Rapat yang lain" in text
        assert office.pp.name in text
        assert signed_in(who).get(file).status_code == 200
    seller = signed_in(make.member_of(order))
    assert "Rapat yang lain" not in seller.get(page).content.decode()
    assert seller.get(file).status_code == 404


def test_nothing_leaves_the_file_that_money_was_paid_on(office: Office) -> None:
    """Not after a payment that was reversed either; what was forgotten is added."""
    order = make.make_issued(office)
    paper = documents.add_attachment(
        actor=office.requester, order=order, kind="minutes", title="", file=make.photo(), now=MONDAY
    )
    make.pay(office, make.cleared(office, order), paid_on=date(2026, 9, 9))
    act = lambda: documents.remove_attachment(  # noqa: E731
        actor=office.pp, attachment=paper, note="Salah", now=MONDAY + 9 * DAY
    )
    refused(RuleBroken, act, code="file_locked")
    paper.refresh_from_db()
    assert paper.removed_at is None
    client = signed_in(office.pp)
    remove = reverse("orders:attachment-remove", args=[order.number, paper.pk])
    assert remove not in client.get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert client.get(remove).status_code == 422
    documents.add_attachment(
        actor=office.requester, order=order, kind="attendance", title="", file=make.photo(colour="#123456"), now=MONDAY
    )


def test_a_run_twice_job_keeps_the_first_file(office: Office) -> None:
    order = make.make_issued(office)
    paper = current(order)[DocumentKind.PURCHASE_ORDER]
    made = documents.store_document(document=paper, content=b"%PDF-1.7 a", pages=1, now=MONDAY)
    again = documents.store_document(document=paper, content=b"%PDF-1.7 b", pages=9, now=MONDAY + HOUR)
    assert (again.file, again.sha256, again.pages) == (made.file, made.sha256, 1)


def test_the_payment_proof_is_in_the_paper(office: Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order, paid_on=date(2026, 9, 9))
    _content, pages, *_ = build.make(current(order)[DocumentKind.PAYMENT])
    assert pages == 2


def pdf(content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("a.pdf", content, content_type="application/pdf")


def test_a_cancelled_order_has_a_sheet_of_what_was_agreed(office: Office, run_jobs: Any) -> None:
    order = make.accepted(make.make_issued(office))
    row = cancelling.claimed(cancelling.asked(order, office.pp))
    assert DocumentKind.CANCELLATION not in current(order)
    cancellations.agree_claim(actor=office.ppk, cancellation=row, amount=250_000, note="Wajar", now=LATER + 2 * HOUR)
    assert set(current(order)) == {DocumentKind.REQUEST, DocumentKind.PURCHASE_ORDER, DocumentKind.CANCELLATION}
    documents.request_spj(actor=office.treasurer, order=order, now=LATER + 3 * HOUR)
    run_jobs()
    papers = current(order)
    assert all(paper.made_at and paper.pages for paper in papers.values())
    text = " ".join(PdfReader(BytesIO(build.stored_pdf(papers[DocumentKind.SPJ]))).pages[0].extract_text().split())
    assert "Kesepakatan pembatalan" in text
    assert "BAST" not in text


def test_what_was_withdrawn_or_refused_has_no_sheet(office: Office) -> None:
    order = make.accepted(make.make_issued(office))
    row = cancelling.asked(order, office.pp)
    cancellations.refuse(actor=make.member_of(order), cancellation=row, note="Sudah dimasak", now=LATER + HOUR)
    assert DocumentKind.CANCELLATION not in current(order)


def test_a_decision_shows_the_photos_of_both_sides(office: Office) -> None:
    order = make.make_issued(office)
    make.arrived(make.shipped(make.accepted(order)), office.receiver)
    said = {"complaint": "Dua kotak penyok", "photos": [make.photo("a.jpg"), make.photo("b.jpg", "#aa0000")]}
    dispute = disputes.open_dispute(actor=office.receiver, order=order, now=mending.NOW, **said)
    disputes.answer_dispute(
        actor=make.member_of(order), dispute=dispute, answer="Di jalan", photos=[make.photo("c.jpg", "#0000aa")],
        now=mending.NOW + HOUR,
    )  # fmt: skip
    disputes.decide_dispute(
        actor=mending.judge(), dispute=dispute, decision="Menurut foto", given=mending.deduction(order, 50_000),
        now=mending.NOW + 2 * HOUR,
    )  # fmt: skip
    content, _pages, *_ = build.make(current(order)[DocumentKind.DECISION])
    sheets = PdfReader(BytesIO(content)).pages
    words = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert [words.count(caption) for caption in ("Foto keluhan 1,", "Foto keluhan 2,", "Foto jawaban 1,")] == [1, 1, 1]
    colours = {sheet_image.image.convert("RGB").getpixel((3, 3)) for sheet in sheets for sheet_image in sheet.images}
    assert {max(range(3), key=lambda n: colour[n]) for colour in colours} >= {0, 2}
