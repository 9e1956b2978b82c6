"""Periodic tasks of orders."""

from celery import shared_task

from epeken.core import clock
from orders.documents import tasks as paper_jobs  # noqa: F401  (registers orders.make_document)


@shared_task(name="orders.remind_late_invoices")
def remind_late_invoices() -> None:
    """And compensations a department agreed to owe, which go the same way."""
    from orders.compensations import lateness
    from orders.ladder import services

    services.climb(now=clock.now())
    lateness.climb(now=clock.now())


@shared_task(name="orders.year_end")
def year_end() -> None:
    from orders.year_end import services

    services.climb(now=clock.now())


@shared_task(name="orders.remind_ahead")
def remind_ahead() -> None:
    from orders.orders.services import reminders

    reminders.remind_ahead(now=clock.now())


@shared_task(name="orders.close_overdue")
def close_overdue() -> None:
    """Silence has a result: unanswered orders close, goods that arrived count as accepted, an unsent rest is given up,
    a request to cancel or a proposed change lapses, what a decision gave falls due, a complaint nobody answers passes
    to the city, one the city does not decide ends, a seller's silence is noted."""
    from orders.addenda import services as addenda
    from orders.cancellations import services as cancellations
    from orders.confirmations import services as confirmations
    from orders.deliveries import services as deliveries
    from orders.disputes import services as disputes
    from orders.orders.services import agreement, completion
    from orders.remedies import services as remedies

    now = clock.now()
    agreement.close_overdue(now=now)
    deliveries.accept_by_silence(now=now)
    completion.close_overdue_rests(now=now)
    cancellations.lapse_overdue(now=now)
    addenda.lapse_overdue(now=now)
    remedies.pass_overdue(now=now)
    disputes.pass_overdue(now=now)
    disputes.pass_on_overdue(now=now)
    remedies.pass_on_overdue(now=now)
    confirmations.lapse_overdue(now=now)
    confirmations.climb_overdue(now=now)


@shared_task(name="orders.issue_at_once")
def issue_at_once() -> None:
    from orders.orders.services import framed

    framed.issue_all_at_once(now=clock.now())
