"""`verify`: silent on a true file, and each change after the act is named."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.factors import Factor, factor_of
from epeken.core.services import service
from epeken.core.states import move
from orders.attestations import content, verifying
from orders.attestations.models import Attestation
from orders.deliveries import services as deliveries
from orders.documents import services as documents
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order, OrderEvent
from orders.orders.services import agreement
from orders.orders.states import CloseReason
from tests.factories import orders as make
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.umkm import make_product, make_user
from tests.worker import run_due_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("attestations")]  # one process makes the module's rows


@pytest.fixture(scope="module")
def city(module_transaction: None) -> make.Office:
    """A paid order with its papers, one on its way, one closed, and a citizen's."""
    office = make.make_office()
    paid = make.make_issued(office, quantity=50)
    delivery = make.arrived(make.shipped(make.accepted(paid)), office.receiver)
    make.inspected(delivery, office.receiver, photos=[make.photo()])
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + DAY + 3 * HOUR)
    make.clear(office, make.invoice_of(paid))
    make.pay(office, paid)
    documents.add_attachment(
        actor=office.treasurer, order=paid, kind="minutes", title="Notulen", file=make.photo(), now=MONDAY + 3 * DAY
    )
    documents.request_spj(actor=office.treasurer, order=paid, now=MONDAY + 3 * DAY)
    make.shipped(make.accepted(make.make_issued(office)))
    closed = make.make_issued(office)
    agreement.close_order(
        actor=make.member_of(closed), order=closed, reason=CloseReason.SELLER_DECLINED, note="Habis", now=MONDAY + HOUR
    )
    make.place(make_user(name="Warga Contoh"), (make_product(), 3))
    run_due_jobs()
    return office


@pytest.fixture
def _django_db_helper(city: make.Office, savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the city."""


def differences(number: str = "") -> list[str]:
    return [f"{d.order} {d.sequence}: {d.what}" for d in verifying.verify(number)]


def run_sql(*texts: str) -> None:
    """As the owner of the tables, with their triggers off."""
    tables = {word.strip('",') for text in texts for word in text.split() if word.startswith("orders_")}
    tables = {name for name in tables if "." not in name}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for text in texts:
            cursor.execute(text)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_true_city_is_clean(city: make.Office) -> None:
    assert differences() == []


def test_every_document_stands_in_the_chain_with_its_file(city: make.Office) -> None:
    made = Document.objects.exclude(file="")
    assert made.count() > 10
    for document in made:
        said = content.replay(content.files_of([document.order_id])[document.order_id].attestations)
        assert said["orders.Document", document.pk]["sha256"] == document.sha256


OF_PAID = "(SELECT order_id FROM orders_invoice WHERE state = 'paid')"
# What is changed → what `verify` must say of it.
CHANGES = [
    (["UPDATE orders_deliveryevent SET note = 'lain' WHERE action = 'accept'"], "orders.DeliveryEvent"),
    (["UPDATE orders_deliveryevent SET actor_name = 'Orang lain' WHERE action = 'accept'"], "actor_name"),
    (["UPDATE orders_invoiceevent SET acted_as = 'head' WHERE action = 'verify'"], "acted_as"),
    (["UPDATE orders_orderevent SET at = at - interval '1 day' WHERE action = 'accept'"], "at is"),
    (["DELETE FROM orders_invoiceevent WHERE action = 'verify'"], "is gone"),
    (["UPDATE orders_deliveryline SET amount = amount + 1 WHERE amount IS NOT NULL"], "orders.DeliveryLine"),
    (["UPDATE orders_deliveryline SET sent = sent + 1"], "sent is"),
    (["UPDATE orders_orderline SET price = price + 1"], "price is"),
    (["UPDATE orders_order SET goods_total = goods_total + 1, total = total + 1"], "total is"),
    (["UPDATE orders_order SET recipient = 'Orang lain' WHERE agency_id IS NOT NULL"], "recipient is"),
    (["UPDATE orders_orderbuyer SET name = 'Dinas lain'"], "orders.OrderBuyer"),
    (["UPDATE orders_invoiceseller SET bank_account = ''"], "bank_account is"),
    (["UPDATE orders_invoice SET withheld = withheld + 1, net = net - 1, paid = paid - 1"], "withheld is"),
    (["UPDATE orders_taxline SET amount = amount + 1"], "orders.TaxLine"),
    (["UPDATE orders_payment SET amount = amount - 1"], "orders.Payment"),
    (["UPDATE orders_payment SET paid_on = paid_on - 1"], "paid_on"),
    (["UPDATE orders_document SET sha256 = repeat('0', 64) WHERE kind = 'bast'"], "sha256 is"),
    (["UPDATE orders_document SET number = 'X' WHERE kind = 'bast'"], "number is"),
    (["UPDATE orders_document SET replaced_at = replaced_at + interval '1 day'"], "replaced_at is"),
    (["UPDATE orders_attachment SET title = 'Lain'"], "orders.Attachment"),
    (["UPDATE orders_attachment SET removed_at = now()"], "removed_at"),
    (["DELETE FROM orders_attachment"], "is gone"),
    (["UPDATE orders_inspectionphoto SET sha256 = repeat('0', 64)"], "orders.InspectionPhoto"),
    (["DELETE FROM orders_inspectionphoto"], "is gone"),
    (["UPDATE orders_attestation SET name = 'Orang lain' WHERE action = 'verify'"], "person, role, time"),
    (["UPDATE orders_attestation SET factor = 'totp' WHERE action = 'verify'"], "person, role, time"),
    (["UPDATE orders_attestation SET content = replace(content, 'pp', 'pq')"], "content was changed"),
    (
        ["UPDATE orders_attestation SET previous = repeat('0', 64) WHERE sequence = 2"],
        "does not follow",
    ),
    (
        [
            "UPDATE orders_attestation SET sequence = sequence + 1000 WHERE sequence IN (2, 3)",
            "UPDATE orders_attestation SET sequence = 1005 - sequence WHERE sequence IN (1002, 1003)",
        ],
        "does not follow",
    ),
    (["DELETE FROM orders_attestation WHERE sequence = 2"], "stands in the place of act 2"),
    (
        [f"DELETE FROM orders_attestation WHERE order_id IN {OF_PAID} AND sequence > 5"],
        "was written by no act",
    ),
    (["DELETE FROM orders_attestation"], "has no act on record"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "words"), CHANGES)
def test_each_change_is_named(city: make.Office, texts: list[str], words: str) -> None:
    run_sql(*texts)
    found = differences()
    assert any(words in each for each in found), found


def test_a_change_taken_over_by_a_later_act_is_named(city: make.Office) -> None:
    """Whoever changes a figure and then lets somebody act honestly is seen by what the acts before said."""
    order = Order.objects.get(deliveries__state="shipped")
    run_sql(f"UPDATE orders_orderline SET price = price + 1 WHERE order_id = {order.pk}")
    make.arrived(order.deliveries.get(), city.receiver)
    found = differences(order.number)
    assert len(found) == 1
    assert "price was" in found[0]


def test_the_command_says_what_and_ends_with_one(city: make.Office) -> None:
    out = StringIO()
    call_command("verify", stdout=out)
    assert "Nothing was changed." in out.getvalue()
    order = Order.objects.get(invoices__state="paid")
    run_sql("UPDATE orders_payment SET amount = amount - 1")
    with pytest.raises(SystemExit) as ended:
        call_command("verify", "--order", order.number, stdout=out)
    assert ended.value.code == 1
    assert f"{order.number} act " in out.getvalue()
    other = Order.objects.exclude(pk=order.pk)[0]
    call_command("verify", "--order", other.number, stdout=out)


def test_an_act_is_signed_with_person_role_time_and_factor(city: make.Office) -> None:
    order = make.make_issued(city)
    with factor_of(lambda: Factor.TOTP):
        make.accepted(order)
    signed = order.attestations.get(action="accept")
    assert (signed.person_id, signed.acted_as, signed.factor) == (make.member_of(order).pk, "seller", "totp")
    assert signed.name == make.member_of(order).name
    assert signed.at == OrderEvent.objects.get(order=order, action="accept").at


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        # Of acts recorded before the way of signing in was, nobody says with what.
        (Factor.NONE, "tanpa langkah kedua"), (Factor.CODE, "kode SMS"),
        (Factor.CODE_DEVICE, "kode SMS, dari perangkat yang dikenal"),
    ],
)  # fmt: skip
def test_the_public_page_says_how_the_signer_signed_in(city: make.Office, factor: str, said: str) -> None:
    order = make.make_issued(city)
    with factor_of(lambda: factor):
        make.accepted(order)
    run_due_jobs()
    assert differences(order.number) == []
    paper = order.documents.get(kind=DocumentKind.PURCHASE_ORDER, replaced_at__isnull=True)
    page = Client().get(reverse("orders:verify", args=[paper.code])).text
    assert f"({said})" in page
    assert "kata sandi" not in page


def test_an_act_taken_back_leaves_no_attestation(city: make.Office) -> None:
    order = make.make_issued(city)
    before = order.attestations.count()

    @service
    def tries(order: Order) -> None:
        try:
            with transaction.atomic():
                move(order, "accept", actor=None, now=clock.now())
                raise LookupError
        except LookupError:
            pass

    tries(order)
    assert order.attestations.count() == before
    assert differences(order.number) == []


def test_the_database_refuses_an_event_without_its_attestation(city: make.Office) -> None:
    order = make.make_issued(city)
    last = order.events.last()
    with transaction.atomic():
        order.events.create(action="put", from_state=last.to_state, to_state=last.to_state, at=clock.now())
        with pytest.raises(Exception, match="is not attested"), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_attestations_refuse_a_change(city: make.Office) -> None:
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Attestation.objects.filter(sequence=1).update(name="Orang lain")
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        Attestation.objects.filter(sequence=1).delete()


def test_a_citizens_address_is_kept_once(city: make.Office) -> None:
    order = Order.objects.get(agency__isnull=True)
    Order.objects.filter(pk=order.pk).update(recipient="Nama Yang Rahasia")
    make.accepted(order)
    assert "Nama Yang Rahasia" not in "".join(order.attestations.values_list("content", flat=True))


def test_every_column_named_exists_and_every_table_of_a_file_is_stated() -> None:
    for table in content.TABLES:
        columns = {field.attname for field in table.model._meta.concrete_fields}
        named = {*table.once, *table.private, *table.only, *(name for pair in table.files for name in pair)}
        named |= set() if table.fixed == content.ALL else set(table.fixed)
        assert named <= columns, table.label
    from django.apps import apps

    stated = {table.model for table in content.TABLES}
    of_files = {
        model
        for model in apps.get_app_config("orders").get_models()
        if model is not Attestation and any(field.related_model in stated for field in model._meta.concrete_fields)
    }
    assert of_files <= stated
