"""What the treasurer's pages and the tax sheet say of decisions about tax."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from orders.billing.models import Invoice
from orders.orders.models import Order
from orders.tax_decisions import nearby
from orders.tax_decisions.models import TaxDecision
from orders.tax_decisions.states import MEALS, TaxSubject
from umkm.catalogue.states import FoodKind


@dataclass(frozen=True)
class MealRow:
    """`kind`: as what it is taxed now."""

    line: Any
    kind: FoodKind

    @property
    def words(self) -> str:
        return str(self.kind.label)


@dataclass(frozen=True)
class TaxFacts:
    """What of a bill's tax a treasurer can decide, and what was decided."""

    near: nearby.NearbyPurchases | None
    is_split: bool
    is_decided: bool
    meals: tuple[MealRow, ...]
    said: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return self.near is not None or self.is_decided or bool(self.meals)


def facts_of(order: Order, invoice: Invoice) -> TaxFacts:
    lines = invoice.delivery.lines.select_related("order_line")
    meals = [line for line in lines if line.order_line.food_kind in MEALS and line.kept]
    return TaxFacts(
        near=nearby.of_invoice(order, invoice),
        is_split=invoice.is_split,
        is_decided=invoice.delivery.counted_as_split is not None,
        meals=tuple(MealRow(line, FoodKind(line.food_kind)) for line in meals),
        said=tuple(words(one) for one in decisions_of(invoice)),
    )


def decisions_of(invoice: Invoice, as_of: datetime | None = None) -> list[TaxDecision]:
    """Of the delivery the bill bears, as they stood then (now, when None)."""
    found = TaxDecision.objects.filter(delivery=invoice.delivery_id).select_related("order_line")
    return list(found if as_of is None else found.filter(decided_at__lte=as_of))


def words(decision: TaxDecision) -> str:
    """`SP-1, SP-2: dihitung satu pembelian. Alasan (Nama)`."""
    said = {"reason": decision.reason, "name": decision.decided_name, "office": decision.get_decided_as_display()}
    if decision.subject == TaxSubject.FOOD:
        assert decision.order_line is not None
        said |= {"goods": decision.order_line.name, "kind": str(FoodKind(decision.food_kind).label)}
        return _("%(goods)s dikenai pajak sebagai %(kind)s: %(reason)s (%(name)s, %(office)s)") % said
    if not decision.is_split:
        return _("Tidak dihitung satu dengan pembelian lain: %(reason)s (%(name)s, %(office)s)") % said
    said["others"] = decision.others
    return _("Dihitung satu pembelian dengan %(others)s: %(reason)s (%(name)s, %(office)s)") % said
