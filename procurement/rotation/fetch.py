"""The draw a person may see or act on, or 404."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from epeken.core import clock
from epeken.users.fetch import person
from procurement.requests.models import PurchaseRequest
from procurement.rotation.models import RotationDraw


def seen_draw(number: str) -> RotationDraw:
    """Anybody sees every draw."""
    found: RotationDraw = get_object_or_404(RotationDraw.objects.with_list(), number=number)
    return found


def department_draw(request: HttpRequest, number: str, now: datetime) -> RotationDraw:
    """404 unless this person may see the request it is drawn for."""
    visible = PurchaseRequest.objects.visible_to(person(request), clock.local_date(now)).order_by()
    found: RotationDraw = get_object_or_404(
        RotationDraw.objects.with_list().filter(request__in=visible.values("pk")), number=number
    )
    return found


def sees_request(request: HttpRequest, draw: RotationDraw) -> bool:
    """Whether this person may open the request it is drawn for."""
    if not request.user.is_authenticated:
        return False
    day = clock.local_date(clock.now())
    return bool(PurchaseRequest.objects.visible_to(person(request), day).filter(pk=draw.request_id).exists())
