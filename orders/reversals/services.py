"""A recorded payment is reversed: the treasurer asks, the head of the department releases. All under the order's lock.

No payment is changed or deleted. What a released reversal means for the money: `orders/billing/reversing.py`.
"""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.i18n.times import long_date
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from orders.billing import reversing, treasurer
from orders.billing.models import Invoice, Payment
from orders.disputes import policies as disputes_policies
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.remedies.models import Remedy
from orders.reversals import notices, policies, rules
from orders.reversals.models import PaymentReversal
from orders.reversals.states import TOLD, ReversalReason, ReversalState
from procurement.agencies.policies import acting_as, holders
from procurement.agencies.states import OfficerRole
from procurement.requests.errors import OwnShop
from umkm.sellers.policies import tied_people


@service
def ask_reversal(
    *,
    actor: User,
    payment: Payment,
    reason: str,
    note: str,
    key: str,
    now: datetime,
    returned_on: date | None = None,
    proof: Any = None,
) -> PaymentReversal:
    """The treasurer says that a recorded payment is wrong, or that its money came back; the head decides. Until then
    it stands. The same key asks once.

    Money that came back in a later year is that year's income and reverses nothing.
    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order, Invoice.
    Source: PP 71/2010 lampiran I.03 (PSAP 02) on corrections of spending: of the same period they reduce it, of a later
    one they are other income.
    """
    who, note = f"user:{actor.pk}", note.strip()
    body = {"reverse": payment.pk, "reason": reason, "note": note, "returned_on": returned_on}
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return PaymentReversal.objects.get(pk=earlier)
    order, invoice, payment = _locked(payment)
    office = check_ask(actor, payment, invoice, order, now)
    require(reason in ReversalReason.values, _("Pilih alasannya."), field="reason", code="reason_unknown")
    require(note or reason not in TOLD, _("Tulis yang benar."), field="note", code="note_missing")
    is_returned = reason == ReversalReason.RETURNED
    if is_returned:
        _check_returned(payment, returned_on, proof, now)
    more: dict[str, Any] = {}
    if proof:
        folder = f"payments/{invoice.number.lower()}"
        stored = uploads.store_private_document(proof, user=actor, folder=folder, field="proof")
        more = {"proof": stored.name, "proof_type": stored.content_type, "proof_sha256": stored.sha256}
    made = PaymentReversal.objects.create(
        payment=payment,
        reason=reason,
        note=note[:300],
        returned_on=returned_on if is_returned else None,
        asked_by=actor,
        asked_at=now,
        due_at=clock.due_after_working_days(now, rules.DECIDED_WITHIN.on(clock.local_date(now))),
        **more,
    )
    begin(made, actor=actor, now=now, acted_as=office, note=made.note)
    notices.asked(made, order, now=now)
    idempotency.settle(person=who, key=key, result=str(made.pk))
    return made


@service
def release_reversal(*, actor: User, reversal: PaymentReversal, key: str, now: datetime) -> PaymentReversal:
    """The head confirms: the payment counts no longer, and its invoice waits for the treasurer again. The same key
    releases once.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine, Order, Invoice, Commitment.
    """
    who = f"user:{actor.pk}"
    if idempotency.claim(person=who, key=key, body={"release": reversal.pk}) is not None:
        return PaymentReversal.objects.get(pk=reversal.pk)
    lines = agreement.lock_budget(reversal.payment.invoice.order)
    order, invoice, payment = _locked(reversal.payment)
    found = PaymentReversal.objects.get(pk=reversal.pk)  # moves under the order's lock alone
    office = check_decide(actor, found, payment, invoice, order, now)
    _check_possible(payment, invoice, order, now)
    move(found, "release", actor=actor, now=now, acted_as=office, decided_by=actor, ended_at=now)
    sent = found.is_misrecorded
    reversing.take_back(payment, invoice, order, lines, actor=actor, acted_as=office, now=now, is_sent=sent)
    notices.released(found, payment, invoice, order, now=now)
    idempotency.settle(person=who, key=key, result=str(found.pk))
    return found


@service
def refuse_reversal(*, actor: User, reversal: PaymentReversal, note: str, now: datetime) -> PaymentReversal:
    """The head says no, and why: the payment stands, and may be asked about again.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order, invoice, payment = _locked(reversal.payment)
    found = PaymentReversal.objects.get(pk=reversal.pk)
    office = check_decide(actor, found, payment, invoice, order, now)
    note = note.strip()
    require(note, _("Tulis alasannya supaya bendahara mengerti."), field="note", code="note_missing")
    move(
        found, "refuse", actor=actor, now=now, acted_as=office, note=note[:300], answer=note[:300], decided_by=actor,
        ended_at=now,
    )  # fmt: skip
    notices.ended(found, order, actor=actor, now=now)
    return found


@service
def withdraw_reversal(*, actor: User, reversal: PaymentReversal, note: str, now: datetime) -> PaymentReversal:
    """A treasurer of the department takes the request back, and says why.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order, _invoice, _payment = _locked(reversal.payment)
    found = PaymentReversal.objects.get(pk=reversal.pk)
    office = treasurer.require_role(actor, order, now)
    _check_waits(found)
    note = note.strip()
    require(note, _("Tulis mengapa ditarik."), field="note", code="note_missing")
    move(found, "withdraw", actor=actor, now=now, acted_as=office, note=note[:300], answer=note[:300], ended_at=now)
    notices.ended(found, order, actor=actor, now=now)
    return found


def check_ask(actor: User, payment: Payment, invoice: Invoice, order: Order, now: datetime) -> str:
    """Refuses whoever may not ask, and a payment that is not reversed; the office of who may. Raises: NotAllowed,
    RoleAlreadyHeld, InvalidMove, RuleBroken."""
    office = check_asker(actor, order, now)
    found = payment.reversal
    if found is not None and found.state == ReversalState.RELEASED:
        raise InvalidMove(_("Pembayaran ini sudah dibatalkan. Catat yang benar sebagai pembayaran baru."))
    if found is not None:
        raise InvalidMove(_("Pembatalan pembayaran ini sudah diminta dan menunggu kepala dinas."))
    _check_possible(payment, invoice, order, now)
    day = clock.local_date(now)
    assert order.agency_id is not None
    heads = [person for person in holders(order.agency_id, OfficerRole.HEAD, day) if person.pk != actor.pk]
    heads = [person for person in heads if not policies.has_paid(person, payment, invoice)]
    tied = tied_people(heads, [order.seller]) if heads else set()
    require(
        any(person.pk not in tied for person in heads),
        _(
            "Belum ada kepala dinas (PA/KPA) yang boleh memutuskannya: harus orang lain dari bendahara dan bukan "
            "pengurus toko penjualnya. Minta admin kota menunjuknya, atau catat penggantinya."
        ),
        code="no_head",
    )
    return office


def check_asker(actor: User, order: Order, now: datetime) -> str:
    """Refuses whoever may not ask; the office of who may. Raises: NotAllowed, RoleAlreadyHeld."""
    if order.agency_id is None:
        raise NotAllowed(
            _(
                "Uang tunai pesanan warga tidak dibatalkan di sini. Bila jumlahnya keliru atau uangnya kembali, ajukan "
                "keluhan dari halaman pesanan: pengembaliannya dicatat di sana."
            )
        )
    return treasurer.require_role(actor, order, now)


def check_decide(
    actor: User, found: PaymentReversal, payment: Payment, invoice: Invoice, order: Order, now: datetime
) -> str:
    """Refuses whoever does not decide on it, and one that is decided; the office of who may. Raises: NotAllowed,
    InvalidMove."""
    office = check_decider(actor, found, payment, invoice, order, now)
    _check_waits(found)
    return office


def check_decider(
    actor: User, found: PaymentReversal, payment: Payment, invoice: Invoice, order: Order, now: datetime
) -> str:
    """Refuses whoever does not decide on it; the office of who does. Raises: NotAllowed."""
    day = clock.local_date(now)
    if not policies.is_head(actor, order, day):
        raise NotAllowed(_("Pembatalan pembayaran dilepas atau ditolak oleh kepala dinas (PA/KPA)."))
    if actor.pk == found.asked_by_id or policies.has_paid(actor, payment, invoice):
        raise NotAllowed(_("Anda meminta pembatalan ini atau mencatat pembayarannya, jadi yang memutus orang lain."))
    if policies.is_tied(actor, order.seller):
        raise OwnShop(order.seller)
    return acting_as(actor, order.agency_id, OfficerRole.HEAD, day)


def _check_waits(found: PaymentReversal) -> None:
    if found.state != ReversalState.ASKED:
        raise InvalidMove(
            _("Permintaan ini sudah selesai: %(state)s. Muat ulang halaman.")
            % {"state": found.get_state_display().lower()}
        )


def _check_possible(payment: Payment, invoice: Invoice, order: Order, now: datetime) -> None:
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    require(
        not Remedy.objects.holding_payment().of_invoice(invoice).exists(),
        _(
            "Menurut keputusan keluhan, barang dari kiriman ini masih akan diganti. Tunggu hasilnya: sesudah itu "
            "pembayarannya dapat dibatalkan."
        ),
        code="replacement_awaited",
    )
    last = policies.last_day(payment)
    if clock.local_date(now) > last:
        raise RuleBroken(
            _(
                "Pembukuan tahun %(year)s sudah ditutup sesudah %(last)s, jadi pembayaran ini tidak dapat dibatalkan "
                "di sini. Buat koreksi lewat PPKD di pembukuan daerah; uang yang kembali disetor ke kas daerah sebagai "
                "pendapatan lain-lain."
            )
            % {"year": payment.paid_on.year, "last": long_date(last)},
            code="year_closed",
        )


def _check_returned(payment: Payment, returned_on: date | None, proof: Any, now: datetime) -> None:
    require(returned_on, _("Tulis tanggal dananya kembali."), field="returned_on", code="returned_on_missing")
    assert returned_on is not None
    require(
        payment.paid_on <= returned_on <= clock.local_date(now),
        _("Dana kembali sesudah dibayar dan tidak sesudah hari ini."),
        field="returned_on",
        code="returned_on_outside",
    )
    require(
        returned_on.year == payment.paid_on.year,
        _(
            "Dana yang kembali pada tahun sesudahnya tidak membatalkan belanja %(year)s. Setor ke kas daerah sebagai "
            "pendapatan lain-lain, dan pembayaran baru memakai anggaran tahun berjalan."
        )
        % {"year": payment.paid_on.year},
        field="returned_on",
        code="returned_later_year",
    )
    require(proof, _("Unggah nota retur atau rekening korannya."), field="proof", code="proof_missing")


def _locked(payment: Payment) -> tuple[Order, Invoice, Payment]:
    """The order and the invoice locked, and the payment with its reversal as they stand under that lock."""
    order_id = Invoice.objects.values_list("order_id", flat=True).get(pk=payment.invoice_id)
    order = Order.objects.locked().get(pk=order_id)
    invoice = Invoice.objects.locked().get(pk=payment.invoice_id)
    return order, invoice, Payment.objects.with_reversal().get(pk=payment.pk)
