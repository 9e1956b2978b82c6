"""Documents of an order: asked for as rows, made by a job, replaced by a newer edition when their facts change."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.canonical import fingerprint
from epeken.core.codes import new_code
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.jobs import enqueue_each
from epeken.core.models import Job
from epeken.core.queries import related, written_once
from epeken.core.services import service
from epeken.users.models import User
from orders.attestations import services as attestations
from orders.billing.models import Invoice, Payment
from orders.cancellations.models import Cancellation
from orders.confirmations.models import SellerConfirmation
from orders.deliveries.models import Delivery, DeliveryEvent
from orders.disputes.models import Dispute
from orders.documents import notices, schedule, slots, waivers
from orders.documents.layout.facts import Paper
from orders.documents.models import Attachment, Document, DocumentSignature, SlotWaiver
from orders.documents.querysets import JOB_KEY
from orders.documents.states import BY_OFFICE, AttachmentKind, DocumentKind, VoidReason, WaiverReason
from orders.orders import policies
from orders.orders.models import Order
from orders.remedies.models import Remedy, RemedyEvent

# No letter or digit that can be read as another; 24 of them are 118 bits.
MAX_ATTACHMENTS = 30
_SIGNATURE = ("role", "name", "nip", "acted_as", "verb", "at", "event")  # of a block on the paper


def ensure_documents(order: Order, now: datetime) -> list[Document]:
    """`ensure_each` for one order."""
    return ensure_each([order], now)


@service
def ensure_each(orders: Iterable[Order], now: datetime, *, just_made: bool = False) -> list[Document]:
    """Asks for every document of the orders that is due and missing or out of date; a job makes each. The new rows.

    As many statements for one order as for several. `just_made`: all of them by this transaction. Locks: none; called
    with each Order locked, or just made, by the service whose facts changed.
    """
    asked, outdated = [], []
    for order in _just_made(orders) if just_made else read_anew(orders):
        current = schedule.current_of(order)
        trails = schedule.trails_of(order)
        parts = [part for trail in trails for part in schedule.part_trails(trail)]
        for trail in [*trails, *schedule.addendum_trails(order), *parts]:
            for kind, settled in schedule.settled_at(trail).items():
                of = schedule.place_of(kind, trail)
                earlier = current.get(of)
                if earlier is not None and earlier.requested_at >= settled:
                    continue
                belongs = schedule.nouns_of(kind, trail)
                current[of] = _edition(order, kind, schedule.number_of(kind, trail), now, belongs)
                asked.append(current[of])
                outdated += [earlier] if earlier is not None else []
    return _ask(asked, outdated, now)


@service
def request_spj(*, actor: User, order: Order, now: datetime) -> Document:
    """The whole file as one PDF: the current edition when nothing changed since, else a new one is on its way.

    Raises: NotAllowed, RuleBroken. Locks: Order.
    """
    order = Order.objects.locked().get(pk=order.pk)
    if not policies.is_officer_of(actor, order, clock.local_date(now)):
        raise NotAllowed(_("Berkas SPJ dibuat oleh pejabat dinas pemesan."))
    require(order.agency_id, _("Berkas SPJ hanya ada untuk pesanan dinas."), code="no_spj")
    earlier = order.documents.filter(kind=DocumentKind.SPJ, replaced_at__isnull=True).first()
    if earlier is not None and not spj_is_stale(order, earlier) and not has_failed(earlier):
        return earlier
    edition = _edition(order, DocumentKind.SPJ, order.number, now)
    (asked,) = _ask([edition], [earlier] if earlier is not None else [], now)
    attestations.attest_row(order.pk, asked, "ask", actor=actor, now=now)
    return asked


def withdraw_documents(
    invoice: Invoice, now: datetime, reason: VoidReason, kinds: Iterable[str] = tuple(DocumentKind)
) -> None:
    """The documents of an invoice that is void are no longer current; of one whose payment was reversed those `kinds`
    that state it. An edition marked BATAL, with the `reason`, takes their place. Locks: none; called with Order
    locked."""
    _void(Document.objects.filter(invoice=invoice, kind__in=kinds), reason, now)


def withdraw_part(payment: Payment, now: datetime) -> None:
    """A payment of a part was reversed: its paper is marked BATAL. Locks: none; called with Order locked."""
    _void(Document.objects.filter(payment=payment), VoidReason.PAYMENT_REVERSED, now)


def void_documents(order: Order, now: datetime) -> None:
    """The order is closed: its surat pesanan and what changed it are marked BATAL. What was decided before, or sent and
    refused, stays true. Locks: none; called with Order locked."""
    kinds = (DocumentKind.PURCHASE_ORDER, DocumentKind.ADDENDUM)
    _void(order.documents.filter(kind__in=kinds), VoidReason.ORDER_CLOSED, now)


def void_shipment(delivery: Delivery, now: datetime) -> None:
    """Its record was withdrawn: the surat jalan is marked BATAL, and takes no place in the file any more. Locks: none;
    called with Order locked."""
    notes = Document.objects.filter(delivery=delivery, kind=DocumentKind.DELIVERY_NOTE)
    _void(notes, VoidReason.SHIPMENT_WITHDRAWN, now)


def withdraw_spj(order: Order, now: datetime) -> None:
    """The whole file states a payment that was reversed. Locks: none; called with Order locked."""
    order.documents.filter(kind=DocumentKind.SPJ, replaced_at__isnull=True).update(replaced_at=now)


def spj_is_stale(order: Order, spj: Document) -> bool:
    """Whether a document or attachment changed after this edition was asked for."""
    changes = [paper.requested_at for paper in order.documents.all() if paper.kind != DocumentKind.SPJ]
    changes += [waiver.given_at for waiver in slots.waivers_of(order)]
    for attachment in slots.paperwork_of(order):
        changes += [moment for moment in (attachment.uploaded_at, attachment.removed_at) if moment is not None]
    return any(moment > spj.requested_at for moment in changes)


def has_failed(document: Document) -> bool:
    """Whether the job gave up on it."""
    return bool(failed_of([document]))


def failed_of(documents: Iterable[Document]) -> set[int]:
    """Primary keys of those on which the job gave up. At most one query."""
    unmade = [document for document in documents if document.made_at is None]
    if all("gave_up" in document.__dict__ for document in unmade):  # read `with_failure`
        return {document.pk for document in unmade if document.gave_up}
    keys = {_job_key(document): document.pk for document in unmade}
    dead = Job.objects.filter(key__in=keys, dead_at__isnull=False)
    return {keys[key] for key in dead.values_list("key", flat=True) if key is not None}


@service
def store_document(
    *, document: Document, content: bytes, pages: int, now: datetime, paper: Paper | None = None
) -> Document:
    """The job's result: the PDF is in the private store; its hash, the sum it states and whose acts are on the row. A
    second call changes nothing.

    Locks: Document.
    """
    document = Document.objects.locked().get(pk=document.pk)
    if document.made_at is not None:
        return document
    stored = uploads.write_private(f"papers/{document.order.number.lower()}", content, ".pdf")
    stated = {"amount": paper.amount, "stated_sha256": fingerprint(paper.data)} if paper is not None else {}
    Document.objects.filter(pk=document.pk).update(
        file=stored.name, sha256=hashlib.sha256(content).hexdigest(), pages=pages, made_at=now, **stated
    )
    DocumentSignature.objects.bulk_create(
        DocumentSignature(document=document, position=n, **{name: block[name] for name in _SIGNATURE})
        for n, block in enumerate(paper.signatures if paper is not None else (), 1)
    )
    document.refresh_from_db()
    attestations.attest_row(document.order_id, document, "make", actor=None, now=now)
    return document


@service
def add_attachment(
    *, actor: User, order: Order, kind: str, title: str, file: Any, now: datetime, in_siblings: bool = False
) -> Attachment:
    """An invitation, attendance list or minutes joins the file; with `in_siblings` also that of every other living
    order of its request, where it is not there yet: one event has one list, whoever sold what was eaten at it.

    Raises: NotAllowed, RuleBroken. Locks: Order.
    """
    siblings = siblings_of(order) if in_siblings else Order.objects.none()
    orders = {
        one.pk: one for one in Order.objects.locked().filter(pk__in=[order.pk, *siblings.values_list("pk", flat=True)])
    }
    order = orders[order.pk]
    require(kind in BY_OFFICE, _("Pilih jenis lampiran."), field="kind", code="kind_unknown")
    for one in orders.values():
        _check_officer(actor, one, now)
        _check_room(one)
    stored = uploads.store_private_document(file, user=actor, folder=f"papers/{order.number.lower()}", field="file")
    if _has(order, kind, stored.sha256):
        raise RuleBroken(_("Berkas yang sama sudah ada di sini."), field="file", code="same_file")
    lacking = [one for one in orders.values() if not _has(one, kind, stored.sha256)]
    made = {one.pk: _attach(one, actor, kind, title, stored, now) for one in lacking}
    for one in lacking:
        notices.papers_changed(one, now=now)
    return made[order.pk]


def siblings_of(order: Order) -> QuerySet[Order]:
    """The other living orders of its request."""
    if order.request_id is None:
        return Order.objects.none()
    return Order.objects.counting().filter(request=order.request_id).exclude(pk=order.pk).order_by("pk")


def _has(order: Order, kind: str, sha256: str) -> bool:
    return order.attachments.filter(kind=kind, sha256=sha256, removed_at__isnull=True).exists()


def _check_room(order: Order) -> None:
    if order.attachments.filter(removed_at__isnull=True).count() >= MAX_ATTACHMENTS:
        text = _("%(number)s: satu pesanan paling banyak %(most)d lampiran. Gabungkan beberapa menjadi satu PDF.")
        raise RuleBroken(text % {"number": order.number, "most": MAX_ATTACHMENTS}, field="file", code="too_many")


def _attach(order: Order, actor: User, kind: str, title: str, stored: Any, now: datetime) -> Attachment:
    attachment = Attachment.objects.create(
        order=order,
        kind=kind,
        title=title.strip()[:120],
        file=stored.name,
        content_type=stored.content_type,
        size=stored.size,
        sha256=stored.sha256,
        uploaded_by=actor,
        uploaded_name=actor.name[:120],
        uploaded_at=now,
    )
    attestations.attest_row(order.pk, attachment, "attach", actor=actor, now=now)
    return attachment


@service
def remove_attachment(*, actor: User, attachment: Attachment, note: str, now: datetime) -> None:
    """A wrong document leaves the file: who took it out and why stands beside it, and the store keeps it. A second call
    changes nothing. Raises: NotAllowed, RuleBroken. Locks: Order."""
    order = Order.objects.locked().get(pk=attachment.order_id)
    check_removal(actor, order, now)
    note = note.strip()
    require(note, _("Tulis sebabnya. Pemeriksa membacanya."), field="note", code="note_missing")
    removed = Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).update(
        removed_at=now, removed_by=actor, removal_note=note[:200]
    )
    if removed:
        _renew_tax_sheets(order, attachment.kind, now)
        attestations.attest_row(order.pk, attachment, "take_out", actor=actor, now=now)
        notices.paper_taken_out(attachment, now=now)


@service
def waive_slot(*, actor: User, order: Order, kind: str, reason: str, note: str, now: datetime) -> SlotWaiver:
    """A required paper that is not there is not asked for of this order, and the file says who decided that and why.

    The same person's second press gives the waiver that stands. Raises: NotAllowed, InvalidMove, RuleBroken.
    Locks: Order.
    """
    order = Order.objects.locked().get(pk=order.pk)
    office = waivers.office_of(actor, order, clock.local_date(now))
    if not office:
        raise NotAllowed(waivers.refusal())
    earlier = order.waivers.filter(kind=kind).first()
    if earlier is not None and earlier.given_by_id == actor.pk:
        return earlier
    slot = next((slot for slot in slots.slots_of(order) if slot.kind == kind), None)
    if slot is None or not slot.is_empty or not policies.is_live(order):
        raise InvalidMove(_("Berkas ini sudah ada, sudah dikecualikan, atau tidak wajib. Muat ulang halaman."))
    require(
        slot.is_waivable,
        _("%(paper)s tidak dapat dikecualikan. Unggah berkasnya.") % {"paper": slot.label},
        code="not_waivable",
    )
    note = note.strip()
    require(reason in WaiverReason.values, _("Pilih alasannya."), field="reason", code="reason_unknown")
    require(note, _("Tulis penjelasannya. Pemeriksa membacanya."), field="note", code="note_missing")
    waiver: SlotWaiver = SlotWaiver.objects.create(
        order=order, kind=kind, reason=reason, note=note[:300], given_by=actor, given_name=actor.name[:120],
        acted_as=office, given_at=now,
    )  # fmt: skip
    _renew_tax_sheets(order, kind, now)
    attestations.attest_row(order.pk, waiver, "waive", actor=actor, now=now)
    notices.papers_changed(order, now=now)
    return waiver


def _renew_tax_sheets(order: Order, kind: str, now: datetime) -> None:
    """They say which tax invoice there is, or who waived it."""
    if kind == AttachmentKind.TAX_INVOICE:
        order.invoices.live().update(tax_invoice_at=now)
        ensure_documents(order, now)


def check_removal(actor: User, order: Order, now: datetime) -> None:
    """The file money was paid on stays as it was; what was forgotten is added. Raises: NotAllowed, RuleBroken."""
    _check_officer(actor, order, now)
    require(
        not is_paid_on(order),
        _("Pembayaran sudah dicatat atas berkas ini, jadi lampirannya tidak dikeluarkan lagi. Tambahkan yang benar."),
        code="file_locked",
    )


def is_paid_on(order: Order) -> bool:
    """Whether a payment was ever recorded, also one reversed since. Reads what the order page prefetches."""
    return any(invoice.payments.all() for invoice in order.invoices.all())


def _void(documents: QuerySet[Document], reason: VoidReason, now: datetime) -> None:
    """Without those that are marked already."""
    voided = list(documents.filter(replaced_at__isnull=True, voids__isnull=True))
    editions = [
        Document(
            order_id=one.order_id, delivery_id=one.delivery_id, invoice_id=one.invoice_id, addendum_id=one.addendum_id,
            payment_id=one.payment_id, kind=one.kind, number=one.number, code=new_code(), requested_at=now, voids=one,
            void_reason=reason,
            replaced_at=None if reason == VoidReason.ORDER_CLOSED else now,
        )
        for one in voided
    ]  # fmt: skip
    _ask(editions, voided, now)


def _edition(
    order: Order,
    kind: str,
    number: str,
    now: datetime,
    belongs: schedule.Belonging = (None, None, None, None),
) -> Document:
    """A row not yet written."""
    delivery, invoice, addendum, payment = belongs
    return Document(
        order=order, delivery=delivery, invoice=invoice, addendum=addendum, payment=payment, kind=kind, number=number,
        code=new_code(), requested_at=now,
    )  # fmt: skip


def _ask(asked: list[Document], outdated: list[Document], now: datetime) -> list[Document]:
    """The editions are written, each with its job, in place of those out of date."""
    if outdated:
        Document.objects.filter(pk__in=[document.pk for document in outdated]).update(replaced_at=now)
    made = Document.objects.bulk_create(asked)
    for name, packs in (("orders.make_document", False), ("orders.make_pack", True)):
        enqueue_each(
            name, {_job_key(one): {"document_pk": one.pk} for one in made if (one.kind == DocumentKind.SPJ) is packs}
        )
    return made


def _job_key(document: Document) -> str:
    return f"{JOB_KEY}{document.pk}"


def _check_officer(actor: User, order: Order, now: datetime) -> None:
    if not policies.is_officer_of(actor, order, clock.local_date(now)):
        raise NotAllowed(_("Lampiran diunggah oleh pejabat dinas pemesan."))


def read_anew(orders: Iterable[Order]) -> list[Order]:
    """The orders as the database has them now, with all that says which documents are due: as many statements for one
    as for several."""
    found = _with_facts(orders)
    _delivery_events(_deliveries(found))
    _payments(_invoices(found))
    _remedy_events(_remedies(found))
    for read in (_confirmations, _disputes, _documents, _cancellations):
        read(found)
    return found


_deliveries = related(lambda: Delivery.objects.select_related("remedy"), "order")
_delivery_events = related(DeliveryEvent.objects.all, "delivery")
_invoices = related(Invoice.objects.all, "order")
_payments = related(lambda: Payment.objects.with_reversal(), "invoice")
_remedies = related(Remedy.objects.all, "order")
_remedy_events = related(RemedyEvent.objects.all, "remedy")
_confirmations = related(SellerConfirmation.objects.all, "order")
_disputes = related(Dispute.objects.all, "order")
_documents = related(Document.objects.all, "order")
_cancellations = related(Cancellation.objects.all, "order")


def _just_made(orders: Iterable[Order]) -> list[Order]:
    """Nothing has happened to them yet, so nothing is asked for."""
    later = (Cancellation, Delivery, Dispute, Document, Invoice, Remedy, SellerConfirmation)
    relations: list[tuple[Any, Any]] = [(model, model._meta.get_field("order")) for model in later]
    found = _with_facts(orders)
    nothing = [Prefetch(field.remote_field.related_name, model.objects.none()) for model, field in relations]
    prefetch_related_objects(found, *nothing)
    return found


def _with_facts(orders: Iterable[Order]) -> list[Order]:
    asked = tuple(order.pk for order in orders)
    return _read(asked) if asked else []


@written_once
def _read(orders: Any) -> Any:
    found = Order.objects.with_negotiation().with_draw().select_related("request")
    return found.filter(pk__in=orders).order_by("pk")
