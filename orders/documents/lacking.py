"""Which bills wait for a required paper, in SQL: what `slots` answers of one order, for whose turn it is."""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Concat

from epeken.core.clock import valid_on
from orders.documents.states import AFTER_EVENT, BY_OFFICE, AttachmentKind


def lacks_of_office() -> Any:
    """Of an invoice with `placed_on`: a paper the department brings is asked for, not there and not waived."""
    return _lacks_of(BY_OFFICE)


def office_papers_from() -> Any:
    """Likewise: when the event begins that tells of all it lacks; NULL where it lacks a paper that needs no event."""
    needs_none = _lacks_of([kind for kind in BY_OFFICE if kind not in AFTER_EVENT])
    return Case(When(needs_none, then=None), default=F("order__request__event_at"))


def event_after_due() -> Any:
    """Likewise: when the event begins of whose papers it lacks one, where that is after its last day to be paid."""
    begins = F("order__request__event_at")
    return Case(When(Q(order__request__event_at__gt=F("due_at")) & _lacks_of(AFTER_EVENT), then=begins))


def _lacks_of(kinds: Collection[str]) -> Any:
    from orders.documents.models import Attachment
    from orders.photo_places.models import PhotoPlace
    from procurement.attachments.models import RequestAttachment

    live = {"kind": OuterRef("kind"), "removed_at__isnull": True}
    beside = Attachment.objects.filter(order=OuterRef(OuterRef("order")), **live)
    before = RequestAttachment.objects.filter(request=OuterRef(OuterRef("order__request")), **live)
    placed = PhotoPlace.objects.filter(photo__delivery=OuterRef(OuterRef("delivery")))
    is_placed = Q(kind=AttachmentKind.PLACED_PHOTO) & Exists(placed)
    asked = _asked().filter(kind__in=kinds)
    return Exists(asked.exclude(Exists(beside)).exclude(Exists(before)).exclude(is_placed))


def lacks_of_seller() -> Any:
    """Of an invoice with `placed_on`: PPN is collected of it, and its tax invoice is neither there nor waived."""
    from orders.tax_invoices.querysets import bills_with_ppn

    without = bills_with_ppn(pk=OuterRef("pk")).filter(has_tax_invoice=False)
    return Exists(_asked().filter(kind=AttachmentKind.TAX_INVOICE)) & Exists(without)


def _asked() -> Any:
    """Rules that require a paper of the invoice's order, without those that were waived for it."""
    from orders.documents.models import SlotRule, SlotWaiver
    from orders.orders.models import OrderLine

    account = Coalesce("charged_to__account_id", "order__request__line__account_id")
    booked = OrderLine.objects.filter(order=OuterRef(OuterRef("order"))).annotate(booked_on=account)
    below = Concat(OuterRef("account_prefix"), Value("."))
    on_account = booked.filter(Q(booked_on=OuterRef("account_prefix")) | Q(booked_on__startswith=below))
    waived = SlotWaiver.objects.filter(order=OuterRef(OuterRef("order")), kind=OuterRef("kind"))
    return SlotRule.objects.filter(
        valid_on(OuterRef("placed_on")),
        Q(event_kind="") | Q(event_kind=OuterRef("order__event_kind")),
        Q(account_prefix="") | Exists(on_account),
        is_required=True,
    ).exclude(Exists(waived))
