"""How far a late invoice was brought, who holds it, and what comes next when. The only place that derives it.

Nothing is kept but the steps taken (`LateStep`); the days of the others follow from the last day to pay, which a
decided dispute moves, and from the dated rules of that day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock
from epeken.core.i18n.times import long_date
from orders.billing import policies, standing
from orders.billing.models import Invoice, Payment
from orders.ladder import rules
from orders.ladder.models import LateStep
from orders.ladder.states import LEVELS, LateLevel
from orders.orders.next_step import invoice_task_words, office_in_turn, turn_of_invoice
from orders.reversals.models import PaymentReversal
from procurement.agencies.policies import holders
from procurement.agencies.states import office_in_sentence
from umkm.sellers.rules import OFFICE


@dataclass(frozen=True)
class Rung:
    """One desk. `opens`: from when the seller may send its letter; `by_itself`: when it is told without them.

    `step`: what was done, once it was.
    """

    level: LateLevel
    opens: datetime
    by_itself: datetime
    step: LateStep | None = None


@dataclass(frozen=True)
class Holder:
    """Whose turn it is with an invoice: the role in a sentence, who holds it today, what they do, since when."""

    role: str
    names: tuple[str, ...]
    task: str
    since: datetime

    @property
    def words(self) -> str:
        nobody = _("belum ada yang menjabat")
        return f"{self.role} ({', '.join(self.names) if self.names else nobody})"


def waits_since(invoice: Invoice) -> datetime:
    """Since when it waits to be paid: its BAST, or the reversal of its payment."""
    return invoice.reversed_at or policies.accepted_at(invoice)


def steps_of_wait(invoice: Invoice) -> list[LateStep]:
    """The steps taken for this very wait. One query."""
    found = LateStep.objects.filter(delivery=invoice.delivery_id, waits_since=waits_since(invoice))
    return list(found.select_related("sent_by").order_by("pk"))


def rungs_of(invoice: Invoice, steps: Iterable[LateStep], *, today: date | None = None) -> list[Rung]:
    """All desks in their order. A step that came late is followed by the next no sooner than the seller's own time
    after it, so that nobody is passed over within a day. `today`: what was not taken before it is taken on it at the
    soonest, so that the days of what follows are still to come; without it a step is expected on its day."""
    due = invoice.due_at
    assert due is not None
    day, taken = clock.last_day(due), {step.level: step for step in steps}
    own, found, earliest = rules.OWN.on(day), [], due
    for level in LEVELS:
        opens = due if level not in rules.AFTER else clock.working_days_later(due, rules.AFTER[level].on(day))
        opens = max(opens, earliest)
        by_itself = opens if level == LateLevel.TREASURER else clock.working_days_later(opens, own)
        step = taken.get(level)
        found.append(Rung(level, opens, by_itself, step))
        if step is not None:
            told = clock.start_of(clock.local_date(step.sent_at))
        else:
            told = opens if today is None else max(opens, clock.start_of(today))
        earliest = max(opens, clock.working_days_later(told, own))
    return found


def next_of(rungs: Iterable[Rung]) -> Rung | None:
    """The first desk that was not told; None once all were."""
    return next((rung for rung in rungs if rung.step is None), None)


def late_refusal(invoice: Invoice, now: datetime) -> str:
    """Why it is not late: paid, in time, or stopped by a complaint or goods that come again; "" where it is. One
    query."""
    if Invoice.objects.late(now).filter(pk=invoice.pk).exists():
        return ""
    if invoice.due_at is not None and not clock.is_over(invoice.due_at, now):
        return _("Tagihan ini belum terlambat. Batas bayarnya %(day)s.") % {
            "day": long_date(clock.last_day(invoice.due_at))
        }
    return _("Surat dikirim untuk tagihan yang terlambat dan belum lunas, tanpa keluhan terbuka atau barang pengganti.")


def letter_refusal(invoice: Invoice, rungs: Iterable[Rung], level: str, now: datetime) -> str:
    """Why its seller may not bring it before this desk now; "" where they may: it is late, the desk is the next, and
    its day has come."""
    coming = next_of(rungs)
    if refusal := late_refusal(invoice, now):
        return refusal
    if coming is None or coming.level != level:
        return _("Surat dikirim berurutan. Langkah sebelumnya belum dikirim.")
    if not clock.is_over(coming.opens, now):
        return _("Surat ini bisa dikirim mulai %(day)s.") % {"day": long_date(coming.opens)}
    return idle_words(invoice, coming)


def idle_words(invoice: Invoice, coming: Rung | None) -> str:
    """Why a letter to the next desk would be of no use: a treasurer pays nothing before the papers are there; "" else.
    One query of an invoice that was not read `with_lacks`."""
    if coming is None or coming.level != LateLevel.TREASURER or not any(standing.awaits_papers(invoice)):
        return ""
    return _("Belum ada surat yang berguna: bendahara baru dapat membayar sesudah berkasnya lengkap.")


def goes_by_itself(invoice: Invoice, level: LateLevel) -> bool:
    """Whether the desk is told without a letter of the seller. Where the department sent all the money and only has to
    record it rightly, nobody but who records it is: that it did not come, its seller knows and may write."""
    return level == LateLevel.TREASURER or not invoice.is_sent


def sent_payment(step: LateStep) -> Payment | None:
    """The payment of which only the record was being corrected when the step was taken: its money was sent. Two
    queries, one where there is none."""
    found = PaymentReversal.objects.corrections().filter(
        payment__invoice__delivery=step.delivery_id, ended_at=step.waits_since
    )
    row = found.select_related("payment").first()
    since = Payment.objects.filter(
        invoice__delivery=step.delivery_id, recorded_at__gt=step.waits_since, recorded_at__lte=step.sent_at
    )
    return None if row is None or since.exists() else row.payment


def holder_of(invoice: Invoice, day: date) -> Holder:
    """Who is to act on an unpaid invoice that no dispute stops, nor goods that come again. Three queries."""
    turn, task = turn_of_invoice(invoice)
    assert invoice.order.agency_id is not None
    names: tuple[str, ...]
    office = office_in_turn(turn, day)
    if office is None:
        role, names = str(turn.label), (invoice.order.seller.name,)
    else:
        role = office_in_sentence(office)
        names = tuple(str(person) for person in holders(invoice.order.agency_id, office, day))
    return Holder(
        role=role,
        names=names,
        task=invoice_task_words(task, invoice),
        since=_since(invoice),
    )


def _since(invoice: Invoice) -> datetime:
    """When it came into its state, or was held in it."""
    if invoice.held_at is not None:
        return invoice.held_at
    entered = (event.at for event in invoice.events.order_by("-sequence") if event.from_state != event.to_state)
    return next(entered, invoice.issued_at)


def days_late(invoice: Invoice, now: datetime) -> int:
    """Working days since the last day to pay; the figure of the payment clock, never below zero."""
    assert invoice.due_at is not None
    return max(clock.working_days_between(clock.last_day(invoice.due_at), clock.local_date(now)), 0)


def addressee(level: str, agency_name: str, day: date) -> str:
    """Whom the letter of a level is addressed to."""
    if level == LateLevel.TREASURER:
        return pgettext("surat", "Bendahara %(agency)s") % {"agency": agency_name}
    if level == LateLevel.HEAD:
        return pgettext("surat", "Kepala %(agency)s") % {"agency": agency_name}
    if level == LateLevel.OFFICE:
        return OFFICE.on(day)
    return str(LateLevel.INSPECTORATE.label)
