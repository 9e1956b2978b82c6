"""The template a person may see, or 404."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from epeken.core import clock
from epeken.users.fetch import person
from procurement.request_templates.models import RequestTemplate


def seen_template(request: HttpRequest, pk: int, now: datetime) -> RequestTemplate:
    """404 unless it is the city's or of a department this person is an officer of, or they inspect."""
    visible = RequestTemplate.objects.visible_to(person(request), clock.local_date(now)).with_lines()
    found: RequestTemplate = get_object_or_404(visible, pk=pk)
    return found
