"""What pages say about money: the payment clock, ageing, tax lines."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from epeken.core import clock, exports
from epeken.core.clock import local_date
from epeken.core.i18n.times import brief_date, day_words, weekday, working_days, working_days_words
from epeken.core.i18n.words import rupiah
from epeken.core.web.sorting import Column
from orders.billing import policies, rules, standing, taxes
from orders.billing.models import Invoice, Payment, TaxLine
from orders.billing.querysets import TO_SEND, InvoiceQuerySet
from orders.billing.services import invoices as invoices_services
from orders.billing.states import UNPAID, HoldReason, InvoiceState
from orders.orders.models import Order
from orders.reversals.anew import recorded_before
from procurement.agencies.states import office_in_sentence

OPEN = F("net") - F("paid")  # whole rupiah of an invoice that no payment is recorded for


@dataclass(frozen=True)
class Day:
    """One square of the payment clock."""

    name: str
    number: int
    text: str
    kind: str


@dataclass(frozen=True)
class PaymentClock:
    """Working days left to pay, negative after a working day without payment; on the weekend behind its last day an
    invoice is late with none left. Buyer and seller read the same figure."""

    left: int
    due: date
    is_late: bool
    title: str
    days: tuple[Day, ...]


def holidays_of(invoices: Iterable[Invoice], now: datetime, *since: datetime) -> frozenset[date]:
    """Every holiday that a clock of these invoices may meet, or one that runs from `since`. One query."""
    rows = [moment for row in invoices for moment in (row.issued_at, row.due_at, row.paid_at) if moment is not None]
    moments = [*rows, *since]
    days = [local_date(moment) for moment in [now, *moments]]
    return clock.holidays_between(min(days), max(days))


def payment_clock(invoice: Invoice, now: datetime, holidays: frozenset[date] | None = None) -> PaymentClock | None:
    """The clock of an invoice that waits for its treasurer; None once it is paid, and for cash.

    `holidays` of `holidays_of`, where several are shown.
    """
    if invoice.state not in UNPAID or invoice.due_at is None:
        return None
    today, due, issued = local_date(now), clock.last_day(invoice.due_at), local_date(invoice.issued_at)
    if holidays is None:
        holidays = holidays_of([invoice], now)
    left, is_late = clock.working_days_between(today, due, holidays), clock.is_over(invoice.due_at, now)
    working = [
        day
        for day in (issued + timedelta(days=n) for n in range(1, (max(due, today) - issued).days + 1))
        if clock.is_working_day(day, holidays)
    ][-5:]
    squares = tuple(Day(weekday(d), d.day, _day_word(d, today, due), _day_kind(d, today)) for d in working)
    return PaymentClock(
        left=left,
        due=due,
        is_late=is_late,
        title=("" if is_late else standing.event_words(invoice)) or working_days_words(left, due, today),
        days=squares,
    )


def _day_word(day: date, today: date, due: date) -> str:
    if day == today:
        return day_words(day, today)
    if day == due:
        return _("batas")
    return _("lewat") if due < day < today else ""


def _day_kind(day: date, today: date) -> str:
    return "today" if day == today else "past" if day < today else ""


def paid_in(invoice: Invoice, payment: Payment, holidays: frozenset[date] | None = None) -> int:
    """Working days from BAST to payment. `holidays` as in `payment_clock`."""
    return days_to_pay(policies.accepted_at(invoice), payment.paid_on, holidays)


def days_to_pay(accepted_at: datetime, paid_on: date, holidays: frozenset[date] | None = None) -> int:
    """`paid_in`, where only the moments are read."""
    return clock.working_days_between(local_date(accepted_at), paid_on, holidays)


@dataclass(frozen=True)
class TaxRow:
    """A tax line, and its explanation in the reader's language where that is known."""

    line: TaxLine
    words: str


def tax_lines(invoice: Invoice) -> list[TaxRow]:
    """The invoice's valid tax lines with their rules."""
    lines = taxes.in_force(invoice.tax_lines.select_related("rule", "exemption"))
    language = get_language() or "id"
    # A person's invoice bears no tax, and nothing was kept of the seller to compute it on.
    told = {} if language == "id" or not lines else invoices_services.explanations_in(language, invoice)
    return [TaxRow(line, told.get(line.explanation, line.explanation)) for line in lines]


def expected_taxes(order: Order, day: date) -> list[taxes.TaxResult]:
    """What would be withheld if the whole order were delivered on the day, with the reason of each also where nothing
    is: as its seller read before accepting it. None of a person's, or while a rate is missing."""
    if order.agency_id is None:
        return []
    split = order.pk in invoices_services.split_among([order])
    try:
        rates = taxes.rates_on(day)
        return taxes.compute(invoices_services.expected_tax_input(order, day=day, split=split), rates)
    except taxes.NoRates:
        return []


@dataclass(frozen=True)
class ByCard:
    """What paying an invoice by government card would change: the taxes that are then not collected, and the net."""

    taxes: str
    net: int


def by_card(invoice: Invoice) -> ByCard | None:
    """None when nothing would change, or a part was paid and a card pays at once."""
    if invoice.paid:
        return None
    results = invoices_services.tax_by_card(invoice)
    left = {result.kind: result.amount for result in results}
    free = [line for line in taxes.in_force(invoice.tax_lines.all()) if line.amount > left.get(line.kind, 0)]
    net = invoice.gross - taxes.total(results)
    if net == invoice.net:
        return None
    return ByCard(_(" dan ").join(line.get_kind_display() for line in free), net)


@dataclass(frozen=True)
class Ageing:
    """Unpaid invoices of a treasurer's departments by their last day, and what their sellers are still to get."""

    late: int
    today: int
    later: int
    held: int  # of these: held by the treasurer or the approver, while their time goes on
    paused: int  # an undecided dispute stands before them; nobody pays, and no clock runs
    awaited: int  # goods come again first, by a decision
    total: int  # whole rupiah still to be sent, without the paused and the awaited
    sent: int  # of these: the money left, in part or whole, and its record is corrected
    sent_total: int  # whole rupiah that left for those and is not recorded
    stopped_total: int  # whole rupiah still open of the paused and the awaited

    @property
    def count(self) -> int:
        return self.late + self.today + self.later


def ageing(invoices: InvoiceQuerySet, now: datetime) -> Ageing:
    today = local_date(now)
    late, later = clock.over("due_at", clock.start_of(today)), clock.running("due_at", clock.end_of(today))
    waiting = invoices.payable()
    found = (
        waiting.undisputed()
        .settled_goods()
        .aggregate(
            late=Count("pk", filter=late),
            today=Count("pk", filter=~late & ~later),
            later=Count("pk", filter=later),
            held=Count("pk", filter=Q(held_at__isnull=False)),
            total=Coalesce(Sum(TO_SEND), 0),
            sent=Count("pk", filter=Q(correcting__isnull=False)),
            open=Coalesce(Sum(OPEN), 0),
        )
    )
    open_ = found.pop("open")
    every = waiting.aggregate(open=Coalesce(Sum(OPEN), 0))["open"]
    awaited = waiting.undisputed().count() - found["late"] - found["today"] - found["later"]
    return Ageing(
        **found, paused=waiting.disputed().count(), awaited=awaited, sent_total=open_ - found["total"],
        stopped_total=every - open_,
    )  # fmt: skip


def ageing_words(found: Ageing, days: int) -> str:
    """What the unpaid rows of the list come to: to be sent, sent and recorded anew, and stopped, each with its sum.
    `days`: working days to pay."""
    said = []
    if found.count:
        waits = ngettext(
            "%(n)s tagihan menunggu, %(total)s masih harus dibayar ke penjual.",
            "%(n)s tagihan menunggu, %(total)s masih harus dibayar ke penjual.",
            found.count,
        )
        said.append(waits % {"n": found.count, "total": rupiah(found.total)})
    if found.sent:
        gone = ngettext(
            "Untuk %(n)s di antaranya %(total)s sudah dikirim, tinggal dicatat ulang.",
            "Untuk %(n)s di antaranya %(total)s sudah dikirim, tinggal dicatat ulang.",
            found.sent,
        )
        said.append(gone % {"n": found.sent, "total": rupiah(found.sent_total)})
    if stopped := found.paused + found.awaited:
        rests = ngettext(
            "%(n)s tagihan lain berhenti dulu: %(total)s.", "%(n)s tagihan lain berhenti dulu: %(total)s.", stopped
        )
        said.append(rests % {"n": stopped, "total": rupiah(found.stopped_total)})
    if not said:
        return _("Tidak ada tagihan yang menunggu.")
    return " ".join([*said, _("Batasnya %(days)s sejak BAST.") % {"days": working_days(days)}])


def filtered(invoices: InvoiceQuerySet, values: Mapping[str, Any], now: datetime) -> InvoiceQuerySet:
    """By the fields of InvoiceFilter."""
    standing = values.get("keadaan") or ""
    if standing == "dibayar":
        invoices = invoices.filter(state=InvoiceState.PAID)
    elif standing == "semua":
        invoices = invoices.live()
    elif standing == "sengketa":
        invoices = invoices.payable().disputed()
    elif standing == "dibatalkan":
        invoices = invoices.to_pay_again()
    elif standing == "diminta":
        invoices = invoices.asked_to_reverse()
    elif standing == "ditahan":
        invoices = invoices.payable().held()
    elif standing == "berkas":
        invoices = invoices.payable().undisputed().settled_goods().lacking()
    elif standing == "periksa":
        invoices = invoices.of_treasurer().going().filter(state=InvoiceState.ISSUED)
    elif standing == "disetujui":
        invoices = invoices.to_approve()
    elif standing == "siap":
        invoices = invoices.to_pay()
    elif standing == "lewat":
        invoices = invoices.late(now)
    else:
        invoices = invoices.payable()
    for word in (values.get("q") or "").split():
        invoices = invoices.filter(
            Q(number__icontains=word)
            | Q(order__number__icontains=word)
            | Q(order__title__icontains=word)
            | Q(order__seller__name__icontains=word)
        )
    return invoices.filter(clock.on_days("issued_at", values.get("sejak"), values.get("sampai")))


def sum_of(invoices: InvoiceQuerySet) -> int:
    """Whole rupiah their sellers get or got."""
    # A search joins rows to an invoice: each is counted once.
    alone = Invoice.objects.filter(pk__in=invoices.order_by().values("pk"))
    return int(alone.aggregate(sum=Coalesce(Sum("net"), 0))["sum"])


def list_columns() -> list[Column]:
    return [
        Column(_("Tagihan"), "nomor", "number"),
        Column(_("Penjual"), "toko", "order__seller__name"),
        Column(pgettext("waktu", "Batas"), "batas", "due_at"),
        Column(_("Keadaan")),
        Column(_("Untuk penjual"), "jumlah", "net", n=True),
    ]


@dataclass(frozen=True)
class InvoiceRow:
    """An invoice in the treasurer's list. `left`: words of its deadline, or when it was paid; `kind`: of its tag;
    `presses`: its last day is today or over. `asked_back`: that the head is to decide on a reversal of its payment."""

    invoice: Invoice
    state: str
    kind: str
    left: str
    presses: bool = False
    asked_back: str = ""


def list_rows(found: Iterable[Invoice], now: datetime, holidays: frozenset[date]) -> list[InvoiceRow]:
    """`found`: `with_list`; `holidays` of `holidays_of`."""
    return [_row(invoice, now, holidays) for invoice in found]


def _row(invoice: Any, now: datetime, holidays: frozenset[date]) -> InvoiceRow:
    row = _row_of(invoice, now, holidays)
    return replace(row, asked_back=_("pembatalan pembayarannya menunggu kepala dinas") if invoice.is_asked_back else "")


def _row_of(invoice: Any, now: datetime, holidays: frozenset[date]) -> InvoiceRow:
    state = _state_words(invoice)
    if invoice.paid_at is not None and not invoice.gross:
        return InvoiceRow(invoice, state, "done", "")
    if invoice.paid_at is not None:
        return InvoiceRow(invoice, state, "done", _("dibayar %(day)s") % {"day": brief_date(_paid_on(invoice))})
    if invoice.is_disputed:
        return InvoiceRow(invoice, _("Terhenti karena keluhan"), "no", _("waktu berhenti"))
    if invoice.is_awaited:
        return InvoiceRow(invoice, _("Menunggu barang pengganti"), "", _("dibayar sesudahnya"))
    words = days_left_words(invoice, now, holidays)
    if invoice.held_at is not None:
        return InvoiceRow(invoice, state, "no", words)
    if invoice.due_at is None:
        return InvoiceRow(invoice, state, "", words)
    return InvoiceRow(invoice, state, "", words, presses=clock.last_day(invoice.due_at) <= local_date(now))


def _state_words(invoice: Invoice) -> str:
    """As everywhere; that its approver sent it back is the department's own matter, and is said here alone."""
    is_returned = invoice.state == InvoiceState.ISSUED and invoice.return_reason and invoice.held_at is None
    if is_returned and not standing.paper_words(invoice):
        return _("Dikembalikan untuk diperiksa lagi")
    if invoice.state == InvoiceState.PAID and not invoice.gross:
        return _("Dipotong seluruhnya, tidak ada yang dibayar")
    return standing.words_of(invoice) if invoice.state in UNPAID else str(InvoiceState(invoice.state).label)


def payment_initial(invoice: Invoice, day: date) -> dict[str, Any]:
    """What the payment form begins with: today; of money that was sent already, the earlier record without what was
    wrong in it."""
    found: dict[str, Any] = {"shown": invoice.outstanding}
    earlier = invoice.correcting
    if earlier is None:
        return found | {"paid_on": day}
    if earlier.late_year_basis:
        found["late_year_basis"] = earlier.late_year_basis
    if invoice.sent_amount < invoice.outstanding:
        found["amount"] = invoice.sent_amount
    return found | recorded_before(earlier)


def file_head() -> list[str]:
    return [
        _("Nomor tagihan"), _("Nomor surat pesanan"), _("Nama"), _("Penjual"), _("Dinas"), _("Terbit"),
        _("Batas bayar"), _("Keadaan"), _("Potongan keputusan keluhan"), _("Tagihan"), _("Pajak"),
        _("Untuk penjual"), _("Sudah dibayar"),
        _("Dibayar pada"), _("Hari kerja terlambat"),
    ]  # fmt: skip


def file_cells(found: InvoiceQuerySet, now: datetime) -> Callable[[Any], list[exports.Cell]]:
    """Of each invoice of `found`, which is `with_list`. One query for the holidays of all of them."""
    first = found.order_by().aggregate(first=Min("due_at"))["first"]
    holidays = clock.holidays_between(local_date(first), local_date(now)) if first else frozenset()
    return lambda invoice: [*_file_cells(invoice), days_late(invoice, now, holidays)]


def days_late(invoice: Any, now: datetime, holidays: frozenset[date]) -> int | None:
    """Working days since the last day of one that is still to be paid; None of one in time, or whose clock stands.
    `invoice`: `with_list`."""
    is_running = invoice.state in UNPAID and not (invoice.is_disputed or invoice.is_awaited)
    if not is_running or invoice.due_at is None or not clock.is_over(invoice.due_at, now):
        return None
    return clock.working_days_between(clock.last_day(invoice.due_at), local_date(now), holidays)


def _file_cells(invoice: Any) -> list[exports.Cell]:
    order = invoice.order
    disputed = invoice.is_disputed and invoice.paid_at is None
    return [
        invoice.number,
        order.number,
        order.title,
        order.seller.name,
        order.agency.short_name if order.agency else "",
        invoice.issued_at,
        clock.last_day(invoice.due_at) if invoice.due_at else None,
        _("Terhenti karena keluhan") if disputed else _state_words(invoice),
        invoice.deduction,
        invoice.gross,
        invoice.withheld,
        invoice.net,
        invoice.paid,
        _paid_on(invoice) if invoice.paid_at is not None and invoice.gross else None,
    ]


def _paid_on(invoice: Any) -> date:
    """On which its last payment left, as the scorecard counts; the day of the decision that left nothing to pay."""
    return invoice.last_paid_on or local_date(invoice.paid_at)


def holder_words(invoice: Invoice, day: date) -> str:
    """Who holds an unpaid invoice of a department, for both sides, and since when."""
    since: datetime | None
    if invoice.held_at is not None:
        words, since = standing.words_of(invoice), invoice.held_at
    elif standing.is_to_pay_again(invoice):
        words, since = standing.words_of(invoice), invoice.reversed_at
    elif papers := standing.paper_words(invoice):
        words, since = papers, invoice.approved_at or invoice.issued_at
    elif invoice.state == InvoiceState.VERIFIED:
        office = office_in_sentence(policies.approver_role(day))
        words, since = _("Menunggu persetujuan %(office)s") % {"office": office}, invoice.verified_at
    elif invoice.state == InvoiceState.APPROVED:
        words, since = _("Disetujui, menunggu dibayar bendahara"), invoice.approved_at
    else:
        words, since = _("Diperiksa bendahara"), invoice.issued_at
    return _("%(words)s, sejak %(day)s") % {"words": words, "day": brief_date(since)} if since else words


@dataclass(frozen=True)
class HoldAnswer:
    """What the seller of a held invoice can put right, and where."""

    text: str
    href: str


def hold_answer(invoice: Invoice) -> HoldAnswer | None:
    """None where it is not held, or only the department can do something about it."""
    if invoice.held_at is None or invoice.hold_reason in (HoldReason.BUDGET, HoldReason.DEBT):
        return None
    shop, order = f"{reverse('umkm:identity-list')}?toko={invoice.order.seller_id}", invoice.order.number
    if invoice.hold_reason == HoldReason.BANK:
        return HoldAnswer(_("Betulkan rekening toko Anda"), shop)
    if invoice.hold_reason == HoldReason.OTHER:
        return HoldAnswer(_("Bila menyangkut rekening atau data toko, betulkan di sini"), shop)
    if invoice.hold_reason == HoldReason.TAX_INVOICE:
        return HoldAnswer(
            _("Unggah faktur pajaknya"), reverse("orders:tax-invoice-create", args=[order, invoice.number])
        )
    return HoldAnswer(_("Periksa berkas dan jumlahnya di pesanan"), reverse("orders:order-detail", args=[order]))


@dataclass(frozen=True)
class TickedRow:
    """One bill of a page on which several are ticked. `value`: what ticking it sends. `blocked`: why this person may
    not, "" when they may."""

    invoice: Invoice
    value: str
    left: str
    is_late: bool
    blocked: str

    @classmethod
    def facts(cls, invoice: Invoice, now: datetime, holidays: frozenset[date]) -> dict[str, Any]:
        """What every such row says of its bill."""
        return {
            "invoice": invoice,
            "left": days_left_words(invoice, now, holidays),
            "is_late": invoice.due_at is not None and clock.is_over(invoice.due_at, now),
        }


def days_left_words(invoice: Invoice, now: datetime, holidays: frozenset[date]) -> str:
    if invoice.due_at is None:
        return ""
    today, due = local_date(now), clock.last_day(invoice.due_at)
    return working_days_words(clock.working_days_between(today, due, holidays), due, today)


def payment_days(day: date) -> int:
    return rules.PAYMENT.on(day)
