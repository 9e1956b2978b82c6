"""What each act of an order's file is called in its timeline."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from epeken.core.i18n.words import rupiah
from epeken.core.quantity import grouped
from orders.billing.models import Invoice
from orders.cancellations.models import Cancellation
from orders.cancellations.states import CancellationState
from orders.confirmations.models import SellerConfirmation
from orders.deliveries.models import Delivery
from orders.orders import words
from orders.orders.models import Order
from orders.orders.next_step import is_in_parts
from orders.orders.states import DeliveryMethod
from orders.remedies.models import Remedy
from umkm.catalogue.states import Unit

# By the noun whose acts are told alike in every order; what is not in here is not told.
TITLES: dict[str, dict[str, Any]] = {
    # The department alone reads these two; what a released reversal did is told by the invoice.
    "PaymentReversal": {
        "create": gettext_lazy("Pembatalan pembayaran diminta"),
        "refuse": gettext_lazy("Pembatalan pembayaran tidak disetujui"),
        "withdraw": gettext_lazy("Permintaan pembatalan pembayaran ditarik"),
    },
    "Compensation": {
        "charge": gettext_lazy("Mata anggaran ganti rugi ditunjuk"),
        "pay": gettext_lazy("Ganti rugi dibayar"),
        "reverse": gettext_lazy("Pembayaran ganti rugi dibatalkan"),
    },
    "CompensationReversal": {
        "create": gettext_lazy("Pembatalan pembayaran ganti rugi diminta"),
        "refuse": gettext_lazy("Pembatalan pembayaran ganti rugi tidak disetujui"),
        "withdraw": gettext_lazy("Permintaan pembatalan pembayaran ganti rugi ditarik"),
    },
    "Addendum": {
        "create": gettext_lazy("Perubahan diusulkan"),
        "agree": gettext_lazy("Perubahan disetujui, adendum terbit"),
        "refuse": gettext_lazy("Usul perubahan tidak disetujui"),
        "withdraw": gettext_lazy("Usul perubahan ditarik"),
        "lapse": gettext_lazy("Usul perubahan tidak dijawab, pesanan tetap"),
        "overtake": gettext_lazy("Usul perubahan gugur"),
    },
}


def titles(order: Order) -> dict[tuple[str, int, str], str]:
    """By noun, its row and the action; what is not in here is not shown."""
    told: list[tuple[str, int, dict[str, str]]] = [("Order", order.pk, _order_titles(order))]
    if order.request_id is not None:
        told.append(("PurchaseRequest", order.request_id, _request_titles()))
    told += [("Delivery", shipment.pk, _delivery_titles(order, shipment)) for shipment in order.deliveries.all()]
    told += [("Invoice", invoice.pk, _invoice_titles(order, invoice)) for invoice in order.invoices.all()]
    told += [("Dispute", dispute.pk, _dispute_titles()) for dispute in order.disputes.all()]
    told += [("Remedy", remedy.pk, _remedy_titles(remedy)) for remedy in order.remedies.all()]
    told += [("Cancellation", row.pk, _cancellation_titles(row)) for row in order.cancellations.all()]
    told += [("SellerConfirmation", row.pk, _confirmation_titles(order, row)) for row in order.confirmations.all()]
    return {(noun, pk, action): title for noun, pk, titles in told for action, title in titles.items()}


def _request_titles() -> dict[str, str]:
    return {
        "submit": _("Permintaan dikirim"),
        "send_back": _("Permintaan dikembalikan untuk diperbaiki"),
        "sign": _("Permintaan ditandatangani sebelum diputuskan"),
        "approve": _("Permintaan disetujui"),
        "approve_by_frame": _("Permintaan disetujui menurut kerangka"),
    }


def _order_titles(order: Order) -> dict[str, str]:
    reason = words.close_words(order)
    return {
        "create": _("Surat pesanan terbit") if order.agency_id else _("Pesanan dibuat"),
        "accept": _("Pesanan disanggupi penjual"),
        "close": _("Pesanan batal: %(reason)s") % {"reason": reason[:1].lower() + reason[1:]},
        "close_rest": _("Sisa barang tidak ditunggu lagi"),
        "miss_date": _("Tanggal jadwal terlewat: yang belum dikirim untuknya tidak ditunggu lagi"),
        "finish": _("Pesanan selesai"),
        "reopen": _("Pesanan dibuka lagi sampai dibayar"),
    }


def _delivery_titles(order: Order, delivery: Delivery) -> dict[str, str]:
    return {
        "create": (
            _("Siap diambil, surat jalan %(number)s")
            if order.method == DeliveryMethod.PICKUP
            else _("Dikirim, surat jalan %(number)s")
        )
        % {"number": delivery.number}
        if delivery.remedy_id is None
        else (
            _("Pengganti siap diambil, surat jalan %(number)s")
            if order.method == DeliveryMethod.PICKUP
            else _("Pengganti dikirim, surat jalan %(number)s")
        )
        % {"number": delivery.number},
        "arrive": of_part(
            order,
            _arrival_title(delivery),
            delivery.number,
        ),
        "escalate": of_part(order, _("Barang belum dicatat tiba, pengingat dikirim"), delivery.number),
        "miss": of_part(
            order,
            _("Tidak ada yang mengambil barang") if order.method == DeliveryMethod.PICKUP else _("Barang tidak datang"),
            delivery.number,
        ),
        "withdraw": _("Catatan kirim %(number)s ditarik penjual") % {"number": delivery.number},
        "inspect": of_part(order, _("Diperiksa: %(found)s") % {"found": _found(delivery)}, delivery.number),
        "accept": _("Serah terima, %(number)s") % {"number": delivery.bast_number}
        if order.agency_id
        else of_part(order, _("Barang diterima pembeli"), delivery.number),
        "assume": (
            _("Dianggap diterima, tidak diperiksa, %(number)s") % {"number": delivery.bast_number}
            if order.agency_id
            else of_part(order, _("Dianggap diterima: pembeli tidak menjawab"), delivery.number)
        ),
        "reject": _("Barang pada %(number)s ditolak semua") % {"number": delivery.number},
        "overrule": of_part(order, _("Diputus bahwa barangnya datang dan diterima"), delivery.number),
    }


def _arrival_title(delivery: Delivery) -> str:
    if delivery.is_arrived_by_pin:
        return _("Barang tiba, dicatat penjual dengan PIN penerima")
    return _("Penjual mencatat barang sudah diserahkan") if delivery.is_told_by_seller else _("Barang tiba")


def of_part(order: Order, title: str, number: str) -> str:
    """The title; of an order in several deliveries with the number of the delivery or invoice it is about."""
    return f"{title}, {number}" if number and is_in_parts(order) else title


def _found(delivery: Delivery) -> str:
    parts = []
    for line in delivery.lines.all():
        if line.accepted is None:
            continue
        sent = Unit(line.order_line.unit).counted(line.sent)
        some = {"ok": grouped(line.accepted), "all": sent}
        parts.append(sent if line.accepted == line.sent else _("%(ok)s dari %(all)s") % some)
    return ", ".join(parts[:4]) + (_(" dan lainnya") if len(parts) > 4 else "")


def _invoice_titles(order: Order, invoice: Invoice) -> dict[str, str]:
    return {
        "create": _("Tagihan %(number)s terbit") % {"number": invoice.number}
        if order.agency_id is not None
        else _("Yang dibayar dihitung dari barang yang diterima"),
        "void": _("Tagihan %(number)s dibatalkan") % {"number": invoice.number},
        "settle": of_part(order, _("Tidak ada lagi yang harus dibayar"), invoice.number),
        "verify": of_part(order, _("Berkas dinyatakan lengkap"), invoice.number),
        "approve": of_part(order, _("Pembayaran disetujui"), invoice.number),
        "return": of_part(order, _("Tagihan dikembalikan ke bendahara"), invoice.number),
        "disapprove": of_part(order, _("Persetujuan bayar tidak berlaku lagi: keluhannya diputus"), invoice.number),
        "hold": of_part(order, _("Tagihan ditahan"), invoice.number),
        "resume": of_part(order, _("Tagihan dilanjutkan"), invoice.number),
        "carry": of_part(order, _("Dibebankan ke tahun anggaran berikutnya"), invoice.number),
        "pay": of_part(order, _("Dibayar"), invoice.number),
        "reverse": of_part(order, _("Pembayaran dibatalkan, tagihan menunggu persetujuan lagi"), invoice.number),
        "reverse_settled": of_part(order, _("Pembayaran dibatalkan, tagihan diperiksa lagi"), invoice.number),
        "collect": of_part(order, _("Uang tunai diterima penjual"), invoice.number),
    }


def _confirmation_titles(order: Order, row: SellerConfirmation) -> dict[str, str]:
    """That it was asked is told by what it is asked about, and that it is void by the reversal."""
    if row.payment_id is None:
        bast = next((one.bast_number for one in order.deliveries.all() if one.pk == row.delivery_id), None) or ""
        return {
            "confirm": _("BAST dikonfirmasi penjual, %(bast)s") % {"bast": bast},
            "object": _("Penjual berkeberatan atas %(bast)s") % {"bast": bast},
            "lapse": _("Penjual tidak menanggapi %(bast)s") % {"bast": bast},
        }
    payments = [payment for invoice in order.invoices.all() for payment in invoice.payments.all()]
    amount = next((rupiah(payment.amount) for payment in payments if payment.pk == row.payment_id), "")
    return {
        "confirm": _("Penjual menyatakan %(amount)s sudah masuk") % {"amount": amount},
        "object": _("Penjual menyatakan %(amount)s belum masuk") % {"amount": amount},
        "climb": _("Bendahara belum menjawab tentang %(amount)s yang belum masuk, diteruskan") % {"amount": amount},
        "answer": _("Bendahara menjawab tentang %(amount)s") % {"amount": amount},
        "lapse": _("Penjual tidak menyatakan apakah %(amount)s sudah masuk") % {"amount": amount},
    }


def _remedy_titles(remedy: Remedy) -> dict[str, str]:
    return {
        "apply": _("Tagihan dipotong %(amount)s") % {"amount": rupiah(remedy.applied or 0)},
        "count": _("Barang senilai %(amount)s dihitung diterima") % {"amount": rupiah(remedy.amount)},
        "reject": _("Barang senilai %(amount)s ditolak dan dikembalikan") % {"amount": rupiah(remedy.amount)},
        "lower": _("Potongan tagihan menjadi %(amount)s: barangnya ditolak") % {"amount": rupiah(remedy.applied or 0)},
        "void": _("Keputusan gugur: barangnya tidak diterima, jadi tidak ditagih"),
        "refuse": _("Yang akan diganti ternyata ditolak: ditagih bila penggantinya diterima"),
        "come": _("Barang pengganti lengkap"),
        "fall_short": _("Barang pengganti belum semuanya baik"),
        "record": _("Penjual mencatat uang %(amount)s dikembalikan") % {"amount": rupiah(remedy.amount)},
        "confirm": _("Uang kembali diterima"),
        "assume": _("Dianggap diterima: pembeli tidak menjawab"),
        "contest": _("Dibantah pembeli"),
        "uphold": _("Petugas kota: sudah dipenuhi"),
        "return": _("Petugas kota: belum dipenuhi"),
        "climb": _("Bantahan belum diputus sampai batasnya"),
        "stand": _("Bantahan tidak diputus sampai batas: catatan penjual berlaku"),
        "lapse": _("Barang pengganti tidak datang dengan baik sampai batas waktu"),
        "fall_due": _("Batas mengembalikan uang lewat"),
    }


def _dispute_titles() -> dict[str, str]:
    return {
        "create": _("Keluhan diajukan"),
        "answer": _("Keluhan dijawab"),
        "pass": _("Keluhan tidak dijawab, diteruskan ke petugas kota"),
        "climb": _("Keluhan belum diputus sampai batasnya"),
        "decide": _("Keluhan selesai"),
        "lapse": _("Keluhan tidak diputus sampai batas, berakhir tanpa hasil"),
    }


def _cancellation_titles(row: Cancellation) -> dict[str, str]:
    """Of one in a single step the order's own entry tells the rest."""
    if row.state == CancellationState.DIRECT:
        return {"create": _("Alasan pembatalan: %(reason)s") % {"reason": row.get_reason_display()}}
    return {
        "create": _("Pembatalan diminta: %(reason)s") % {"reason": row.get_reason_display()},
        "consent": _("Pembatalan disetujui tanpa ganti rugi"),
        "refuse": _("Pembatalan tidak disetujui"),
        "claim": _("Ganti rugi dituntut"),
        "agree": _("Pembatalan disetujui dengan ganti rugi %(amount)s") % {"amount": rupiah(row.claimed or 0)},
        "withdraw": _("Permintaan pembatalan ditarik"),
        "lapse": _("Permintaan pembatalan tidak dijawab, pesanan berlanjut"),
        "overtake": _("Permintaan pembatalan gugur"),
    }
