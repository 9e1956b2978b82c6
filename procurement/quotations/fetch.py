"""The request for quotation a person may see, or 404."""

from datetime import datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from epeken.core import clock
from epeken.users.fetch import person
from procurement.quotations.models import Invitation, Quotation
from umkm.sellers import fetch as shops_fetch
from umkm.sellers.models import Seller
from umkm.sellers.policies import own_shops


def seen_quotation(request: HttpRequest, number: str, now: datetime) -> Quotation:
    """404 unless this person is an officer of its department or inspects."""
    visible = Quotation.objects.visible_to(person(request), clock.local_date(now)).with_page()
    found: Quotation = get_object_or_404(visible, number=number)
    return found


def public_quotation(number: str) -> Quotation:
    """404 for a draft."""
    found: Quotation = get_object_or_404(Quotation.objects.public().with_page(), number=number)
    return found


def invited_shop(request: HttpRequest, number: str) -> tuple[Quotation, Seller]:
    """404 unless a shop of this person is invited; with several, the one the address names, else the oldest."""
    own = own_shops(person(request))
    quotation = get_object_or_404(Quotation.objects.public().with_page(), number=number)
    invited = set(
        Invitation.objects.invited().filter(quotation=quotation, seller__in=own).values_list("seller", flat=True)
    )
    shops = [shop for shop in own if shop.pk in invited]
    seller = shops_fetch.named_shop(request, shops)
    if seller is None:
        raise Http404(number)
    return quotation, seller
