"""Whose turn an agreed compensation is, that it is late, and that it was paid; and what is told of a reversal."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import COUNT, LAST_DAY, RUPIAH, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.users.models import User
from orders.compensations.models import Compensation, CompensationReversal
from orders.compensations.states import CompensationState
from orders.ladder.notices import followers
from orders.ladder.states import LateLevel
from orders.orders.notices import buyers, done, officers, sellers, tell_at
from orders.reversals.states import ReversalReason
from procurement.agencies.policies import inspectors
from procurement.agencies.states import OfficerRole

KINDS = {
    "cancellation.compensation_agreed": notice(
        _("Tunjuk mata anggaran ganti rugi %(amount)s untuk %(shop)s"),
        _("Disetujui saat pesanan %(number)s batal. Bendahara membayarnya sesudah itu, paling lambat %(due)s."),
        amount=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "cancellation.compensation_charged": notice(
        _("Bayar ganti rugi %(amount)s kepada %(shop)s"),
        _("Mata anggarannya sudah ditunjuk kepala dinas. Bayar dan catat buktinya paling lambat %(due)s."),
        amount=RUPIAH,
        shop=TEXT,
        due=LAST_DAY,
    ),
    "cancellation.compensation_paid": notice(
        _("Ganti rugi %(amount)s untuk pesanan %(number)s sudah dibayar"),
        _("Buktinya ada di halaman ganti rugi."),
        amount=RUPIAH,
        number=TEXT,
    ),
    "cancellation.compensation_near": notice(
        _("Ganti rugi %(amount)s segera jatuh tempo"),
        _("%(shop)s, pesanan %(number)s: %(state)s. Batasnya %(due)s."),
        amount=RUPIAH,
        shop=TEXT,
        number=TEXT,
        state=choice(CompensationState),
        due=LAST_DAY,
    ),
    "cancellation.compensation_late": notice(
        _("Ganti rugi %(amount)s lewat batas bayar"),
        _("%(shop)s, pesanan %(number)s: %(state)s. Batasnya %(due)s, dan penjual menunggu uangnya."),
        amount=RUPIAH,
        shop=TEXT,
        number=TEXT,
        state=choice(CompensationState),
        due=LAST_DAY,
    ),
    "cancellation.compensation_followed": notice(
        _("%(agency)s belum membayar ganti rugi %(shop)s: %(amount)s"),
        _("Pesanan %(number)s, terlambat %(days)s hari kerja."),
        agency=TEXT,
        shop=TEXT,
        amount=RUPIAH,
        number=TEXT,
        days=COUNT,
    ),
    "cancellation.compensation_reversed": notice(
        _("Pembayaran ganti rugi %(amount)s untuk pesanan %(number)s dibatalkan"),
        _("%(reason)s. Bendahara membayarnya atau mencatatnya ulang; batas bayarnya tetap."),
        amount=RUPIAH,
        number=TEXT,
        reason=choice(ReversalReason),
    ),
    "cancellation.compensation_corrected": notice(
        _("Catatan pembayaran ganti rugi %(amount)s untuk pesanan %(number)s dibetulkan"),
        _("Uangnya sudah dikirim; hanya catatannya keliru: %(reason)s. Dicatat ulang paling lambat %(due)s."),
        amount=RUPIAH,
        number=TEXT,
        reason=choice(ReversalReason),
        due=LAST_DAY,
    ),
}


def agreed(row: Compensation, *, now: datetime) -> None:
    order = row.order
    said: dict[str, Any] = {"shop": order.seller.name, "number": order.number, "due": row.due_at}
    _tell(officers(order, now, OfficerRole.HEAD), row, "cancellation.compensation_agreed", now, **said)


def charged(row: Compensation, *, now: datetime) -> None:
    """Once, whichever line it is charged to in the end: the page says which."""
    order = row.order
    done(order, now, "cancellation.compensation_agreed", about=row.pk)
    said: dict[str, Any] = {"shop": order.seller.name, "due": row.due_at}
    _tell(officers(order, now, OfficerRole.TREASURER), row, "cancellation.compensation_charged", now, **said)


def paid(row: Compensation, *, now: datetime) -> None:
    order = row.order
    _not_to_pay(row, now)
    people = [*sellers(order), *buyers(order), *officers(order, now, OfficerRole.HEAD)]
    # Each time it is recorded: a payment may have been reversed.
    about = f"{row.pk}:{now.isoformat()}"
    _tell(people, row, "cancellation.compensation_paid", now, about=about, number=order.number)


def holders_of(row: Compensation, now: datetime) -> list[User]:
    """Whose turn it is: the head names the budget line, the treasurer pays."""
    role = OfficerRole.HEAD if row.state == CompensationState.AGREED else OfficerRole.TREASURER
    return officers(row.order, now, role)


def near(row: Compensation, *, now: datetime) -> None:
    _tell_of_end(holders_of(row, now), row, "cancellation.compensation_near", now)


def late(row: Compensation, level: LateLevel, days: int, *, now: datetime) -> None:
    """Whoever holds that desk today, each once for each end it had."""
    if level == LateLevel.TREASURER:
        _tell_of_end(holders_of(row, now), row, "cancellation.compensation_late", now)
    elif level == LateLevel.HEAD:
        _tell_of_end(officers(row.order, now, OfficerRole.HEAD), row, "cancellation.compensation_late", now)
    else:
        people = followers() if level == LateLevel.OFFICE else inspectors()
        said = {"agency": str(row.order.agency), "shop": row.order.seller.name, "number": row.order.number}
        _tell(people, row, "cancellation.compensation_followed", now, about=_end(row), days=days, **said)


def reversal_asked(reversal: CompensationReversal, row: Compensation, *, now: datetime) -> None:
    _tell_heads(reversal, row, "invoice.reversal_asked", now, about=_of(reversal), reason=reversal.reason)


def reversal_near(reversal: CompensationReversal, row: Compensation, *, now: datetime) -> None:
    about = f"{_of(reversal)}:{reversal.due_at.isoformat()}"
    _tell_heads(reversal, row, "invoice.reversal_near", now, about=about)


def reversal_ended(reversal: CompensationReversal, row: Compensation, *, actor: User, now: datetime) -> None:
    """Refused or withdrawn: treasurers and heads, except who did it."""
    _not_to_decide(reversal, row, now)
    people = officers(row.order, now, OfficerRole.TREASURER, OfficerRole.HEAD)
    said = {"number": row.order.number, "state": reversal.state, "answer": reversal.answer}
    others = [person for person in people if person.pk != actor.pk]
    tell_at(_page(row), others, row.order, "invoice.reversal_ended", now, _of(reversal), **said)


def taken_back(reversal: CompensationReversal, row: Compensation, *, now: datetime) -> None:
    """Both sides, and whoever pays or records it again."""
    order = row.order
    _not_to_decide(reversal, row, now)
    people = dict.fromkeys([*sellers(order), *buyers(order), *officers(order, now, OfficerRole.TREASURER)])
    said: dict[str, Any] = {"number": order.number, "reason": reversal.reason}
    if reversal.is_misrecorded:
        _tell(people, row, "cancellation.compensation_corrected", now, about=_of(reversal), due=row.due_at, **said)
    else:
        _tell(people, row, "cancellation.compensation_reversed", now, about=_of(reversal), **said)


def _tell_heads(
    reversal: CompensationReversal, row: Compensation, kind: str, now: datetime, *, about: str, **said: Any
) -> None:
    heads = [person for person in officers(row.order, now, OfficerRole.HEAD) if person.pk != reversal.asked_by_id]
    _tell(heads, row, kind, now, about=about, number=row.order.number, due=reversal.due_at, **said)


def _tell_of_end(people: Iterable[User], row: Compensation, kind: str, now: datetime) -> None:
    said = {"shop": row.order.seller.name, "number": row.order.number, "state": row.state, "due": row.due_at}
    _tell(people, row, kind, now, about=_end(row), **said)


def _not_to_pay(row: Compensation, now: datetime) -> None:
    """Nobody is asked to pay it, or told that it is late, any more."""
    for kind in ("charged", "near", "late", "followed", "reversed", "corrected"):
        done(row.order, now, f"cancellation.compensation_{kind}", about=row.pk)


def _not_to_decide(reversal: CompensationReversal, row: Compensation, now: datetime) -> None:
    for kind in ("invoice.reversal_asked", "invoice.reversal_near"):
        done(row.order, now, kind, about=_of(reversal))


def _end(row: Compensation) -> str:
    return f"{row.pk}:{row.due_at.isoformat()}"


def _of(reversal: CompensationReversal) -> str:
    """Apart from the reversals of the same order's bills, whose kinds of notices these are too."""
    return f"{reversal.payment.compensation_id}:{reversal.payment.compensation.number}-{reversal.pk}"


def _page(row: Compensation) -> str:
    return reverse("orders:compensation-detail", args=[row.number])


def _tell(
    people: Iterable[User], row: Compensation, kind: str, now: datetime, about: str | None = None, **said: Any
) -> None:
    tell_at(_page(row), people, row.order, kind, now, about or row.pk, amount=row.amount, **said)
