"""What holds of every request to reverse a payment, whatever it paid: its words, its proof, its time, who decides."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.i18n.times import long_date
from epeken.users.models import User
from orders.billing.recorded import RecordedPayment
from orders.orders.models import Order
from orders.reversals import policies, rules
from orders.reversals.models import Reversal
from orders.reversals.states import TOLD, ReversalReason, ReversalState
from procurement.agencies.policies import acting_as, holders
from procurement.agencies.states import OfficerRole
from procurement.requests.errors import OwnShop
from umkm.sellers.policies import tied_people


def fields_of_request(
    payment: RecordedPayment,
    *,
    actor: User,
    reason: str,
    reasons: Collection[str],
    note: str,
    returned_on: date | None,
    proof: Any,
    folder: str,
    now: datetime,
    sent_amount: int | None = None,
) -> dict[str, Any]:
    """What a reversal is asked with, checked, its proof stored. `sent_amount` is the caller's to check. Raises:
    RuleBroken."""
    require(reason in reasons, _("Pilih alasannya."), field="reason", code="reason_unknown")
    require(note or reason not in TOLD, _("Tulis yang benar."), field="note", code="note_missing")
    is_returned = reason == ReversalReason.RETURNED
    if is_returned:
        _check_returned(payment, returned_on, proof, now)
    more: dict[str, Any] = {}
    if proof:
        stored = uploads.store_private_document(proof, user=actor, folder=folder, field="proof")
        more = {"proof": stored.name, "proof_type": stored.content_type, "proof_sha256": stored.sha256}
    return {
        "reason": reason,
        "note": note[:300],
        "returned_on": returned_on if is_returned else None,
        "sent_amount": sent_amount if reason == ReversalReason.AMOUNT else None,
        "asked_by": actor,
        "asked_at": now,
        "due_at": clock.due_after_working_days(now, rules.DECIDED_WITHIN.on(clock.local_date(now))),
        **more,
    }


def check_not_asked(payment: RecordedPayment) -> None:
    """Raises: InvalidMove."""
    found = payment.reversal
    if found is not None and found.state == ReversalState.RELEASED:
        raise InvalidMove(_("Pembayaran ini sudah dibatalkan. Catat yang benar sebagai pembayaran baru."))
    if found is not None:
        raise InvalidMove(_("Pembatalan pembayaran ini sudah diminta dan menunggu kepala dinas."))


def check_waits(found: Reversal) -> None:
    """Raises: InvalidMove."""
    if found.state != ReversalState.ASKED:
        raise InvalidMove(
            _("Permintaan ini sudah selesai: %(state)s. Muat ulang halaman.")
            % {"state": found.get_state_display().lower()}
        )


def check_books_open(payment: RecordedPayment, now: datetime) -> None:
    """Raises: RuleBroken."""
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


def check_somebody_decides(order: Order, actor: User, paid_by: Collection[int | None], now: datetime) -> None:
    """A head who is neither who asks nor who paid, without a part in the shop. Raises: RuleBroken."""
    assert order.agency_id is not None
    found = holders(order.agency_id, OfficerRole.HEAD, clock.local_date(now))
    heads = [person for person in found if person.pk != actor.pk and person.pk not in paid_by]
    tied = tied_people(heads, [order.seller]) if heads else set()
    require(
        any(person.pk not in tied for person in heads),
        _(
            "Belum ada kepala dinas (PA/KPA) yang boleh memutuskannya: harus orang lain dari bendahara dan bukan "
            "pengurus toko penjualnya. Minta admin kota menunjuknya, atau catat penggantinya."
        ),
        code="no_head",
    )


def office_of_decider(
    actor: User, found: Reversal, paid_by: Collection[int | None], order: Order, now: datetime
) -> str:
    """Refuses whoever does not decide on it; the office of who does. Raises: NotAllowed."""
    day = clock.local_date(now)
    if not policies.is_head(actor, order, day):
        raise NotAllowed(_("Pembatalan pembayaran dilepas atau ditolak oleh kepala dinas (PA/KPA)."))
    if actor.pk == found.asked_by_id or actor.pk in paid_by:
        raise NotAllowed(_("Anda meminta pembatalan ini atau mencatat pembayarannya, jadi yang memutus orang lain."))
    if policies.is_tied(actor, order.seller):
        raise OwnShop(order.seller)
    return acting_as(actor, order.agency_id, OfficerRole.HEAD, day)


def refusal_words(note: str) -> str:
    """Raises: RuleBroken."""
    note = note.strip()
    require(note, _("Tulis alasannya supaya bendahara mengerti."), field="note", code="note_missing")
    return note[:300]


def withdrawal_words(note: str) -> str:
    """Raises: RuleBroken."""
    note = note.strip()
    require(note, _("Tulis mengapa ditarik."), field="note", code="note_missing")
    return note[:300]


def _check_returned(payment: RecordedPayment, returned_on: date | None, proof: Any, now: datetime) -> None:
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
