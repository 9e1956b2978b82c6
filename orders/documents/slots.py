"""Places for papers in an order's file: which it has, what fills each, which is required and empty, which is waived.

By the account its goods are booked on and what they were bought for; one answer for the order's page, the list of
papers, the SPJ, the JSON and payment (`completeness`). Source: PP 12/2019 (an expense rests on complete and valid
evidence); which papers that are is the city's practice [?]: rows of `SlotRule`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import short_date
from epeken.core.queries import written_once
from epeken.core.sources import cited
from orders.documents.models import Attachment, SlotRule, SlotWaiver
from orders.documents.states import AFTER_EVENT, AFTER_PAYMENT, BY_OFFICE, OF_BILLS, AttachmentKind
from orders.orders.models import Order
from procurement.attachments.models import RequestAttachment
from procurement.requests.states import EventKind

# A file of the order, or of the request it was ordered for.
Paperwork = Attachment | RequestAttachment


@dataclass(frozen=True)
class Slot:
    """One place. `rules`: those that ask for it; none for a paper that is there unasked. `wanting`: where each
    bill has its own, the bills without one. `has_photos`: filled by photos of an inspection instead of a paper.
    `event_at`: when the event it tells of begins; None of one that waits for none."""

    kind: str
    rules: tuple[SlotRule, ...] = ()
    papers: tuple[Paperwork, ...] = ()
    waiver: SlotWaiver | None = None
    wanting: tuple[str, ...] = ()
    has_photos: bool = False
    event_at: datetime | None = None

    @property
    def label(self) -> str:
        return str(AttachmentKind(self.kind).label)

    @property
    def asked_from(self) -> str:
        """Since when it can be there, for a sentence: `sesudah acara 3 Desember`; "" of one that waits for no event."""
        return "" if self.event_at is None else _("sesudah acara %(day)s") % {"day": short_date(self.event_at)}

    @property
    def label_with_day(self) -> str:
        return f"{self.label} ({self.asked_from})" if self.asked_from else self.label

    def is_before_event(self, now: datetime) -> bool:
        """Nobody can have it yet."""
        return self.event_at is not None and not clock.is_over(self.event_at, now)

    @property
    def is_required(self) -> bool:
        return any(rule.is_required for rule in self.rules)

    @property
    def is_waivable(self) -> bool:
        """Every rule that requires it lets it be waived."""
        return all(rule.is_waivable for rule in self.rules if rule.is_required)

    @property
    def is_filled(self) -> bool:
        return (bool(self.papers) or self.has_photos) and not self.wanting

    @property
    def is_waived(self) -> bool:
        return not self.is_filled and self.waiver is not None

    @property
    def is_empty(self) -> bool:
        """Required, and neither there nor waived: nothing is paid."""
        return self.is_required and not self.is_filled and self.waiver is None

    def stops(self, bill: str) -> bool:
        """It is empty, and the bill of this number is not paid before it is filled or waived."""
        return self.is_empty and (not self.wanting or bill in self.wanting)

    @property
    def is_after_payment(self) -> bool:
        return self.kind in AFTER_PAYMENT

    @property
    def state(self) -> str:
        if self.is_filled:
            return "filled"
        return "waived" if self.is_waived else "empty" if self.is_required else "optional"

    @property
    def source(self) -> str:
        return "; ".join(dict.fromkeys(cited(rule.source) for rule in self.rules))

    @property
    def is_by_office(self) -> bool:
        return self.kind in BY_OFFICE

    @property
    def filled_by(self) -> str:
        """Who brings it, for a sentence."""
        if self.kind == AttachmentKind.TAX_DEPOSIT:
            return _("dicatat bendahara sesudah pajaknya disetor")
        if self.kind == AttachmentKind.TAX_SLIP:
            return _("dicatat bendahara sesudah diterbitkan di Coretax")
        if not self.is_by_office:
            return _("diunggah penjual")
        if self.kind == AttachmentKind.PLACED_PHOTO:
            return _("ditambahkan penerima saat memeriksa, atau diunggah pejabat lain dinas ini")
        said = _("diunggah pemesan atau pejabat lain dinas ini")
        return f"{said} {self.asked_from}" if self.asked_from else said


def is_asked(rule: SlotRule, accounts: Iterable[str], event_kind: str) -> bool:
    """Whether a rule speaks of goods on one of the accounts, bought for this. A prefix ends where a segment does."""
    of_account = not rule.account_prefix or any(
        account == rule.account_prefix or account.startswith(f"{rule.account_prefix}.") for account in accounts
    )
    return of_account and rule.event_kind in ("", event_kind)


def required_before_payment(accounts: Iterable[str], day: date) -> dict[str, list[tuple[str, bool]]]:
    """Of goods ordered that day on these accounts, by what they are for: the papers without which nothing is paid, in
    filing order, and whether each tells of an event. Those of bills depend on their taxes. One query."""
    booked, rules = list(accounts), list(SlotRule.objects.filter(clock.valid_on(day), is_required=True))
    return {
        event: [
            (str(kind.label), kind.value in AFTER_EVENT)
            for kind in AttachmentKind
            if kind.value not in OF_BILLS and any(rule.kind == kind and is_asked(rule, booked, event) for rule in rules)
        ]
        for event in EventKind.values
    }


def filled(
    rules: Iterable[SlotRule],
    accounts: Iterable[str],
    event_kind: str,
    papers: Iterable[Paperwork],
    waivers: Iterable[SlotWaiver],
    bills: Mapping[str, Mapping[str, bool]],
    placed: Sequence[tuple[str, bool]] = (),
    event_at: datetime | None = None,
) -> list[Slot]:
    """Every place in filing order: those that are asked for, and those of what was brought unasked. `bills`: by
    kind of OF_BILLS the bills that want one, and whether each has its own; without any none is asked for. `placed`: of
    each delivery that came, its bill ("" before there is one), and whether a photo of its inspection has a place; what
    the office uploads stands for all of them. `event_at`: when what the goods were bought for begins, if that is known.
    """
    booked = list(accounts)
    asked: dict[str, tuple[SlotRule, ...]] = {}
    for rule in rules:
        if is_asked(rule, booked, event_kind) and (rule.kind not in OF_BILLS or bills.get(rule.kind)):
            asked[rule.kind] = (*asked.get(rule.kind, ()), rule)
    brought: dict[str, tuple[Paperwork, ...]] = {}
    for paper in papers:
        brought[paper.kind] = (*brought.get(paper.kind, ()), paper)
    given = {waiver.kind: waiver for waiver in waivers}
    wanting = {kind: tuple(bill for bill, has_one in rows.items() if not has_one) for kind, rows in bills.items()}
    if AttachmentKind.PLACED_PHOTO not in brought:
        wanting[AttachmentKind.PLACED_PHOTO] = tuple(bill for bill, has_one in placed if not has_one)
    return [
        Slot(
            kind,
            asked.get(kind, ()),
            brought.get(kind, ()),
            given.get(kind),
            wanting.get(kind, ()),
            kind == AttachmentKind.PLACED_PHOTO and any(has_one for _bill, has_one in placed),
            event_at if kind in AFTER_EVENT else None,
        )
        for kind in AttachmentKind.values
        if kind in asked or kind in brought or kind in given
    ]


def slots_of(order: Order) -> list[Slot]:
    """Those of a department's order; a person's has none."""
    if order.agency_id is None:
        return []
    _read(order)
    rules = [SlotRule(**row) for row in order.slot_rows]
    of_bills = {
        AttachmentKind.TAX_INVOICE.value: order.ppn_bills,
        AttachmentKind.TAX_DEPOSIT.value: order.withheld_bills,
        AttachmentKind.TAX_SLIP.value: order.slipped_bills,
    }
    bills = {kind: {row["number"]: row["has_one"] for row in rows} for kind, rows in of_bills.items()}
    placed = [(row["bill"], row["has_one"]) for row in order.placed_photos]
    return filled(
        rules, order.booked_accounts, order.event_kind, attachments_of(order), waivers_of(order), bills, placed,
        order.event_at,
    )  # fmt: skip


def slots_of_seller(order: Order) -> list[tuple[str, Slot]]:
    """What the seller brings, with the bill it belongs to. One query where there is any."""
    bills = {row["number"]: row["has_one"] for row in getattr(order, "ppn_bills", ())}
    if not bills:
        return []
    slot = next((one for one in slots_of(order) if one.kind == AttachmentKind.TAX_INVOICE), None)
    live = Attachment.objects.filter(order=order, kind=AttachmentKind.TAX_INVOICE, removed_at__isnull=True)
    papers: dict[str, tuple[Paperwork, ...]] = {}
    for paper in live.select_related("tax_invoice__invoice").order_by("pk"):
        papers[paper.tax_invoice.invoice.number] = (paper,)
    return [
        (bill, replace(slot, papers=papers.get(bill, ()), wanting=() if has_one else (bill,)))
        for bill, has_one in bills.items()
        if slot is not None
    ]


def waivers_of(order: Order) -> list[SlotWaiver]:
    _read(order)
    return list(order.waivers.all()) if order.waivers_given else []


def _read(order: Order) -> None:
    """One query unless the order was read `with_slots`."""
    if "slot_rows" not in order.__dict__:
        (facts,) = _slot_facts(order.pk)
        for name, found in facts.items():
            setattr(order, name, found)


@written_once
def _slot_facts(order: Any) -> Any:
    return Order.objects.with_slots().filter(pk=order).values(
        "slot_rows", "booked_accounts", "waivers_given", "ppn_bills", "withheld_bills", "slipped_bills",
        "placed_photos", "event_at",
    )  # fmt: skip


def paperwork_of(order: Order) -> list[Paperwork]:
    """What the office ever put beside the request, then beside the order."""
    before = order.request.attachments.all() if order.request is not None else ()
    return [*before, *order.attachments.all()]


def attachments_of(order: Order) -> list[Paperwork]:
    """Of it, what was not taken out again."""
    return [each for each in paperwork_of(order) if each.removed_at is None]
