"""Who is told what. Rows are written in the caller's transaction; mail leaves after commit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.clock import local_date
from epeken.core.words import long_date, long_time, rupiah
from epeken.notifications.services import notify
from epeken.users.models import User
from orders.models import Bill, Dispute, Order, Payment, Receipt
from orders.states import CloseReason, DeliveryMethod
from procurement.states import OfficerRole


def order_offered(order: Order, *, now: datetime) -> None:
    _tell(
        _sellers(order), order, "order.offered", now,
        _("Pesanan baru %(total)s dari %(buyer)s") % {"total": rupiah(order.total), "buyer": buyer_name(order)},
        _("Jawab paling lambat %(due)s. Bila lewat, pesanan batal sendiri tanpa denda.")
        % {"due": long_time(order.answer_due_at)},
    )  # fmt: skip


def order_accepted(order: Order, *, now: datetime) -> None:
    _tell(
        _buyers(order), order, "order.accepted", now,
        _("%(shop)s menyanggupi pesanan %(number)s") % {"shop": order.seller.name, "number": order.number},
        _("Barang tiba paling lambat %(at)s.") % {"at": long_time(order.deliver_at)},
    )  # fmt: skip


def order_closed(order: Order, *, actor: Any, now: datetime) -> None:
    """Everybody concerned except the person who did it."""
    reason = CloseReason(order.close_reason).label
    body = f"{reason}. {order.close_note}".strip()
    people = [p for p in [*_buyers(order), *_sellers(order)] if actor is None or p.pk != actor.pk]
    _tell(people, order, "order.closed", now, _("Pesanan %(number)s batal") % {"number": order.number}, body)


def order_shipped(receipt: Receipt, *, now: datetime) -> None:
    order = receipt.order
    title = (
        _("Pesanan %(number)s siap diambil")
        if order.method == DeliveryMethod.PICKUP
        else _("Pesanan %(number)s dikirim")
    )
    people = [*_buyers(order), *_officers(order, now, OfficerRole.RECEIVER)]
    _tell(people, order, "receipt.shipped", now, title % {"number": order.number},
          _("Dibawa oleh %(carrier)s. Catat bila sudah tiba.") % {"carrier": receipt.carrier})  # fmt: skip


def receipt_arrived(receipt: Receipt, *, now: datetime) -> None:
    order = receipt.order
    due = long_time(receipt.inspect_due_at) if receipt.inspect_due_at else ""
    _tell(_sellers(order), order, "receipt.arrived", now,
          _("Barang pesanan %(number)s sudah tiba") % {"number": order.number},
          _("Diperiksa paling lambat %(due)s; sesudah itu dianggap diterima.") % {"due": due})  # fmt: skip
    _tell([*_buyers(order), *_officers(order, now, OfficerRole.RECEIVER)], order, "receipt.inspect", now,
          _("Periksa barang pesanan %(number)s") % {"number": order.number},
          _("Paling lambat %(due)s; sesudah itu dianggap diterima lengkap.") % {"due": due})  # fmt: skip


def receipt_inspected(receipt: Receipt, *, now: datetime) -> None:
    order = receipt.order
    _tell(_sellers(order), order, "receipt.inspected", now,
          _("Barang pesanan %(number)s sudah diperiksa") % {"number": order.number},
          _("Berita acara serah terima (BAST) menyusul."))  # fmt: skip


def receipt_accepted(receipt: Receipt, *, now: datetime) -> None:
    order, bill = receipt.order, Bill.objects.get(order_id=receipt.order_id)
    due = long_date(bill.due_at) if bill.due_at else ""
    body = (
        _("BAST %(bast)s terbit. Dibayar paling lambat %(due)s.") % {"bast": receipt.bast_number, "due": due}
        if due
        else _("Uang tunai %(net)s dapat dicatat.") % {"net": rupiah(bill.net or 0)}
    )
    _tell(_sellers(order), order, "receipt.accepted", now,
          _("Barang pesanan %(number)s diterima") % {"number": order.number}, body)  # fmt: skip
    if due:
        _tell(_officers(order, now, OfficerRole.TREASURER), order, "bill.issued", now,
              _("Tagihan %(gross)s menunggu pembayaran") % {"gross": rupiah(bill.gross or 0)},
              _("%(shop)s, pesanan %(number)s, batas %(due)s.")
              % {"shop": order.seller.name, "number": order.number, "due": due})  # fmt: skip


def bill_verified(bill: Bill, *, now: datetime) -> None:
    _tell(_sellers(bill.order), bill.order, "bill.verified", now,
          _("Berkas tagihan %(number)s lengkap") % {"number": bill.number},
          _("Bendahara akan membayar %(net)s.") % {"net": rupiah(bill.net or 0)})  # fmt: skip


def bill_paid(bill: Bill, payment: Payment, *, now: datetime) -> None:
    body = _("%(method)s tanggal %(day)s.") % {
        "method": payment.get_method_display(),
        "day": long_date(payment.paid_on),
    }
    people = [*_sellers(bill.order), *_buyers(bill.order)]
    _tell(people, bill.order, "bill.paid", now,
          _("Dibayar %(amount)s untuk pesanan %(number)s")
          % {"amount": rupiah(payment.amount), "number": bill.order.number}, body)  # fmt: skip


def cash_received(bill: Bill, *, now: datetime) -> None:
    _tell(_buyers(bill.order), bill.order, "bill.paid", now,
          _("Penjual menerima uang tunai %(amount)s") % {"amount": rupiah(bill.net or 0)},
          _("Pesanan %(number)s selesai.") % {"number": bill.order.number})  # fmt: skip


def dispute_opened(dispute: Dispute, *, now: datetime) -> None:
    order = dispute.order
    people = [p for p in _everyone(order, now) if p.pk != dispute.opened_by_id]
    _tell(people, order, "dispute.opened", now,
          _("Sengketa pada pesanan %(number)s") % {"number": order.number},
          _("Jawab paling lambat %(due)s.") % {"due": long_date(dispute.due_at)}, about=dispute.pk)  # fmt: skip


def dispute_answered(dispute: Dispute, *, now: datetime) -> None:
    _tell([dispute.opened_by], dispute.order, "dispute.answered", now,
          _("Sengketa pesanan %(number)s dijawab") % {"number": dispute.order.number}, dispute.answer,
          about=dispute.pk)  # fmt: skip


def dispute_decided(dispute: Dispute, *, now: datetime) -> None:
    _tell(_everyone(dispute.order, now), dispute.order, "dispute.decided", now,
          _("Sengketa pesanan %(number)s selesai") % {"number": dispute.order.number}, dispute.decision,
          about=dispute.pk)  # fmt: skip


def buyer_name(order: Order) -> str:
    """The department, or the person who buys."""
    if order.agency is not None:
        return order.agency.name
    return order.buyer.name if order.buyer is not None else ""


def _tell(
    people: Iterable[User], order: Order, kind: str, now: datetime, title: str, body: str = "", about: int | None = None
) -> None:
    """Once per person, kind and order; `about` tells two disputes of one order apart."""
    url = reverse("orders:order-detail", args=[order.number])
    key = f"{kind}:{order.number}" if about is None else f"{kind}:{order.number}:{about}"
    for person in {p.pk: p for p in people}.values():
        notify(person=person, kind=kind, title=title, body=body, url=url, key=key, now=now)


def _sellers(order: Order) -> list[User]:
    return list(
        User.objects.filter(
            shop_memberships__seller_id=order.seller_id, shop_memberships__until__isnull=True
        ).distinct()
    )


def _buyers(order: Order) -> list[User]:
    """The buyer; for a department who asked and who issued."""
    if order.buyer is not None:
        return [order.buyer]
    people = [order.issuer]
    if order.request is not None:
        people.append(order.request.requester)
    return people


def _officers(order: Order, now: datetime, *roles: OfficerRole) -> list[User]:
    if order.agency is None:
        return []
    seats = order.agency.members.on(local_date(now)).filter(role__in=roles).select_related("user")
    return [seat.user for seat in seats]


def _everyone(order: Order, now: datetime) -> list[User]:
    return [*_sellers(order), *_buyers(order), *_officers(order, now, OfficerRole.RECEIVER)]
