"""Periodic tasks and jobs of requests for quotation."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.jobs import job


@job("procurement.invite_sellers", label=_("Undang penjual"))
def invite_sellers(quotation_pk: int) -> None:
    from procurement.quotations.models import Quotation
    from procurement.quotations.services import publishing

    quotation = Quotation.objects.select_related("agency").get(pk=quotation_pk)
    publishing.tell_invited(quotation=quotation, now=clock.now())


@shared_task(name="procurement.open_quotations")
def open_quotations() -> None:
    """Sealed offers whose time is over are opened; a worker killed meanwhile opened none of them, the next one does."""
    from procurement.quotations.services import opening

    opening.open_due(now=clock.now())
    opening.lapse_due(now=clock.now())


@shared_task(name="procurement.remind_quotations")
def remind_quotations() -> None:
    from procurement.quotations.services import reminders

    reminders.remind_ahead(now=clock.now())
