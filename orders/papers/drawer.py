"""What the papers drawer on the order page says, for one reader."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from epeken.core import clock
from orders import policies
from orders.models import Document, Order
from orders.papers import slots
from orders.papers.slots import Slot
from orders.services import documents
from orders.states import AttachmentKind, DocumentKind
from procurement.querysets import INSPECT


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
class Drawer:
    order: Order
    slots: list[Slot]
    spj: Spj | None
    can_attach: bool
    is_insider: bool

    @property
    def count(self) -> int:
        return sum(slot.is_present for slot in self.slots)

    @property
    def total(self) -> int:
        return len(self.slots)


def drawer_of(order: Order, user: Any, now: datetime) -> Drawer:
    day = clock.local_date(now)
    officer = policies.is_officer_of(user, order, day)
    insider = officer or bool(user.has_perm(INSPECT))
    found = slots.slots_of(slots.trail_of(order), for_agency=insider)
    return Drawer(
        order=order,
        slots=found,
        spj=spj_of(order, found) if insider and order.agency_id else None,
        can_attach=officer,
        is_insider=insider,
    )


def spj_of(order: Order, found: list[Slot]) -> Spj:
    document = next((d for d in order.documents.all() if d.kind == DocumentKind.SPJ and d.replaced_at is None), None)
    if document is None:
        state = "none"
    elif document.made_at is None:
        state = "failed" if documents.has_failed(document) else "making"
    else:
        state = "stale" if documents.spj_is_stale(order, document) else "ready"
    return Spj(document, state, tuple(str(slot.label) for slot in found if not slot.is_present))


def kind_or_other(value: str | None) -> str:
    return value if value in AttachmentKind.values else AttachmentKind.OTHER
