"""What pages and files say of income tax that was withheld: which bukti potong speaks of it, and what has none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock, exports
from epeken.core.i18n.times import month_year
from epeken.core.quantity import percent
from orders.billing.models import Payment
from orders.billing.states import PaymentMethod, TaxKind
from orders.tax_deposits import deadlines
from orders.tax_deposits.deadlines import next_month
from orders.tax_deposits.models import DepositedTax
from orders.tax_deposits.querysets import withheld
from orders.tax_slips import rules
from orders.tax_slips.models import TaxSlip, TaxSlipLine
from orders.tax_slips.policies import Taxpayer, taxpayer_of
from orders.tax_slips.querysets import to_slip
from procurement.agencies.models import Agency
from umkm.sellers.models import Seller


@dataclass(frozen=True)
class SlipGroup:
    """Withheld tax that one bukti potong can state. `lines`: tax lines, whole rupiah, the earliest payment first."""

    payer: Taxpayer
    lines: tuple[Any, ...]

    @property
    def agency(self) -> Agency:
        found: Agency = self.lines[0].invoice.order.agency
        return found

    @property
    def shop(self) -> str:
        return str(self.lines[0].invoice.seller_party.name)

    @property
    def owner(self) -> str:
        return str(self.lines[0].invoice.seller_party.owner_name)

    @property
    def label(self) -> str:
        return str(self.payer.kind.label)

    @property
    def percent(self) -> str:
        return percent(self.payer.rate)

    @property
    def title(self) -> str:
        """With the rate, where the name of the tax does not say it."""
        return self.label if self.percent in self.label else f"{self.label} {self.percent}"

    @property
    def code(self) -> str:
        return rules.OBJECTS[self.payer.kind].on(self.payer.period)

    @property
    def period_words(self) -> str:
        return month_year(self.payer.period)

    @property
    def base(self) -> int:
        return sum(line.base for line in self.lines)

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def is_deposited(self) -> bool:
        return all(line.left <= 0 for line in self.lines)


@dataclass(frozen=True)
class SlipTick:
    """One tax line to tick. `value`: what ticking it sends."""

    line: Any
    value: str


def in_month(lines: QuerySet[Any], period: date) -> QuerySet[Any]:
    """Tax lines of bills whose last payment was in the month. Payments have days, not moments: those of the city."""
    return lines.filter(paid_on__gte=period, paid_on__lt=next_month(period))


def groups_of(lines: QuerySet[Any]) -> list[SlipGroup]:
    """By shop and kind. One query."""
    read = lines.select_related("invoice__order__agency", "invoice__order__seller", "invoice__seller_party")
    found: dict[Taxpayer, list[Any]] = {}
    for line in read:
        found.setdefault(taxpayer_of(line), []).append(line)
    groups = [SlipGroup(payer, tuple(rows)) for payer, rows in found.items()]
    return sorted(groups, key=lambda one: (one.payer.period, one.shop.lower(), list(TaxKind).index(one.payer.kind)))


def open_groups(agencies: Iterable[Agency], period: date) -> list[SlipGroup]:
    return groups_of(in_month(to_slip(invoice__order__agency__in=list(agencies)), period))


def group_of(line: Any) -> SlipGroup | None:
    """What of the tax line's taxpayer and month has no bukti potong yet; None where all of it has one."""
    payer = taxpayer_of(line)
    alike = to_slip(
        invoice__order__agency=payer.agency_pk, invoice__order__seller=payer.seller_pk, kind=payer.kind, rate=payer.rate
    )
    return next((one for one in groups_of(in_month(alike, payer.period)) if one.payer == payer), None)


def ticks_of(group: SlipGroup) -> list[SlipTick]:
    return [SlipTick(line, f"{line.pk}:{line.amount}") for line in group.lines]


def open_of_shop(seller: Seller) -> list[SlipGroup]:
    """The latest month first."""
    return groups_of(to_slip(invoice__order__seller=seller))[::-1]


def earlier_open(agencies: Iterable[Agency], period: date) -> list[tuple[date, int]]:
    """Months before this one whose bills lack a bukti potong, and how many bills; the first at the top. One query."""
    days = (
        to_slip(invoice__order__agency__in=list(agencies)).filter(paid_on__lt=period).values_list("paid_on", flat=True)
    )
    found: dict[date, int] = {}
    for day in days:
        found[day.replace(day=1)] = found.get(day.replace(day=1), 0) + 1
    return sorted(found.items())


@dataclass(frozen=True)
class OwedSlips:
    """Bills of one month that have no bukti potong, and its last day."""

    period: date
    bills: int
    due_on: date

    @property
    def period_words(self) -> str:
        return month_year(self.period)


def owed(agencies: Iterable[Agency], today: date) -> list[OwedSlips]:
    """Of months that are over, the first to fall due at the top. Two queries where there is any.

    Source: PMK 81/2024 article 171 [?] (with the monthly return); a holiday: the next working day [?].
    """
    found = earlier_open(agencies, today.replace(day=1))
    if not found:
        return []
    holidays = deadlines.holidays_of([period for period, _bills in found])
    return [
        OwedSlips(
            period, bills,
            clock.working_day_from(next_month(period).replace(day=rules.MONTH_DAY.on(period)), holidays),
        )
        for period, bills in found
    ]  # fmt: skip


def first_month(agencies: Iterable[Agency], this_month: date) -> date:
    """Of the earliest payment."""
    paid = Payment.objects.standing().filter(invoice__order__agency__in=list(agencies))
    first: date | None = paid.aggregate(first=Min("paid_on"))["first"]
    return min(first.replace(day=1), this_month) if first else this_month


def with_rows(slips: Any) -> Any:
    """Adds `bills`, how many tax lines each covers."""
    return slips.select_related("agency", "seller").annotate(bills=Count("lines")).order_by("-period", "-pk")


def lines_of_file(agencies: Iterable[Agency], period: date) -> list[Any]:
    """Every tax line of the month with what a row of the file reads, in three queries."""
    kept = {"invoice__order__agency__in": list(agencies), "kind__in": list(rules.OBJECTS), "amount__gt": 0}
    lines = in_month(withheld(**kept), period).select_related("invoice__order__agency", "invoice__seller_party")
    return list(
        lines.prefetch_related(
            Prefetch("invoice__payments", Payment.objects.standing().order_by("paid_on", "pk"), to_attr="standing"),
            Prefetch("invoice__deposited_taxes", DepositedTax.objects.live(), to_attr="live_deposits"),
            Prefetch("invoice__slip_lines", TaxSlipLine.objects.live(), to_attr="live_slips"),
        )
    )


# How the tax office's application calls the way a treasury pays.
WAYS = {PaymentMethod.LS: "Direct", PaymentMethod.UP_GU: "Imprest"}


def file_head() -> list[str]:
    """As the application asks for a bukti potong (BPPU) [?], and after it what is ours."""
    return [
        _("Masa pajak"), _("Tahun pajak"), _("NPWP"), _("ID TKU penerima"), _("Fasilitas"), _("Kode objek pajak"),
        _("Dasar pengenaan"), _("Tarif (persen)"), _("Jenis dokumen acuan"), _("Nomor dokumen acuan"),
        _("Tanggal dokumen acuan"), _("Opsi pembayaran"), _("Nomor SP2D"), _("Tanggal pemotongan"), _("Pajak"),
        _("Nama pemilik"), pgettext("satu", "Toko"), _("Jenis pajak"), _("Dinas"), _("NTPN"), _("Nomor bukti potong"),
        _("Tanggal bukti potong"),
    ]  # fmt: skip


def file_cells(line: Any) -> list[exports.Cell]:
    invoice, kind = line.invoice, TaxKind(line.kind)
    party, last = invoice.seller_party, invoice.standing[-1]
    slip = next((one for one in invoice.live_slips if one.kind == line.kind), None)
    ntpns = dict.fromkeys(one.ntpn for one in invoice.live_deposits if one.kind == line.kind)
    sp2d = dict.fromkeys(one.reference for one in invoice.standing if one.reference and one.method == PaymentMethod.LS)
    return [
        exports.Number(line.paid_on.month), exports.Number(line.paid_on.year), party.npwp,
        f"{party.npwp}000000" if party.npwp else "", "N/A",
        rules.OBJECTS[kind].on(line.paid_on.replace(day=1)), line.base,
        exports.Percents(format((line.rate * 100).normalize(), "f")),  # without the zeros of its column
        "CommercialInvoice", invoice.number, clock.local_date(invoice.issued_at),
        WAYS.get(PaymentMethod(last.method), "N/A"), "; ".join(sp2d), line.paid_on, line.amount, party.owner_name,
        party.name, str(kind.label), invoice.order.agency.short_name, "; ".join(ntpns), slip.number if slip else "",
        slip.dated_on if slip else None,
    ]  # fmt: skip


def lines_of_slip(slip: TaxSlip) -> Any:
    return slip.lines.select_related("invoice__order")
