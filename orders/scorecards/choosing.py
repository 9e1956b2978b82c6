"""Whom a department buys from: how many sellers, how concentrated, how much of its budget goes to small businesses."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from epeken.core import clock
from epeken.core.clock import local_date
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import grouped, part_of, percent
from orders.orders.models import Order
from orders.orders.querysets import OrderQuerySet
from orders.scorecards.figures import Case, Family, Figure, Holidays, Measured, Span, Value, in_rupiah
from procurement.budgets.models import BudgetLine
from procurement.budgets.pages import Totals
from procurement.guards.concerns import owner_of
from procurement.guards.pages import small_part
from procurement.guards.rules import SMALL_SHARE

SCALE = 10_000  # of the Herfindahl–Hirschman index: one owner group alone


def _measure(agencies: Sequence[int], span: Span, now: datetime) -> Measured:
    """Three queries."""
    shops: dict[int, set[int]] = defaultdict(set)
    owners: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = _placed(agencies, span).order_by().values_list("agency", "seller", "seller__owner")
    for agency, seller, owner, amount in rows.annotate(bought=Sum("commitment__amount")):
        shops[agency].add(seller)
        owners[agency][owner_of(owner, seller)] += amount
    known: dict[int, set[str]] = defaultdict(set)
    before = _counting(agencies).filter(placed_at__lt=span.year_starts_at).order_by()
    for agency, seller, owner in before.values_list("agency", "seller", "seller__owner").distinct():
        known[agency].add(owner_of(owner, seller))
    found: dict[str, dict[int, Value]] = {figure.code: {} for figure in FAMILY.figures}
    for agency, bought in owners.items():
        found["penjual"][agency] = _count(len(shops[agency]))
        found["pemilik"][agency] = _count(len(bought))
        found["pemilik-baru"][agency] = _count(len(bought.keys() - known[agency]))
        if total := sum(bought.values()):
            part = part_of(max(bought.values()), total)
            found["porsi-terbesar"][agency] = Value(part, percent(part))
            index = hhi(list(bought.values()))
            found["pemusatan"][agency] = Value(index, grouped(Decimal(index)))
    return found | {"usaha-kecil": _small(agencies, span, now)}


def hhi(amounts: Sequence[int]) -> int:
    """The sum of the squared shares, in ten-thousandths: 10,000 of one, 2,500 of four equal ones. Not all are zero."""
    index = Decimal(SCALE * sum(amount**2 for amount in amounts)) / sum(amounts) ** 2
    return int(index.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _count(number: int) -> Value:
    return Value(number, grouped(Decimal(number)))


def _counting(agencies: Sequence[int]) -> OrderQuerySet:
    return Order.objects.counting().filter(agency__in=agencies)


def _placed(agencies: Sequence[int], span: Span) -> OrderQuerySet:
    return _counting(agencies).filter(**span.within("placed_at"))


def _small(agencies: Sequence[int], span: Span, now: datetime) -> dict[int, Value]:
    """Of the whole year's budget, by the share asked for on its last day, or today."""
    least = SMALL_SHARE.on(min(Span(span.year).until, local_date(now)))
    lines = BudgetLine.objects.filter(agency__in=agencies, year=span.year).order_by().values_list("agency")
    sums = lines.annotate(*(Sum(name) for name in ("pagu", "reserved", "committed", "realised")))
    parts = {agency: small_part(Totals(*amounts), least) for agency, *amounts in sums}
    said = _("%(part)s, paling sedikit %(least)s")
    return {
        agency: Value(part, said % {"part": percent(part), "least": percent(least)})
        for agency, part in parts.items()
        if part is not None
    }


def _cases(agency: int, span: Span, now: datetime) -> OrderQuerySet:
    """Owner groups together, the largest purchase of each first."""
    found = _placed([agency], span).select_related("seller", "commitment")
    return found.order_by(F("seller__owner").asc(nulls_last=True), "-commitment__amount", "-pk")


def _new_cases(agency: int, span: Span, now: datetime) -> OrderQuerySet:
    known = _counting([agency]).filter(placed_at__lt=span.year_starts_at, seller__owner__isnull=False)
    return _cases(agency, span, now).exclude(seller__owner__in=known.values("seller__owner"))


def _case(order: Any, _holidays: Holidays) -> Case:
    owner = order.seller.name
    if order.seller.owner_id:  # shops of one owner are told by its number
        owner = _("%(shop)s, pemilik nomor %(number)s") % {"shop": owner, "number": order.seller.owner_id}
    href = reverse("orders:order-detail", args=[order.number])
    day = clock.local_date(order.placed_at)
    return Case(order.number, order.title, href, owner, day, in_rupiah(order.commitment.amount))


def _budget(agency: int, span: Span, now: datetime) -> QuerySet[BudgetLine]:
    found = BudgetLine.objects.filter(agency=agency, year=span.year).select_related("account")
    return found.order_by("activity_code", "account", "pk")


def _budget_case(line: Any, _holidays: Holidays) -> Case:
    href = reverse("procurement:budget-detail", args=[line.pk])
    words = {"spent": rupiah(line.committed + line.realised), "pagu": rupiah(line.pagu)}
    value = Value(line.committed + line.realised, _("%(spent)s dari %(pagu)s") % words)
    return Case(line.account_id, line.activity_name, href, line.account.name, None, value)


FAMILY = Family(
    "penjual",
    gettext_lazy("Memilih penjual"),
    (
        Figure(
            "penjual",
            gettext_lazy("Banyaknya penjual"),
            gettext_lazy("Penjual berbeda"),
            gettext_lazy("Toko yang mendapat pesanan pada masa ini; pesanan yang batal tidak dihitung."),
            _cases,
            _case,
        ),
        Figure(
            "pemilik",
            gettext_lazy("Banyaknya pemilik"),
            gettext_lazy("Kelompok pemilik berbeda"),
            gettext_lazy("Toko dengan NIK atau rekening yang sama satu kelompok pemilik, dan dihitung sekali."),
            _cases,
            _case,
        ),
        Figure(
            "pemilik-baru",
            gettext_lazy("Pemilik baru"),
            gettext_lazy("Kelompok pemilik yang baru dicoba tahun ini"),
            gettext_lazy("Mendapat pesanan pada masa ini, dan belum pernah dari dinas ini sebelum tahun ini."),
            _new_cases,
            _case,
        ),
        Figure(
            "porsi-terbesar",
            pgettext_lazy("bagian", "Terbesar"),
            gettext_lazy("Bagian kelompok pemilik terbesar"),
            gettext_lazy(
                "Bagian dari nilai pesanan masa ini yang didapat satu kelompok pemilik, yang terbesar. Sesudah semua "
                "barang datang, nilainya yang ditagih."
            ),
            _cases,
            _case,
        ),
        Figure(
            "pemusatan",
            gettext_lazy("HHI"),
            gettext_lazy("Pemusatan (HHI)"),
            gettext_lazy(
                "Jumlah kuadrat bagian tiap kelompok pemilik, dari 0 sampai 10.000. Satu kelompok sendirian: 10.000; "
                "empat kelompok sama besar: 2.500. Makin kecil, makin terbagi."
            ),
            _cases,
            _case,
        ),
        Figure(
            "usaha-kecil",
            gettext_lazy("Usaha kecil"),
            gettext_lazy("Anggaran untuk usaha mikro dan kecil"),
            gettext_lazy(
                "Bagian dari pagu setahun penuh yang dipesan atau dibayar ke usaha mikro dan kecil, seperti semua "
                "penjual di sini, dan bagian yang paling sedikit diminta (Perpres 16/2018, 12/2021, 46/2025)."
            ),
            _budget,
            _budget_case,
        ),
    ),
    _measure,
)
