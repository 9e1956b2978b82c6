"""Who is told what a delivery came to: inspected, accepted, refused."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from epeken.core.clock import local_date
from epeken.core.i18n.messages import DAY, LAST_DAY, RUPIAH, TEXT, TOLD
from epeken.notifications.kinds import notice
from orders.billing import standing
from orders.billing.models import Invoice
from orders.billing.services.invoices import expected_gross
from orders.deliveries import fetching
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.policies import is_all_rejected
from orders.deliveries.shortfall import SHORT, NotAccepted, of_lines
from orders.deliveries.states import DeliveryState
from orders.documents import notices as papers
from orders.orders.notices import buyers, done, officers, sellers, tell
from procurement.agencies.states import OfficerRole

KINDS = {
    "delivery.refused": notice(
        _("Barang pada %(delivery)s ditolak semua"),
        _("Pesanan %(number)s. %(goods)s. Tidak ditagih."),
        delivery=TEXT,
        number=TEXT,
        goods=SHORT,
    ),
    "delivery.inspected": notice(
        _("Barang pesanan %(number)s sudah diperiksa"),
        _("Berita acara serah terima (BAST) menyusul."),
        number=TEXT,
    ),
    "delivery.inspected_short": notice(
        _("Pesanan %(number)s diperiksa: tidak semua barang diterima"),
        _("%(goods)s. Tagihannya menjadi %(sum)s, bukan %(all)s. Berita acara serah terima (BAST) menyusul."),
        number=TEXT,
        goods=SHORT,
        sum=RUPIAH,
        all=RUPIAH,
    ),
    # To the seller alone: what is to be done about refused goods.
    "delivery.to_fetch": notice(
        _("Ambil kembali barang pesanan %(number)s yang tidak diterima"),
        "%(fetching)s",
        number=TEXT,
        fetching=TOLD,
    ),
    # Of goods that came again: what of them is billed follows from what they replace.
    "delivery.again_short": notice(
        _("Barang pengganti pesanan %(number)s diperiksa: tidak semua diterima"),
        "%(goods)s.",
        number=TEXT,
        goods=SHORT,
    ),
    "delivery.inspected_bad": notice(
        _("Pesanan %(number)s diperiksa: tidak ada barang yang diterima"),
        _("%(goods)s. Penerima barang belum menyatakannya ditolak."),
        number=TEXT,
        goods=SHORT,
    ),
    "delivery.accepted": notice(
        _("Barang pesanan %(number)s diterima"),
        _("%(bast)s terbit; baca dan konfirmasi dari halaman pesanannya. Dibayar paling lambat %(due)s."),
        number=TEXT,
        bast=TEXT,
        due=LAST_DAY,
    ),
    "delivery.accepted_short": notice(
        _("Barang pesanan %(number)s diterima sebagian"),
        _(
            "%(goods)s. Tagihannya menjadi %(gross)s. %(bast)s terbit; baca dan konfirmasi dari halaman pesanannya. "
            "Dibayar paling lambat %(due)s."
        ),
        number=TEXT,
        goods=SHORT,
        gross=RUPIAH,
        bast=TEXT,
        due=LAST_DAY,
    ),
    # In place of these two where a required paper tells of an event after that day.
    "delivery.accepted_before_event": notice(
        _("Barang pesanan %(number)s diterima"),
        _("%(bast)s terbit; baca dan konfirmasi dari halaman pesanannya. Dibayar sesudah berkas acara %(event)s ada."),
        number=TEXT,
        bast=TEXT,
        event=DAY,
    ),
    "delivery.accepted_short_before_event": notice(
        _("Barang pesanan %(number)s diterima sebagian"),
        _(
            "%(goods)s. Tagihannya menjadi %(gross)s. %(bast)s terbit; baca dan konfirmasi dari halaman pesanannya. "
            "Dibayar sesudah berkas acara %(event)s ada."
        ),
        number=TEXT,
        goods=SHORT,
        gross=RUPIAH,
        bast=TEXT,
        event=DAY,
    ),
    "delivery.accepted_unpaid": notice(
        _("Barang pesanan %(number)s diterima"),
        _(
            "%(bast)s terbit; baca dan konfirmasi dari halaman pesanannya. Tagihannya Rp0: seluruhnya dipotong menurut "
            "keputusan keluhan."
        ),
        number=TEXT,
        bast=TEXT,
    ),
    "delivery.accepted_cash": notice(
        _("Barang pesanan %(number)s diterima"),
        _("Uang tunai %(net)s dapat dicatat."),
        number=TEXT,
        net=RUPIAH,
    ),
    "delivery.accepted_cash_short": notice(
        _("Barang pesanan %(number)s diterima sebagian"),
        _("%(goods)s. Yang dibayar menjadi %(net)s, bukan %(all)s; uang tunainya dapat dicatat."),
        number=TEXT,
        goods=SHORT,
        net=RUPIAH,
        all=RUPIAH,
    ),
    # To those of a department who asked for or ordered the goods.
    "delivery.told_accepted": notice(
        _("Barang pesanan %(number)s diterima"),
        _("%(bast)s terbit. Tagihannya %(gross)s."),
        number=TEXT,
        bast=TEXT,
        gross=RUPIAH,
    ),
    "delivery.told_accepted_short": notice(
        _("Barang pesanan %(number)s diterima sebagian"),
        _("%(goods)s. %(bast)s terbit. Tagihannya menjadi %(gross)s."),
        number=TEXT,
        goods=SHORT,
        bast=TEXT,
        gross=RUPIAH,
    ),
    "delivery.told_assumed": notice(
        _("Barang pesanan %(number)s dianggap diterima lengkap"),
        _("Tidak diperiksa sampai batasnya. %(bast)s terbit. Tagihannya %(gross)s."),
        number=TEXT,
        bast=TEXT,
        gross=RUPIAH,
    ),
    "delivery.told_assumed_cash": notice(
        _("Barang pesanan %(number)s dianggap diterima lengkap"),
        _("Tidak Anda jawab sampai batasnya. Bayar %(net)s tunai kepada penjual."),
        number=TEXT,
        net=RUPIAH,
    ),
    "delivery.more_accepted": notice(
        _("Barang pesanan %(number)s yang ditolak dihitung diterima"),
        _("Menurut keputusan keluhan. Tagihan %(bill)s menggantikan yang dulu: jumlahnya %(gross)s."),
        number=TEXT,
        bill=TEXT,
        gross=RUPIAH,
    ),
    "delivery.less_accepted": notice(
        _("Barang pesanan %(number)s ditolak menurut keputusan keluhan"),
        _("Tagihan %(bill)s menggantikan yang dulu: jumlahnya %(gross)s."),
        number=TEXT,
        bill=TEXT,
        gross=RUPIAH,
    ),
    "delivery.none_accepted": notice(
        _("Barang pesanan %(number)s ditolak menurut keputusan keluhan"),
        _("Tagihan %(bill)s batal: tidak ada yang dibayar untuk kiriman %(delivery)s."),
        number=TEXT,
        bill=TEXT,
        delivery=TEXT,
    ),
}

# What says that goods were inspected and wait for their result.
RESULT_AWAITED = ["delivery.inspected", "delivery.inspected_short", "delivery.inspected_bad"]


def delivery_inspected(delivery: Delivery, *, now: datetime) -> None:
    """Of a department's goods: the seller; of which not all are accepted also those who asked for and ordered them."""
    order, lines = delivery.order, _lines(delivery)
    short = of_lines(lines)
    if not short:
        tell(sellers(order), order, "delivery.inspected", now, about=delivery.pk, number=order.number)
        return
    said: dict[str, Any] = {"about": delivery.pk, "number": order.number, "goods": short}
    kind = "delivery.inspected_short"
    if is_all_rejected(delivery):
        kind = "delivery.inspected_bad"
    elif delivery.remedy_id is not None:
        kind = "delivery.again_short"
    else:
        said["sum"] = expected_gross(delivery, {line.pk: line.kept for line in lines})
        said["all"] = expected_gross(delivery, {line.pk: line.sent for line in lines})
    tell([*sellers(order), *buyers(order)], order, kind, now, **said)


def fetch_asked(delivery: Delivery, *, now: datetime) -> None:
    """The seller, where goods that were refused lie with the receiver."""
    order = delivery.order
    found = fetching.left_behind(order, delivery)
    if not found:
        return
    about = f"{delivery.pk}:{max(end for _line, end in found).isoformat()}"  # a later refusal asks once more
    said = {"number": order.number, "fetching": lambda: fetching.words(order, delivery)}
    tell(sellers(order), order, "delivery.to_fetch", now, about=about, **said)


def delivery_rejected(delivery: Delivery, *, now: datetime) -> None:
    order = delivery.order
    done(order, now, *RESULT_AWAITED, about=delivery.pk)
    said = {"delivery": delivery.number, "number": order.number, "goods": of_lines(_lines(delivery))}
    tell([*sellers(order), *buyers(order)], order, "delivery.refused", now, about=delivery.pk, **said)


def delivery_accepted(delivery: Delivery, invoice: Invoice | None, *, before: str, now: datetime) -> None:
    """Of goods that came again without an invoice of their own both sides are told that a decision is fulfilled. Where
    all of it was deducted nobody is asked to check or pay anything. `before`: its state until now; of one that had
    arrived nobody inspected it."""
    order, about = delivery.order, delivery.pk
    done(order, now, *RESULT_AWAITED, about=about)
    short = of_lines(_lines(delivery))
    if invoice is None:
        if short and order.agency_id is None:
            tell(sellers(order), order, "delivery.again_short", now, about=about, number=order.number, goods=short)
        return
    is_assumed = before == DeliveryState.ARRIVED
    if order.agency_id is None:
        _accepted_of_person(delivery, invoice, short, is_assumed=is_assumed, now=now)
        return
    due, bast = invoice.due_at, delivery.bast_number
    said: dict[str, Any] = {"about": about, "number": order.number, "bast": bast}
    more: dict[str, Any] = {"goods": short, "gross": invoice.gross}
    if short:
        tell(buyers(order), order, "delivery.told_accepted_short", now, **said, **more)
    else:
        kind = "delivery.told_assumed" if is_assumed else "delivery.told_accepted"
        tell(buyers(order), order, kind, now, gross=invoice.gross, **said)
    if not invoice.gross:
        tell(sellers(order), order, "delivery.accepted_unpaid", now, **said)
        return
    assert due is not None
    if event := standing.event_after_due(invoice):
        kind = "delivery.accepted_short_before_event" if short else "delivery.accepted_before_event"
        said["event"] = local_date(event)
    else:
        kind = "delivery.accepted_short" if short else "delivery.accepted"
        said["due"] = due
    tell(sellers(order), order, kind, now, **said, **(more if short else {}))
    papers.invoice_issued(invoice, now=now)


def _accepted_of_person(
    delivery: Delivery, invoice: Invoice, short: list[NotAccepted], *, is_assumed: bool, now: datetime
) -> None:
    """The seller, with what is not taken and why; the buyer where their silence accepted it."""
    order, about = delivery.order, delivery.pk
    if invoice.gross == 0:
        return
    said: dict[str, Any] = {"about": about, "number": order.number, "net": invoice.net}
    if is_assumed:
        tell(buyers(order), order, "delivery.told_assumed_cash", now, **said)
    if short:
        lost = sum(line.price_of(line.refused) for line in _lines(delivery))
        tell(sellers(order), order, "delivery.accepted_cash_short", now, goods=short, all=invoice.net + lost, **said)
        return
    tell(sellers(order), order, "delivery.accepted_cash", now, **said)


def more_accepted(delivery: Delivery, invoice: Invoice, *, now: datetime) -> None:
    """Both sides and who pays: a decision added goods to the bill after the handover."""
    _tell_decided(delivery, invoice, "delivery.more_accepted", now, gross=invoice.gross)


def less_accepted(delivery: Delivery, invoice: Invoice, *, now: datetime) -> None:
    """The same people: a decision took refused goods off the bill."""
    _tell_decided(delivery, invoice, "delivery.less_accepted", now, gross=invoice.gross)


def none_accepted(delivery: Delivery, invoice: Invoice, *, now: datetime) -> None:
    """The same people: by a decision nothing of the delivery is kept, and its bill is void."""
    _tell_decided(delivery, invoice, "delivery.none_accepted", now, delivery=delivery.number)


def _tell_decided(goods: Delivery, invoice: Invoice, kind: str, now: datetime, **more: Any) -> None:
    order = goods.order
    people = dict.fromkeys([*sellers(order), *buyers(order), *officers(order, now, OfficerRole.TREASURER)])
    tell(people, order, kind, now, about=invoice.pk, number=order.number, bill=invoice.number, **more)


def _lines(delivery: Delivery) -> list[DeliveryLine]:
    return list(delivery.lines.select_related("order_line"))
