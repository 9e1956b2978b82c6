"""What pages say of an agreed compensation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core.i18n.times import full_date, full_time, long_end
from orders.compensations.models import Compensation
from orders.compensations.states import CompensationState
from orders.orders.models import Order
from umkm.sellers.models import Seller


def of_order(order: Order) -> Compensation | None:
    """Reads the cancellations of the order, with `compensation` where a list shows several."""
    found = (getattr(row, "compensation", None) for row in order.cancellations.all() if row.claimed is not None)
    return next((row for row in found if row is not None), None)


def turn_words(row: Compensation) -> str:
    """Who holds it, or when it was paid."""
    if row.state == CompensationState.PAID and row.paid_on is not None:
        return _("Dibayar %(day)s") % {"day": full_date(row.paid_on)}
    return str(row.get_state_display())


def account_of(seller: Seller) -> list[dict[str, Any]]:
    """Where whoever pays sends the money, for `components/facts.html`: no invoice names it. Who shows it logs it."""
    named = [seller.bank_name, seller.bank_account, seller.bank_holder]
    account = ", ".join(named) if all(named) else _("Belum lengkap. Minta penjual melengkapi rekeningnya dahulu.")
    return [
        {"label": _("Rekening penjual hari ini"), "value": account, "note": _("Pemilik toko melihat siapa membukanya.")}
    ]


def facts_of(row: Compensation, *, reads_budget: bool) -> list[dict[str, Any]]:
    """For `components/facts.html`; which budget bears it is the department's own matter."""
    order = row.order
    found = [
        {
            "label": pgettext("satu", "Pesanan"),
            "value": order.number,
            "href": reverse("orders:order-detail", args=[order.number]),
        },
        {"label": _("Untuk"), "value": order.seller.name},
        {"label": _("Dipakai untuk"), "value": row.cancellation.spent_on},
        {
            "label": _("Disetujui"),
            "value": f"{row.agreed_by.name}, {full_time(row.agreed_at)}",
            "note": row.cancellation.answer if reads_budget else "",
        },
        {"label": _("Dibayar paling lambat"), "value": long_end(row.due_at)},
    ]
    if row.line is not None and row.charged_by is not None and row.charged_at is not None and reads_budget:
        named = f"{row.charged_by.name}, {full_time(row.charged_at)}"
        found.append({"label": _("Mata anggaran"), "value": f"{row.line} {row.line.year}", "note": named})
    if row.paid_on is not None and row.paid_by is not None:
        paid = ", ".join(filter(None, [row.get_method_display(), row.reference, full_date(row.paid_on)]))
        address = reverse("orders:compensation-proof", args=[row.number])
        found.append({"label": _("Bukti bayar"), "value": paid, "href": address, "note": row.paid_by.name})
    return found
