"""Who is told what about disputes."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import LAST_DAY, TEXT, choice
from epeken.notifications.kinds import notice
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeOutcome
from orders.disputes.terms import DisputeTerms
from orders.orders.notices import done, everyone, sellers, tell

KINDS = {
    "dispute.opened": notice(
        _("Keluhan pada pesanan %(number)s"), _("Jawab paling lambat %(due)s."), number=TEXT, due=LAST_DAY
    ),
    # To the side that complains, and to those who look on: who is to answer.
    "dispute.seller_asked": notice(
        _("Keluhan pada pesanan %(number)s"),
        _("%(shop)s menjawab paling lambat %(due)s."),
        number=TEXT,
        shop=TEXT,
        due=LAST_DAY,
    ),
    "dispute.buyer_asked": notice(
        _("Keluhan pada pesanan %(number)s"), _("Pembeli menjawab paling lambat %(due)s."), number=TEXT, due=LAST_DAY
    ),
    "dispute.answered": notice(_("Keluhan pesanan %(number)s dijawab"), "%(answer)s", number=TEXT, answer=TEXT),
    "dispute.unanswered": notice(
        _("Keluhan pesanan %(number)s tidak dijawab sampai batasnya"),
        _("Petugas kota memutus paling lambat %(due)s. Jawaban masih bisa dikirim sebelum itu."),
        number=TEXT,
        due=LAST_DAY,
    ),
    "dispute.decided": notice(
        _("Keluhan pesanan %(number)s selesai"),
        "%(outcome)s. %(decision)s",
        number=TEXT,
        outcome=choice(DisputeOutcome),
        decision=TEXT,
    ),
}


def dispute_opened(dispute: Dispute, *, now: datetime) -> None:
    order = dispute.order
    people = [person for person in everyone(order, now) if person.pk != dispute.opened_by_id]
    shop = sellers(order)
    of_shop = [person for person in people if person in shop]
    others = [person for person in people if person not in shop]
    said: dict[str, Any] = {"about": dispute.pk, "number": order.number, "due": dispute.due_at}
    if dispute.opened_by_seller:
        tell(others, order, "dispute.opened", now, **said)
        tell(of_shop, order, "dispute.buyer_asked", now, **said)
    else:
        tell(of_shop, order, "dispute.opened", now, **said)
        tell(others, order, "dispute.seller_asked", now, shop=order.seller.name, **said)


def dispute_unanswered(dispute: Dispute, *, now: datetime) -> None:
    """Both sides."""
    order = dispute.order
    for kind in ("dispute.opened", "dispute.seller_asked", "dispute.buyer_asked"):
        done(order, now, kind, about=dispute.pk)
    said = {"number": order.number, "due": dispute.decide_due_at}
    tell(everyone(order, now), order, "dispute.unanswered", now, about=dispute.pk, **said)


def dispute_answered(dispute: Dispute, *, now: datetime) -> None:
    order = dispute.order
    for kind in ("dispute.opened", "dispute.seller_asked", "dispute.buyer_asked"):
        done(order, now, kind, about=dispute.pk)
    said = {"number": order.number, "answer": dispute.answer}
    tell([dispute.opened_by], order, "dispute.answered", now, about=dispute.pk, **said)


def dispute_decided(dispute: Dispute, given: DisputeTerms, *, now: datetime) -> None:
    order = dispute.order
    for kind in ("dispute.opened", "dispute.seller_asked", "dispute.buyer_asked", "dispute.unanswered"):
        done(order, now, kind, about=dispute.pk)
    said = {"number": order.number, "outcome": given.outcome, "decision": dispute.decision}
    tell(everyone(order, now), order, "dispute.decided", now, about=dispute.pk, **said)
