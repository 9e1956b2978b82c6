"""Who lets a required paper go unasked for one order. Pure yes or no, with the words of a refusal."""

from datetime import date

from django.utils.translation import gettext as _

from epeken.users.models import User
from orders.orders.models import Order
from procurement.agencies.policies import acting_as, first_office, memberships
from procurement.agencies.states import OfficerRole
from procurement.requests import policies as requests_policies
from umkm.sellers import policies as shops

GIVERS = (OfficerRole.PPK, OfficerRole.HEAD)


def office_of(actor: User, order: Order, day: date) -> str:
    """The office in which the person may waive (`acting_as`); "" for anybody else.

    The PPK or head of the department, apart from who asked for the goods, who pays for them, and who sells them.
    """
    if order.request is None or OfficerRole.TREASURER in memberships(actor, order.agency_id, day):
        return ""
    office = first_office(actor, order.agency_id, GIVERS, day)
    if not office or requests_policies.has_written(actor, order.request) or shops.is_tied(actor, order.seller):
        return ""
    if any(actor.pk in (invoice.verifier_id, *_payers(invoice)) for invoice in order.invoices.all()):
        return ""
    return acting_as(actor, order.agency_id, office, day)


def _payers(invoice: object) -> list[int]:
    return [payment.recorded_by_id for payment in invoice.payments.all()]  # type: ignore[attr-defined]


def refusal() -> str:
    return _(
        "Lampiran wajib dikecualikan oleh PPK atau kepala dinas ini yang bukan pemesan, bukan bendahara yang membayar, "
        "dan tidak terkait dengan penjualnya."
    )
