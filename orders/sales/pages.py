"""What a shop sold in a month: its invoices, which are written when goods are accepted. One derivation for the page,
its files and the statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, Prefetch, Q, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock, exports
from epeken.core.clock import ZONE
from epeken.core.i18n.words import rupiah
from orders.billing.models import Invoice, Payment, TaxLine
from orders.billing.querysets import CONFIRMED, DENIED, InvoiceQuerySet
from orders.billing.states import TaxKind
from orders.compensations.models import Compensation
from orders.deliveries.models import DeliveryLine
from orders.orders import notices
from orders.orders.models import counted_goods
from umkm.catalogue.states import Unit
from umkm.sellers.models import Seller

BEST = 10  # goods that are named


@dataclass(frozen=True)
class SoldDay:
    """`share`: of the best day's `gross`, 0 to 100."""

    day: date
    count: int
    gross: int
    share: int


@dataclass(frozen=True)
class SoldGoods:
    """`quantity` accepted, in words; `amount` before what decided complaints took off."""

    name: str
    quantity: str
    amount: int


@dataclass(frozen=True)
class MonthSums:
    """Whole rupiah. `gross` − `withheld` = `net`; `paid` is what of it was paid until now: `confirmed`, as the shop
    says, and `told`, as the departments say alone. `missing`: what was recorded as sent, and did not come, as the shop
    says; it is not paid."""

    count: int
    gross: int
    withheld: int
    net: int
    paid: int
    confirmed: int = 0
    missing: int = 0

    @property
    def told(self) -> int:
        return self.paid - self.confirmed

    @property
    def unpaid(self) -> int:
        return self.net - self.paid


def last_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def first_month(seller: Seller, this_month: date) -> date:
    """The month of the shop's first invoice or agreed claim; this one without any."""
    found = [
        _of(seller).aggregate(first=Min("issued_at"))["first"],
        Compensation.objects.filter(order__seller=seller).aggregate(first=Min("agreed_at"))["first"],
    ]
    return min([this_month, *(clock.month_of(first) for first in found if first is not None)])


def sold(seller: Seller, month: date) -> InvoiceQuerySet:
    """The shop's invoices that count, issued in the month, oldest first."""
    return _of(seller).filter(clock.on_days("issued_at", month, last_of(month))).order_by("issued_at", "pk")


def with_taxes(found: InvoiceQuerySet) -> InvoiceQuerySet:
    """With all that a row of a file reads."""
    return with_rows(found).prefetch_related("tax_lines")


def with_rows(found: InvoiceQuerySet) -> InvoiceQuerySet:
    """With all that a row reads, each table once."""
    return found.select_related("order__agency", "order__buyer", "delivery").prefetch_related(
        Prefetch("delivery__lines", DeliveryLine.objects.select_related("order_line")),
        Prefetch(
            "payments",
            Payment.objects.standing().arrived().with_word().order_by("paid_on", "pk"),
            to_attr="arrived_payments",
        ),
    )


def sums(found: InvoiceQuerySet) -> MonthSums:
    names = ("gross", "withheld", "net", "paid")
    told = found.order_by().aggregate(count=Count("pk"), **{n: Coalesce(Sum(n), 0) for n in names})
    of_month = Payment.objects.standing().filter(invoice__in=found.order_by())
    words = of_month.aggregate(
        confirmed=Coalesce(Sum("amount", filter=CONFIRMED), 0), missing=Coalesce(Sum("amount", filter=DENIED), 0)
    )
    return MonthSums(**{**told, "paid": told["paid"] - words["missing"]}, **words)


def confirmed(invoice: Any) -> int:
    """Of an invoice `with_rows` what the shop says that it came; added up they are the month's `confirmed`."""
    return sum(one.amount for one in invoice.arrived_payments if one.is_confirmed)


def told(invoice: Any) -> int:
    """Of an invoice `with_rows` what the department alone says that it paid; added up they are the month's `told`."""
    return sum(one.amount for one in invoice.arrived_payments if not one.is_confirmed)


def taxes_of(found: InvoiceQuerySet) -> list[tuple[str, int]]:
    """What buyers kept, by kind: they stand on different forms of a shop's books. One query."""
    lines = TaxLine.objects.filter(invoice__in=found.order_by(), amount__gt=0).order_by()
    amounts = dict(lines.values_list("kind").annotate(Sum("amount")))
    return [(str(kind.label), amounts[kind.value]) for kind in TaxKind if kind.value in amounts]


def facts(found: MonthSums, taxes: Sequence[tuple[str, int]]) -> list[dict[str, str]]:
    """The sums as the page says them."""
    count = ngettext("dari %(n)s tagihan", "dari %(n)s tagihan", found.count) % {"n": found.count}
    rows = [{"label": _("Penjualan"), "value": rupiah(found.gross), "note": count}]
    if found.withheld:
        kept = ", ".join(f"{label} {rupiah(amount)}" for label, amount in taxes)
        rows.append({"label": _("Pajak dipotong pembeli"), "value": f"− {rupiah(found.withheld)}", "note": kept})
    rows.append({"label": _("Untuk toko"), "value": rupiah(found.net)})
    rows.append({"label": _("Anda nyatakan diterima"), "value": rupiah(found.confirmed)})
    if found.told:
        note = _("belum Anda nyatakan diterima")
        rows.append({"label": _("Dibayar menurut dinas"), "value": rupiah(found.told), "note": note})
    if found.unpaid:
        lost = _("termasuk %(amount)s yang Anda nyatakan belum masuk") % {"amount": rupiah(found.missing)}
        rows.append({"label": _("Belum dibayar"), "value": rupiah(found.unpaid), "note": lost if found.missing else ""})
    return rows


def claims_of(seller: Seller, month: date) -> list[tuple[str, int]]:
    """Compensations, which are no sales: agreed in the month, paid in it, and of all that was agreed by now what is not
    paid. Nothing where there is none. One query."""
    last = last_of(month)
    sums = Compensation.objects.filter(order__seller=seller).aggregate(
        agreed=Sum("amount", filter=clock.on_days("agreed_at", month, last)),
        paid=Sum("amount", filter=Q(paid_on__range=(month, last))),
        owed=Sum("amount", filter=Q(paid_on__isnull=True) & Q(agreed_at__lt=clock.end_of(last))),
    )
    named = {
        "agreed": _("Ganti rugi disepakati bulan ini"),
        "paid": _("Ganti rugi dibayar bulan ini"),
        "owed": _("Ganti rugi belum dibayar"),
    }
    return [(label, sums[name]) for name, label in named.items() if sums[name]]


def claim_facts(claims: Sequence[tuple[str, int]]) -> list[dict[str, str]]:
    return [{"label": label, "value": rupiah(amount)} for label, amount in claims]


def by_day(found: InvoiceQuerySet) -> list[SoldDay]:
    """The days something was sold, in their order."""
    rows = list(
        found.order_by()
        .annotate(day=TruncDate("issued_at", tzinfo=ZONE))
        .values("day")
        .annotate(count=Count("pk"), sum=Sum("gross"))
        .order_by("day")
    )
    best = max((row["sum"] for row in rows), default=0)
    return [SoldDay(row["day"], row["count"], row["sum"], row["sum"] * 100 // best if best else 0) for row in rows]


def best_goods(found: InvoiceQuerySet) -> list[SoldGoods]:
    """What of the invoices' goods brought most."""
    billed = F("amount") + F("added_amount")
    lines = DeliveryLine.objects.filter(delivery__in=found.order_by().values("delivery")).exclude(amount=0, decided=0)
    rows = (
        lines.values("order_line__product", name=F("order_line__name"), unit=F("order_line__unit"))
        .annotate(quantity=Sum(F("accepted") + F("decided") - F("rejected") - F("covered")), sum=Sum(billed))
        .order_by("-sum", "name")[:BEST]
    )
    return [SoldGoods(row["name"], Unit(row["unit"]).counted(row["quantity"]), row["sum"]) for row in rows]


def file_head() -> list[str]:
    return [
        _("Tanggal"), _("Nomor tagihan"), _("Nomor pesanan"), _("Pembeli"), _("Barang"), _("Jumlah barang"),
        _("Ongkos antar"), _("Potongan keluhan"), _("Jumlah tagihan"), _("Pajak dipotong"), _("PPN di dalamnya"),
        _("PPh di dalamnya"), _("Untuk toko"), _("Anda nyatakan diterima"), _("Dibayar menurut dinas"),
        _("Tanggal dibayar"), _("Nomor bukti"),
    ]  # fmt: skip


def file_cells(invoice: Any) -> list[exports.Cell]:
    """Of an invoice `with_taxes`. Every column of amounts adds up to the month's sums."""
    paid = invoice.arrived_payments
    vat = sum(line.amount for line in invoice.tax_lines.all() if line.kind == TaxKind.PPN)
    return [
        clock.local_date(invoice.issued_at),
        invoice.number,
        invoice.order.number,
        notices.buyer_name(invoice.order),
        goods_of(invoice),
        invoice.goods_total,
        invoice.delivery_cost,
        -invoice.deduction,
        invoice.gross,
        invoice.withheld,
        vat,
        invoice.withheld - vat,
        invoice.net,
        confirmed(invoice),
        told(invoice),
        paid[-1].paid_on if paid else None,
        "; ".join(dict.fromkeys(one.reference for one in paid if one.reference)),
    ]


def goods_of(invoice: Any) -> str:
    """What of its delivery the invoice bears."""
    lines: Iterable[DeliveryLine] = invoice.delivery.lines.all()
    borne = ((line.order_line, line.invoiced) for line in lines if line.accepted is not None)
    return ", ".join(counted_goods(borne))


def _of(seller: Seller) -> InvoiceQuerySet:
    """Without those that were replaced, and those whose goods were all taken off by a complaint."""
    return Invoice.objects.live().filter(order__seller=seller, gross__gt=0)
