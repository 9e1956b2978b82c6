"""Who is told what about disputes."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import LAST_DAY, TEXT
from epeken.notifications.kinds import notice
from orders.disputes.models import Dispute
from orders.orders.notices import done, everyone, tell

KINDS = {
    "dispute.opened": notice(
        _("Keluhan pada pesanan %(number)s"), _("Jawab paling lambat %(due)s."), number=TEXT, due=LAST_DAY
    ),
    "dispute.answered": notice(_("Keluhan pesanan %(number)s dijawab"), "%(answer)s", number=TEXT, answer=TEXT),
    "dispute.decided": notice(_("Keluhan pesanan %(number)s selesai"), "%(decision)s", number=TEXT, decision=TEXT),
}


def dispute_opened(dispute: Dispute, *, now: datetime) -> None:
    order = dispute.order
    people = [p for p in everyone(order, now) if p.pk != dispute.opened_by_id]
    tell(people, order, "dispute.opened", now, about=dispute.pk, number=order.number, due=dispute.due_at)


def dispute_answered(dispute: Dispute, *, now: datetime) -> None:
    order = dispute.order
    done(order, now, "dispute.opened", about=dispute.pk)
    said = {"number": order.number, "answer": dispute.answer}
    tell([dispute.opened_by], order, "dispute.answered", now, about=dispute.pk, **said)


def dispute_decided(dispute: Dispute, *, now: datetime) -> None:
    order = dispute.order
    done(order, now, "dispute.opened", about=dispute.pk)
    said = {"number": order.number, "decision": dispute.decision}
    tell(everyone(order, now), order, "dispute.decided", now, about=dispute.pk, **said)
