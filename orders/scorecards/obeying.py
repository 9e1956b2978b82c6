"""Purchases that went through with a warning answered by a reason, or with a required paper waived."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy

from epeken.core import clock
from orders.orders.models import Order
from orders.orders.querysets import OrderQuerySet
from orders.oversight.flags import Flag, conditions
from orders.scorecards.figures import Case, Family, Figure, Holidays, Measured, Span, count_of, in_rupiah

FLAGS = {"peringatan": Flag.JUSTIFIED, "lampiran": Flag.WAIVED}


def _measure(agencies: Sequence[int], span: Span, now: datetime) -> Measured:
    """One query."""
    rules = {code: conditions(now)[flag] for code, flag in FLAGS.items()}
    counted = {f"n_{code}": Count("pk", filter=rule) for code, rule in rules.items()}
    rows = list(_placed(agencies, span).order_by().values("agency").annotate(n=Count("pk"), **counted))
    return {code: {row["agency"]: count_of(row[f"n_{code}"], row["n"]) for row in rows} for code in FLAGS}


def _placed(agencies: Sequence[int], span: Span) -> OrderQuerySet:
    return Order.objects.filter(**span.within("placed_at"), agency__in=agencies)


def _cases(code: str, agency: int, span: Span, now: datetime) -> OrderQuerySet:
    found = _placed([agency], span).filter(conditions(now)[FLAGS[code]])
    return found.select_related("seller").order_by("-placed_at", "-pk")


def _case(order: Any, _holidays: Holidays) -> Case:
    href = reverse("orders:order-detail", args=[order.number])
    day = clock.local_date(order.placed_at)
    return Case(order.number, order.title, href, order.seller.name, day, in_rupiah(order.total))


FAMILY = Family(
    "patuh",
    gettext_lazy("Mengikuti aturan"),
    (
        Figure(
            "peringatan",
            gettext_lazy("Peringatan dijawab dengan alasan"),
            gettext_lazy("Belanja dengan peringatan yang dijawab dengan alasan"),
            gettext_lazy(
                "Pesanan yang terbit pada masa ini meski permintaannya diperingatkan, karena pejabat menerima alasan "
                "pemesan; dari semua pesanan yang terbit pada masa ini."
            ),
            partial(_cases, "peringatan"),
            _case,
        ),
        Figure(
            "lampiran",
            gettext_lazy("Lampiran dikecualikan"),
            gettext_lazy("Belanja dengan lampiran wajib yang dikecualikan"),
            gettext_lazy(
                "Pesanan yang terbit pada masa ini dan satu atau lebih lampiran wajibnya dikecualikan; dari semua "
                "pesanan yang terbit pada masa ini."
            ),
            partial(_cases, "lampiran"),
            _case,
        ),
    ),
    _measure,
)
