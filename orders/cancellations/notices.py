"""Who is told what about cancellations."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import END, RUPIAH, SENTENCE, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.users.models import User
from orders.cancellations.models import Cancellation
from orders.cancellations.states import CancellationState, CancelReason
from orders.orders.notices import buyers, done, officers, sellers, tell
from procurement.requests.officers import APPROVERS

KINDS = {
    "cancellation.asked": notice(
        _("Pesanan %(number)s diminta batal"),
        _("%(reason)s. Jawab paling lambat %(due)s. Bila tidak dijawab, pesanan berlanjut."),
        number=TEXT,
        reason=choice(CancelReason),
        due=END,
    ),
    "cancellation.near": notice(
        _("Permintaan batal pesanan %(number)s masih menunggu jawaban"),
        _("Jawab paling lambat %(due)s. Bila tidak dijawab, pesanan berlanjut."),
        number=TEXT,
        due=END,
    ),
    "cancellation.claimed": notice(
        _("%(shop)s menuntut ganti rugi %(amount)s untuk pesanan %(number)s"),
        _("%(spent)s Jawab paling lambat %(due)s. Bila tidak dijawab, pesanan berlanjut tanpa ganti rugi."),
        shop=TEXT,
        amount=RUPIAH,
        number=TEXT,
        spent=SENTENCE,
        due=END,
    ),
    "cancellation.ended": notice(
        _("Pembatalan pesanan %(number)s: %(state)s"),
        "%(answer)s",
        number=TEXT,
        state=choice(CancellationState),
        answer=SENTENCE,
    ),
    "cancellation.cancelled": notice(
        _("Pesanan %(number)s dibatalkan pembeli"),
        "%(reason)s. %(note)s",
        number=TEXT,
        reason=choice(CancelReason),
        note=SENTENCE,
    ),
}


def asked(row: Cancellation, *, now: datetime) -> None:
    """The other side; of a department also the colleagues of whoever asked."""
    order = row.order
    people = _buying(row, now) if row.by_seller else sellers(order)
    said = {"number": order.number, "reason": row.reason, "due": row.due_at}
    tell(_but(people, row.asked_by), order, "cancellation.asked", now, about=row.pk, **said)


def answer_near(row: Cancellation, *, now: datetime) -> None:
    order = row.order
    waits_for_buyer = row.by_seller or row.state == CancellationState.CLAIMED
    people = _buying(row, now) if waits_for_buyer else sellers(order)
    about = f"{row.pk}:{row.due_at.isoformat()}"
    tell(people, order, "cancellation.near", now, about=about, number=order.number, due=row.due_at)


def claimed(row: Cancellation, *, now: datetime) -> None:
    """Told again when the claim is lowered."""
    order = row.order
    _answered(row, now)
    said = {"shop": order.seller.name, "amount": row.claimed, "spent": row.spent_on, "due": row.due_at}
    about = f"{row.pk}:{row.claimed}"
    tell(_buying(row, now), order, "cancellation.claimed", now, about=about, number=order.number, **said)


def ended(row: Cancellation, *, actor: User | None, now: datetime) -> None:
    """Both sides, except the person who did it."""
    order = row.order
    _answered(row, now)
    people = [*_buying(row, now), *sellers(order)]
    said = {"number": order.number, "state": row.state, "answer": row.answer}
    tell(_but(people, actor), order, "cancellation.ended", now, about=row.pk, **said)


def cancelled(row: Cancellation, *, now: datetime) -> None:
    order = row.order
    for kind in ("order.offered", "order.answer_near"):
        done(order, now, kind)
    said = {"number": order.number, "reason": row.reason, "note": row.note}
    tell(_but([*buyers(order), *sellers(order)], row.asked_by), order, "cancellation.cancelled", now, **said)


def _buying(row: Cancellation, now: datetime) -> list[User]:
    """Those who bind the buyer's side, and those who bought."""
    return list(dict.fromkeys([*buyers(row.order), *officers(row.order, now, *APPROVERS)]))


def _but(people: list[User], actor: User | None) -> list[User]:
    return [person for person in people if actor is None or person.pk != actor.pk]


def _answered(row: Cancellation, now: datetime) -> None:
    """Nobody is asked any more for what was asked before."""
    for kind in ("cancellation.asked", "cancellation.near", "cancellation.claimed"):
        done(row.order, now, kind, about=row.pk)
