"""Reads of invoices, through what a person may see."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, JSONObject, TruncDate

from epeken.core.clock import ZONE, over
from orders.billing.states import UNPAID, CommitmentState, HoldReason, InvoiceState
from orders.confirmations.states import ConfirmationState
from orders.orders.querysets import OfOrderQuerySet
from orders.reversals.states import STANDING, ReversalReason, ReversalState

# Whole rupiah still to be sent for an unpaid invoice (`Invoice.to_send`).
TO_SEND = Greatest(F("net") - F("paid") - F("sent_amount"), 0)
# Of those whose record is corrected the ones of which nothing is to be sent any more (`Invoice.is_sent`).
IS_SENT = Q(correcting__isnull=False, sent_amount__gte=F("net") - F("paid"))


class CommitmentQuerySet(OfOrderQuerySet):
    def live(self) -> Self:
        """What is still bound or owed."""
        return self.filter(state__in=[CommitmentState.COMMITTED, CommitmentState.PENDING])


class InvoiceQuerySet(OfOrderQuerySet):
    def live(self) -> Self:
        return self.exclude(state=InvoiceState.VOID)

    def with_tax_papers(self) -> Self:
        """Adds `tax_paper_rows`, what `billing.tax_papers.told` reads, in the same statement."""
        from orders.billing.models import InvoiceTaxPaper

        papers = InvoiceTaxPaper.objects.filter(invoice=OuterRef("pk")).order_by("pk")
        names = ("kind", "number", "issued_on", "valid_from", "valid_until")
        return self.annotate(
            tax_paper_rows=ArraySubquery(papers.values(row=JSONObject(**{name: name for name in names})))
        )

    def with_lacks(self) -> Self:
        """Adds `lacks_office` and `lacks_seller`: whether that side still has a required paper of it to bring;
        `office_papers_from`: when the event begins, where the office has what it lacks no sooner; and
        `event_after_due`: when the event begins of whose papers it lacks one, where that is after its last day."""
        from orders.documents import lacking

        return self.alias(placed_on=TruncDate("order__placed_at", tzinfo=ZONE)).annotate(
            lacks_office=lacking.lacks_of_office(),
            lacks_seller=lacking.lacks_of_seller(),
            office_papers_from=lacking.office_papers_from(),
            event_after_due=lacking.event_after_due(),
        )

    def unpaid(self) -> Self:
        return self.filter(state__in=UNPAID)

    def to_be_sent(self) -> Self:
        """Unpaid, and not only to be recorded anew: the money of those that are corrected left already."""
        return self.unpaid().filter(correcting__isnull=True)

    def held(self) -> Self:
        """Nobody checks, approves or pays them until they are resumed; their time to be paid goes on."""
        return self.filter(held_at__isnull=False)

    def without_debts(self) -> Self:
        """Not those the head acknowledged as a debt: nobody handles them until a later year bears them."""
        return self.exclude(hold_reason=HoldReason.DEBT)

    def going(self) -> Self:
        return self.filter(held_at__isnull=True)

    def to_approve(self) -> Self:
        """What waits for whoever approves payments; nothing stops it."""
        return self._unhindered(InvoiceState.VERIFIED)

    def to_pay(self) -> Self:
        """Approved, the money not sent, and nothing stops the treasurer's payment."""
        return self._unhindered(InvoiceState.APPROVED).to_be_sent().with_lacks().exclude(self._waits_for_paper())

    def _unhindered(self, state: InvoiceState) -> Self:
        waiting = self.filter(state=state, order__agency__isnull=False)
        return waiting.going().undisputed().settled_goods()

    def of_treasurer(self) -> Self:
        """What the treasurer does next: to be checked, to be paid, or held. No dispute stops it, nor goods that come
        again, and nobody else's approval or paper is awaited."""
        found = (
            self.payable().without_debts().undisputed().settled_goods().exclude(pk__in=self.to_approve().values("pk"))
        )
        return found.with_lacks().exclude(self._waits_for_paper())

    def lacking(self) -> Self:
        """What the treasurer could go on with if a required paper were there."""
        return self.with_lacks().filter(self._waits_for_paper())

    @staticmethod
    def _waits_for_paper() -> Q:
        lacks = Q(lacks_office=True) | Q(lacks_seller=True)
        return lacks & Q(held_at__isnull=True, state__in=(InvoiceState.ISSUED, InvoiceState.APPROVED))

    def with_stamp(self) -> Self:
        """Adds `stamp`, which every act on the invoice changes: the number of its last event."""
        return self.annotate(stamp=Max("events__sequence"))

    def payable(self) -> Self:
        """Invoices of departments that are still to be paid."""
        return self.unpaid().filter(order__agency__isnull=False)

    def settled_goods(self) -> Self:
        """Without those whose goods come again: they are paid afterwards (`next_step.is_invoice_awaited`)."""
        return self.exclude(self._is_awaited())

    def late(self, now: datetime) -> Self:
        """Still to be paid past their last day; a dispute stops the clock, and goods that come again."""
        return self.payable().undisputed().settled_goods().filter(over("due_at", now))

    def unpaid_late(self, now: datetime) -> Self:
        """`late`, and those that already were when the undecided dispute that stops them was opened."""
        stops = self._undecided().filter(order=OuterRef("order"))
        was_late = Exists(stops.filter(opened_at__gte=OuterRef("due_at")))
        return self.payable().settled_goods().filter(~Exists(stops) | was_late, over("due_at", now))

    def settled(self) -> Self:
        """Of departments, paid in full, with something to pay: `with_days`."""
        return self.filter(state=InvoiceState.PAID, gross__gt=0, order__agency__isnull=False).with_days()

    def with_days(self) -> Self:
        """Adds `last_paid_on`, the day on which the last payment that stands left; `last_day`, the last one to pay
        (`clock.last_day` of `due_at`); `taken_over_at`, from which the days to pay count (`policies.accepted_at`)."""
        from orders.billing.models import Payment

        last = Payment.objects.standing().filter(invoice=OuterRef("pk")).order_by("-paid_on").values("paid_on")[:1]
        end = TruncDate(F("due_at") - Value(timedelta.resolution), tzinfo=ZONE)
        accepted = Coalesce("delivery__accepted_at", "issued_at")
        return self.annotate(last_paid_on=Subquery(last), last_day=end, taken_over_at=accepted)

    def paid_late(self) -> Self:
        """`settled`, with a last payment after the last day to pay."""
        return self.settled().filter(last_paid_on__gt=F("last_day"))

    def to_pay_again(self) -> Self:
        """To be paid, and a payment of it was reversed."""
        return self.payable().filter(self._has_reversal(ReversalState.RELEASED))

    def asked_to_reverse(self) -> Self:
        """Paid, all or a part of it, and the head is to decide whether that counts."""
        return self.filter(self._has_reversal(ReversalState.ASKED))

    @classmethod
    def _has_reversal(cls, state: ReversalState) -> Exists:
        return Exists(cls._reversals().filter(payment__invoice=OuterRef("pk"), state=state))

    def disputed(self) -> Self:
        return self.filter(order__disputes__in=self._undecided())

    def with_list(self) -> Self:
        """What a row of the treasurer's list reads; adds `is_disputed`, `is_awaited` (goods come again first),
        `is_asked_back` (a reversal of its payment waits for the head), and those of `with_days`."""
        disputed = self._undecided().filter(order=OuterRef("order"))
        return (
            self.with_lacks()
            .with_days()
            .select_related("order__seller", "order__agency")
            .annotate(
                is_disputed=Exists(disputed),
                is_awaited=ExpressionWrapper(self._is_awaited(), output_field=BooleanField()),
                is_asked_back=self._has_reversal(ReversalState.ASKED),
            )
        )

    @staticmethod
    def _is_awaited() -> Q:
        """Whether goods an invoice bears come again first: of its delivery, or of the one its goods came in place
        of."""
        from orders.remedies.models import Remedy

        holding = Remedy.objects.holding_payment()
        return Q(Exists(holding.filter(delivery=OuterRef("delivery")))) | Q(
            Exists(holding.filter(delivery__remedies__shipments=OuterRef("delivery")))
        )

    @staticmethod
    def _reversals() -> QuerySet[Any]:
        from orders.reversals.models import PaymentReversal

        return PaymentReversal.objects.all()

    @staticmethod
    def _undecided() -> QuerySet[Any]:
        from orders.disputes.models import Dispute

        return Dispute.objects.undecided()


# Of a payment of an invoice: its seller said that it came.
CONFIRMED = Q(invoice__order__agency__isnull=True) | Q(confirmation__state=ConfirmationState.CONFIRMED)
DENIED = Q(confirmation__state=ConfirmationState.OBJECTED)  # its seller says that it did not come


class PaymentQuerySet(QuerySet[Any]):
    """Of rows of `RecordedPayment`. `of_order`: the foreign keys to the order that a payment is of."""

    of_order = "invoice__order"

    def standing(self) -> Self:
        """Those that count: recorded and not reversed."""
        return self.exclude(reversals__state=ReversalState.RELEASED)

    def arrived(self) -> Self:
        """Of invoices: without those whose seller says that the money did not come."""
        return self.exclude(DENIED)

    def with_word(self) -> Self:
        """Of invoices: adds `is_confirmed`, whether the seller said that the money came (of a person the seller records
        it as cash); what is not rests on the word of the department."""
        return self.annotate(is_confirmed=CONFIRMED)

    def missing(self) -> Self:
        """Of invoices: those whose seller says so, which the treasurer has not answered."""
        return self.filter(DENIED)

    def using_number(self, method: str, reference: str, agency_id: int | None) -> Self:
        """Of the department, those that take the number: they stand, or their money came back, so they did happen."""
        freed = Q(reversals__state=ReversalState.RELEASED) & ~Q(reversals__reason=ReversalReason.RETURNED)
        of_agency = {f"{self.of_order}__agency": agency_id}
        rows = self.filter(method=method, reference__iexact=reference, **of_agency)
        return rows.exclude(pk__in=self.filter(freed).values("pk"))

    def with_reversal(self) -> Self:
        """With what `Payment.reversal` tells, in the same statement."""
        stands = FilteredRelation("reversals", condition=Q(reversals__state__in=STANDING))
        # Joined to nothing, the relation leaves no mark on the row: `is_reversal_read` says that it was asked.
        return self.annotate(standing_reversal=stands, is_reversal_read=Value(True)).select_related(
            "recorded_by", "standing_reversal", "standing_reversal__asked_by", "standing_reversal__decided_by"
        )
