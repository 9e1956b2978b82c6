"""Who is told what about proposed changes."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import END, SENTENCE, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.users.models import User
from orders.addenda.models import Addendum
from orders.addenda.states import AddendumState
from orders.orders.notices import buyers, done, officers, sellers, tell
from procurement.requests.officers import APPROVERS

KINDS = {
    "addendum.asked": notice(
        _("Perubahan pesanan %(number)s diusulkan"),
        _("%(reason)s Jawab paling lambat %(due)s. Bila tidak dijawab, pesanan tetap seperti semula."),
        number=TEXT,
        reason=SENTENCE,
        due=END,
    ),
    "addendum.near": notice(
        _("Usul perubahan pesanan %(number)s masih menunggu jawaban"),
        _("Jawab paling lambat %(due)s. Bila tidak dijawab, pesanan tetap seperti semula."),
        number=TEXT,
        due=END,
    ),
    "addendum.ended": notice(
        _("Usul perubahan pesanan %(number)s: %(state)s"),
        "%(answer)s",
        number=TEXT,
        state=choice(AddendumState),
        answer=SENTENCE,
    ),
}


def asked(row: Addendum, *, now: datetime) -> None:
    """The other side; of the department also the colleagues of whoever proposed."""
    order = row.order
    people = _buying(row, now) if row.by_seller else sellers(order)
    said = {"number": order.number, "reason": row.reason, "due": row.due_at}
    tell(_but(people, row.asked_by), order, "addendum.asked", now, about=row.pk, **said)


def answer_near(row: Addendum, *, now: datetime) -> None:
    order = row.order
    people = _buying(row, now) if row.by_seller else sellers(order)
    about = f"{row.pk}:{row.due_at.isoformat()}"
    tell(people, order, "addendum.near", now, about=about, number=order.number, due=row.due_at)


def ended(row: Addendum, *, actor: User | None, now: datetime) -> None:
    """Both sides, except the person who did it."""
    order = row.order
    for kind in ("addendum.asked", "addendum.near"):
        done(order, now, kind, about=row.pk)
    people = [*_buying(row, now), *sellers(order)]
    said = {"number": order.number, "state": row.state, "answer": row.answer}
    tell(_but(people, actor), order, "addendum.ended", now, about=row.pk, **said)


def _buying(row: Addendum, now: datetime) -> list[User]:
    """Those who bind the department, and those who wrote the request."""
    return list(dict.fromkeys([*buyers(row.order), *officers(row.order, now, *APPROVERS)]))


def _but(people: list[User], actor: User | None) -> list[User]:
    return [person for person in people if actor is None or person.pk != actor.pk]
