"""`audit_books`: silent on true books, and each lie is named."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection, models, transaction

from epeken.core import clock
from epeken.core.jobs import enqueue
from epeken.core.models import Claim, Job
from epeken.site.audit import checks
from orders.documents import services as documents
from orders.orders.services import agreement
from orders.orders.states import CloseReason
from tests.factories import orders as make
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.umkm import make_product, make_user
from tests.worker import run_due_jobs
from umkm.catalogue.states import StockMode
from umkm.stock.models import StockEntry

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("audit")]  # one process makes the rows of the module


@pytest.fixture(scope="module")
def city(module_transaction: None) -> make.Office:
    """A paid order, one on its way, one closed, and a citizen's: every kind of row there is."""
    office = make.make_office()
    paid = make.cleared(office, make.make_issued(office, quantity=50))
    make.pay(office, paid)
    documents.request_spj(actor=office.treasurer, order=paid, now=MONDAY + 3 * DAY)
    make.shipped(make.accepted(make.make_issued(office)))
    closed = make.make_issued(office)
    agreement.close_order(
        actor=make.member_of(closed), order=closed, reason=CloseReason.SELLER_DECLINED, note="Habis", now=MONDAY + HOUR
    )
    daily = make_product(stock_mode=StockMode.DAILY, lead_days=0)
    make.place(make_user(name="Warga Contoh"), (make_product(), 3), (daily, 2))
    # Documents are not what is audited here, and making them is most of the time.
    Job.objects.filter(name__startswith="orders.make_").update(done_at=clock.now())
    run_due_jobs()
    return office


@pytest.fixture
def _django_db_helper(city: make.Office, savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the city."""


def wrong() -> set[str]:
    return {result.check.code for result in checks.run() if result.findings}


def run_sql(text: str, *, unlock: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if unlock:
            cursor.execute(f"ALTER TABLE {unlock} DISABLE TRIGGER USER")
        cursor.execute(text)
        if unlock:
            cursor.execute(f"ALTER TABLE {unlock} ENABLE TRIGGER USER")


def test_true_books_agree(city: make.Office) -> None:
    assert {r.check.code: [f"{f.what}: {f.detail}" for f in r.findings] for r in checks.run() if r.findings} == {}


def test_every_invariant_has_a_check() -> None:
    assert {check.number for check in checks.checks()} == set(range(1, 10))


def trigger_of(model: type[models.Model]) -> str:
    [(_, trigger)] = [pair for pair in pgtrigger.registered() if pair[0] is model and pair[1].name == "append_only"]
    return trigger.get_pgid(model)


LIES = [
    ("ledgers", "UPDATE umkm_product SET on_hand = on_hand + 1 WHERE stock_mode = 'stock'", "umkm_product"),
    (
        "stock_orders",
        "UPDATE umkm_stockentry SET held_delta = held_delta + 1 WHERE kind = 'hold'",
        "umkm_stockentry",
    ),
    ("ledgers", "UPDATE umkm_capacityday SET used = used - 1", "umkm_capacityday"),
    ("capacity_orders", "UPDATE umkm_capacityentry SET used_delta = used_delta + 1", "umkm_capacityentry"),
    ("ledgers", "UPDATE procurement_budgetline SET realised = realised + 1", "procurement_budgetline"),
    (
        "budget_documents",
        "UPDATE orders_commitment SET amount = amount + 1 WHERE state = 'committed'",
        "",
    ),
    ("order_total", "UPDATE orders_order SET goods_total = goods_total + 1, total = total + 1", ""),
    ("order_total", "DELETE FROM orders_orderline WHERE id = (SELECT max(id) FROM orders_orderline)", ""),
    ("order_line", "UPDATE orders_orderline SET amount = amount + 1", ""),
    ("order_line", "UPDATE orders_orderline SET accepted_amount = accepted_amount - 1", ""),
    ("accepted", "UPDATE orders_deliveryline SET amount = amount + 1 WHERE amount IS NOT NULL", ""),
    (
        "invoice_total",
        "UPDATE orders_invoice SET gross = gross + 1, withheld = withheld + 1, goods_total = goods_total + 1",
        "",
    ),
    ("invoice_total", "UPDATE orders_order SET delivery_cost = delivery_cost + 1, total = total + 1", ""),
    (
        "commitment",
        "UPDATE orders_commitment SET state = 'committed' WHERE state = 'settled'",
        "orders_commitment",
    ),
    (
        "payment",
        "UPDATE orders_invoice SET paid = 0, state = 'verified', approver_id = NULL, approved_at = NULL "
        "WHERE state = 'paid'",
        "orders_invoice",
    ),
    ("invoice_total", "UPDATE orders_taxline SET amount = amount + 1", "orders_taxline"),
    ("payment", "UPDATE orders_payment SET amount = amount - 1", "orders_payment"),
    (
        "payment",
        "ALTER TABLE orders_sellerconfirmationevent DISABLE TRIGGER USER; DELETE FROM orders_sellerconfirmationevent;"
        "DELETE FROM orders_sellerconfirmation; DELETE FROM orders_payment",
        "orders_payment",
    ),
    (
        "segregation",
        "UPDATE orders_delivery SET receiver_id = "
        "(SELECT verifier_id FROM orders_invoice WHERE verifier_id IS NOT NULL)",
        "",
    ),
    (
        "segregation",
        "UPDATE orders_invoice SET verifier_id = o.issuer_id FROM orders_order o WHERE o.id = order_id",
        "",
    ),
    (
        "segregation",
        "UPDATE orders_invoice i SET approver_id = d.receiver_id FROM orders_delivery d "
        "WHERE d.id = i.delivery_id AND i.approver_id IS NOT NULL",
        "",
    ),
    ("events", "UPDATE orders_order SET state = 'placed' WHERE state = 'finished'", "orders_order"),
    ("events", "DELETE FROM orders_invoiceevent WHERE action = 'verify'", "orders_invoiceevent"),
    ("events", "UPDATE orders_orderevent SET action = 'wish' WHERE action = 'accept'", "orders_orderevent"),
    (
        "event_numbers",
        "UPDATE orders_orderevent SET sequence = (SELECT min(sequence) FROM orders_invoiceevent)"
        " WHERE id = (SELECT max(id) FROM orders_orderevent)",
        "orders_orderevent",
    ),
    ("event_numbers", "UPDATE orders_orderevent SET sequence = sequence + 1000000", "orders_orderevent"),
    ("triggers", "ALTER TABLE orders_payment DISABLE TRIGGER USER", ""),
    ("triggers", f"DROP TRIGGER {trigger_of(StockEntry)} ON umkm_stockentry", ""),
    ("ledgers", "UPDATE umkm_turnovermonth SET used = used - 1 WHERE used > 0", "umkm_turnovermonth"),
    ("cap_months", "UPDATE umkm_turnovermonth SET used = used - 1 WHERE used > 0", "umkm_turnovermonth"),
    (
        "cap_orders",
        "UPDATE umkm_turnoverentry SET used_delta = used_delta + 1 WHERE kind = 'reserve'",
        "umkm_turnoverentry",
    ),
    ("private_files", "UPDATE core_upload SET public = true WHERE name = (SELECT proof FROM orders_payment)", ""),
    (
        "personal_data",
        r"""UPDATE notifications_notification SET parameters = '{"note": "NIK\n1234011708790001"}'""",
        "",
    ),
]


def test_each_lie_is_named(city: make.Office) -> None:
    """One city, each lie told and taken back."""
    unseen = []
    for code, lie, unlock in LIES:
        with transaction.atomic():
            run_sql(lie, unlock=unlock)
            if code not in wrong():
                unseen.append((code, lie))
            transaction.set_rollback(True)
    assert unseen == []
    assert wrong() == set()


def test_a_claim_without_result_is_named(city: make.Office) -> None:
    Claim.objects.create(person="user:1", key="a" * 32, body_hash="x")
    assert wrong() == {"claims"}


def test_a_job_nobody_runs_is_named(city: make.Office) -> None:
    old = clock.now() - timedelta(hours=1)
    enqueue("orders.make_document", document_pk=1)
    Job.objects.filter(done_at__isnull=True).update(due_at=old)
    assert wrong() == {"jobs"}


def test_a_message_nobody_sends_is_named(city: make.Office) -> None:
    run_sql("UPDATE notifications_notificationdelivery SET sent_at = NULL")
    assert wrong() == {"mail"}


def test_a_private_store_inside_the_public_one_is_named(city: make.Office, settings: Any) -> None:
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT.parent
    assert wrong() == {"stores"}


def test_the_command_fails_and_names_the_row(city: make.Office) -> None:
    run_sql("UPDATE procurement_budgetline SET realised = realised + 1", unlock="procurement_budgetline")
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("audit_books", stdout=out)
    assert stopped.value.code == 1
    assert f"procurement.BudgetLine {city.line.pk}" in out.getvalue()


def test_the_command_speaks_json(city: make.Office) -> None:
    out = StringIO()
    call_command("audit_books", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert said["ok"] is True
    assert len(said["checks"]) == len(checks.checks())
