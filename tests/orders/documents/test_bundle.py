"""The pack: stored documents copied as they are, behind a new cover."""

import hashlib
import re
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from epeken.core.files import uploads
from orders.documents import build, bundle, render
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
    assert all(sum(paper in page for page in pages[1:]) == 1 for paper in stored)


def test_a_renamed_receiver_changes_nothing_in_a_later_pack(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    run_jobs()
    bast = order.documents.get(kind=DocumentKind.BAST)
    with pikepdf.open(BytesIO(uploads.read_private(bast.file))) as pdf:
        issued = drawn(pdf.pages[0])
    type(office.receiver).objects.filter(pk=office.receiver.pk).update(name="Nama Baru")
    _spj, content = packed(office, order, run_jobs)
    with pikepdf.open(BytesIO(content)) as pack:
        assert any(issued in drawn(page) for page in pack.pages)


def test_a_pack_makes_what_still_waits_first(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    spj = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 5 * DAY)
    from orders.documents.tasks import make_pack

    make_pack(document_pk=spj.pk)
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


def test_the_pack_numbers_its_pages_through_and_papers_keep_their_own(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    documents.add_attachment(
        actor=office.requester, order=order, kind="minutes", title="", file=upload(blank(2)), now=MONDAY + 2 * DAY
    )
    spj, content = packed(office, order, run_jobs)
    texts = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    numbers = [re.findall(r"Berkas SPJ (\S+), halaman (\d+) dari (\d+)", text) for text in texts]
    assert numbers == [[(order.number, str(n), str(spj.pages))] for n in range(1, len(texts) + 1)]
    assert sum("Halaman 1 dari 1" in text for text in texts) == len(texts) - 2, (
        "each paper of one page, not the minutes"
    )


@pytest.mark.parametrize("turned", [0, 90, 180, 270, -90])
@pytest.mark.parametrize("size", [(595, 842), (842, 595), (200, 400)])
def test_a_page_is_numbered_at_the_top_right_of_what_is_seen(turned: int, size: tuple[int, int]) -> None:
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=size)
        pdf.pages[0]["/Rotate"] = turned
        pdf.save(out)
    numbers = render.page_numbers("SPJ 1", 1, moment=MONDAY)
    with pikepdf.open(BytesIO(bundle.merge([BundlePart("Satu", out.getvalue())], numbers))) as pdf:
        page = pdf.pages[0]
        [at] = [operands for operands, name in pikepdf.parse_content_stream(page) if str(name) == "cm"]
        _left, _bottom, width, height = page.Resources.XObject["/PageInBundle1"].BBox
        a, b, c, d, e, f = [float(number) for number in at]
    (across, up), reading = size, (a, b)
    corner = (a * float(width) + c * float(height) + e, b * float(width) + d * float(height) + f)
    for _quarter in range(turned % 360 // 90):  # clockwise
        reading, corner, across, up = (reading[1], -reading[0]), (corner[1], across - corner[0]), up, across
    right, top = min(19 * bundle.MM, max(across - 110 * bundle.MM, 0)), 5 * bundle.MM
    assert reading[0] > 0 and abs(reading[1]) < 1e-3, "read from left to right"
    assert corner[0] == pytest.approx(across - right, abs=0.5)
    assert up - top - 20 < corner[1] < up - top + 0.5


def test_our_documents_keep_the_archive_declaration_and_a_strangers_page_ends_it(office: Office) -> None:
    order = make.make_issued(office)
    paper, _pages, *_ = build.make(order.documents.get(kind=DocumentKind.PURCHASE_ORDER))
    both = bundle.page_count(paper) * 2
    numbers = render.page_numbers("SPJ 1", both, moment=MONDAY)
    ours = bundle.merge([BundlePart("Satu", paper), BundlePart("Dua", paper)], numbers)
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
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order, proof=upload(blank(2)))
    _content, pages, *_ = build.make(order.documents.get(kind=DocumentKind.PAYMENT))
    assert pages == 3
