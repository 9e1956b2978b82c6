"""The frame a person may see, or 404."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from epeken.core import clock
from epeken.users.fetch import person
from procurement.frames.models import ApprovalFrame


def seen_frame(request: HttpRequest, number: str, now: datetime) -> ApprovalFrame:
    """404 unless this person is an officer of its department or inspects."""
    visible = ApprovalFrame.objects.visible_to(person(request), clock.local_date(now)).with_goods()
    found: ApprovalFrame = get_object_or_404(visible, number=number)
    return found
