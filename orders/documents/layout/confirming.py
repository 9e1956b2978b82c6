"""What a seller said, or did not say, about a BAST and about money that was sent: the block and the sentence of each.

Silence is told as silence; a line to sign by hand stays where nobody signed.
"""

from typing import Any

from epeken.core.clock import told_end
from epeken.core.i18n.times import full_date, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Event
from orders.billing.models import Payment
from orders.confirmations.models import SellerConfirmation
from orders.confirmations.states import ConfirmationState
from orders.documents.layout import facts
from orders.documents.schedule import Trail

NOT_PAID = "Belum dibayar"
NOT_CONFIRMED = "Belum dikonfirmasi penjual"
OBJECTED = "Penjual berkeberatan"
MISSING = "Penjual menyatakan uang belum masuk"


def handover_act(trail: Trail) -> Event | None:
    """The seller's yes to the BAST."""
    return _yes(trail, trail.handover)


def handover_block(trail: Trail) -> dict[str, Any]:
    act = handover_act(trail)
    if act is not None:
        return facts.signed("PIHAK PERTAMA", act, "Dikonfirmasi")
    return facts.sign("PIHAK PERTAMA", "", note=_why_not(trail, trail.handover, OBJECTED))


def handover_clauses(trail: Trail) -> list[str]:
    """That the seller confirmed, which edition; or that, and until when, nobody did."""
    row, act = trail.handover, handover_act(trail)
    if row is None:
        return []
    if act is not None:
        return [f"PIHAK PERTAMA mengonfirmasi berita acara ini {long_time(act.at)}, {_edition(row)}."]
    state, last = _stood(trail, row)
    if state == ConfirmationState.OBJECTED and last.note:
        return [
            f"PIHAK PERTAMA berkeberatan {long_time(last.at)}, sesudah tagihannya dibayar: “{last.note}”. Berita acara "
            "ini tidak ditandatanganinya."
        ]
    if state == ConfirmationState.OBJECTED:
        return [
            f"PIHAK PERTAMA berkeberatan {long_time(last.at)} dan mengajukan keluhan; berita acara ini tidak "
            "ditandatanganinya."
        ]
    end = full_date(told_end(row.due_at))
    if state == ConfirmationState.SILENT:
        return [
            f"Penjual tidak menanggapi sampai {end}. Itu bukan tanda tangan, dan tagihannya tidak berubah karenanya."
        ]
    return [f"PIHAK PERTAMA belum mengonfirmasi; ditunggu sampai {end}. Tagihannya tidak menunggu."]


def receipt_block(trail: Trail, *, stamp: bool) -> dict[str, Any]:
    """Signed once all of the invoice was paid and the seller has all of it."""
    role = "Penyedia, yang menerima"
    acts = [_yes(trail, trail.receipt(payment)) for payment in trail.payments]
    given = [act for act in acts if act is not None]
    if trail.paid_at is not None and len(given) == len(acts):
        last = max(given, key=lambda act: act.at)
        return facts.signed(role, last, "Uang diterima", head=facts.place_and_date(last.at)) | {"stamp": stamp}
    open_ = next((p for p, act in zip(trail.payments, acts, strict=True) if act is None), None)
    note = NOT_PAID if not trail.payments or open_ is None else _why_not(trail, trail.receipt(open_), MISSING)
    return facts.sign(role, "", note=note, stamp=stamp)


def receipts(trail: Trail) -> list[str]:
    """Of each payment that stands: who recorded it as sent, and whether the seller has it."""
    return [
        f"{rupiah(payment.amount)}, {full_date(payment.paid_on)}, {payment.reference or 'tanpa nomor bukti'}: dicatat "
        f"dikirim oleh {trail.recorder_of(payment)}. {_receipt(trail, payment)}"
        for payment in trail.payments
    ]


def _receipt(trail: Trail, payment: Payment) -> str:
    row = trail.receipt(payment)
    if row is None:
        return f"{NOT_CONFIRMED}."
    act = _yes(trail, row)
    if act is not None:
        return f"Uang diterima menurut {act.actor_name}, penjual, {long_time(act.at)}, {_edition(row)}."
    state, last = _stood(trail, row)
    if state == ConfirmationState.OBJECTED:
        until = (
            f" Bendahara menjawab paling lambat {full_date(told_end(row.trace_due_at))}." if row.trace_due_at else ""
        )
        return f"{MISSING} ({long_time(last.at)}).{until}"
    end = full_date(told_end(row.due_at))
    if state == ConfirmationState.SILENT:
        return f"Penjual tidak menanggapi sampai {end}; itu bukan tanda terima."
    return f"{NOT_CONFIRMED}; ditunggu sampai {end}."


def _why_not(trail: Trail, row: SellerConfirmation | None, objected: str) -> str:
    if row is None:
        return NOT_CONFIRMED
    state, _last = _stood(trail, row)
    if state == ConfirmationState.OBJECTED:
        return objected
    if state == ConfirmationState.SILENT:
        return f"Penjual tidak menanggapi sampai {full_date(told_end(row.due_at))}"
    return NOT_CONFIRMED


def _yes(trail: Trail, row: SellerConfirmation | None) -> Event | None:
    """The act by which it was confirmed, as long as it stands."""
    if row is None or _stood(trail, row)[0] != ConfirmationState.CONFIRMED:
        return None
    return trail.act(row, "confirm")


def _stood(trail: Trail, row: SellerConfirmation) -> tuple[str, Event]:
    """Its state when the document was asked for, and the event that led there."""
    last = trail.events(row)[-1]
    return last.to_state, last


def _edition(row: SellerConfirmation) -> str:
    """Which document was confirmed: its code, and the hash of what it states as the verification page has it."""
    assert row.document is not None
    code = facts.grouped(row.document.code)
    return f"menurut dokumen berkode {code} yang sidik SHA-256 isinya berawal {row.sha256[:16]}"
