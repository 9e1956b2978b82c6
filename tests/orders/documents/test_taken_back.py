"""What a purchase's file keeps of a payment that was taken back, and whom it names for each act."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from epeken.core.files.uploads import read_private
from orders.attestations.models import Attestation
from orders.documents import acts, archive, build
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.reversals.states import ReversalReason
from tests.factories import orders as make
from tests.factories import reversals as undo
from tests.factories.orders import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make.make_office()


@pytest.fixture
def order(office: Office, run_jobs: Callable[[], int]) -> Order:
    """Paid in full, taken back, and its papers made."""
    order = undo.paid(office)
    run_jobs()
    undo.released(office, undo.asked(office, order))
    run_jobs()
    return Order.objects.get(pk=order.pk)


def exported(order: Order) -> dict[str, Any]:
    return archive.purchase_data(build.order_for_papers(order.pk))


def test_the_zip_keeps_the_proof_and_the_receipt_apart_from_what_holds(order: Order) -> None:
    payment = undo.last_payment(order)
    with zipfile.ZipFile(archive.write_zip(build.order_for_papers(order.pk))) as bundle:
        names = [name.split("/", 1)[1] for name in bundle.namelist()]
        kept = [name for name in names if name.startswith("dibatalkan/")]
        assert [name for name in kept if "kuitansi" in name and name.endswith("-BATAL.pdf")]
        assert [name for name in kept if "bukti-pembayaran" in name]
        [proof] = [name for name in kept if "bukti-bayar" in name]
        assert bundle.read(f"{order.number}/{proof}") == read_private(payment.proof)
    assert not [name for name in names if name.startswith("bukti-bayar/")]
    assert len(names) == len(set(names))


def test_the_data_says_who_took_it_back_and_which_papers_hold_no_longer(office: Office, order: Order) -> None:
    data = exported(order)
    [row] = data["invoices"][0]["reversed_payments"]
    payment = undo.last_payment(order)
    assert row["proof_sha256"] == payment.proof_sha256
    assert (row["recorded_by"], row["asked_by"]) == (office.treasurer.name, office.treasurer.name)
    assert row["released_by"] == make.head_of(office).name
    withdrawn = {each["kind"]: each for each in data["withdrawn_documents"]}
    assert set(withdrawn) == {DocumentKind.KUITANSI, DocumentKind.PAYMENT}
    earlier = order.documents.get(kind=DocumentKind.KUITANSI, void_editions__isnull=False)
    assert withdrawn[DocumentKind.KUITANSI]["sha256"] == earlier.sha256
    assert withdrawn[DocumentKind.KUITANSI]["reason"] == "reversed"


def test_a_receipt_that_was_taken_back_shares_its_number_with_none_and_says_why(office: Office, order: Order) -> None:
    void = order.documents.get(kind=DocumentKind.KUITANSI, voids__isnull=False)
    holds = order.documents.filter(kind=DocumentKind.KUITANSI, replaced_at__isnull=True).first()
    [invoice] = exported(order)["invoices"]
    assert void.number == make.invoice_of(order).kuitansi_number
    assert invoice["kuitansi_number"] == f"{void.number}-2"
    assert holds is None or holds.number == invoice["kuitansi_number"]
    for kind in (DocumentKind.KUITANSI, DocumentKind.PAYMENT):
        marked = order.documents.get(kind=kind, voids__isnull=False)
        pages = PdfReader(BytesIO(read_private(marked.file))).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        assert f"diminta {office.treasurer.name}" in text
        assert f"dilepas {make.head_of(office).name}" in text
        assert ReversalReason(undo.last_payment(order).reversals.get().reason).label.lower() in text


def test_every_act_has_its_person_and_time(office: Office, order: Order) -> None:
    data = exported(order)
    number = make.invoice_of(order).number
    found = {(act["noun"], act["action"]): act for act in data["acts"]}
    for act, person in {
        ("delivery", "inspect"): office.receiver,
        ("delivery", "accept"): office.receiver,
        ("invoice", "verify"): office.treasurer,
        ("invoice", "pay"): office.treasurer,
        ("reversal", "create"): office.treasurer,
        ("reversal", "release"): make.head_of(office),
    }.items():
        assert found[act]["name"] == person.name, act
        assert found[act]["at"]
    assert found["reversal", "release"]["number"] == found["invoice", "pay"]["number"] == number
    assert {check["checked_by"] for check in data["invoices"][0]["checks"]} == {office.treasurer.name}
    assert [act["sequence"] for act in data["acts"]] == list(range(1, len(data["acts"]) + 1))
    assert {act["action"]: act["name"] for act in data["request"]["acts"]}["submit"] == office.requester.name


def test_acts_are_read_without_asking_row_by_row(order: Order, django_assert_max_num_queries: Any) -> None:
    full = build.order_for_papers(order.pk)
    with django_assert_max_num_queries(4):
        assert len(acts.acts_of(full)) == Attestation.objects.filter(order=order).count()
