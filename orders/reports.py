"""Reads over several nouns: the payment clock, a seller's day, ageing, what a person may do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Prefetch, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.clock import local_date
from epeken.core.models import Rule
from epeken.core.words import DAYS
from orders import policies
from orders.models import Bill, Dispute, Order, Payment, Receipt, TaxLine
from orders.querysets import BillQuerySet, OrderQuerySet
from orders.services import disputes as dispute_services
from orders.services import taxes
from orders.states import BillState, DisputeState, OrderState, ReceiptState
from umkm.models import Seller
from umkm.services.turnover import Room, room_of


@dataclass(frozen=True)
class Day:
    """One square of the payment clock."""

    name: str
    number: int
    text: str
    kind: str


@dataclass(frozen=True)
class PaymentClock:
    """Working days left to pay (negative: late). Buyer and seller read the same figure."""

    left: int
    due: date
    title: str
    days: tuple[Day, ...]

    @property
    def is_late(self) -> bool:
        return self.left < 0


def payment_clock(bill: Bill, now: datetime) -> PaymentClock | None:
    """The clock of a bill that waits for its treasurer; None before it is billed and after it is paid."""
    if bill.state not in policies.UNPAID or bill.due_at is None or bill.billed_at is None:
        return None
    today, due, billed = local_date(now), local_date(bill.due_at), local_date(bill.billed_at)
    left = clock.working_days_between(today, due)
    if left < 0:
        title = _("Terlambat %(days)s hari kerja") % {"days": -left}
    elif left == 0:
        title = _("Hari ini batas membayar")
    else:
        title = _("Sisa %(days)s hari kerja untuk membayar") % {"days": left}
    holidays = clock.holidays_between(billed, due)
    working = [
        day
        for day in (billed + timedelta(days=n) for n in range(1, (due - billed).days + 1))
        if clock.is_working_day(day, holidays)
    ][-5:]
    squares = tuple(Day(DAYS[d.weekday()], d.day, _day_word(d, today, due), _day_kind(d, today)) for d in working)
    return PaymentClock(left=left, due=due, title=title, days=squares)


def _day_word(day: date, today: date, due: date) -> str:
    if day == today:
        return _("hari ini")
    if day == due:
        return _("batas")
    return _("lewat") if day < today else ""


def _day_kind(day: date, today: date) -> str:
    return "today" if day == today else "past" if day < today else ""


def paid_in(bill: Bill, payment: Payment) -> int | None:
    """Working days from BAST to payment."""
    if bill.billed_at is None:
        return None
    return clock.working_days_between(local_date(bill.billed_at), payment.paid_on)


def tax_lines(bill: Bill) -> list[TaxLine]:
    """The bill's valid tax lines with their rules."""
    return taxes.in_force(bill.tax_lines.select_related("rule"))


def left_words(due: datetime, now: datetime) -> str:
    """`Sisa 8 jam 18 menit`, `Sisa 3 hari`, `Waktu habis`."""
    seconds = int((due - now).total_seconds())
    if seconds <= 0:
        return _("Waktu habis")
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days >= 2:
        return _("Sisa %(days)s hari") % {"days": days}
    if hours:
        return _("Sisa %(hours)s jam %(minutes)s menit") % {"hours": hours, "minutes": minutes % 60}
    return _("Sisa %(minutes)s menit") % {"minutes": max(minutes, 1)}


@dataclass(frozen=True)
class Steps:
    """What this person may do with this order now."""

    accept: bool = False
    decline: bool = False
    cancel: bool = False
    ship: bool = False
    arrive: bool = False
    inspect: bool = False
    sign: bool = False
    confirm: bool = False
    cash: bool = False
    verify: bool = False
    pay: bool = False
    complain: bool = False
    answer: bool = False
    settle: bool = False

    @property
    def any(self) -> bool:
        return any(vars(self).values())


def steps_for(
    user: Any, order: Order, receipt: Receipt | None, bill: Bill, dispute: Dispute | None, now: datetime
) -> Steps:
    day = local_date(now)
    sells = policies.is_seller_of(user, order)
    receives = policies.can_receive(user, order, day)
    pays = policies.can_pay(user, order, day)
    buyer = policies.is_buyer_of(user, order)
    stage = receipt.state if receipt else None
    calm = dispute is None
    placed, accepted = order.state == OrderState.PLACED, order.state == OrderState.ACCEPTED
    live = stage not in (None, ReceiptState.REJECTED)
    came = stage in dispute_services.CAME
    return Steps(
        accept=sells and placed and now <= order.answer_due_at,
        decline=sells and placed,
        cancel=not live and policies.can_cancel(user, order, day),
        ship=sells and accepted and not live,
        arrive=receives and not buyer and stage == ReceiptState.SHIPPED,
        inspect=receives and stage == ReceiptState.ARRIVED,
        sign=receives and not buyer and calm and stage == ReceiptState.INSPECTED,
        confirm=buyer and calm and stage in (ReceiptState.SHIPPED, ReceiptState.ARRIVED),
        cash=sells and bill.state == BillState.PENDING and bill.net is not None,
        verify=pays and calm and bill.state == BillState.BILLED,
        pay=pays and calm and bill.state == BillState.VERIFIED,
        complain=calm and accepted and came and policies.can_dispute(user, order, day),
        answer=dispute is not None
        and dispute.state == DisputeState.OPENED
        and dispute_services.is_other_side(user, dispute, order, now),
        settle=dispute is not None and dispute.opened_by_id == user.pk,
    )


@dataclass(frozen=True)
class SellerMoney:
    """A seller's money in whole rupiah: running orders, bills on their way, paid this month."""

    waiting: int
    waiting_orders: int
    moving: int
    moving_due: date | None
    received: int
    received_orders: int
    received_last: date | None


def seller_money(seller: Seller, day: date) -> SellerMoney:
    bills = Bill.objects.filter(order__seller=seller)
    running = bills.filter(
        state__in=[BillState.COMMITTED, BillState.PENDING],
        order__state__in=[OrderState.ACCEPTED, OrderState.PLACED],
    )
    waiting = running.aggregate(total=Sum("order__total"))["total"] or 0
    moving = bills.payable().aggregate(total=Sum("net"), due=Max("due_at"))
    month = Payment.objects.filter(bill__order__seller=seller, paid_on__gte=day.replace(day=1))
    paid = month.aggregate(total=Sum("amount"), last=Max("paid_on"))
    return SellerMoney(
        waiting=waiting,
        waiting_orders=running.count(),
        moving=moving["total"] or 0,
        moving_due=local_date(moving["due"]) if moving["due"] else None,
        received=paid["total"] or 0,
        received_orders=month.count(),
        received_last=paid["last"],
    )


@dataclass(frozen=True)
class SellerDay:
    """What waits for a shop today."""

    to_answer: list[Order]
    to_bring: list[Order]
    to_collect: list[Order]
    complaints: list[Dispute]
    room: Room
    money: SellerMoney

    @property
    def count(self) -> int:
        return len(self.to_answer) + len(self.to_bring) + len(self.to_collect) + len(self.complaints)


def seller_day(seller: Seller, now: datetime) -> SellerDay:
    """Everything the desk shows; a fixed number of queries."""
    day = local_date(now)
    mine = (
        Order.objects.filter(seller=seller).with_card().select_related("delivery_kelurahan").prefetch_related("lines")
    )
    return SellerDay(
        to_answer=list(mine.placed().filter(answer_due_at__gte=now).order_by("answer_due_at")),
        to_bring=list(mine.accepted().filter(receipts__isnull=True).order_by("deliver_at")),
        to_collect=list(mine.accepted().filter(bill__state=BillState.PENDING, bill__net__isnull=False)),
        complaints=list(
            Dispute.objects.filter(order__seller=seller, state=DisputeState.OPENED)
            .exclude(opened_by__shop_memberships__seller=seller)
            .select_related("order")
        ),
        room=room_of(seller, day),
        money=seller_money(seller, day),
    )


def fits(room: Room, sample: tuple[str, str, int] | None) -> str:
    """`Kira-kira 420 kotak Nasi kotak lagi. …`: the cap in plain words."""
    if room.is_full:
        return _("Batas bulan ini sudah penuh. Toko Anda menerima pesanan lagi mulai tanggal 1.")
    same = _("Batas ini sama untuk semua penjual supaya pesanan terbagi, dan mulai dari nol lagi pada tanggal 1.")
    if sample is None or room.left < sample[2]:
        return same
    name, unit, price = sample
    more = _("Kira-kira %(count)s %(unit)s %(name)s lagi.") % {
        "count": f"{room.left // price:,}".replace(",", "."),
        "unit": unit,
        "name": name,
    }
    return f"{more} {same}"


def with_standing(orders: OrderQuerySet) -> OrderQuerySet:
    """Everything `standing.of` reads, without a query per order."""
    return orders.with_card().prefetch_related(
        "lines", "receipts", Prefetch("disputes", Dispute.objects.order_by("pk"))
    )


STAGES: dict[str, Q] = {
    "menunggu": Q(state=OrderState.PLACED),
    "disiapkan": Q(state=OrderState.ACCEPTED, receipts__isnull=True),
    "dikirim": Q(state=OrderState.ACCEPTED, receipts__state=ReceiptState.SHIPPED),
    "diperiksa": Q(state=OrderState.ACCEPTED, receipts__state__in=[ReceiptState.ARRIVED, ReceiptState.INSPECTED]),
    "dibayar": Q(
        state=OrderState.ACCEPTED,
        bill__state__in=[BillState.BILLED, BillState.VERIFIED, BillState.PENDING],
        receipts__state=ReceiptState.ACCEPTED,
    ),
    "selesai": Q(state=OrderState.FINISHED),
    "batal": Q(state=OrderState.CLOSED),
}


def stage_choices() -> list[tuple[str, str]]:
    return [
        ("", _("Semua tahap")),
        ("menunggu", _("Menunggu penjual")),
        ("disiapkan", _("Disiapkan penjual")),
        ("dikirim", _("Dalam perjalanan")),
        ("diperiksa", _("Diperiksa")),
        ("dibayar", _("Menunggu pembayaran")),
        ("selesai", _("Selesai")),
        ("batal", _("Batal")),
    ]


def filtered(orders: OrderQuerySet, values: Mapping[str, Any]) -> OrderQuerySet:
    """By the fields of FilterForm: stage, words, days of placing."""
    stage = STAGES.get(values.get("tahap") or "")
    if stage is not None:
        orders = orders.filter(stage)
    words = (values.get("q") or "").strip()
    if words:
        orders = orders.filter(
            Q(number__icontains=words) | Q(title__icontains=words) | Q(seller__name__icontains=words)
        )
    if values.get("sejak"):
        orders = orders.filter(placed_at__gte=clock.start_of(values["sejak"]))
    if values.get("sampai"):
        orders = orders.filter(placed_at__lte=clock.end_of(values["sampai"]))
    return orders


@dataclass(frozen=True)
class Ageing:
    """Unpaid bills of a treasurer's departments, the longest waiting first."""

    late: list[Bill]
    today: list[Bill]
    later: list[Bill]

    @property
    def total(self) -> int:
        return sum(bill.gross or 0 for bill in [*self.late, *self.today, *self.later])

    @property
    def count(self) -> int:
        return len(self.late) + len(self.today) + len(self.later)


def ageing(bills: BillQuerySet, now: datetime) -> Ageing:
    today = local_date(now)
    rows = bills.payable().select_related("order__seller", "order__agency", "order__request").order_by("due_at")
    found: Sequence[Bill] = list(rows)
    return Ageing(
        late=[b for b in found if b.due_at and local_date(b.due_at) < today],
        today=[b for b in found if b.due_at and local_date(b.due_at) == today],
        later=[b for b in found if b.due_at and local_date(b.due_at) > today],
    )


def days_left_words(bill: Bill, now: datetime) -> str:
    if bill.due_at is None:
        return ""
    left = clock.working_days_between(local_date(now), local_date(bill.due_at))
    if left < 0:
        return ngettext("terlambat %(n)s hari kerja", "terlambat %(n)s hari kerja", -left) % {"n": -left}
    return _("hari ini") if left == 0 else _("sisa %(n)s hari kerja") % {"n": left}


def payment_days(day: date) -> int:
    return Rule.objects.amount("bill.payment_days", day)
