"""What an order's file holds, row by row, as its acts state it and as the tables have it now.

One statement reads every table of the file, so that it sees one moment.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection, models, transaction

from epeken.core.secret import EncryptedField, blind_index, fernet
from orders.addenda.models import Addendum, AddendumEvent, AddendumLine
from orders.attestations.events import AttestedEvent
from orders.attestations.models import Attestation
from orders.billing.models import (
    Commitment,
    CommitmentEvent,
    Invoice,
    InvoiceCheck,
    InvoiceEvent,
    InvoiceSeller,
    InvoiceTaxPaper,
    Payment,
    TaxLine,
)
from orders.cancellations.models import Cancellation, CancellationEvent
from orders.compensations.models import (
    Compensation,
    CompensationEvent,
    CompensationPayment,
    CompensationReversal,
    CompensationReversalEvent,
)
from orders.confirmations.models import SellerConfirmation, SellerConfirmationEvent
from orders.deliveries.models import Delivery, DeliveryEvent, DeliveryLine, InspectionPhoto
from orders.disputes.models import Dispute, DisputeEvent, DisputeOffer, DisputePhoto
from orders.documents.models import Attachment, Document, DocumentSignature, SlotWaiver
from orders.drafts.models import DraftedAct
from orders.ladder.models import LateStep
from orders.orders.models import Order, OrderBuyer, OrderEvent, OrderLine, OrderSeller
from orders.photo_places.models import PhotoPlace
from orders.remedies.models import Remedy, RemedyEvent
from orders.reversals.models import PaymentReversal, PaymentReversalEvent
from orders.schedules.models import DueAmount, DueDay
from orders.tax_decisions.models import TaxDecision
from orders.tax_deposits.models import DepositedTax
from orders.tax_invoices.models import TaxInvoice
from orders.tax_slips.models import TaxSlipLine
from orders.year_end.models import CarriedCharge, CarriedDebt, YearEndDecision
from procurement.attachments.models import RequestAttachment
from procurement.requests.models import PurchaseRequest, RequestEvent
from procurement.signatures.models import ApprovalSignature

Columns = dict[str, Any]
# A row: the label of its model, its primary key.
Place = tuple[str, int]
ALL = ("*",)


class StoredFile(NamedTuple):
    """The columns that hold a file's name in the private store and the hash of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True)
class StatedTable:
    """One table of the file.

    `path`: foreign keys from it to the order. `fixed` never change once they are written (`ALL`: the whole row), `once`
    are filled in by a later act and then stay; what is named by neither goes with the order's acts. Of what is fixed
    `amended` changes with an addendum both sides agreed to, and with nothing else. `private` are
    stated as a keyed hash: nobody's address is kept a second time. `unstated` change without an act. `borrowed`: of
    the request the order came from, which goes on by itself: what was stated of it stays, more may come.
    """

    model: type[models.Model]
    path: tuple[str, ...] = ("order",)
    fixed: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    amended: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ("reminded_for",)
    only: tuple[str, ...] = ()
    files: tuple[StoredFile, ...] = ()
    borrowed: bool = False

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def is_event(self) -> bool:
        return issubclass(self.model, AttestedEvent)

    def holds(self, column: str) -> bool:
        return column not in self.unstated and (not self.only or column in self.only)

    def is_fixed(self, column: str) -> bool:
        return self.fixed == ALL or column in self.fixed


_FILE = (StoredFile("file", "sha256"),)
_PROOF = (StoredFile("proof", "proof_sha256"),)
_REVERSED: dict[str, Any] = {
    "fixed": ("payment_id", "reason", "note", "returned_on", "sent_amount", "proof", "proof_type", "proof_sha256",
              "asked_by_id", "asked_at"),
    "once": ("decided_by_id", "answer", "ended_at"),
}  # fmt: skip

TABLES = (
    StatedTable(
        Order,
        (),
        fixed=(
            "number", "office_number", "channel", "seller_id", "request_id", "agency_id", "buyer_id", "issuer_id",
            "title", "method", "recipient", "recipient_phone", "delivery_place", "delivery_kelurahan_id", "deliver_at",
            "note",
            "goods_total", "delivery_cost", "total", "delivery_charged_to_id", "cap_month", "placed_at",
        ),
        once=("accepted_at", "closed_at", "close_reason", "close_note"),
        amended=("delivery_place", "delivery_kelurahan_id", "deliver_at", "goods_total", "delivery_cost", "total"),
        private=("recipient", "recipient_phone", "delivery_place", "note"),
    ),
    StatedTable(OrderBuyer, fixed=ALL),
    StatedTable(OrderSeller, fixed=ALL),
    StatedTable(
        OrderLine,
        fixed=("order_id", "product_id", "name", "unit", "price", "tier_from", "quantity", "amount", "food_kind",
               "is_staple", "charged_to_id", "note"),
        amended=("quantity", "amount"),
    ),
    StatedTable(
        DueDay,
        fixed=("order_id", "number", "deliver_at", "place"),
        once=("missed_at", "dropped_at"),
        amended=("deliver_at",),
        private=("place",),
    ),
    StatedTable(DueAmount, ("day", "order"), fixed=("day_id", "order_line_id", "quantity")),
    StatedTable(Commitment, fixed=("order_id",)),
    StatedTable(
        Delivery,
        fixed=("order_id", "number", "carrier", "shipped_at", "remedy_id", "promised_at", "due_day_id", "rest_until"),
        amended=("promised_at",),
        once=("inspected_at", "accepted_at", "rejected_at", "receiver_id", "is_on_time", "remark", "bast_number",
              "office_number"),
        unstated=("reminded_for", "pin_turn", "pin_misses"),  # no act of the order: none states them
    ),
    StatedTable(
        DeliveryLine,
        ("delivery", "order"),
        fixed=("delivery_id", "order_line_id", "sent"),
        once=("arrived", "accepted", "amount", "remark"),
    ),
    StatedTable(DraftedAct, ("delivery", "order"), fixed=ALL),
    StatedTable(InspectionPhoto, ("delivery", "order"), fixed=ALL, files=_FILE),
    StatedTable(
        PhotoPlace, ("photo", "delivery", "order"), fixed=ALL, private=("latitude", "longitude")
    ),
    StatedTable(
        Invoice,
        fixed=("order_id", "delivery_id", "number", "kuitansi_number", "office_number", "goods_total", "delivery_cost",
               "cost_day_id", "issued_at"),
        once=("voided_at",),
    ),
    StatedTable(InvoiceSeller, ("invoice", "order"), fixed=ALL),
    StatedTable(InvoiceTaxPaper, ("invoice", "order"), fixed=ALL, files=_FILE),
    StatedTable(TaxLine, ("invoice", "order"), fixed=ALL),
    StatedTable(InvoiceCheck, ("invoice", "order"), fixed=ALL),
    StatedTable(Payment, ("invoice", "order"), fixed=ALL, files=_PROOF),
    StatedTable(LateStep, ("invoice", "order"), fixed=ALL),
    StatedTable(YearEndDecision, fixed=ALL),
    StatedTable(TaxDecision, ("invoice", "order"), fixed=ALL),
    StatedTable(CarriedDebt, ("invoice", "order"), fixed=ALL),
    StatedTable(CarriedCharge, ("debt", "invoice", "order"), fixed=ALL),
    StatedTable(PaymentReversal, ("payment", "invoice", "order"), files=_PROOF, **_REVERSED),
    StatedTable(
        SellerConfirmation,
        fixed=("order_id", "delivery_id", "payment_id", "asked_at"),
        once=("document_id", "sha256"),
    ),
    StatedTable(
        Dispute,
        fixed=("order_id", "opened_by_id", "opened_by_seller", "complaint", "wish", "opened_at"),
        once=("answer", "answered_at", "decision", "decided_at", "outcome"),
        private=("complaint", "answer"),
    ),
    StatedTable(DisputeOffer, ("dispute", "order"), fixed=ALL),
    StatedTable(DisputePhoto, ("dispute", "order"), fixed=ALL, files=_FILE),
    StatedTable(
        Cancellation,
        fixed=("order_id", "asked_by_id", "by_seller", "was_accepted", "reason", "decree", "note", "amount",
               "asked_at"),
        once=("ended_at",),
        files=(StoredFile("evidence", "evidence_sha256"),),
    ),
    StatedTable(
        Compensation,
        fixed=("number", "order_id", "cancellation_id", "amount", "agreed_by_id", "agreed_at"),
    ),
    StatedTable(CompensationPayment, ("compensation", "order"), fixed=ALL, files=_PROOF),
    StatedTable(CompensationReversal, ("payment", "compensation", "order"), files=_PROOF, **_REVERSED),
    StatedTable(
        Addendum,
        fixed=("order_id", "asked_by_id", "by_seller", "reason", "due_day_id", "earlier_day_at", "day_at",
               "earlier_deliver_at", "deliver_at", "earlier_place", "place", "earlier_kelurahan_id", "kelurahan_id",
               "earlier_total", "total", "asked_at"),
        once=("number", "office_number", "ended_at", "answer", "late_reason"),
        private=("earlier_place", "place"),
    ),
    StatedTable(AddendumLine, ("addendum", "order"), fixed=ALL),
    StatedTable(
        Remedy,
        fixed=("dispute_id", "order_id", "follows_id", "delivery_id", "order_line_id", "kind", "quantity", "amount",
               "granted_at"),
        once=("ended_at",),
        files=_PROOF,
    ),
    StatedTable(
        Document,
        fixed=("order_id", "delivery_id", "invoice_id", "addendum_id", "payment_id", "kind", "number", "code",
               "requested_at", "voids_id", "void_reason"),
        once=("file", "sha256", "pages", "made_at", "replaced_at", "amount", "stated_sha256"),
        files=_FILE,
    ),
    StatedTable(DocumentSignature, ("document", "order"), fixed=ALL),
    StatedTable(SlotWaiver, fixed=ALL),
    StatedTable(
        Attachment,
        fixed=("order_id", "kind", "title", "file", "content_type", "size", "sha256", "uploaded_by_id",
               "uploaded_name", "uploaded_at"),
        once=("removed_at", "removed_by_id", "removal_note"),
        files=_FILE,
    ),
    StatedTable(TaxInvoice, ("invoice", "order"), fixed=ALL),
    StatedTable(
        DepositedTax,
        ("invoice", "order"),
        fixed=("deposit_id", "invoice_id", "tax_line_id", "attachment_id", "kind", "amount", "ntpn", "deposited_on",
               "recorded_at"),
        once=("withdrawn_at",),
    ),
    StatedTable(
        TaxSlipLine,
        ("invoice", "order"),
        fixed=("slip_id", "invoice_id", "tax_line_id", "attachment_id", "kind", "base", "amount", "number", "dated_on",
               "recorded_at"),
        once=("withdrawn_at",),
    ),
    StatedTable(OrderEvent, fixed=ALL),
    StatedTable(CommitmentEvent, ("commitment", "order"), fixed=ALL),
    StatedTable(DeliveryEvent, ("delivery", "order"), fixed=ALL),
    StatedTable(InvoiceEvent, ("invoice", "order"), fixed=ALL),
    StatedTable(DisputeEvent, ("dispute", "order"), fixed=ALL),
    StatedTable(AddendumEvent, ("addendum", "order"), fixed=ALL),
    StatedTable(CancellationEvent, ("cancellation", "order"), fixed=ALL),
    StatedTable(CompensationEvent, ("compensation", "order"), fixed=ALL),
    StatedTable(CompensationReversalEvent, ("reversal", "payment", "compensation", "order"), fixed=ALL),
    StatedTable(RemedyEvent, ("remedy", "order"), fixed=ALL),
    StatedTable(SellerConfirmationEvent, ("confirmation", "order"), fixed=ALL),
    StatedTable(PaymentReversalEvent, ("reversal", "payment", "invoice", "order"), fixed=ALL),
    StatedTable(
        PurchaseRequest,
        ("orders",),
        only=("number", "office_number", "agency_id", "title", "purpose", "event_at", "event_place", "total",
              "sheet_number",
              "submitted_at", "approved_at", "approver_id", "approver_role"),
        fixed=ALL,
        borrowed=True,
    ),
    StatedTable(RequestEvent, ("request", "orders"), fixed=ALL, borrowed=True),
    StatedTable(
        ApprovalSignature,
        ("request", "orders"),
        only=("request_id", "sent_at", "position", "office", "signer_id", "signed_at", "signed_as"),
        fixed=ALL,
        borrowed=True,
    ),
    StatedTable(
        RequestAttachment,
        ("request", "orders"),
        only=("request_id", "kind", "title", "file", "content_type", "size", "sha256", "uploaded_by_id",
              "uploaded_name", "uploaded_at"),
        fixed=ALL,
        files=_FILE,
        borrowed=True,
    ),
)  # fmt: skip
BY_LABEL = {table.label: table for table in TABLES}
OUTSIDE = (
    "orders.Cart",
    "orders.PlaceConsent",
    "orders.TaxDeposit",
    "orders.TaxSlip",
)  # of this app, and of no one order
_ATTESTATIONS = StatedTable(Attestation, unstated=())


@dataclass
class OrderFile:
    """All rows of one order's file, and its attestations in their order."""

    rows: dict[Place, Columns]
    attestations: list[Columns]


def files_of(orders: Iterable[int]) -> dict[int, OrderFile]:
    """By primary key of the order: as one statement finds them."""
    found: dict[int, OrderFile] = defaultdict(lambda: OrderFile({}, []))
    _prepare()
    with connection.cursor() as cursor:
        # For these orders alone PostgreSQL would plan it anew: five times as long as running it.
        cursor.execute(f"SET LOCAL plan_cache_mode = force_generic_plan; EXECUTE {_PREPARED} (%s)", [sorted(orders)])
        for label, order, text in cursor:
            columns: Columns = json.loads(text, parse_float=str)
            if label == _ATTESTATIONS.label:
                found[order].attestations.append(columns)
            else:
                found[order].rows[label, columns["id"]] = columns
    for file in found.values():
        file.attestations.sort(key=lambda columns: columns["sequence"])
    return dict(found)


def stated(place: Place, columns: Columns) -> Columns:
    """The row as an act states it."""
    table = BY_LABEL[place[0]]
    secret = _encrypted(table.model)
    return {
        name: _hidden(value, encrypted=name in secret) if name in secret or name in table.private else value
        for name, value in columns.items()
        if table.holds(name)
    }


def replay(attestations: Iterable[Columns]) -> dict[Place, Columns]:
    """What was stated last of each row, by the acts in their order."""
    found: dict[Place, Columns] = {}
    for attestation in attestations:
        for label, rows in json.loads(attestation["content"])["rows"].items():
            for key, columns in rows.items():
                place = label, int(key)
                if columns is None:
                    found.pop(place, None)
                else:
                    found.setdefault(place, {}).update(columns)
    return found


def _prepare() -> None:
    """Every connection plans the statement once. What is prepared outlives a transaction, also one that is undone."""
    wrapper: Any = transaction.get_connection()
    wrapper.ensure_connection()
    if getattr(wrapper, "has_prepared_files", None) is wrapper.connection:
        return
    with wrapper.cursor() as cursor:
        cursor.execute(f"PREPARE {_PREPARED} (bigint[]) AS {_SQL}")
    wrapper.has_prepared_files = wrapper.connection


def _hidden(value: Any, *, encrypted: bool) -> Any:
    if not value:
        return value
    return blind_index(fernet().decrypt(value.encode()).decode() if encrypted else str(value))


def _encrypted(model: type[models.Model]) -> set[str]:
    return {field.attname for field in model._meta.concrete_fields if isinstance(field, EncryptedField)}


def _arm(table: StatedTable) -> str:
    """`SELECT label, order, row` of one table."""
    name, joins, last = "t", [], table.model
    for n, step in enumerate(table.path):
        field: Any = last._meta.get_field(step)
        last = field.related_model
        if step == "order" and last is Order:
            break
        there = f"j{n}"
        on = f"{there}.request_id = {name}.id" if step == "orders" else f'{there}.id = {name}."{field.column}"'
        joins.append(f'JOIN "{last._meta.db_table}" {there} ON {on}')
        name = there
    order = f"{name}.order_id" if table.path and table.path[-1] == "order" else f"{name}.id"
    source = f'"{table.model._meta.db_table}" t {" ".join(joins)}'
    # Our own tables' names.
    return f"SELECT '{table.label}', {order}, to_jsonb(t)::text FROM {source} WHERE {order} = ANY($1)"  # noqa: S608


_SQL = " UNION ALL ".join(_arm(table) for table in (*TABLES, _ATTESTATIONS))
_PREPARED = "order_files"
