"""The document_list, the downloads, the pack, and the public check."""

import json
import zipfile
from copy import deepcopy
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from epeken.core.files import uploads
from epeken.core.i18n.words import rupiah
from orders.billing.services import correction
from orders.compensations.models import Compensation
from orders.documents import services as documents
from orders.documents.states import DocumentKind
from orders.documents.views import verify
from orders.orders.models import Order
from tests.factories import cancellations as cancelling
from tests.factories import compensations as owing
from tests.factories import orders as make
from tests.factories.cancellations import LATER
from tests.factories.orders import DAY, HOUR, MONDAY, Office
from tests.factories.users import enrol, signed_in
from tests.worker import run_due_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("documents")]  # one process makes the rows of the module


@pytest.fixture(scope="module")
def handed_over(module_transaction: None) -> tuple[Office, Order]:
    """An order handed over, all documents made: most of the time of these tests, so once for all."""
    office = make.make_office()
    order = make.taken_over(office, make.make_issued(office))
    run_due_jobs()
    return office, order


@pytest.fixture
def _django_db_helper(handed_over: tuple[Office, Order], savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the order."""


@pytest.fixture
def office(handed_over: tuple[Office, Order]) -> Office:
    return deepcopy(handed_over[0])


@pytest.fixture
def order(handed_over: tuple[Office, Order]) -> Order:
    return Order.objects.get(pk=handed_over[1].pk)


def paper_url(order: Order, kind: str) -> str:
    document = order.documents.filter(kind=kind).last()
    noun = (document.delivery or document.invoice) if document else None
    if noun is not None:
        return reverse("orders:document-of", args=[order.number, kind, noun.number])
    return reverse("orders:document-file", args=[order.number, kind])


def test_a_paper_is_a_private_download(office: Office, order: Order) -> None:
    answer = signed_in(office.treasurer).get(paper_url(order, DocumentKind.BAST))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF-")


def test_the_seller_sees_shared_papers_and_not_the_departments_own(order: Order) -> None:
    client = signed_in(make.member_of(order))
    assert client.get(paper_url(order, DocumentKind.PURCHASE_ORDER)).status_code == 200
    assert client.get(paper_url(order, DocumentKind.REQUEST)).status_code == 404
    assert client.get(paper_url(order, DocumentKind.SPJ)).status_code == 404


def test_strangers_and_other_departments_find_nothing(order: Order, stranger: Any) -> None:
    people = [signed_in(stranger), signed_in(make.make_office().treasurer)]
    for kind in DocumentKind:
        assert [client.get(paper_url(order, kind)).status_code for client in people] == [404, 404]
        assert Client().get(paper_url(order, kind)).status_code == 302


def test_the_order_page_asks_for_the_pack_without_script(office: Office, order: Order) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(enrol(office.treasurer))
    page = client.get(reverse("orders:order-detail", args=[order.number])).content.decode()
    url = reverse("orders:spj", args=[order.number])
    token = page.split(f'action="{url}"')[1].split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert client.post(url, {"csrfmiddlewaretoken": token}).status_code == 302
    assert order.documents.filter(kind=DocumentKind.SPJ).count() == 1


def test_the_seller_sees_the_document_list_without_the_departments_papers(order: Order) -> None:
    client = Client()
    client.force_login(make.member_of(order))
    page = client.get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert paper_url(order, DocumentKind.BAST) in page
    assert paper_url(order, DocumentKind.REQUEST) not in page
    assert reverse("orders:spj", args=[order.number]) not in page


def test_an_unmade_paper_shows_that_it_is_on_its_way(office: Office) -> None:
    order = make.make_issued(office)
    answer = signed_in(office.pp).get(paper_url(order, DocumentKind.PURCHASE_ORDER))
    assert answer.status_code == 202
    assert answer["Refresh"] == "3"
    assert "sedang dibuat" in answer.content.decode()


def test_asking_for_the_pack_shows_progress_and_then_the_file(office: Office, order: Order, run_jobs: Any) -> None:
    client = signed_in(office.treasurer)
    url = reverse("orders:spj", args=[order.number])
    assert client.post(url, follow=True).status_code == 200
    piece = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 2s"' in piece
    assert "<html" not in piece
    run_jobs()
    piece = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in piece
    assert paper_url(order, "spj") in piece


def test_the_pack_page_names_what_is_missing(office: Office, order: Order) -> None:
    page = signed_in(office.pp).get(reverse("orders:spj", args=[order.number])).content.decode()
    assert "Bukti pembayaran" in page
    meeting = make.make_meeting(office)
    assert "Undangan" in signed_in(office.pp).get(reverse("orders:spj", args=[meeting.number])).content.decode()


def test_the_zip_holds_everything_once(office: Office, order: Order) -> None:
    documents.add_attachment(
        actor=office.requester, order=order, kind="invitation", title="", file=make.photo(), now=MONDAY + 2 * DAY
    )
    answer = signed_in(office.treasurer).get(reverse("orders:documents-archive", args=[order.number]))
    bundle = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    names = [name.removeprefix(f"{order.number}/") for name in bundle.namelist()]
    assert "data.json" in names
    assert "Belum ada:" in (lacking := bundle.read(f"{order.number}/belum-ada.txt").decode())
    assert "- Bukti pembayaran" in lacking and "Sedang dibuat" not in lacking
    assert sum(name.endswith(".pdf") for name in names) == 8
    assert any(name.startswith("lampiran/01-undangan") for name in names)
    data = json.loads(bundle.read(f"{order.number}/data.json"))
    assert [invoice["gross"] for invoice in data["invoices"]] == [make.invoice_of(order).gross]
    assert [part["number"] for part in data["deliveries"]] == [order.deliveries.get().number]
    assert all(isinstance(line["quantity"], str) for line in data["order"]["lines"])


def test_the_seller_gets_neither_zip_nor_data_nor_attachments(office: Office, order: Order) -> None:
    paper = documents.add_attachment(
        actor=office.requester, order=order, kind="attendance", title="", file=make.photo(), now=MONDAY + 2 * DAY
    )
    client = signed_in(make.member_of(order))
    for name, args in (
        ("documents-archive", [order.number]),
        ("documents-data", [order.number]),
        ("attachment-file", [order.number, paper.pk]),
        ("attachment-remove", [order.number, paper.pk]),
    ):
        assert client.get(reverse(f"orders:{name}", args=args)).status_code == 404
    assert client.get(reverse("orders:attachment-create", args=[order.number])).status_code == 403


def test_an_officer_attaches_and_takes_out(office: Office, order: Order) -> None:
    client = signed_in(office.requester)
    url = reverse("orders:attachment-create", args=[order.number])
    assert client.get(f"{url}?jenis=minutes").context["form"].initial["kind"] == "minutes"
    client.post(url, {"kind": "minutes", "title": "Notulen rapat", "file": make.photo()})
    paper = order.attachments.get()
    assert client.get(reverse("orders:attachment-file", args=[order.number, paper.pk])).status_code == 200
    client.post(reverse("orders:attachment-remove", args=[order.number, paper.pk]), {"note": "Salah berkas"})
    paper.refresh_from_db()
    assert (paper.removed_by, paper.removal_note) == (office.requester, "Salah berkas")


def test_a_refused_attachment_says_why_at_its_field(office: Office, order: Order) -> None:
    url = reverse("orders:attachment-create", args=[order.number])
    bad = SimpleUploadedFile("a.pdf", b"not a pdf", content_type="application/pdf")
    answer = signed_in(office.requester).post(url, {"kind": "minutes", "title": "", "file": bad})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not order.attachments.exists()


def test_both_sides_see_the_payment_proof(office: Office, stranger: Any) -> None:
    order = make.cleared(office, make.make_issued(office))
    payment = make.pay(office, order)
    url = reverse("orders:payment-proof", args=[order.number, payment.pk])
    assert signed_in(office.ppk).get(url)["Content-Type"] == "image/jpeg"
    assert signed_in(make.member_of(order)).get(url).status_code == 200
    assert signed_in(stranger).get(url).status_code == 404


def test_the_check_page_shows_only_what_a_checker_needs(order: Order, office: Office) -> None:
    paper = order.documents.get(kind=DocumentKind.BAST)
    answer = Client().get(reverse("orders:verify", args=[paper.code]))
    page = answer.content.decode()
    assert answer.status_code == 200
    for shown in (paper.number, office.agency.name, order.seller.name, order.number, paper.sha256[:4]):
        assert shown in page
    for hidden in (order.seller.owner_name, order.seller.bank_account, order.seller.phone):
        assert hidden not in page


def test_the_check_page_names_who_acted_for_the_paper_and_the_sum_on_it(order: Order, office: Office) -> None:
    """Each paper says its own: a part of the order, or an earlier edition, is not the whole order of today."""
    invoice = order.invoices.get()
    stated = {
        DocumentKind.REQUEST: order.total,
        DocumentKind.PURCHASE_ORDER: order.total,
        DocumentKind.BAST: invoice.gross,
        DocumentKind.KUITANSI: invoice.gross,
        DocumentKind.TAX_SHEET: invoice.withheld,
        DocumentKind.DELIVERY_NOTE: None,
    }
    papers = {one.kind: one for one in order.documents.filter(replaced_at__isnull=True)}
    assert {kind: papers[kind].amount for kind in stated} == stated
    page = Client().get(reverse("orders:verify", args=[papers[DocumentKind.BAST].code])).content.decode()
    assert rupiah(invoice.gross) in page
    acts = [(one.role, one.name, one.verb) for one in papers[DocumentKind.BAST].signatures.all()]
    assert acts == [("PIHAK KEDUA", office.receiver.name, "Diterima")]  # its seller has said nothing yet
    assert office.receiver.name in page
    assert make.member_of(order).name not in page
    assert papers[DocumentKind.DELIVERY_NOTE].signatures.count() == 1
    note = Client().get(reverse("orders:verify", args=[papers[DocumentKind.DELIVERY_NOTE].code])).content.decode()
    assert "Jumlah di dokumen ini" not in note


def test_a_code_may_be_written_with_dashes_and_capitals(order: Order) -> None:
    code = order.documents.get(kind=DocumentKind.BAST).code
    written = "-".join(code[n : n + 4] for n in range(0, 24, 4)).upper()
    answer = Client().get(reverse("orders:verify-start"), {"kode": written})
    assert answer["Location"] == reverse("orders:verify", args=[code])
    assert Client().get(reverse("orders:verify", args=[written])).status_code == 200


def test_an_unknown_code_is_a_clear_404(db: None) -> None:
    answer = Client().get(reverse("orders:verify-start"), {"kode": "ABCD efgh-jkmn"}, follow=True)
    assert answer.status_code == 404
    assert 'value="abcd-efgh-jkmn"' in answer.content.decode()  # one letter of it is put right there
    assert "tidak dikenal" in answer.content.decode()
    assert reverse("orders:verify-start") in answer.content.decode()


def test_the_paper_of_a_cancelled_order_says_so(office: Office, run_jobs: Any) -> None:
    order = make.make_issued(office)
    run_jobs()
    page = reverse("orders:verify", args=[order.documents.get(kind=DocumentKind.PURCHASE_ORDER).code])
    said = f"Pesanan {order.number} sudah batal. Tidak ada yang dibayar atas dokumen ini."
    assert said not in Client().get(page).content.decode()
    cancelling.cancelled(order, office.pp)
    assert said in Client().get(page).content.decode()
    run_jobs()
    # A reprint is an edition of its own, which says so on every page of it.
    void = order.documents.get(kind=DocumentKind.PURCHASE_ORDER, replaced_at__isnull=True)
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(uploads.read_private(void.file))).pages)
    assert "BATAL" in text
    assert "Tidak berlaku sejak" in text
    again = signed_in(office.pp).get(paper_url(order, DocumentKind.PURCHASE_ORDER))
    assert b"".join(again) == uploads.read_private(void.file)
    assert "bertanda BATAL" in Client().get(reverse("orders:verify", args=[void.code])).content.decode()
    assert void.amount == order.total


def test_the_paper_of_an_order_cancelled_with_a_compensation_tells_what_became_of_it(
    office: Office, run_jobs: Any
) -> None:
    order = make.accepted(make.make_issued(office))
    run_jobs()
    page = reverse("orders:verify", args=[order.documents.filter(kind=DocumentKind.PURCHASE_ORDER).last().code])
    assert "Ganti rugi" not in Client().get(page).text
    cancelling.agreed(cancelling.claimed(cancelling.asked(order, office.pp)), office.ppk)
    owed = Compensation.objects.get(order=order)
    told = ["Menunggu mata anggaran dari kepala dinas", "Menunggu dibayar bendahara", "Dibayar "]
    for step in range(3):
        text = Client().get(page).text
        assert "Tidak ada yang dibayar" not in text
        assert "Barangnya tidak dibayar; ganti rugi yang disepakati tertulis di bawah." in text
        assert rupiah(owed.amount) in text
        assert [said in text for said in told] == [number == step for number in range(3)]
        assert office.line.rup_id not in text
        if step == 0:
            owed = owing.charged(owed, make.head_of(office), office.line, now=LATER + HOUR)
        elif step == 1:
            owed = owing.paid(owed, office.treasurer, now=LATER + 2 * HOUR)


def test_the_papers_of_a_void_invoice_say_so(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    wrong = make.invoice_of(order)
    run_jobs()
    correction.reissue_invoice(actor=office.treasurer, invoice=wrong, reason="Rekening", now=MONDAY + 2 * DAY)
    run_jobs()
    for kind in (DocumentKind.INVOICE, DocumentKind.KUITANSI):
        url = reverse("orders:document-of", args=[order.number, kind, wrong.number])
        paper = PdfReader(BytesIO(b"".join(signed_in(office.treasurer).get(url))))
        text = " ".join(paper.pages[0].extract_text().split())
        assert "BATAL Tidak berlaku sejak" in text
        assert "diganti tagihan lain" in text
        current = order.documents.get(kind=kind, replaced_at__isnull=True)
        assert "BATAL" not in PdfReader(BytesIO(uploads.read_private(current.file))).pages[0].extract_text()


def test_an_older_edition_says_so(office: Office, run_jobs: Any) -> None:
    order = make.make_issued(office)
    run_jobs()
    make.accepted(order)
    old = order.documents.get(kind=DocumentKind.PURCHASE_ORDER, replaced_at__isnull=False)
    assert "lebih baru" in Client().get(reverse("orders:verify", args=[old.code])).content.decode()


def test_a_copy_is_compared_byte_by_byte(order: Order) -> None:
    paper = order.documents.get(kind=DocumentKind.BAST)
    url = reverse("orders:verify", args=[paper.code])
    content = uploads.read_private(paper.file)
    same = Client().post(url, {"file": SimpleUploadedFile("a.pdf", content)})
    other = Client().post(url, {"file": SimpleUploadedFile("a.pdf", content + b" ")})
    assert "Sama persis" in same.content.decode()
    assert "Tidak sama" in other.content.decode()


def test_checking_is_limited_gently(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(verify.CheckThrottle, "rate", "2/min")
    url = reverse("orders:verify", args=["abcd"])
    client = Client()
    assert [client.get(url).status_code for _n in range(3)] == [404, 404, 429]
    cache.clear()


def test_the_document_list_costs_few_queries(office: Office, order: Order, django_assert_max_num_queries: Any) -> None:
    from orders.documents.pages import document_list_of

    fresh = Order.objects.with_card().get(pk=order.pk)
    with django_assert_max_num_queries(17):
        document_list = document_list_of(fresh, office.treasurer, MONDAY + 2 * DAY + HOUR)
    assert document_list.total == 9
    assert (document_list.count, document_list.making) == (8, 0)


def test_what_is_being_made_for_the_first_time_is_not_there_yet(order: Order, office: Office) -> None:
    from orders.documents.pages import document_list_of

    def counted() -> tuple[int, int]:
        fresh = Order.objects.with_card().get(pk=order.pk)
        found = document_list_of(fresh, office.treasurer, MONDAY + 2 * DAY + HOUR)
        return found.count, found.making

    paper = order.documents.filter(kind="purchase_order", replaced_at__isnull=True)
    paper.update(replaced_at=MONDAY + DAY)
    order.documents.create(kind="purchase_order", number=order.number, code="x" * 24, requested_at=MONDAY + DAY)
    assert counted() == (8, 0)
    order.documents.filter(kind="purchase_order", made_at__isnull=False).update(made_at=None)
    assert counted() == (7, 1)
