"""What the treasurer's pages and the tax sheet say of decisions about tax."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from epeken.core.i18n.times import full_date
from orders.billing import nearby, taxes
from orders.billing.models import Invoice, TaxLine
from orders.orders.models import Order
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
    own_goods: str
    asks_split: bool  # silence would leave the tax out
    is_split: bool
    is_decided: bool
    meals: tuple[MealRow, ...]
    said: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return self.near is not None or self.is_decided or bool(self.meals)


@dataclass(frozen=True)
class ToldDecision:
    """One line of why a bill's tax is what it is."""

    label: str
    words: str


def facts_of(invoice: Invoice, near: nearby.NearbyPurchases | None) -> TaxFacts:
    """`near`: of `nearby.of_invoice`."""
    lines = list(invoice.delivery.lines.select_related("order_line"))
    meals = [line for line in lines if line.order_line.food_kind in MEALS and line.kept]
    return TaxFacts(
        near=near,
        own_goods=", ".join(line.order_line.name for line in lines),
        asks_split=near is not None and nearby.is_unsaid(invoice),
        is_split=invoice.is_split,
        is_decided=invoice.delivery.counted_as_split is not None,
        meals=tuple(MealRow(line, FoodKind(line.food_kind)) for line in meals),
        said=tuple(words(one) for one in in_force(decisions_of(invoice))),
    )


def decisions_of(invoice: Invoice, as_of: datetime | None = None) -> list[TaxDecision]:
    """Of the delivery the bill bears, as they stood then (now, when None)."""
    found = TaxDecision.objects.filter(delivery=invoice.delivery_id).select_related("order_line")
    return list(found if as_of is None else found.filter(decided_at__lte=as_of))


def of_order(order: Order) -> dict[int, list[TaxDecision]]:
    """By the delivery, those of its bills in their order. One query; on the page of the order, which says of each
    delivery whether there is any (`orders.fetch`), none where nothing was decided."""
    decided = [delivery for delivery in order.deliveries.all() if getattr(delivery, "has_tax_decisions", True)]
    prefetch_related_objects(decided, Prefetch("tax_decisions", TaxDecision.objects.select_related("order_line")))
    return {delivery.pk: list(delivery.tax_decisions.all()) for delivery in decided}


def in_force(decisions: Iterable[TaxDecision]) -> list[TaxDecision]:
    """The newest of each subject and line; `decisions` in their order."""
    found = {(one.subject, one.order_line_id): one for one in decisions}
    return sorted(found.values(), key=lambda one: one.pk)


def undecided(invoice: Invoice, lines: Sequence[TaxLine], decisions: Iterable[TaxDecision]) -> str:
    """That nobody decided whether the purchase was cut up, and how it is counted until then; "" where somebody did, or
    the tax does not depend on it. `lines`: the tax lines in force, with rule and exemption."""
    if any(one.subject == TaxSubject.SPLIT for one in decisions):
        return ""
    if any(line.exemption is not None and line.exemption.code in taxes.SMALL for line in lines):
        return _("Tidak ada keputusan bahwa belanja ini dipecah; dihitung berdiri sendiri")
    if invoice.is_split and any(_is_by_split(line, invoice) for line in lines):
        return _("Tanpa keputusan bendahara; dihitung satu dengan pembelian lain di hari yang sama")
    return ""


def _is_by_split(line: TaxLine, invoice: Invoice) -> bool:
    """Whether the tax is collected for no other reason than that the purchase counts with another."""
    is_least = line.rule.code in taxes.ABOVE_MINIMUM and invoice.purchase_value <= line.rule.minimum
    return is_least and line.amount > 0


def told(invoice: Invoice, lines: Sequence[TaxLine], found: Sequence[TaxDecision]) -> list[ToldDecision]:
    """What the treasurer had decided of the facts a bill is taxed on, replaced decisions too, and what nobody had. The
    tax sheet and the pages say the same. `lines`: as of `undecided`; `found`: of the delivery, in their order."""
    holds = {one.pk for one in in_force(found)}
    rows = [
        ToldDecision(_("Keputusan bendahara") if one.pk in holds else _("Keputusan yang diganti"), words(one))
        for one in found
    ]
    open_ = undecided(invoice, lines, found)
    return [*rows, ToldDecision(_("Apakah dipecah"), open_)] if open_ else rows


def words(decision: TaxDecision) -> str:
    """What was decided, who did, in which office, on which day and why."""
    return _("%(decided)s (diputus %(name)s, %(office)s, %(day)s: %(reason)s)") % {
        "decided": decided_words(decision),
        "reason": decision.reason,
        "name": decision.decided_name,
        "office": decision.get_decided_as_display(),
        "day": full_date(decision.decided_at),
    }


def decided_words(decision: TaxDecision) -> str:
    """`Bukan belanja yang dipecah`: what was decided alone."""
    if decision.subject == TaxSubject.FOOD:
        assert decision.order_line is not None
        words = {"goods": decision.order_line.name, "kind": str(FoodKind(decision.food_kind).label)}
        return _("%(goods)s dikenai pajak sebagai %(kind)s") % words
    if not decision.is_split:
        return _("Bukan belanja yang dipecah")
    return _("Dihitung satu pembelian dengan %(others)s") % {"others": decision.others}
