"""Who may do what with a request for quotation. Yes or no; the services say why not.

A requester prepares it; a PP or PPK of the department, never the requester, binds it: publishes, cancels, decides.
Source: Perpres 16/2018 jo. 12/2021 art. 11 and 12.
"""

from collections.abc import Iterable
from datetime import date, datetime

from epeken.core import clock
from epeken.users.models import User
from procurement.agencies.policies import first_office, is_inspector, memberships
from procurement.agencies.states import OfficerRole
from procurement.quotations.models import Quotation, QuotationOffer
from procurement.quotations.states import WRITTEN, QuotationState
from procurement.requests import officers
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller


def can_edit(actor: User, quotation: Quotation, day: date) -> bool:
    """The requester who wrote it, while appointed, before it is published."""
    return (
        quotation.state in WRITTEN
        and actor.pk == quotation.requester_id
        and OfficerRole.REQUESTER in memberships(actor, quotation.agency_id, day)
    )


def needed_office(quotation: Quotation, day: date) -> OfficerRole:
    """The PP where nothing above the PP's limit can be awarded; else the PPK."""
    return officers.needed_role(quotation.ceiling, day) if quotation.ceiling is not None else OfficerRole.PPK


def binding_office(actor: User, quotation: Quotation, day: date) -> str:
    """The office in which the person binds the department today; "" for anybody who may not."""
    if actor.pk == quotation.requester_id:
        return ""
    return first_office(actor, quotation.agency_id, (needed_office(quotation, day), OfficerRole.PPK), day)


def own_shop(actor: User, offers: Iterable[QuotationOffer]) -> Seller | None:
    """A shop that offered and to which the person is tied: another officer takes over."""
    ties = shops.ties_of(actor)
    return next((offer.seller for offer in offers if offer.seller_id in ties), None)


def people_who_ask(quotation: Quotation, *more: User) -> list[User]:
    """Those to whom no seller may be tied."""
    named = [quotation.requester, quotation.publisher, *more]
    return list({person.pk: person for person in named if person is not None}.values())


def tied_shops(people: Iterable[User]) -> frozenset[int]:
    """Pks of the shops of these people, of their households and of the owners of those shops."""
    found = shops.ties_by_person(list(people))
    return frozenset(pk for ties in found.values() for pk in ties)


def takes_offers(quotation: Quotation, now: datetime) -> bool:
    return quotation.state == QuotationState.PUBLISHED and not clock.is_over(quotation.closes_at, now)


def can_read_figures(actor: User, quotation: Quotation, day: date) -> bool:
    """After the opening: officers of the department and the inspectorate. Each first look is kept."""
    if quotation.opened_at is None:
        return False
    return is_inspector(actor) or bool(memberships(actor, quotation.agency_id, day))
