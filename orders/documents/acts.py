"""Who did what in an order's file, as its JSON says it: the acts as they are attested, in their order."""

from typing import Any

from orders.attestations.models import Attestation
from orders.compensations.models import CompensationReversal
from orders.orders.models import Order
from orders.reversals.models import PaymentReversal

# By the model an attestation names: what the act is about.
NOUNS = {
    "orders.OrderEvent": "order",
    "orders.CommitmentEvent": "commitment",
    "orders.DeliveryEvent": "delivery",
    "orders.InvoiceEvent": "invoice",
    "orders.SellerConfirmationEvent": "confirmation",
    "orders.AddendumEvent": "addendum",
    "orders.DisputeEvent": "dispute",
    "orders.CancellationEvent": "cancellation",
    "orders.CompensationEvent": "compensation",
    "orders.CompensationReversalEvent": "compensation_reversal",
    "orders.RemedyEvent": "remedy",
    "orders.PaymentReversalEvent": "reversal",
    "orders.Document": "document",
    "orders.Attachment": "attachment",
    "orders.SlotWaiver": "waiver",
    "orders.LateStep": "late_step",
    "orders.YearEndDecision": "year_end_decision",
    "orders.TaxDecision": "tax_decision",
}


def acts_of(order: Order) -> list[dict[str, Any]]:
    """One row an act, oldest first; without a name where a job acted."""
    numbers = _numbers(order)
    found = Attestation.objects.filter(order=order).order_by("sequence")
    return [
        {
            "sequence": act.sequence,
            "noun": NOUNS[act.noun],
            "number": numbers.get((NOUNS[act.noun], act.key)),
            "action": act.action,
            "name": act.name or None,
            "nip": act.nip or None,
            "office": act.acted_as or None,
            "at": act.at.isoformat(),
            "hash": act.hash,
        }
        for act in found.defer("content")
    ]


def acts_on_request(order: Order) -> list[dict[str, Any]]:
    """Of the request it was ordered for: before there was an order."""
    if order.request is None:
        return []
    return [
        {
            "action": event.action,
            "name": event.actor_name or None,
            "nip": event.actor_nip or None,
            "office": event.acted_as or None,
            "at": event.at.isoformat(),
        }
        for event in order.request.events.order_by("sequence")
    ]


def _numbers(order: Order) -> dict[tuple[str, int], str]:
    """By noun and row: the number people know it by; of a reversal that of what it paid."""
    found = {("order", order.pk): order.number}
    found |= {("delivery", delivery.pk): delivery.number for delivery in order.deliveries.all()}
    found |= {("invoice", invoice.pk): invoice.number for invoice in order.invoices.all()}
    found |= {("addendum", addendum.pk): addendum.number for addendum in order.addenda.all()}
    reversals = PaymentReversal.objects.filter(payment__invoice__order=order)
    found |= {("reversal", pk): number for pk, number in reversals.values_list("pk", "payment__invoice__number")}
    of_claims = CompensationReversal.objects.filter(payment__compensation__order=order)
    names = of_claims.values_list("pk", "payment__compensation__number")
    found |= {("compensation_reversal", pk): number for pk, number in names}
    found |= {("document", document.pk): document.number for document in order.documents.all()}
    return found
