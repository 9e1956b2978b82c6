"""Other purchases a bill may be a part of: of the same department from the same owner, within the window in which the
guard against cut-up packages looks.

Source: PMK 231/PMK.03/2019 article 12(2) and 18(1) jo. PMK 59/PMK.03/2022: the minimum does not hold for payments that
are split from a larger transaction [?].
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.i18n.words import rupiah
from orders.billing import taxes
from orders.billing.models import Invoice
from orders.billing.services import invoices
from orders.orders.models import Order
from procurement.guards.rules import SPLIT_WINDOW


@dataclass(frozen=True)
class NearbyPurchases:
    """`orders`: the others, each with `live_bills` and its `worth`. Whole rupiah without PPN: `own` of this one, `sum`
    of all with it, `minimum` up to which nothing is collected."""

    orders: tuple[Any, ...]
    own: int
    sum: int
    minimum: int
    days: int

    @property
    def numbers(self) -> str:
        return ", ".join(order.number for order in self.orders)

    @property
    def words(self) -> str:
        said = {"sum": rupiah(self.sum), "numbers": self.numbers, "minimum": rupiah(self.minimum)}
        return _("%(sum)s bersama %(numbers)s, lebih dari %(minimum)s") % said


def of_invoice(order: Order, invoice: Invoice) -> NearbyPurchases | None:
    """None where no other purchase lies near, or where together they are no larger than the minimum, or this purchase
    alone is larger: then splitting saves nothing.

    Each is worth what it is billed for, and as ordered what is still to come: as its own bills are compared with the
    minimum. The guard (`procurement/guards/concerns.py`) adds up what was asked for, before anything came.
    """
    if order.agency_id is None or order.seller.owner_id is None:
        return None
    day = clock.local_date(order.placed_at)
    window = SPLIT_WINDOW.on(day)
    rates = taxes.rates_on(clock.local_date(invoice.issued_at))
    minimum = _minimum(rates)
    if invoice.purchase_value > minimum:
        return None
    near = Order.objects.counting().filter(
        clock.on_days("placed_at", day - timedelta(days=window), day + timedelta(days=window)),
        agency_id=order.agency_id,
        seller__owner_id=order.seller.owner_id,
    )
    bills = Prefetch("invoices", Invoice.objects.live(), to_attr="live_bills")
    found = (
        near.exclude(pk=order.pk).select_related("seller").prefetch_related(bills, "lines", "deliveries", "remedies")
    )
    others: tuple[Any, ...] = tuple(found.order_by("placed_at"))
    for other in others:
        other.worth = _worth(other, rates)
    total = invoice.purchase_value + sum(other.worth for other in others)
    if not others or total <= minimum:
        return None
    return NearbyPurchases(others, invoice.purchase_value, total, minimum, window)


def unanswered(order: Order, invoice: Invoice) -> NearbyPurchases | None:
    """Purchases of which a treasurer has to say whether the bill is a part of them, since by silence it would be taxed
    as if it stood alone."""
    return of_invoice(order, invoice) if is_unsaid(invoice) else None


def is_unsaid(invoice: Invoice) -> bool:
    """Whether nobody decided about it, and it counts as standing alone until then. A part that was paid keeps the tax
    it was paid with: nothing can be decided any more."""
    return not (invoice.paid or invoice.is_split) and invoice.delivery.counted_as_split is None


def check_answered(order: Order, invoice: Invoice) -> None:
    """Before money leaves: a purchase may have come beside it since the bill was checked. Raises: RuleBroken."""
    near = unanswered(order, invoice)
    if near is not None:
        raise RuleBroken(
            _("Belum diputus apakah belanja ini dipecah: nilainya %(found)s. Putuskan dulu dasar pajaknya.")
            % {"found": near.words},
            code="split_undecided",
        )


def _worth(order: Any, rates: taxes.Rates) -> int:
    """Of an order with `live_bills`, less what decided complaints took off them."""
    deducted = sum(bill.deduction for bill in order.live_bills)
    return max(invoices.purchase_value(order, rates) - deducted, 0)


def _minimum(rates: taxes.Rates) -> int:
    """The largest of the taxes a treasurer collects; 0 where there is none."""
    return max(_of(rates, taxes.ABOVE_MINIMUM), default=0)


def _of(rates: taxes.Rates, codes: Iterable[str]) -> list[int]:
    is_platform = rates.regime == taxes.TaxRegime.PLATFORM
    return [] if is_platform else [rates.by_code[code].minimum for code in codes if code in rates.by_code]
