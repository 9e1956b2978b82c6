"""The negotiation a person may see, or 404."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from epeken.core import clock
from epeken.users.fetch import person
from procurement.negotiations.models import Negotiation
from umkm.sellers import policies as shops


def seen_negotiation(request: HttpRequest, number: str, now: datetime) -> Negotiation:
    """404 unless this person belongs to the shop, is an officer of the department, or inspects."""
    viewer = person(request)
    related = ("seller", "request__agency", "request__requester", "request__line", "request__delivery_kelurahan")
    visible = Negotiation.objects.visible_to(viewer, clock.local_date(now)).with_people().select_related(*related)
    found: Negotiation = get_object_or_404(visible, number=number)
    return found


def layout_for(request: HttpRequest, negotiation: Negotiation) -> str:
    """The desk at which this person looks at it."""
    is_seller = shops.can_act_for(person(request), negotiation.seller)
    return "layouts/seller.html" if is_seller else "layouts/agency.html"
