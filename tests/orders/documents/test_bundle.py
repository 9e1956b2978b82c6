"""The pack: stored documents copied as they are, behind a new cover."""

import hashlib
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from epeken.core.files import uploads
from orders.documents import build, bundle
from orders.documents import services as documents
from orders.documents.bundle import BundlePart
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from tests.factories import orders as make
from tests.factories.orders import DAY, MONDAY, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make.make_office()


def blank(pages: int) -> bytes:
    out = BytesIO()
    with pikepdf.new() as pdf:
        for _n in range(pages):
            pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", content, content_type="application/pdf")


def drawn(page: pikepdf.Page) -> bytes:
    """What the page draws, whatever file it is in."""
    page.contents_coalesce()
    return page.Contents.read_bytes()


def packed(office: Office, order: Order, run_jobs: Any) -> tuple[Document, bytes]:
    spj = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 5 * DAY)
    run_jobs()
    spj.refresh_from_db()
    return spj, uploads.read_private(spj.file)


def test_the_pack_holds_the_pages_of_the_stored_documents(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    run_jobs()
    spj, content = packed(office, order, run_jobs)
    stored = []
    for document in order.documents.filter(replaced_at__isnull=True).exclude(pk=spj.pk):
        with pikepdf.open(BytesIO(uploads.read_private(document.file))) as pdf:
            stored += [drawn(page) for page in pdf.pages]
    with pikepdf.open(BytesIO(content)) as pack:
        pages = [drawn(page) for page in pack.pages]
    assert len(pages) == spj.pages == 1 + len(stored)
    assert sorted(pages[1:]) == sorted(stored)


def test_a_renamed_receiver_changes_nothing_in_a_later_pack(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    run_jobs()
    bast = order.documents.get(kind=DocumentKind.BAST)
    with pikepdf.open(BytesIO(uploads.read_private(bast.file))) as pdf:
        issued = drawn(pdf.pages[0])
    type(office.receiver).objects.filter(pk=office.receiver.pk).update(name="Nama Baru")
    _spj, content = packed(office, order, run_jobs)
    with pikepdf.open(BytesIO(content)) as pack:
        assert issued in [drawn(page) for page in pack.pages]


def test_a_pack_makes_what_still_waits_first(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    spj = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 5 * DAY)
    from orders.documents.tasks import make_document

    make_document(document_pk=spj.pk)
    spj.refresh_from_db()
    papers = order.documents.filter(replaced_at__isnull=True).exclude(pk=spj.pk)
    assert all(paper.made_at for paper in papers)
    assert spj.pages == 1 + sum(paper.pages for paper in papers)


def test_a_stored_file_that_was_exchanged_is_not_bundled(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    run_jobs()
    bast = order.documents.get(kind=DocumentKind.BAST)
    Document.objects.filter(pk=bast.pk).update(sha256=hashlib.sha256(b"another").hexdigest())
    spj = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 5 * DAY)
    with pytest.raises(ValueError, match="not what was issued"):
        build.make(spj)


def test_the_contents_name_the_page_each_document_starts_on(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    documents.add_attachment(
        actor=office.requester, order=order, kind="minutes", title="", file=upload(blank(3)), now=MONDAY + 2 * DAY
    )
    _spj, content = packed(office, order, run_jobs)
    with pikepdf.open(BytesIO(content)) as pack, pack.open_outline() as outline:
        names = [str(item.title).split(" ")[0] for item in outline.root]
        starts = [pikepdf.Page(item.destination[0]).index + 1 for item in outline.root]
    assert names[:5] == ["SPJ", "Permintaan", "Surat", "Notulen", "Surat"]
    assert starts[:5] == [1, 2, 3, 4, 7]


def test_our_documents_keep_the_archive_declaration_and_a_strangers_page_ends_it(office: Office) -> None:
    order = make.make_issued(office)
    paper, _pages = build.make(order.documents.get(kind=DocumentKind.PURCHASE_ORDER))
    ours = bundle.merge([BundlePart("Satu", paper), BundlePart("Dua", paper)])
    mixed = bundle.merge([BundlePart("Satu", paper), BundlePart("Dua", paper, is_ours=False)])
    for content, declared in ((ours, ("2", "U")), (mixed, (None, None))):
        with pikepdf.open(BytesIO(content)) as pdf:
            metadata = pdf.open_metadata()
            assert (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) == declared
            assert metadata.get("pdfuaid:part") is None
            assert "/OutputIntents" in pdf.Root
            assert "/StructTreeRoot" not in pdf.Root


def test_the_same_parts_give_the_same_bytes() -> None:
    parts = [BundlePart("Satu", blank(1)), BundlePart("Dua", blank(2))]
    assert bundle.merge(parts) == bundle.merge(parts)


@pytest.mark.parametrize("pages", [1, 2, 41])
def test_pages_are_counted(pages: int) -> None:
    assert bundle.page_count(blank(pages)) == pages
    assert bundle.usable_pages(blank(pages)) == pages


@pytest.mark.parametrize(
    "content", [b"", b"no pdf", b"%PDF-1.4\n1 0 obj <</Type /Page>> endobj\n%%EOF", blank(2)[:200]]
)
def test_what_cannot_be_read_has_no_usable_page(content: bytes) -> None:
    assert bundle.usable_pages(content) == 0


def test_a_locked_pdf_has_no_usable_page() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(blank(1))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert bundle.usable_pages(out.getvalue()) == 0


def test_no_action_of_a_page_comes_along() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(blank(1))) as pdf:
        pdf.pages[0]["/AA"] = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Named, N=pikepdf.Name.Print))
        pdf.save(out)
    merged = bundle.merge([BundlePart("Satu", blank(1)), BundlePart("Dua", out.getvalue(), is_ours=False)])
    with pikepdf.open(BytesIO(merged)) as pdf:
        assert ["/AA" in page for page in pdf.pages] == [False, False]


def test_a_pdf_slip_follows_the_proof_of_payment(office: Office) -> None:
    order = make.verified(office, make.make_issued(office))
    make.pay(office, order, proof=upload(blank(2)))
    _content, pages = build.make(order.documents.get(kind=DocumentKind.PAYMENT))
    assert pages == 3
