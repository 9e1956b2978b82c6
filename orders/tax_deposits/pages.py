"""What pages say of tax that is to be deposited, and of what was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock, exports
from epeken.core.i18n.times import month_year
from epeken.core.i18n.words import rupiah
from orders.billing.states import TaxKind
from orders.tax_deposits import deadlines
from orders.tax_deposits.models import TaxDeposit
from orders.tax_deposits.querysets import over_deposited, to_deposit
from procurement.agencies.models import Agency

MONTHS_SHOWN = 12  # sums of a month and kind; the file has every deposit


@dataclass(frozen=True)
class OwedTax:
    """What a department has still to deposit of one kind and period. `amount` in whole rupiah."""

    agency: Agency
    kind: str
    period: date
    bills: int
    amount: int
    due_on: date
    is_late: bool

    @property
    def label(self) -> str:
        return str(TaxKind(self.kind).label)

    @property
    def period_code(self) -> str:
        return f"{self.period:%Y-%m}"

    @property
    def month(self) -> str:
        return month_year(self.period)


@dataclass(frozen=True)
class DepositRow:
    """One tax line to tick. `value`: what ticking it sends."""

    line: Any  # with `left` and `paid_on`
    value: str


def owed(agencies: Iterable[Agency], today: date) -> list[OwedTax]:
    """The first to fall due at the top. Two queries."""
    by_pk = {agency.pk: agency for agency in agencies}
    rows = list(
        to_deposit(invoice__order__agency__in=by_pk).values_list("invoice__order__agency", "kind", "paid_on", "left")
    )
    holidays = deadlines.holidays_of({paid_on for _agency, _kind, paid_on, _left in rows})
    groups: dict[tuple[int, str, date], list[tuple[date, int]]] = {}
    for agency, kind, paid_on, left in rows:
        groups.setdefault((agency, kind, paid_on.replace(day=1)), []).append((paid_on, left))
    found = []
    for (agency, kind, period), bills in groups.items():
        due_on = deadlines.last_day(kind, min(day for day, _left in bills), holidays)
        amount = sum(left for _day, left in bills)
        found.append(OwedTax(by_pk[agency], kind, period, len(bills), amount, due_on, today > due_on))
    return sorted(found, key=lambda one: (one.due_on, one.agency.short_name, list(TaxKind).index(TaxKind(one.kind))))


def over(agencies: Iterable[Agency]) -> list[Any]:
    """Tax lines of which more was deposited than is withheld now; `left` is below nothing."""
    found = over_deposited(invoice__order__agency__in=list(agencies))
    return list(found.select_related("invoice__order"))


def lines_of(agency: Agency, kind: str, period: date) -> Any:
    """What may be chosen for a deposit of this kind and period."""
    end = deadlines.next_month(period)
    found = to_deposit(invoice__order__agency=agency, kind=kind).filter(paid_on__gte=period, paid_on__lt=end)
    return found.select_related("invoice__order__seller")


def rows_of(lines: Iterable[Any]) -> list[DepositRow]:
    return [DepositRow(line, f"{line.pk}:{line.left}") for line in lines]


def with_rows(deposits: Any) -> Any:
    """The latest first. Adds `bills`, how many tax lines each covers."""
    return deposits.select_related("agency").annotate(bills=Count("lines")).order_by("-deposited_on", "-pk")


def sums(agencies: Iterable[Agency]) -> list[dict[str, Any]]:
    """What was deposited of each month and kind, the newest first, for `components/table.html`; what was withdrawn is
    none of it. One query."""
    found = TaxDeposit.objects.filter(agency__in=list(agencies), withdrawn_at__isnull=True).order_by()
    rows = found.values_list("period", "kind").annotate(Count("pk"), Sum("amount")).order_by("-period", "kind")
    head = sums_head()
    return [
        {
            "cells": [
                {"text": month_year(period)},
                {"text": str(TaxKind(kind).label), "label": head[1]["text"]},
                {"text": str(count), "n": True, "label": head[2]["text"]},
                {"text": rupiah(amount), "n": True, "label": head[3]["text"]},
            ]
        }
        for period, kind, count, amount in rows[:MONTHS_SHOWN]
    ]


def sums_head() -> list[dict[str, Any]]:
    return [
        {"text": _("Masa pajak")},
        {"text": _("Pajak")},
        {"text": pgettext("pajak", "Setoran"), "n": True},
        {"text": pgettext("uang", "Jumlah"), "n": True},
    ]


def file_head() -> list[str]:
    return [
        _("Dinas"), _("NTPN"), _("Kode billing"), _("Pajak"), _("Masa pajak"), _("Kode akun dan jenis setoran"),
        _("Tanggal setor"), _("Batas setor"), pgettext("uang", "Jumlah"), _("Tagihan"), _("Dicatat oleh"),
        _("Dibatalkan"),
    ]  # fmt: skip


def file_cells(deposit: Any) -> list[exports.Cell]:
    """`deposit`: of `with_rows`. What was withdrawn keeps its row, with the day."""
    withdrawn = clock.local_date(deposit.withdrawn_at) if deposit.withdrawn_at else None
    return [
        deposit.agency.short_name, deposit.ntpn, deposit.billing_code, deposit.get_kind_display(), deposit.month,
        deposit.code, deposit.deposited_on, deposit.due_on, deposit.amount, deposit.bills, deposit.recorded_name,
        withdrawn,
    ]  # fmt: skip
