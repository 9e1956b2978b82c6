"""What the views of this app share: the person, the department they sit in now, a request they may see."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed
from epeken.users.models import User
from procurement import policies
from procurement.models import Agency, PurchaseRequest
from umkm.models import Product

CHOSEN = "agency_pk"  # in the officer's session


def person(request: HttpRequest) -> User:
    """The signed-in person; views are `login_required`."""
    assert isinstance(request.user, User)
    return request.user


def agencies_of(user: Any, now: datetime) -> list[Agency]:
    """Departments in which the person has a seat today; all of them for the inspectorate."""
    if policies.is_inspector(user):
        return list(Agency.objects.order_by("name"))
    return list(Agency.objects.of_officer(user, clock.local_date(now)).order_by("name"))


def desk_of(request: HttpRequest, now: datetime) -> tuple[Agency, list[Agency]]:
    """The chosen department and all to choose from. Raises NotAllowed for people without a seat."""
    agencies = agencies_of(request.user, now)
    if not agencies:
        raise NotAllowed(_("Meja dinas hanya untuk pejabat yang sedang ditunjuk. Hubungi admin kota bila ini keliru."))
    chosen = request.session.get(CHOSEN)
    return next((agency for agency in agencies if agency.pk == chosen), agencies[0]), agencies


def seen_request(request: HttpRequest, number: str, now: datetime) -> PurchaseRequest:
    """404 unless this person is an officer of its department or inspects."""
    visible = PurchaseRequest.objects.visible_to(request.user, clock.local_date(now)).with_desk()
    found: PurchaseRequest = get_object_or_404(
        visible.select_related("approver", "delivery_kelurahan__kecamatan"), number=number
    )
    return found


def seen_product(request: HttpRequest, pk: int) -> Product:
    """404 unless anyone may see it."""
    found: Product = get_object_or_404(Product.objects.visible_to(request.user), pk=pk)
    return found
