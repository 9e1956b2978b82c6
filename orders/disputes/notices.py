"""Who is told what. Rows are written in the caller's transaction; mail leaves after commit."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_date
from orders.disputes.models import Dispute
from orders.orders.notices import everyone, tell


def dispute_opened(dispute: Dispute, *, now: datetime) -> None:
    order = dispute.order
    people = [p for p in everyone(order, now) if p.pk != dispute.opened_by_id]
    tell(people, order, "dispute.opened", now,
          _("Sengketa pada pesanan %(number)s") % {"number": order.number},
          _("Jawab paling lambat %(due)s.") % {"due": long_date(dispute.due_at)}, about=dispute.pk)  # fmt: skip


def dispute_answered(dispute: Dispute, *, now: datetime) -> None:
    tell([dispute.opened_by], dispute.order, "dispute.answered", now,
          _("Sengketa pesanan %(number)s dijawab") % {"number": dispute.order.number}, dispute.answer,
          about=dispute.pk)  # fmt: skip


def dispute_decided(dispute: Dispute, *, now: datetime) -> None:
    tell(everyone(dispute.order, now), dispute.order, "dispute.decided", now,
          _("Sengketa pesanan %(number)s selesai") % {"number": dispute.order.number}, dispute.decision,
          about=dispute.pk)  # fmt: skip
