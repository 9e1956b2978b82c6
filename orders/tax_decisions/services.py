"""A treasurer decides what a bill is taxed on: whether a purchase was cut up, and which meals are catering."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core.errors import InvalidMove, RuleBroken, require
from epeken.core.services import service
from epeken.users.models import User
from orders.attestations import services as attestations
from orders.billing import nearby, treasurer
from orders.billing.models import Invoice
from orders.billing.services import correction, invoices
from orders.billing.states import UNPAID
from orders.deliveries.models import Delivery, DeliveryLine
from orders.disputes import policies as disputes_policies
from orders.documents import services as documents
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order
from orders.tax_decisions.models import TaxDecision
from orders.tax_decisions.states import MEALS, TaxSubject
from umkm.catalogue.states import FoodKind


@service
def decide_taxes(
    *, actor: User, invoice: Invoice, is_split: bool | None, food_kinds: Mapping[int, str], reason: str, now: datetime
) -> Invoice:
    """The decisions stand in the file with the reason. Where the tax is another by them, the bill is void and its
    delivery is billed again, computed as every bill is; the invoice that holds now is returned.

    `is_split`: it counts with the other purchases as one, or not; None: nothing is decided about it. `food_kinds`: by
    pk of the delivery line what its food is taxed as.
    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    office = treasurer.require_role(actor, order, now)
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    if invoice.state not in UNPAID:
        raise InvalidMove(
            _("Tagihan ini sudah dibayar atau diganti. Batalkan dulu pembayarannya bila pajaknya keliru.")
        )
    if invoice.paid:
        raise RuleBroken(
            _("Tagihan ini sudah dibayar sebagian, jadi pajaknya tidak diubah lagi. Lunasi sisanya."),
            code="already_paid",
        )
    reason = reason.strip()
    require(reason, _("Tulis alasan keputusan ini. Inspektorat membacanya."), field="reason", code="reason_missing")
    made = _decided_split(order, invoice, is_split) + _decided_food(invoice, food_kinds)
    require(made, _("Tidak ada yang berubah. Pilih yang hendak diputus, atau kembali."), code="nothing_decided")
    for decision in made:
        decision.reason, decision.decided_by, decision.decided_at = reason[:300], actor, now
        decision.decided_as, decision.decided_name = office, actor.name[:120]
        decision.save()
    holding = _made_to_hold(order, invoice, actor, reason, now)
    for decision in made:
        attestations.attest_row(order.pk, decision, "decide_tax", actor=actor, now=now)
    return holding


def _made_to_hold(order: Order, invoice: Invoice, actor: User, reason: str, now: datetime) -> Invoice:
    delivery = Delivery.objects.get(pk=invoice.delivery_id)
    is_split = invoice.is_split if delivery.counted_as_split is None else delivery.counted_as_split
    if invoices.is_taxed_otherwise(invoice, is_split=is_split):
        return correction.reissue_invoice(actor=actor, invoice=invoice, reason=reason, now=now)
    Invoice.objects.filter(pk=invoice.pk).update(is_split=is_split)
    documents.ensure_documents(order, now)  # the tax sheet says what is decided
    return invoice


def _decided_split(order: Order, invoice: Invoice, is_split: bool | None) -> list[TaxDecision]:
    delivery = invoice.delivery
    if is_split is None or is_split == delivery.counted_as_split:
        return []
    near = nearby.of_invoice(order, invoice)
    require(
        near is not None or not is_split,
        _("Tidak ada pembelian lain yang berdekatan dari pemilik usaha ini, jadi tidak ada yang digabung."),
        field="is_split",
        code="no_other_purchase",
    )
    Delivery.objects.filter(pk=delivery.pk).update(counted_as_split=is_split)
    others = near.numbers[:600] if near is not None else ""
    return [_new(invoice, TaxSubject.SPLIT, is_split=is_split, others=others)]


def _decided_food(invoice: Invoice, food_kinds: Mapping[int, str]) -> list[TaxDecision]:
    made = []
    lines = DeliveryLine.objects.filter(delivery=invoice.delivery_id, pk__in=food_kinds).select_related("order_line")
    found = {line.pk: line for line in lines.order_by("pk")}
    for pk, kind in food_kinds.items():
        line = found.get(pk)
        if line is None or line.order_line.food_kind not in MEALS or kind not in MEALS:
            raise RuleBroken(
                _("Hanya makanan di kiriman ini yang dapat dibetulkan menjadi katering atau makanan toko."),
                field="food_kinds",
                code="no_meal",
            )
    for line in found.values():
        kind = FoodKind(food_kinds[line.pk])
        if kind == line.food_kind:
            continue
        DeliveryLine.objects.filter(pk=line.pk).update(taxed_as="" if kind == line.order_line.food_kind else kind)
        made.append(_new(invoice, TaxSubject.FOOD, order_line=line.order_line, food_kind=kind))
    return made


def _new(invoice: Invoice, subject: TaxSubject, **values: Any) -> TaxDecision:
    return TaxDecision(delivery_id=invoice.delivery_id, invoice=invoice, subject=subject, **values)
