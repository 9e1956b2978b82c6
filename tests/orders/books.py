"""The ledgers agree with what they are about; every service test may end with `balanced()`."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from epeken.core import clock
from epeken.site.audit import checks as audit
from orders.billing import taxes
from orders.billing.models import Commitment, Invoice, Payment
from orders.billing.states import CommitmentState, InvoiceState
from orders.compensations.models import Compensation
from orders.compensations.states import CompensationState
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.orders.models import Order, OrderLine
from orders.orders.services import room
from orders.orders.states import OrderState
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyState
from procurement.budgets.models import BudgetEntry, BudgetLine
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from umkm.catalogue.models import Product
from umkm.catalogue.states import StockMode
from umkm.owners.models import TurnoverEntry, TurnoverMonth
from umkm.stock.models import CapacityDay, CapacityEntry, StockEntry

ZERO = Decimal(0)


def _sum(rows: Any, field: str) -> Any:
    return rows.aggregate(total=Sum(field))["total"] or 0


def _sums(rows: Any, key: str, *fields: str) -> dict[Any, list[Any]]:
    """The sum of each field by what `key` points to; zeros where there are no rows. One query for all of them."""
    totals = {f"{field}_total": Sum(field) for field in fields}
    found = {row[key]: [row[name] or 0 for name in totals] for row in rows.order_by().values(key).annotate(**totals)}
    return defaultdict(lambda: [0] * len(fields), found)


def balanced() -> None:
    """Budget, stock, capacity and cap: balance = ledger = live documents."""
    deltas = ("reserved_delta", "committed_delta", "realised_delta")
    entries = _sums(BudgetEntry.objects.all(), "line", *deltas)
    for line in BudgetLine.objects.all():
        assert [line.reserved, line.committed, line.realised] == entries[line.pk]
    paid_for = Invoice.objects.filter(order__request__isnull=False, state=InvoiceState.PAID)
    bound = Commitment.objects.filter(order__request__isnull=False, state=CommitmentState.COMMITTED)
    settled = _sum(paid_for.filter(order__commitment__in=bound), "gross")
    owed, given = Compensation.objects.to_pay(), Compensation.objects.filter(state=CompensationState.PAID)
    assert _sum(BudgetLine.objects.all(), "committed") == _sum(bound, "amount") - settled + _sum(owed, "amount")
    assert _sum(BudgetLine.objects.all(), "realised") == _sum(paid_for, "gross") + _sum(given, "amount")
    assert of_lines() == []
    for invoice in Invoice.objects.all():
        assert invoice.paid == _sum(Payment.objects.standing().filter(invoice=invoice), "amount")
    for invoice in Invoice.objects.live():
        applied = Remedy.objects.filter(delivery=invoice.delivery_id, state=RemedyState.APPLIED)
        assert invoice.deduction == _sum(applied, "applied")
        assert invoice.gross == invoice.goods_total + invoice.delivery_cost - invoice.deduction
        assert invoice.withheld == sum(line.amount for line in taxes.in_force(invoice.tax_lines.all()))
    for commitment in Commitment.objects.filter(state=CommitmentState.SETTLED):
        assert commitment.amount == _sum(Invoice.objects.live().filter(order=commitment.order), "gross")
    stock = _sums(StockEntry.objects.all(), "product", "on_hand_delta", "held_delta", "refused_delta")
    kept = _sums(live_lines().filter(product__stock_mode=StockMode.STOCK), "product", "quantity")
    promised = defaultdict(Decimal)
    open_lines = OrderLine.objects.filter(stock_mode=StockMode.STOCK).exclude(order__state=OrderState.CLOSED)
    for line in open_lines.select_related("order"):
        promised[line.product_id] += still_promised(line)
    for product in Product.objects.all():
        assert [product.on_hand, product.held, product.refused] == stock[product.pk]
        assert product.held == promised[product.pk] + kept[product.pk][0]
    used = _sums(CapacityEntry.objects.all(), "capacity_day", "used_delta")
    for day in CapacityDay.objects.all():
        assert day.used == used[day.pk][0]
    asked = asked_by_month()
    turnover = _sums(TurnoverEntry.objects.all(), "turnover", "used_delta")
    for month in TurnoverMonth.objects.all():
        assert month.used == turnover[month.pk][0]
        counting = Order.objects.counting().filter(seller__owner_id=month.owner_id, cap_month=month.month)
        assert month.used == sum(map(room.counted, counting)) + asked[month.owner_id, month.month]


def asked_by_month() -> dict[tuple[int | None, date], int]:
    """What live requests ask for, by the owner of the shop and the month in which they were sent."""
    found: dict[tuple[int | None, date], int] = defaultdict(int)
    goods = {
        (row["request"], row["seller"]): row["total"]
        for row in live_lines().order_by().values("request", "seller").annotate(total=Sum("amount"))
    }
    parts = RequestSeller.objects.filter(request__in=PurchaseRequest.objects.live())
    for part in parts.select_related("request", "seller"):
        if (part.request_id, part.seller_id) in goods:
            owed = goods[part.request_id, part.seller_id] + part.delivery_cost
            found[part.seller.owner_id, clock.month_of(part.request.submitted_at)] += owed
    return found


def of_lines() -> list[Any]:
    """Budget lines that hold, bind or paid something else than their documents say."""
    return next(check for check in audit.checks() if check.code == "budget_documents").rows()


def live_lines() -> Any:
    """Lines of requests that hold what they ask for."""
    return RequestLine.objects.filter(request__in=PurchaseRequest.objects.live(), dropped_at__isnull=True)


def still_promised(line: OrderLine) -> Decimal:
    """What no delivery has a result for: under way, still to be sent, or on its way in place of other goods."""
    done = line.delivery_lines.filter(delivery__state__in=[DeliveryState.ACCEPTED, DeliveryState.REJECTED])
    expected = line.quantity - line.missed_quantity if line.order.rest_closed_at is None else line.sent_quantity
    again = line.delivery_lines.filter(delivery__state__in=WITHOUT_RESULT, delivery__remedy__isnull=False)
    return expected - _sum(done.filter(delivery__remedy__isnull=True), "sent") + _sum(again, "sent")


def picture() -> dict[str, Any]:
    """Everything an action on orders may change, to prove that a refusal changed nothing."""
    tables = [
        "orders_order", "orders_orderline", "orders_delivery", "orders_deliveryline", "orders_invoice",
        "orders_commitment", "orders_commitmentevent", "orders_compensation", "orders_compensationevent",
        "orders_compensationpayment", "orders_compensationreversal", "orders_compensationreversalevent",
        "orders_taxline",
        "orders_payment", "orders_paymentreversal", "orders_paymentreversalevent",
        "orders_dispute", "orders_disputeoffer", "orders_remedy",
        "orders_remedyevent", "orders_orderevent", "orders_deliveryevent", "orders_invoiceevent",
        "orders_disputeevent", "orders_document", "orders_inspectionphoto", "orders_cart", "orders_cartline",
        "procurement_budgetline", "procurement_budgetentry", "procurement_purchaserequest", "procurement_requestevent",
        "umkm_product", "umkm_stockentry", "umkm_turnovermonth", "umkm_turnoverentry", "umkm_capacityday",
        "umkm_capacityentry", "core_claim", "core_counter", "core_job", "core_upload", "notifications_notification",
        "notifications_notificationdelivery",
    ]  # fmt: skip
    from django.db import connection

    rows = " UNION ALL ".join(
        f"SELECT '{table}', md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM \"{table}\" t" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(rows)
        return dict(cursor.fetchall())


class unchanged:
    """`with unchanged():` the database reads the same afterwards."""

    def __enter__(self) -> None:
        self.before = picture()

    def __exit__(self, kind: Any, problem: Any, _trace: Any) -> None:
        if kind is None:
            assert picture() == self.before


def refused(error: type[Exception], act: Callable[[], Any], code: str | None = None) -> Any:
    """`act` raises `error` (with `code`) and changes nothing. Returns the refusal."""
    import pytest
    from django.db import transaction

    before = picture()
    with pytest.raises(error) as caught, transaction.atomic():
        act()
    assert picture() == before
    if code is not None:
        assert caught.value.code == code  # type: ignore[attr-defined]
    return caught.value
