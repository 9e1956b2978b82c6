"""What the list of documents on the order page says, for one reader."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from epeken.core import clock
from epeken.users.models import User
from orders.documents import archive, schedule, services, waivers
from orders.documents.entries import ScheduleEntry, entries_of
from orders.documents.models import Attachment, Document
from orders.documents.states import DocumentKind
from orders.orders import policies
from orders.orders.models import Order
from orders.orders.states import OrderState
from procurement.agencies.querysets import INSPECT


@dataclass(frozen=True)
class Spj:
    """The state of the pack: none yet, being made, ready, out of date, failed."""

    document: Document | None
    state: str
    missing: tuple[str, ...]

    @property
    def is_making(self) -> bool:
        return self.state == "making"


@dataclass(frozen=True)
class DocumentList:
    order: Order
    entries: list[ScheduleEntry]
    spj: Spj | None
    can_attach: bool  # and have the pack made: an inspector reads both
    can_remove: bool
    can_waive: bool
    removed: list[Attachment]  # oldest first; for those who see inside the department

    @property
    def schema(self) -> int:
        """The version of the published schema its data follow."""
        return archive.VERSION

    @property
    def count(self) -> int:
        """With those of which a new edition is being made: the place was filled and stays so."""
        made = {schedule.taken_by(document) for document in self.order.documents.all() if document.made_at}
        return sum(
            entry.is_present or (entry.document is not None and schedule.taken_by(entry.document) in made)
            for entry in self.entries
        )

    @property
    def making(self) -> int:
        """Those that cannot be opened yet."""
        asked = sum(entry.is_present or entry.document is not None for entry in self.entries)
        return asked - self.count

    @property
    def can_make(self) -> bool:
        """A closed order has a pack only when both sides agreed to cancel it."""
        agreed = schedule.agreed_cancellation(self.order) is not None
        return self.can_attach and (agreed or self.order.state != OrderState.CLOSED)

    @property
    def total(self) -> int:
        """Without what may stay empty, and what was waived."""
        return sum(entry.is_present or entry.is_missing for entry in self.entries)


def document_list_of(order: Order, user: User, now: datetime) -> DocumentList:
    day = clock.local_date(now)
    officer = policies.is_officer_of(user, order, day)
    insider = officer or bool(user.has_perm(INSPECT))
    of_request = ["request__attachments"] if insider else []
    prefetch_related_objects(
        [order], "deliveries__remedy", "invoices__payments", "disputes", "remedies__events", "documents",
        Prefetch("attachments", Attachment.objects.select_related("removed_by")), *of_request,
    )  # fmt: skip
    found = entries_of(order, for_agency=insider)
    return DocumentList(
        order=order,
        entries=found,
        spj=spj_of(order, found) if insider and order.agency_id else None,
        can_attach=officer,
        can_remove=officer and not services.is_paid_on(order),
        can_waive=officer and _has_to_waive(order, found) and bool(waivers.office_of(user, order, day)),
        removed=sorted(filter(_is_removed, order.attachments.all()), key=lambda row: row.pk) if insider else [],
    )


def _has_to_waive(order: Order, found: list[ScheduleEntry]) -> bool:
    return policies.is_live(order) and any(entry.slot is not None and entry.slot.is_empty for entry in found)


def _is_removed(attachment: Attachment) -> bool:
    return attachment.removed_at is not None


def spj_of(order: Order, found: list[ScheduleEntry]) -> Spj:
    document = next((d for d in order.documents.all() if d.kind == DocumentKind.SPJ and d.replaced_at is None), None)
    if document is None:
        state = "none"
    elif document.made_at is None:
        state = "failed" if services.has_failed(document) else "making"
    else:
        state = "stale" if services.spj_is_stale(order, document) else "ready"
    return Spj(document, state, tuple(entry.name for entry in found if entry.is_missing))
