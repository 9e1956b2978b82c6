"""The request or product a person may see, or 404."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from epeken.core import clock
from epeken.users.fetch import person
from procurement.negotiations.models import Negotiation
from procurement.requests.models import PurchaseRequest, RequestSeller
from umkm.catalogue.models import Product


def seen_request(request: HttpRequest, number: str, now: datetime) -> PurchaseRequest:
    """404 unless this person is an officer of its department or inspects."""
    viewer = person(request)
    visible = PurchaseRequest.objects.visible_to(viewer, clock.local_date(now)).with_desk().with_total_now()
    found: PurchaseRequest = get_object_or_404(
        visible.select_related(
            "approver",
            "delivery_kelurahan__kecamatan",
            "sourced_again_from__seller",
            "sourced_again_from__request",
            "copied_from",
            "from_template",
            "frame",
            "from_quotation",
        ).annotate(is_negotiated=Exists(Negotiation.objects.filter(request=OuterRef("pk")))),
        number=number,
    )
    if found.requester_id == viewer.pk:
        found.requester = viewer  # one object, so that what a page remembers of its viewer is not read again
    return found


def unfilled_part(found: PurchaseRequest, pk: int) -> RequestSeller:
    """404 unless it is a part of the request whose order brought nothing."""
    part: RequestSeller = get_object_or_404(found.sellers.with_continuation(), pk=pk, unfilled_at__isnull=False)
    return part


def seen_product(request: HttpRequest, pk: int) -> Product:
    """404 unless anyone may see it."""
    found: Product = get_object_or_404(Product.objects.visible_to(person(request)), pk=pk)
    return found
