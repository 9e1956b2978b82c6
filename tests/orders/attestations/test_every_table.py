"""One column of one row, or one file, changed behind the acts: `verify` names the row, whichever table it is of.

Tables, columns and files are those `content.TABLES` states: a new table without a row here fails.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import connection, models, transaction

from epeken.core.clock import local_date
from epeken.core.files import uploads
from epeken.core.idempotency import new_key
from epeken.core.secret import EncryptedField, fernet
from orders.attestations import content, verifying
from orders.attestations.content import Place, StatedTable
from orders.attestations.models import Attestation
from orders.billing.states import TaxKind
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.documents import services as documents
from orders.drafts import services as phones
from orders.drafts.services import Draft
from orders.drafts.states import DraftAct
from orders.ladder import services as ladder
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.photo_places import services as photo_places
from orders.photo_places.models import PhotoPlace
from orders.tax_decisions import services as tax_decisions
from orders.year_end import services as year_end
from procurement.attachments.models import RequestAttachment
from procurement.requests.models import PurchaseRequest
from procurement.signatures.models import ApprovalSignature
from tests.factories import addenda as changing
from tests.factories import cancellations as cancelling
from tests.factories import compensations as owing
from tests.factories import confirmations as word
from tests.factories import orders as make
from tests.factories import procurement as offices
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import schedules as planned
from tests.factories import tax_deposits as putting
from tests.factories import tax_papers as papers
from tests.factories import tax_slips as slipping
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.worker import run_due_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("every table")]  # one process makes the module's rows
# Of an act, but no statement: it only counts acts for the daily seal.
COUNTED = {"id", "number"}


@pytest.fixture(scope="module")
def city(module_transaction: None) -> dict[str, tuple[int, Place]]:
    """Of each table the order and the place of a row whose columns its acts state. No constraint and no trigger of the
    tables is left."""
    office = make.make_office()
    _paid(office)
    _late(office)
    _claimed(office)
    _refunded()
    documents.waive_slot(
        actor=office.ppk, order=make.make_meeting(office), kind="invitation", reason="not_made",
        note="Rapat mendadak", now=MONDAY + HOUR,
    )  # fmt: skip
    planned.make_order(offices.Office())
    run_due_jobs()
    found: dict[str, tuple[int, Place]] = {}
    filled: dict[str, int] = {}
    for order, file in content.files_of(Order.objects.values_list("pk", flat=True)).items():
        stated = content.replay(file.attestations)
        for place, columns in file.rows.items():
            label, much = place[0], sum(map(bool, columns.values()))
            # Of the rows of a table the one that holds most: its files and its answers are there.
            if (place in stated or content.BY_LABEL[label].is_event) and much > filled.get(label, 0):
                found[label], filled[label] = (order, place), much
    _unguarded()
    return found


def _paid(office: make.Office) -> None:
    """Changed, handed over with a photo, complained about, paid, its taxes deposited, its payment to be reversed."""
    seller = goods.make_seller(is_pkp=True, npwp="012345678901234")
    papers.shown(seller)
    product = goods.make_product(seller, price=600_000)
    make.make_issued(office, product, quantity=1)  # a purchase beside it: both may be one
    request = make.make_approved(office, [(product, 10)])
    _signed(office, request)
    (order,) = agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=MONDAY)
    changing.amended(make.accepted(order), office.pp, quantity=9)
    delivery = make.shipped(order)
    came = {"actor": office.receiver, "delivery": delivery, "now": MONDAY + DAY + HOUR}
    phones.record_draft(
        **came, draft=Draft(new_key(), DraftAct.ARRIVE, MONDAY + DAY), becomes=partial(deliveries.mark_arrived, **came)
    )
    make.inspected(delivery, office.receiver, photos=[make.photo()])
    photo_places.give_consent(actor=office.receiver, now=MONDAY)
    PhotoPlace.objects.create(
        photo=delivery.photos.get(), consent=office.receiver.place_consents.get(),
        latitude=Decimal("0.5"), longitude=Decimal("101.5"), accuracy=9, claimed_at=MONDAY + DAY, distance=4,
        measured_from="office",
    )  # fmt: skip
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="12", now=MONDAY + DAY + 3 * HOUR)
    dispute = disputes.open_dispute(
        actor=office.receiver, order=order, complaint="Penyok", photos=[make.photo(colour="#335577")], now=mend.NOW
    )
    offer = mend.deduction(order, 1_000)
    disputes.answer_dispute(
        actor=make.member_of(order), dispute=dispute, answer="Dipotong", offer=offer, now=mend.NOW + HOUR
    )
    disputes.decide_dispute(
        actor=office.receiver, dispute=dispute, decision="Setuju", given=offer, now=mend.NOW + 2 * HOUR
    )
    now = mend.NOW + DAY
    invoice = make.invoice_of(order)
    tax_decisions.decide_taxes(
        actor=office.treasurer, invoice=invoice, is_split=False, food_kinds={}, reason="Satu acara", now=now
    )
    make.clear(office, invoice, now)
    make.pay(office, order, paid_on=local_date(now), now=now)
    run_due_jobs()
    word.confirmed(word.of_bast(order))
    kind = TaxKind.PPH22_FINAL
    putting.deposited(office, now + DAY, kind=kind, chosen=putting.open_of(office, kind))
    slipping.recorded(office, now + DAY)
    documents.add_attachment(
        actor=office.treasurer, order=order, kind="minutes", title="Notulen", file=make.photo(), now=now + DAY
    )
    documents.request_spj(actor=office.treasurer, order=order, now=now + DAY)
    returned = {"reason": "returned", "returned_on": local_date(now + DAY), "proof": make.photo()}
    undo.asked(office, order, now=now + 2 * DAY, **returned)


def _signed(office: make.Office, request: PurchaseRequest) -> None:
    """A paper of the request, and a signature, as they stand when the order takes them over."""
    (stored,) = uploads.store_private_images([make.photo()], user=office.requester, folder="uji")
    RequestAttachment.objects.create(
        request=request, kind="terms", title="KAK", file=stored.name, content_type=stored.content_type,
        size=stored.size, sha256=stored.sha256, uploaded_by=office.requester, uploaded_name="Uji", uploaded_at=MONDAY,
    )  # fmt: skip
    ApprovalSignature.objects.create(
        request=request, sent_at=MONDAY, position=1, office="head", source="Uji", signer=make.head_of(office),
        signed_at=MONDAY, signed_as="head",
    )  # fmt: skip


def _late(office: make.Office) -> None:
    """An invoice nobody paid in its year, charged to the next one."""
    order = make.taken_over(office, make.make_issued(office))
    head, invoice, listed = make.head_of(office), make.invoice_of(order), MONDAY + 80 * DAY
    ladder.take_step(invoice=invoice, now=MONDAY + 40 * DAY)
    year_end.acknowledge_debt(actor=head, order=order, reason="Kas dinas kosong", now=listed)
    lines = {office.line.pk: offices.make_line(office.agency, year=2027)}
    year_end.carry_debt(actor=head, invoice=invoice, lines=lines, basis="DPA 1/2027", now=MONDAY + 120 * DAY)


def _claimed(office: make.Office) -> None:
    """Cancelled with a claim that is paid, and whose payment came back."""
    now = MONDAY + 5 * HOUR
    row = cancelling.asked(make.accepted(make.make_issued(office)), office.pp)
    owed = cancelling.agreed(cancelling.claimed(row, evidence=make.photo()), office.ppk)
    owing.charged(owed, make.head_of(office), office.line, now=now)
    owing.paid(owed, office.treasurer, now=now)
    returned = {"reason": "returned", "returned_on": local_date(now), "proof": make.photo()}
    owing.asked(owed.payments.get(), office.treasurer, now=now + HOUR, **returned)


def _refunded() -> None:
    citizen = goods.make_user()
    order = mend.bought(citizen)
    mend.decided(order, citizen, mend.refund(order, 10_000))
    mend.returned(mend.remedy_of(order))


def _unguarded() -> None:
    """As whoever owns the tables could leave them: what notices a change then is the chain alone."""
    tables = [table.model._meta.db_table for table in content.TABLES] + [Attestation._meta.db_table]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'u', 'f')"
            " AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))",
            [tables, tables],
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index"
            " WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text = ANY(%s)",
            [tables],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def _django_db_helper(city: Any, savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the city."""


def differences(order: int) -> list[str]:
    return [each.what for each in verifying.verify(Order.objects.get(pk=order).number)]


def other(field: Any, value: Any) -> Any:
    """What else the column could hold, as it is written to the table."""
    while field.is_relation:
        field = field.target_field
    if isinstance(field, EncryptedField):
        return fernet().encrypt(b"lain").decode()
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return (value or MONDAY) + timedelta.resolution
    if isinstance(field, models.DateField):
        return (value or date(2026, 9, 7)) + DAY
    if isinstance(field, models.DecimalField):
        return (value or Decimal(0)) + Decimal(1).scaleb(-field.decimal_places)
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    assert isinstance(field, models.CharField | models.TextField), field
    return "x" if value != "x" else "y"


def changed(model: Any, key: int, column: str) -> None:
    field = next(each for each in model._meta.concrete_fields if each.attname == column)
    value = other(field, getattr(model._base_manager.get(pk=key), column))
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE id = %s', [value, key])
        assert cursor.rowcount == 1


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_city_is_clean_and_holds_every_table(city: dict[str, tuple[int, Place]]) -> None:
    assert list(verifying.verify()) == []
    assert set(city) == {table.label for table in content.TABLES}


@pytest.mark.parametrize("table", content.TABLES, ids=lambda table: table.label)
def test_each_column_of_each_table(city: dict[str, tuple[int, Place]], table: StatedTable) -> None:
    order, (label, key) = city[table.label]
    row = f"{label} {key}"
    columns = [field.attname for field in table.model._meta.concrete_fields if table.holds(field.attname)]
    for column in set(columns) - {"id"}:
        with undone():
            changed(table.model, key, column)
            found = [what for what in differences(order) if what.startswith(row)]
            assert any(column in what or what.endswith(("is gone", "by no act")) for what in found), column
    if table.model is not Order:
        with undone(), connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{table.model._meta.db_table}" WHERE id = %s', [key])
            assert any(what.startswith(row) and "gone" in what for what in differences(order))


def test_each_column_of_an_act(city: dict[str, tuple[int, Place]]) -> None:
    order, _place = city["orders.OrderEvent"]
    act = Attestation.objects.filter(order=order, event__isnull=False).latest("sequence")
    for field in Attestation._meta.concrete_fields:
        if field.attname not in COUNTED:
            with undone():
                changed(Attestation, act.pk, field.attname)
                assert differences(order) != [], field.attname


FILES = [(table, stored) for table in content.TABLES for stored in table.files]


@pytest.mark.parametrize(("table", "stored"), FILES, ids=lambda part: getattr(part, "label", ""))
def test_an_exchanged_file_is_named(
    city: dict[str, tuple[int, Place]], table: StatedTable, stored: content.StoredFile
) -> None:
    order, (label, key) = city[table.label]
    name = getattr(table.model._base_manager.get(pk=key), stored.name)
    assert name, "a row with a file"
    store = storages["private"]
    with store.open(name) as file:
        before = file.read()
    path = store.path(name)
    try:
        with open(path, "wb") as file:
            file.write(before + b" ")
        assert f"{label} {key}: file {name} is not what was stored" in differences(order)
        store.delete(name)
        assert f"{label} {key}: file {name} is gone" in differences(order)
    finally:
        with open(path, "wb") as file:
            file.write(before)
    assert differences(order) == []
