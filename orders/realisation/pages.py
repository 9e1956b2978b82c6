"""What was paid of which budget line, as the city's accounting enters it: a row for each invoice and budget line, and
for each compensation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock, exports
from epeken.core.i18n.words import rupiah
from orders.billing import charges, taxes
from orders.billing.models import Invoice, Payment
from orders.billing.querysets import InvoiceQuerySet
from orders.billing.states import TaxKind
from orders.compensations.models import CompensationPayment
from orders.deliveries.models import DeliveryLine
from orders.reversals.models import PaymentReversal
from orders.tax_deposits.models import DepositedTax
from orders.tax_invoices.models import TaxInvoice
from orders.tax_slips.models import TaxSlipLine
from procurement.agencies.models import Agency
from procurement.budgets.models import BudgetLine

# Withheld at one invoice, in the order of the columns.
KINDS = tuple(TaxKind)


@dataclass(frozen=True)
class RealisationRow:
    """`amount`: what the invoice put on the budget line, whole rupiah, before taxes. Taxes and what the seller received
    are the invoice's: they stand in its first row only, so that every column adds up."""

    invoice: Any
    line: BudgetLine
    amount: int
    is_first: bool

    @property
    def kuitansi(self) -> str:
        number: str = self.invoice.kuitansi_after(self.invoice.taken_back)
        return number


def realised(agencies: Iterable[Agency | int], since: date | None, until: date | None) -> InvoiceQuerySet:
    """Invoices of the departments paid in full, with a gross, by the day their last payment left (`last_paid_on`);
    those of the days since..until, both included. A payment that was reversed does not count."""
    found = Invoice.objects.settled().filter(order__agency__in=agencies).order_by("last_paid_on", "pk")
    if since is not None:
        found = found.filter(last_paid_on__gte=since)
    if until is not None:
        found = found.filter(last_paid_on__lte=until)
    return found


def compensations(agencies: Iterable[Agency | int], since: date | None, until: date | None) -> Any:
    """Payments of compensations that stand, which a budget line bore as well, by the day they left."""
    found = CompensationPayment.objects.standing().filter(compensation__order__agency__in=agencies)
    if since is not None:
        found = found.filter(paid_on__gte=since)
    if until is not None:
        found = found.filter(paid_on__lte=until)
    return found.select_related(
        "line__account", "compensation__order__agency", "compensation__order__seller"
    ).order_by("paid_on", "pk")  # fmt: skip


def sums(found: InvoiceQuerySet) -> Mapping[str, int]:
    """`gross`, `withheld` and `net` in whole rupiah."""
    return found.aggregate(
        gross=Coalesce(Sum("gross"), 0), withheld=Coalesce(Sum("withheld"), 0), net=Coalesce(Sum("net"), 0)
    )


def paid_in_part(agencies: Iterable[Agency | int]) -> int:
    """Whole rupiah that left for bills of which a part is still open: a budget line bears a bill once it is paid in
    full."""
    found = Invoice.objects.payable().filter(order__agency__in=agencies)
    return int(found.aggregate(sum=Coalesce(Sum("paid"), 0))["sum"])


def lead(count: int, sums: Mapping[str, int], compensated: int) -> str:
    """What the rows of the page come to. `compensated`: whole rupiah of compensations."""
    said = ngettext(
        "%(n)s tagihan lunas: %(gross)s, dipotong pajak %(taxes)s, diterima penjual %(net)s.",
        "%(n)s tagihan lunas: %(gross)s, dipotong pajak %(taxes)s, diterima penjual %(net)s.",
        count,
    ) % {
        "n": count, "gross": rupiah(sums["gross"]), "taxes": rupiah(sums["withheld"]), "net": rupiah(sums["net"]),
    }  # fmt: skip
    if not compensated:
        return said
    words = {"amount": rupiah(compensated), "total": rupiah(sums["gross"] + compensated)}
    return f"{said} {_('Ganti rugi %(amount)s. Seluruhnya %(total)s.') % words}"


def with_rows(found: InvoiceQuerySet) -> InvoiceQuerySet:
    """With all that a row reads, each table once. Adds `taken_back`: how many of its payments were reversed."""
    reversals = PaymentReversal.objects.released().filter(payment__invoice=OuterRef("pk"))
    taken = reversals.order_by().values("payment__invoice").annotate(n=Count("pk"))
    return (
        found.select_related("order__agency", "order__request", "order__seller", "seller_party", "delivery")
        .prefetch_related(
            Prefetch("delivery__lines", DeliveryLine.objects.select_related("order_line")),
            "tax_lines",
            Prefetch("tax_invoices", TaxInvoice.objects.live(), to_attr="live_tax_invoices"),
            Prefetch("deposited_taxes", DepositedTax.objects.live(), to_attr="live_deposits"),
            Prefetch("slip_lines", TaxSlipLine.objects.live(), to_attr="live_slips"),
            Prefetch("payments", Payment.objects.standing(), to_attr="standing_payments"),
        )
        .annotate(taken_back=Coalesce(Subquery(taken.values("n")), 0))
    )


def rows_of(invoices: Iterable[Any]) -> list[RealisationRow]:
    """`invoices`: `with_rows`. One query for the budget lines."""
    charged = [(invoice, charges.of_invoice(invoice, invoice.delivery.lines.all())) for invoice in invoices]
    wanted = {pk for _invoice, part in charged for pk in part}
    lines = BudgetLine.objects.select_related("account").in_bulk(wanted)
    return [
        RealisationRow(invoice, lines[pk], amount, n == 0)
        for invoice, part in charged
        for n, (pk, amount) in enumerate(sorted(part.items()))
    ]


def file_head() -> list[str]:
    return [
        _("Tahun anggaran"), _("Dinas"), _("Kode sub-kegiatan"), _("Sub-kegiatan"), _("Kode rekening"),
        _("Nama rekening"), _("ID RUP"), _("Uraian"), _("Nomor surat pesanan"), _("Tanggal surat pesanan"),
        _("Nomor agenda surat pesanan"), _("Nomor BAST"), _("Nomor agenda BAST"), _("Tanggal BAST"),
        _("Nomor tagihan"), _("Nomor kuitansi"), _("Nomor agenda kuitansi"), _("Tanggal kuitansi"), _("Penjual"),
        _("NPWP penjual"),
        _("Jumlah belanja"), *(str(kind.label) for kind in KINDS),
        _("Nomor faktur pajak"), _("Tanggal faktur pajak"), _("NTPN"), _("Tanggal setor"), _("Nomor bukti potong"),
        _("Untuk penjual"), _("Cara bayar"),
        _("Nomor bukti"), _("Tanggal bayar"), _("Dasar bayar lewat tahun"),
    ]  # fmt: skip


def file_cells(row: RealisationRow | CompensationPayment) -> list[exports.Cell]:
    return _compensation_cells(row) if isinstance(row, CompensationPayment) else _invoice_cells(row)


def _compensation_cells(payment: CompensationPayment) -> list[exports.Cell]:
    """No goods came, so there is no BAST, and no tax is withheld."""
    line, order = payment.line, payment.compensation.order
    return [
        exports.Number(line.year),
        order.agency.short_name if order.agency else "",
        line.activity_code,
        line.activity_name,
        line.account_id,
        line.account.name,
        line.rup_id,
        _("Ganti rugi pembatalan: %(order)s") % {"order": order.title},
        order.number,
        clock.local_date(order.placed_at),
        order.office_number,
        "",
        "",
        None,
        payment.compensation.number,
        "",
        "",
        None,
        order.seller.name,
        "",
        payment.amount,
        *(None for _kind in KINDS),
        "",
        None,
        "",
        None,
        "",
        payment.amount,
        str(payment.get_method_display()),
        payment.reference,
        payment.paid_on,
        "",
    ]


def _invoice_cells(row: RealisationRow) -> list[exports.Cell]:
    invoice, line, order = row.invoice, row.line, row.invoice.order
    withheld = {one.kind: one.amount for one in taxes.in_force(invoice.tax_lines.all())} if row.is_first else {}
    paid = invoice.standing_payments
    return [
        exports.Number(line.year),
        order.agency.short_name,
        line.activity_code,
        line.activity_name,
        line.account_id,
        line.account.name,
        line.rup_id,
        order.title,
        order.number,
        clock.local_date(order.placed_at),
        order.office_number,
        invoice.delivery.bast_number or "",
        invoice.delivery.office_number,
        clock.local_date(invoice.delivery.accepted_at) if invoice.delivery.accepted_at else None,
        invoice.number,
        row.kuitansi,
        invoice.office_number_after(invoice.taken_back),
        clock.local_date(invoice.paid_at) if invoice.paid_at else None,
        invoice.seller_party.name,
        invoice.seller_party.npwp,
        row.amount,
        *(withheld.get(kind, 0) if row.is_first else None for kind in KINDS),
        _joined(one.number for one in invoice.live_tax_invoices),
        max((one.dated_on for one in invoice.live_tax_invoices), default=None),
        _joined(one.ntpn for one in invoice.live_deposits),
        max((one.deposited_on for one in invoice.live_deposits), default=None),
        _joined(one.number for one in invoice.live_slips),
        invoice.net if row.is_first else None,
        _joined(payment.get_method_display() for payment in paid),
        _joined(payment.reference for payment in paid),
        invoice.last_paid_on,
        _joined(payment.late_year_basis for payment in paid),
    ]


def _joined(parts: Iterable[str]) -> str:
    """Each once, in the order of the payments."""
    return "; ".join(dict.fromkeys(part for part in parts if part))
