"""How fast a department pays, and how much of it in time."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from epeken.core.i18n import times
from orders.billing.models import Invoice
from orders.billing.pages import days_to_pay
from orders.billing.querysets import InvoiceQuerySet
from orders.billing.states import InvoiceState
from orders.realisation.pages import realised
from orders.scorecards.figures import Case, Family, Figure, Holidays, Measured, Span, Value, at_most, share_of

HALF, MOST = Decimal("0.5"), Decimal("0.9")


def working_days(days: int) -> Value:
    """No whole one passed: on the same day, or on days off after it."""
    return Value(days, times.working_days(days) if days else _("kurang dari 1 hari kerja"))


def percentiles(found: dict[int, list[int]], part: Decimal) -> dict[int, Value]:
    return {agency: working_days(at_most(days, part)) for agency, days in found.items()}


def _measure(agencies: Sequence[int], span: Span, now: datetime) -> Measured:
    """Four queries."""
    holidays, days = span.holidays(), defaultdict(list)
    for agency, accepted, paid in _paid(agencies, span).values_list("order__agency", "taken_over_at", "last_paid_on"):
        days[agency].append(days_to_pay(accepted, paid, holidays))
    in_time: Counter[int] = Counter()
    due: Counter[int] = Counter(_late(agencies, span, now).values_list("order__agency", flat=True))
    for agency, paid, last in _settled(agencies, span).values_list("order__agency", "last_paid_on", "last_day"):
        due[agency] += 1
        in_time[agency] += paid <= last
    return {
        "bayar-separuh": percentiles(days, HALF),
        "bayar-sembilan": percentiles(days, MOST),
        "tepat-waktu": {agency: share_of(in_time[agency], count) for agency, count in due.items()},
    }


def _paid(agencies: Sequence[int], span: Span) -> InvoiceQuerySet:
    return realised(agencies, span.since, span.until)


def _settled(agencies: Sequence[int], span: Span) -> InvoiceQuerySet:
    """Paid, with the last day to pay in the span."""
    return Invoice.objects.settled().filter(order__agency__in=agencies, last_day__range=(span.since, span.until))


def _late(agencies: Sequence[int], span: Span, now: datetime) -> InvoiceQuerySet:
    """Not paid past a last day that lies in the span."""
    found = Invoice.objects.unpaid_late(now).with_days()
    return found.filter(order__agency__in=agencies, last_day__range=(span.since, span.until))


def _paid_cases(agency: int, span: Span, now: datetime) -> InvoiceQuerySet:
    return _paid([agency], span).select_related("order__seller").order_by("-last_paid_on", "-pk")


def _due_cases(agency: int, span: Span, now: datetime) -> InvoiceQuerySet:
    parts = [_settled([agency], span), _late([agency], span, now)]
    found = Invoice.objects.filter(reduce(or_, [Q(pk__in=part.order_by().values("pk")) for part in parts]))
    return found.with_days().select_related("order__seller").order_by("-last_day", "-pk")


def _paid_case(invoice: Any, holidays: Holidays) -> Case:
    days = days_to_pay(invoice.taken_over_at, invoice.last_paid_on, holidays)
    return _case(invoice, invoice.last_paid_on, working_days(days))


def _due_case(invoice: Any, _holidays: Holidays) -> Case:
    if invoice.state != InvoiceState.PAID:
        words = _("belum dibayar")
    else:
        words = _("tepat waktu") if invoice.last_paid_on <= invoice.last_day else _("terlambat")
    return _case(invoice, invoice.last_day, words)


def _case(invoice: Any, day: date, value: Value | str) -> Case:
    href = reverse("orders:order-detail", args=[invoice.order.number]) + f"#tagihan-{invoice.number}"
    return Case(invoice.number, invoice.order.title, href, invoice.order.seller.name, day, value)


FAMILY = Family(
    "bayar",
    gettext_lazy("Membayar penjual"),
    (
        Figure(
            "bayar-separuh",
            pgettext_lazy("paling lama", "Separuh"),
            gettext_lazy("Separuh tagihan dibayar paling lama"),
            gettext_lazy(
                "Hari kerja dari BAST sampai pembayaran terakhir, dari tagihan yang lunas pada masa ini. Separuh "
                "tagihan dibayar dalam waktu ini atau lebih cepat."
            ),
            _paid_cases,
            _paid_case,
        ),
        Figure(
            "bayar-sembilan",
            pgettext_lazy("paling lama", "Sembilan dari sepuluh"),
            gettext_lazy("Sembilan dari sepuluh tagihan dibayar paling lama"),
            gettext_lazy(
                "Dihitung dari tagihan yang sama. Hanya satu dari sepuluh tagihan dibayar lebih lama dari ini."
            ),
            _paid_cases,
            _paid_case,
        ),
        Figure(
            "tepat-waktu",
            gettext_lazy("Tepat waktu"),
            gettext_lazy("Dibayar tepat waktu"),
            gettext_lazy(
                "Dari tagihan yang hari terakhir membayarnya pada masa ini: yang lunas paling lambat hari itu. Tagihan "
                "yang lewat dan belum dibayar dihitung terlambat; yang terhenti karena keluhan, bila sudah lewat saat "
                "keluhannya diajukan."
            ),
            _due_cases,
            _due_case,
        ),
    ),
    _measure,
)
