"""What the treasurer's records of tax that was withheld have in common, of a deposit as of a bukti potong: who makes
one, whose file its proof joins, and how one that is wrong is taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.users.models import User
from orders.attestations import services as attestations
from orders.billing import policies as billing
from orders.billing import sides
from orders.billing.models import Invoice
from orders.deliveries.policies import received_among
from orders.documents import services as documents
from orders.documents.models import Attachment
from orders.documents.states import AttachmentKind
from orders.orders.models import Order
from orders.tax_deposits import policies
from procurement.agencies.models import Agency
from procurement.agencies.policies import acting_as
from procurement.agencies.states import OfficerRole


def office_of(actor: User, agency: Agency, now: datetime, refusal: str) -> str:
    """The office in which the treasurer acts, with its capacity. Raises: NotAllowed."""
    today = clock.local_date(now)
    if not policies.may_record(actor, agency, today):
        raise NotAllowed(refusal)
    return acting_as(actor, agency.pk, OfficerRole.TREASURER, today)


def lock_bills(lines: Any) -> None:
    """The orders and bills of a queryset of tax lines."""
    orders = list(Order.objects.locked().filter(pk__in=lines.order_by().values("invoice__order")))
    list(Invoice.objects.locked().filter(order__in=orders, pk__in=lines.order_by().values("invoice")))


def check_sides(actor: User, lines: Sequence[Any]) -> None:
    """Nobody records it for a purchase in which they were another side. Raises: RuleBroken."""
    orders = {line.invoice.order_id for line in lines}
    received, approved = received_among(actor, orders), sides.approved_among(actor, orders)
    for line in lines:
        order = line.invoice.order
        sides.keep(order, actor, received=received, approved=approved)
        if side := billing.other_side_of_treasurer(actor, order):
            raise RuleBroken(
                _("%(number)s: Anda %(side)s pada pembelian ini, jadi bendahara lain yang mencatatnya.")
                % {"number": line.invoice.number, "side": side},
                field="chosen",
                code="other_side",
            )


def attach(
    orders: Iterable[Order], kind: AttachmentKind, title: str, stored: uploads.Stored, *, actor: User, now: datetime
) -> dict[int, Attachment]:
    """The proof in the file of each order, by primary key of the order."""
    return {
        order.pk: Attachment.objects.create(
            order=order, kind=kind, title=title, file=stored.name, content_type=stored.content_type, size=stored.size,
            sha256=stored.sha256, uploaded_by=actor, uploaded_name=actor.name[:120], uploaded_at=now,
        )
        for order in sorted(orders, key=lambda order: order.pk)
    }  # fmt: skip


def tell_sheets(bills: Any, papers: Iterable[Attachment], action: str, *, actor: User, now: datetime) -> None:
    """The tax sheets of the bills (primary keys) state it, and the acts of their orders do."""
    found = list(papers)
    Invoice.objects.filter(pk__in=bills).update(tax_deposited_at=now)
    documents.ensure_each(Order.objects.filter(pk__in={paper.order_id for paper in found}).order_by("pk"), now)
    for paper in found:
        attestations.attest_row(paper.order_id, paper, action, actor=actor, now=now)


@dataclass(frozen=True)
class Withdrawal:
    """What is said of one kind of record: to whoever may not, of one withdrawn already, without a reason; what stands
    beside a paper that left a file, and how its acts call it."""

    refusal: str
    again: str
    unexplained: str
    note: str
    action: str


def withdraw(record: Any, reason: str, said: Withdrawal, *, actor: User, now: datetime) -> Any:
    """The record of a deposit or bukti potong was wrong: it stays readable with the reason, its bills wait for one
    again, and its papers leave their orders' files. The record as stored afterwards.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Agency, Order, Invoice.
    """
    model = type(record)
    agency = Agency.objects.locked().get(pk=record.agency_id)
    office = office_of(actor, agency, now, said.refusal)
    lock_bills(record.lines.all())
    if model.objects.get(pk=record.pk).withdrawn_at is not None:
        raise InvalidMove(said.again)
    reason = reason.strip()
    require(reason, said.unexplained, field="reason", code="reason_missing")
    model.objects.filter(pk=record.pk).update(
        withdrawn_at=now, withdrawn_by=actor, withdrawn_as=office, withdrawal_reason=reason[:200]
    )
    papers = list(Attachment.objects.filter(pk__in=record.lines.values("attachment")))
    record.lines.update(withdrawn_at=now)
    Attachment.objects.filter(pk__in=[paper.pk for paper in papers]).update(
        removed_at=now, removed_by=actor, removal_note=f"{said.note}: {reason}"[:200]
    )
    tell_sheets(record.lines.values("invoice"), papers, said.action, actor=actor, now=now)
    return model.objects.get(pk=record.pk)
