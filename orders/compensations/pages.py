"""What pages say of an agreed compensation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock
from epeken.core.i18n.times import brief_date, full_date, full_time, long_end
from epeken.core.i18n.words import rupiah
from orders.compensations.models import Compensation, CompensationPayment, CompensationReversal
from orders.compensations.states import CompensationState
from orders.orders.models import Order
from umkm.sellers.models import Seller


def of_order(order: Order) -> Compensation | None:
    """Reads the cancellations of the order, with `compensation` where a list shows several."""
    found = (getattr(row, "compensation", None) for row in order.cancellations.all() if row.claimed is not None)
    return next((row for row in found if row is not None), None)


def agreed_of(order: Order) -> list[dict[str, Any]]:
    """For whoever holds a document of the order: how much, and what became of it. No budget, no person."""
    rows = Compensation.objects.filter(order=order)
    return [{"amount": row.amount, "state": turn_words(row)} for row in rows]


def is_late(row: Compensation, now: datetime) -> bool:
    return row.state != CompensationState.PAID and clock.is_over(row.due_at, now)


def late_words(row: Compensation, now: datetime) -> str:
    """`Menunggu dibayar, lewat batas 3 November`: `turn_words`, and that its end is over."""
    words = turn_words(row)
    if not is_late(row, now):
        return words
    return _("%(words)s, lewat batas %(day)s") % {"words": words, "day": brief_date(clock.last_day(row.due_at))}


def turn_words(row: Compensation) -> str:
    """Who holds it, or when it was paid."""
    if row.state == CompensationState.PAID and row.paid_on is not None:
        return _("Dibayar %(day)s") % {"day": full_date(row.paid_on)}
    if row.correcting_id is not None:
        return _("Uang sudah dikirim, catatannya dibetulkan")
    if row.reversed_at is not None:
        return _("Pembayaran dibatalkan, menunggu dibayar lagi")
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
    return [*found, *(_payment_fact(row, payment, reads_note=reads_budget) for payment in row.payments.all())]


def _payment_fact(row: Compensation, payment: CompensationPayment, *, reads_note: bool) -> dict[str, Any]:
    """One that was reversed stays, with why; what the treasurer wrote of it is the department's own matter."""
    paid = [payment.get_method_display(), payment.reference, full_date(payment.paid_on)]
    fact = {
        "label": _("Bukti bayar"),
        "value": ", ".join(filter(None, paid)),
        "href": reverse("orders:compensation-proof", args=[row.number, payment.pk]),
        "note": payment.recorder,
    }
    if payment.reversed_at is None:
        return fact
    found = payment.reversal
    label = (
        _("Uang terkirim, salah dicatat")
        if found.is_misrecorded
        else pgettext("yang sudah", "Pembayaran yang dibatalkan")
    )
    said = [found.get_reason_display(), full_time(payment.reversed_at), found.note if reads_note else ""]
    return fact | {"label": label, "note": ", ".join(filter(None, said))}


def reversal_facts(row: Compensation, found: CompensationReversal) -> list[dict[str, Any]]:
    """Of a request that waits, for whoever of the department reads it."""
    asked = f"{found.asked_by.name}, {full_time(found.asked_at)}"
    rows = [
        {"label": _("Pembatalan diminta"), "value": asked},
        {"label": _("Alasan"), "value": found.get_reason_display(), "note": found.note},
        {"label": _("Diputus paling lambat"), "value": long_end(found.due_at)},
    ]
    if found.returned_on is not None:
        rows.append({"label": _("Tanggal dana kembali"), "value": full_date(found.returned_on)})
    if found.proof:
        address = reverse("orders:compensation-reversal-proof", args=[row.number, found.pk])
        rows.append({"label": _("Bukti"), "value": _("Lihat buktinya"), "href": address})
    return rows


def effects(row: Compensation, found: CompensationReversal, others: Sequence[str]) -> list[str]:
    """What releasing it does, in sentences with figures. `others`: what else its number paid."""
    amount = rupiah(row.amount)
    said = [
        _("Anggaran: %(gross)s pindah dari sudah dibayar ke dipesan.") % {"gross": amount},
        _("Bukti bayarnya keluar dari berkas yang berlaku dan tetap disimpan."),
    ]
    if others:
        said.append(
            _("Dibayar dengan nomor bukti yang sama dan tetap tercatat: %(numbers)s.") % {"numbers": ", ".join(others)}
        )
    if found.is_misrecorded:
        return [*said, _("Uangnya sudah dikirim: penjual diberi tahu bahwa hanya catatannya dibetulkan.")]
    return [
        *said,
        _("Ganti rugi %(amount)s kembali menunggu dibayar bendahara.") % {"amount": amount},
        _("Batas bayarnya tetap yang semula, dan penjual diberi tahu."),
    ]
