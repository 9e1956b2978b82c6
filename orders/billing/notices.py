"""Who is told what about invoices and payments."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from epeken.core.clock import local_date
from epeken.core.i18n.messages import DAY, LAST_DAY, RUPIAH, SENTENCE, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.users.models import User
from orders.billing import policies
from orders.billing.models import Invoice, Payment
from orders.billing.states import ApprovalEnd, HoldReason, PaymentMethod
from orders.documents.completeness import empty_slots
from orders.orders.models import Order
from orders.orders.next_step import Task, office_in_turn, turns_of_invoice
from orders.orders.notices import buyers, done, officers, sellers, tell
from procurement.agencies.states import OfficerRole

# What came into the seller's account, and for what.
_REMITTED = {
    "amount": RUPIAH, "bill": TEXT, "number": TEXT, "method": choice(PaymentMethod), "reference": TEXT, "day": DAY,
    "gross": RUPIAH, "withheld": RUPIAH,
}  # fmt: skip

KINDS = {
    "invoice.verified": notice(
        _("Berkas tagihan %(number)s lengkap"),
        _("%(net)s dibayar sesudah dinas menyetujui pembayarannya."),
        number=TEXT,
        net=RUPIAH,
    ),
    "invoice.approval_asked": notice(
        _("Tagihan %(net)s menunggu persetujuan Anda"),
        _("%(shop)s, pesanan %(number)s. Dibayar paling lambat %(due)s."),
        net=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.approve_near": notice(
        _("Tagihan %(net)s segera jatuh tempo dan belum Anda setujui"),
        _("%(shop)s, pesanan %(number)s. Dibayar paling lambat %(due)s."),
        net=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.record_to_approve": notice(
        _("Catatan pembayaran %(amount)s menunggu persetujuan Anda"),
        _("%(shop)s, pesanan %(number)s. Uangnya sudah dikirim. Dicatat ulang paling lambat %(due)s."),
        amount=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.approved": notice(
        _("Pembayaran %(net)s disetujui"),
        _("Tagihan %(number)s menunggu dibayar bendahara."),
        net=RUPIAH,
        number=TEXT,
    ),
    "invoice.record_approved": notice(
        _("Catatan pembayaran %(amount)s untuk tagihan %(number)s disetujui"),
        _("Uangnya sudah dikirim: bendahara mencatat ulang, tidak mengirim lagi."),
        amount=RUPIAH,
        number=TEXT,
    ),
    "invoice.approval_dropped": notice(
        _("Persetujuan bayar tagihan %(number)s tidak berlaku lagi"),
        _("%(why)s. Sebelum dibayar, pembayarannya disetujui lagi."),
        number=TEXT,
        why=choice(ApprovalEnd),
    ),
    "invoice.returned": notice(
        _("Tagihan %(number)s dikembalikan untuk diperiksa lagi"),
        "%(reason)s",
        number=TEXT,
        reason=SENTENCE,
    ),
    "invoice.held": notice(
        _("Tagihan %(number)s ditahan: %(reason)s"),
        _("Batas bayarnya tidak berubah. %(note)s"),
        number=TEXT,
        reason=choice(HoldReason),
        note=SENTENCE,
    ),
    "invoice.resumed": notice(
        _("Tagihan %(number)s tidak ditahan lagi"),
        _("Yang dibayarkan ke penjual %(net)s."),
        number=TEXT,
        net=RUPIAH,
    ),
    "invoice.paid": notice(
        _("Dibayar %(amount)s untuk pesanan %(number)s"),
        _("%(method)s tanggal %(day)s."),
        amount=RUPIAH,
        number=TEXT,
        method=choice(PaymentMethod),
        day=DAY,
    ),
    "invoice.remitted": notice(
        _("Dibayar %(amount)s untuk tagihan %(bill)s"),
        _(
            "Pesanan %(number)s. %(method)s nomor %(reference)s, tanggal %(day)s. Tagihan ini lunas: jumlahnya "
            "%(gross)s, dipotong pajak %(withheld)s."
        ),
        **_REMITTED,
    ),
    "invoice.remitted_part": notice(
        _("Dibayar sebagian, %(amount)s, untuk tagihan %(bill)s"),
        _(
            "Pesanan %(number)s. %(method)s nomor %(reference)s, tanggal %(day)s. Masih akan dibayar %(left)s. Jumlah "
            "tagihan ini %(gross)s, pajak yang dipotong darinya %(withheld)s."
        ),
        **_REMITTED,
        left=RUPIAH,
    ),
    "invoice.replaced": notice(
        _("Tagihan %(earlier)s diganti %(number)s"),
        _("Bendahara menulis: %(reason)s Jumlah untuk Anda %(net)s, batas bayarnya tetap."),
        earlier=TEXT,
        number=TEXT,
        reason=SENTENCE,
        net=RUPIAH,
    ),
    "invoice.lowered": notice(
        _("Tagihan %(number)s dipotong %(amount)s"),
        _("Menurut keputusan keluhan. Yang dibayarkan ke penjual menjadi %(net)s."),
        number=TEXT,
        amount=RUPIAH,
        net=RUPIAH,
    ),
    "invoice.pay_near": notice(
        _("Tagihan %(net)s segera jatuh tempo"),
        _("%(shop)s, pesanan %(number)s. Bayar paling lambat %(due)s."),
        net=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.record_near": notice(
        _("Pembayaran %(amount)s segera harus dicatat ulang"),
        _("%(shop)s, pesanan %(number)s. Uangnya sudah dikirim, jangan kirim lagi. Catat paling lambat %(due)s."),
        amount=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.bring_near": notice(
        _("Tagihan %(net)s segera jatuh tempo, berkasnya belum lengkap"),
        _(
            "%(shop)s, pesanan %(number)s. Belum ada: %(papers)s. Tanpa itu bendahara belum dapat menyelesaikannya "
            "sampai %(due)s."
        ),
        net=RUPIAH,
        shop=TEXT,
        number=TEXT,
        papers=TEXT,
        due=LAST_DAY,
    ),
    "invoice.record_late": notice(
        _("Pembayaran %(amount)s belum dicatat ulang"),
        _("%(shop)s, pesanan %(number)s. Uangnya sudah dikirim, jangan kirim lagi. Batas mencatatnya %(due)s."),
        amount=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.late": notice(
        _("Tagihan %(net)s lewat batas bayar"),
        _("%(shop)s, pesanan %(number)s. Batasnya %(due)s, dan penjual menunggu uangnya."),
        net=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.cash_received": notice(
        _("Penjual menerima uang tunai %(amount)s"),
        _("Untuk pesanan %(number)s."),
        amount=RUPIAH,
        number=TEXT,
    ),
}


def invoice_verified(invoice: Invoice, *, now: datetime) -> None:
    """The seller, and whoever approves the payment."""
    said = {"number": invoice.number, "net": invoice.net}
    tell(sellers(invoice.order), invoice.order, "invoice.verified", now, about=invoice.pk, **said)
    approval_asked(invoice, now=now)


def approval_asked(invoice: Invoice, *, now: datetime) -> None:
    """Once each time it is checked."""
    kind, said = _to_approve(invoice, "invoice.approval_asked")
    tell(approvers(invoice.order, now), invoice.order, kind, now, about=f"{invoice.pk}:{now.isoformat()}", **said)


def payment_approved(invoice: Invoice, *, now: datetime) -> None:
    """Whoever pays it, and the seller; nobody else is asked to approve it."""
    order = invoice.order
    _not_to_approve(invoice, now)
    people = [*officers(order, now, OfficerRole.TREASURER), *sellers(order)]
    about = f"{invoice.pk}:{now.isoformat()}"
    if invoice.correcting_id is not None:
        said = {"number": invoice.number, "amount": invoice.sent_amount}
        tell(people, order, "invoice.record_approved", now, about=about, **said)
        return
    tell(people, order, "invoice.approved", now, about=about, number=invoice.number, net=invoice.net)


def approval_dropped(invoice: Invoice, why: str, *, now: datetime) -> None:
    """Whoever approves it anew, and whoever was about to pay it."""
    order = invoice.order
    people = dict.fromkeys([*approvers(order, now), *officers(order, now, OfficerRole.TREASURER)])
    about = f"{invoice.pk}:{now.isoformat()}"
    tell(people, order, "invoice.approval_dropped", now, about=about, number=invoice.number, why=why)


def invoice_returned(invoice: Invoice, reason: str, *, now: datetime) -> None:
    order = invoice.order
    _not_to_approve(invoice, now)
    people, about = officers(order, now, OfficerRole.TREASURER), f"{invoice.pk}:{now.isoformat()}"
    tell(people, order, "invoice.returned", now, about=about, number=invoice.number, reason=reason)


def invoice_held(invoice: Invoice, order: Order, *, actor: User | None, now: datetime) -> None:
    """The seller, and of the department whoever handles it, except who did it."""
    people = [*sellers(order), *officers(order, now, OfficerRole.TREASURER), *approvers(order, now)]
    others = [person for person in dict.fromkeys(people) if actor is None or person.pk != actor.pk]
    said = {"number": invoice.number, "reason": invoice.hold_reason, "note": invoice.hold_note}
    tell(others, order, "invoice.held", now, about=f"{invoice.pk}:{now.isoformat()}", **said)


def invoice_resumed(invoice: Invoice, order: Order, *, now: datetime) -> None:
    people = [*sellers(order), *approvers(order, now)]
    said = {"number": invoice.number, "net": invoice.net}
    tell(dict.fromkeys(people), order, "invoice.resumed", now, about=f"{invoice.pk}:{now.isoformat()}", **said)


def approvers(order: Order, now: datetime) -> list[User]:
    """Those who hold the office that approves payments on the day."""
    return officers(order, now, policies.approver_role(local_date(now)))


def _waiting(invoice: Invoice) -> dict[str, Any]:
    order = invoice.order
    return {"net": invoice.net, "shop": order.seller.name, "number": order.number, "due": invoice.due_at}


def invoice_replaced(invoice: Invoice, *, earlier: Invoice, reason: str, now: datetime) -> None:
    _unasked(earlier, now)
    said = {"earlier": earlier.number, "number": invoice.number, "reason": reason, "net": invoice.net}
    tell(sellers(invoice.order), invoice.order, "invoice.replaced", now, about=invoice.pk, **said)


def invoice_void(invoice: Invoice, *, now: datetime) -> None:
    """Nobody is asked about it any more; of the one in its place others are told."""
    _unasked(invoice, now)


def invoice_lowered(invoice: Invoice, amount: int, *, now: datetime) -> None:
    """Whoever pays it, and the seller; nobody is reminded of the earlier sum."""
    _unasked(invoice, now)
    people = [*officers(invoice.order, now, OfficerRole.TREASURER), *sellers(invoice.order)]
    said = {"number": invoice.number, "amount": amount, "net": invoice.net}
    tell(people, invoice.order, "invoice.lowered", now, about=f"{invoice.pk}:{invoice.deduction}", **said)


def payment_recorded(invoice: Invoice, payment: Payment, *, now: datetime) -> None:
    """The buyer's side, and the seller: which bill, by which number, and what was withheld of it."""
    if invoice.outstanding == 0:
        _paid(invoice, now)
    order = invoice.order
    said = {
        "amount": payment.amount, "number": order.number, "method": payment.method, "day": payment.paid_on,
    }  # fmt: skip
    tell(buyers(order), order, "invoice.paid", now, about=payment.pk, **said)
    said |= {
        "bill": invoice.number, "reference": payment.reference or "–", "gross": invoice.gross,
        "withheld": invoice.withheld,
    }  # fmt: skip
    if invoice.outstanding:
        said["left"] = invoice.outstanding
    kind = "invoice.remitted_part" if invoice.outstanding else "invoice.remitted"
    tell(sellers(order), order, kind, now, about=payment.pk, **said)


def invoice_late(invoice: Invoice, role: OfficerRole, *, now: datetime) -> None:
    """Whoever pays, or whoever answers for the department; beside the treasurer whoever of the department holds it."""
    order, day = invoice.order, local_date(now)
    roles = [role]
    if role == OfficerRole.TREASURER:
        offices = [office_in_turn(turn, day) for turn, _task in turns_of_invoice(invoice)]
        roles += [office for office in offices if office is not None and office != role]
    people = dict.fromkeys(officers(order, now, *roles))
    # Late anew after its payment was reversed.
    about = invoice.pk if invoice.reversed_at is None else f"{invoice.pk}:{invoice.reversed_at.isoformat()}"
    if invoice.is_sent:
        tell(people, order, "invoice.record_late", now, about=about, **_sent(invoice))
        return
    tell(people, order, "invoice.late", now, about=about, **_waiting(invoice) | {"net": invoice.to_send})


def payment_near(invoice: Invoice, *, now: datetime) -> None:
    """Whoever holds it, each by what they are to do: who brings a paper that lacks hears which."""
    order, due = invoice.order, invoice.due_at
    assert due is not None
    about = f"{invoice.pk}:{due.isoformat()}"
    for turn, task in turns_of_invoice(invoice):
        office = office_in_turn(turn, local_date(now))
        people = sellers(order) if office is None else officers(order, now, office)
        kind, said = _near(invoice, task, is_office=office is not None)
        tell(people, order, kind, now, about=about, **said)


def _near(invoice: Invoice, task: Task, *, is_office: bool) -> tuple[str, dict[str, Any]]:
    if task == Task.APPROVE:
        return _to_approve(invoice, "invoice.approve_near")
    if task == Task.BRING:
        lacking = [slot for slot in empty_slots(invoice.order, invoice) if slot.is_by_office == is_office]
        return "invoice.bring_near", _waiting(invoice) | {"papers": ", ".join(slot.label_with_day for slot in lacking)}
    if invoice.correcting_id is not None:
        return "invoice.record_near", _sent(invoice)
    return "invoice.pay_near", _waiting(invoice)


def _to_approve(invoice: Invoice, kind: str) -> tuple[str, dict[str, Any]]:
    """Who approves a record that is corrected sends no money."""
    if invoice.is_sent:
        return "invoice.record_to_approve", _sent(invoice)
    return kind, _waiting(invoice)


def _sent(invoice: Invoice) -> dict[str, Any]:
    """Of one that is corrected: the money that was sent, and until when that is recorded anew."""
    order = invoice.order
    said = {"shop": order.seller.name, "number": order.number, "due": invoice.due_at}
    return {"amount": invoice.sent_amount, **said}


def cash_received(invoice: Invoice, *, now: datetime) -> None:
    order = invoice.order
    _paid(invoice, now)
    said = {"amount": invoice.net, "number": order.number}
    tell(buyers(order), order, "invoice.cash_received", now, about=invoice.pk, **said)


def _paid(invoice: Invoice, now: datetime) -> None:
    """Nobody is waiting to pay it."""
    for kind in ("invoice.issued", "invoice.issued_lacking"):
        done(invoice.order, now, kind, about=invoice.delivery_id)
    _unasked(invoice, now)


def _unasked(invoice: Invoice, now: datetime) -> None:
    """Nobody is reminded of this very invoice any more."""
    _not_to_approve(invoice, now)
    for kind in _ASKED:
        done(invoice.order, now, kind, about=invoice.pk)


def _not_to_approve(invoice: Invoice, now: datetime) -> None:
    for kind in ("invoice.approve_near", "invoice.approval_asked", "invoice.record_to_approve"):
        done(invoice.order, now, kind, about=invoice.pk)


# What asks somebody to see to it that an invoice is paid, or its payment recorded; also by the steps of a late one.
_ASKED = (
    "invoice.pay_near", "invoice.record_near", "invoice.bring", "invoice.bring_near", "invoice.late",
    "invoice.record_late", "invoice.brought", "invoice.followed", "invoice.record_brought", "invoice.record_followed",
)  # fmt: skip
