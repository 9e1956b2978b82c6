"""Documents state buyer, seller and signers as they were when they acted, whatever becomes of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import InternalError, models, transaction
from django.test import Client
from django.urls import reverse

from epeken.core.models import Kelurahan
from epeken.users.models import User
from orders.attestations.models import Attestation
from orders.billing import taxes
from orders.billing.models import InvoiceSeller
from orders.billing.services import invoices
from orders.billing.states import PaymentMethod, TaxKind
from orders.deliveries import services as deliveries
from orders.documents import archive, build, schedule
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order, OrderBuyer, OrderSeller
from orders.orders.pages.timeline import timeline
from orders.orders.services import agreement
from procurement.agencies.models import AgencyMember
from procurement.negotiations.services import rounds
from procurement.negotiations.terms import Terms
from procurement.requests.services import decisions
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories.orders import DAY, HOUR, MONDAY, Office
from tests.factories.rules import set_rule
from tests.factories.umkm import make_product, make_seller
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make.make_office()


def change(row: models.Model, **fixed: Any) -> None:
    """Every text and yes/no column of the row says something else than before."""
    changed: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.primary_key or field.choices or field.unique or field.name.endswith("_index"):
            continue
        if isinstance(field, models.BooleanField):
            changed[field.name] = not value
        elif isinstance(field, models.CharField | models.TextField) and field.name != "open_days":
            changed[field.name] = f"Lain{row.pk}"
    type(row)._base_manager.filter(pk=row.pk).update(**changed | fixed)


def change_everybody(office: Office, order: Order) -> None:
    """New names, addresses, numbers, tax standing, accounts and officers."""
    elsewhere = Kelurahan.objects.exclude(pk=office.agency.kelurahan_id).first()
    change(Seller.objects.get(pk=order.seller_id), kelurahan=elsewhere, form=SellerForm.BODY)
    change(office.agency, name="Dinas Baru", short_name="DB", code="0.0", kelurahan=elsewhere, npwp="999999999999999")
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(name=f"Orang Lain {user.pk}", nip=f"19{user.pk:016d}")
    AgencyMember.objects.filter(agency=office.agency).delete()
    newcomer = make.make.make_user(name="Pejabat Baru")
    for role in ("pp", "ppk", "receiver", "treasurer"):
        make.membership(office.agency, newcomer, role)


def current(order: Order) -> list[Document]:
    return list(order.documents.filter(replaced_at__isnull=True).exclude(kind=DocumentKind.SPJ))


def paid_order(office: Office) -> Order:
    seller = make_seller(
        npwp="012345678901234", is_pkp=True, form=SellerForm.BODY, bank_name="Bank Jatim", bank_account="0011223344"
    )
    set_rule("purchase.compare_two_above", 1)
    product = make_product(seller, price=300_000)
    make_product(category=product.category, price=310_000)
    request = make.make_submitted(office, [(product, 10)])
    assert request.deliver_at is not None
    asked = Terms({product.pk: 290_000}, 0, request.deliver_at)
    talk = rounds.open_negotiation(
        actor=office.pp, request=request, seller=seller, terms=asked, words="", key="open", now=MONDAY + HOUR
    )
    shop = seller.members.get().user
    rounds.accept_offer(actor=shop, negotiation=talk, round_number=1, key="accept", now=MONDAY + 2 * HOUR)
    when = MONDAY + 3 * HOUR
    decisions.approve_request(actor=office.pp, request=request, dropped={}, note="", key="approve", now=when)
    (issued,) = agreement.issue_orders(actor=office.pp, request=request, key="issue", now=when)
    accepted = make.accepted(issued, when)
    delivery = make.arrived(make.shipped(accepted), office.receiver)
    make.inspected(delivery, office.receiver)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + DAY + 3 * HOUR)
    invoice = make.invoice_of(issued)
    make.clear(office, invoice, MONDAY + 2 * DAY)
    make.pay(office, issued)
    return issued


def test_no_document_changes_when_every_party_does(office: Office) -> None:
    order = paid_order(office)
    documents = current(order)
    # No order is paid and cancelled; this one was not drawn, quoted or complained about, and paid at once.
    assert {d.kind for d in documents} == set(DocumentKind) - {
        DocumentKind.SPJ, DocumentKind.CANCELLATION, DocumentKind.ROTATION, DocumentKind.QUOTATION,
        DocumentKind.DECISION, DocumentKind.ADDENDUM, DocumentKind.DEBT, DocumentKind.PART_PAYMENT,
    }  # fmt: skip
    before = {d.kind: build.make(d) for d in documents}
    data = archive.purchase_data(build.order_for_papers(order.pk))
    change_everybody(office, order)
    after = {d.kind: build.make(d) for d in documents}
    assert [kind for kind in before if before[kind] != after[kind]] == []
    assert archive.purchase_data(build.order_for_papers(order.pk)) == data
    assert not Attestation.objects.filter(order=order, person__isnull=False, name="").exists()


def test_a_part_that_was_paid_keeps_the_name_of_who_paid_it(office: Office) -> None:
    """No act of the bill says so: what was left of it a decision took off."""
    order = make.taken_over(office, mend.issued(office))
    invoice = make.clear(office, make.invoice_of(order))
    rename(office.treasurer, "Nama Saat Membayar")
    make.pay(office, order, amount=invoice.net - 100_000)
    rename(office.treasurer, "Nama Sesudahnya")
    mend.decided(order, office.receiver, mend.deduction(order, 100_000), now=MONDAY + 3 * DAY)
    paper = Document.objects.get(order=order, kind=DocumentKind.PAYMENT, replaced_at__isnull=True)
    full = build.order_for_papers(order.pk)
    stated = dict(build.BUILDERS[DocumentKind.PAYMENT](schedule.trail_for(paper, full), paper).data["facts"])
    assert stated["Dicatat"].startswith("Nama Saat Membayar, ")
    told = archive.purchase_data(full)["invoices"][0]["payments"]
    assert [row["recorded_by"] for row in told] == ["Nama Saat Membayar"]
    entries = [entry.who for entry in timeline(full, [], for_agency=True) if "sebagian" in entry.title]
    assert entries == ["Nama Saat Membayar, bendahara"]


def rename(person: User, name: str) -> None:
    User.objects.filter(pk=person.pk).update(name=name)
    person.refresh_from_db()


def test_goods_taken_by_silence_name_nobody_before_and_after_a_change(office: Office) -> None:
    order = make.make_issued(office)
    make.accepted(order)
    make.arrived(make.shipped(order), office.receiver)
    deliveries.accept_by_silence(now=MONDAY + 30 * DAY)
    documents = current(order)
    before = {d.kind: build.make(d) for d in documents}
    change_everybody(office, order)
    assert {d.kind: build.make(d) for d in documents} == before


def test_the_check_page_does_not_change_with_the_parties(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    run_jobs()
    url = reverse("orders:verify", args=[order.documents.get(kind=DocumentKind.BAST).code])

    def facts() -> str:
        return Client().get(url).content.decode().split('<dl class="facts">')[1].split("</dl>")[0]

    before = facts()
    change_everybody(office, order)
    assert facts() == before
    assert order.buyer_party.name in before


def test_card_tax_is_that_of_the_seller_as_billed(office: Office) -> None:
    seller = make_seller(npwp="012345678901234", form=SellerForm.BODY)
    order = make.cleared(office, make.make_issued(office, make_product(seller, price=1_900_000)))
    Seller.objects.filter(pk=seller.pk).update(is_pkp=True, npwp="", has_low_turnover_statement=True)
    invoice = make.invoice_of(order)
    make.pay(office, order, method=PaymentMethod.KKPD, reference="KK-1")
    invoice.refresh_from_db()
    lines = {line.kind: line for line in taxes.in_force(invoice.tax_lines.all())}
    assert invoice.withheld == 0
    assert lines[TaxKind.PPN].amount == 0
    assert "bukan Pengusaha Kena Pajak" in lines[TaxKind.PPN].explanation


def test_card_tax_keeps_whether_the_purchase_was_split(office: Office) -> None:
    seller = make_seller(npwp="012345678901234", form=SellerForm.BODY, is_pkp=True)
    product = make_product(seller, price=111_000)
    order = make.cleared(office, make.make_issued(office, product, quantity=10))
    assert make.invoice_of(order).is_split is False
    # A second order of the same day, placed after the bill, makes today's answer another one.
    make.make_issued(office, product, quantity=10, now=MONDAY + HOUR)
    assert invoices.is_split(order)
    make.pay(office, order, method=PaymentMethod.KKPD, reference="KK-1")
    assert make.invoice_of(order).withheld == 0


def test_a_late_job_states_nothing_that_came_after_its_document(office: Office) -> None:
    order = make.make_issued(office)
    first = order.documents.get(kind=DocumentKind.PURCHASE_ORDER)
    before = build.make(first)
    make.accepted(order, now=MONDAY + timedelta(minutes=5))
    assert build.make(first) == before


def test_bank_numbers_are_encrypted_in_the_copy_too(office: Office) -> None:
    from django.db import connection

    order = paid_order(office)
    with connection.cursor() as cursor:
        cursor.execute("SELECT bank_account, npwp FROM orders_invoiceseller")
        stored = cursor.fetchall()
        cursor.execute("SELECT npwp FROM orders_orderseller")
        stored += cursor.fetchall()
    assert make.invoice_of(order).seller_party.bank_account == "0011223344"
    assert "0011223344" not in str(stored)
    assert "012345678901234" not in str(stored)


@pytest.mark.parametrize("party", [OrderBuyer, OrderSeller, InvoiceSeller])
@pytest.mark.parametrize("act", [lambda rows: rows.update(name="Toko Lain"), lambda rows: rows.delete()])
def test_the_database_keeps_who_the_parties_were(office: Office, party: Any, act: Any) -> None:
    order = paid_order(office)
    rows = party.objects.filter(**({"invoice__order": order} if party is InvoiceSeller else {"order": order}))
    before = rows.values().get()
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        act(rows)
    assert rows.values().get() == before
