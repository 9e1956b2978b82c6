"""Each payment of a part of an invoice has a paper of its own, which states that payment alone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.i18n.words import rupiah
from orders.billing.models import Invoice
from orders.documents import archive, build
from orders.documents import services as documents
from orders.documents.entries import entries_of
from orders.documents.models import Document
from orders.documents.states import DocumentKind, VoidReason
from orders.orders.models import Order
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY, Office
from tests.factories.users import signed_in
from tests.kept_steps import kept

pytestmark = pytest.mark.django_db
FIRST, SECOND = 300_000, 200_000
PART, WHOLE = DocumentKind.PART_PAYMENT, DocumentKind.PAYMENT


@pytest.fixture
def office() -> Office:
    return make.make_office()


@pytest.fixture
@kept
def order(office: Office) -> Order:
    """Ten boxes of Rp100.000, of which a first part is paid."""
    order = make.cleared(office, mend.issued(office))
    pay(office, order, FIRST, 1)
    return Order.objects.get(pk=order.pk)


def pay(office: Office, order: Order, amount: int | None, n: int) -> None:
    make.pay(office, order, amount=amount, reference=f"SP2D-00{n}/2026", now=MONDAY + 2 * DAY + n * HOUR)


def papers(order: Order) -> list[Document]:
    return list(order.documents.filter(kind=PART, replaced_at__isnull=True).order_by("number"))


def stated(document: Document) -> dict[str, Any]:
    data = build.make(document).paper.data
    return {label: value for label, value, *_bold in [*data["facts"], *data["rows"], *data["sums"]]}


def test_a_part_has_its_paper_with_what_remains(office: Office, order: Order) -> None:
    (paper,) = papers(order)
    bill = make.invoice_of(order)
    assert paper.number == f"{bill.kuitansi_number}-B1"
    said = stated(paper)
    assert said["Nomor SP2D"] == "SP2D-001/2026"
    assert said["Untuk tagihan"].startswith(bill.number)
    assert said["Sudah dibayar sebelumnya"] == rupiah(0)
    assert said["Dibayar dengan bukti ini"] == rupiah(FIRST)
    assert said["Belum dibayar sesudahnya"] == rupiah(bill.net - FIRST)
    assert build.make(paper).paper.amount == FIRST


def test_the_next_states_its_own_and_leaves_the_first_as_it_was(office: Office, order: Order) -> None:
    (first,) = papers(order)
    pay(office, order, SECOND, 2)
    one, two = papers(order)
    assert one.pk == first.pk
    said = stated(two)
    assert (said["Nomor SP2D"], said["Dibayar dengan bukti ini"]) == ("SP2D-002/2026", rupiah(SECOND))
    assert said["Sudah dibayar sebelumnya"] == rupiah(FIRST)
    assert not order.documents.filter(kind=WHOLE).exists()


def test_the_last_part_has_one_beside_the_paper_of_the_whole(
    office: Office, order: Order, run_jobs: Callable[[], int]
) -> None:
    pay(office, order, None, 2)
    run_jobs()
    assert len(papers(order)) == 2
    whole = order.documents.get(kind=WHOLE, replaced_at__isnull=True)
    made = build.make(whole)
    assert made.paper.data["proofs"] == []  # each follows the paper of its own payment
    assert made.paper.amount == make.invoice_of(order).net
    assert all(build.make(part).paper.data["proofs"] for part in papers(order))
    filed = [(entry.kind, entry.part) for entry in entries_of(order, for_agency=True)]
    assert [kind for kind, _part in filed if kind in (PART, WHOLE)] == [PART, PART, WHOLE]


def test_a_bill_paid_at_once_has_none(office: Office) -> None:
    order = undo.paid(office)
    assert papers(order) == []


def test_both_sides_open_it_and_nobody_else(office: Office, order: Order, run_jobs: Callable[[], int]) -> None:
    run_jobs()
    (paper,) = papers(order)
    address = reverse("orders:document-of", args=[order.number, PART, paper.number])
    page = reverse("orders:order-detail", args=[order.number])
    for person in (make.member_of(order), office.treasurer, office.pp):
        client = signed_in(person)
        assert client.get(address).status_code == 200
        assert address in client.get(page).content.decode()
    assert signed_in(goods.make_user()).get(address).status_code == 404


def test_reversed_it_is_marked_and_holds_no_place(office: Office, order: Order, run_jobs: Callable[[], int]) -> None:
    pay(office, order, SECOND, 2)
    run_jobs()
    first, second = papers(order)
    payment = make.invoice_of(order).payments.order_by("pk")[0]
    undo.released(office, undo.asked(office, order, payment=payment))
    run_jobs()
    first.refresh_from_db()
    assert first.replaced_at is not None
    marked = Document.objects.get(voids=first)
    assert (marked.void_reason, marked.number) == (VoidReason.PAYMENT_REVERSED, first.number)
    (renewed,) = papers(order)
    assert renewed.number == second.number
    assert stated(renewed)["Sudah dibayar sebelumnya"] == rupiah(0)
    data = archive.purchase_data(build.order_for_papers(order.pk))
    assert [one["number"] for one in data["withdrawn_documents"] if one["kind"] == PART] == [first.number]


def test_paid_again_it_has_a_number_of_its_own(office: Office, order: Order) -> None:
    undo.released(office, undo.asked(office, order))
    bill = make.invoice_of(order)
    now = MONDAY + 4 * DAY
    make.approve(office, Invoice.objects.get(pk=bill.pk), now)
    make.pay(office, order, reference="SP2D-009/2026", amount=FIRST, paid_on=date(2026, 9, 11), now=now + HOUR)
    (paper,) = papers(order)
    assert paper.number == f"{bill.kuitansi_number}-B2"


def test_a_decision_that_lowers_the_bill_renews_what_remains(office: Office, order: Order) -> None:
    (before,) = papers(order)
    mend.decided(order, office.receiver, mend.deduction(order, 50_000), now=MONDAY + 3 * DAY)
    (after,) = papers(order)
    assert after.pk != before.pk
    assert stated(after)["Belum dibayar sesudahnya"] == rupiah(make.invoice_of(order).net - FIRST)


def test_the_file_holds_each_paper(office: Office, order: Order, run_jobs: Callable[[], int]) -> None:
    run_jobs()
    spj = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 3 * DAY)
    rows = {row["number"]: row for row in build.make(spj).paper.data["rows"]}
    (paper,) = papers(order)
    assert rows[paper.number]["state"] == "ada"
