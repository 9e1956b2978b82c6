"""What the page of a missing address says to an officer whose appointment has ended."""

from typing import Any

from django import template

from epeken.core import clock
from procurement.agencies import policies
from procurement.agencies.models import AgencyMember

register = template.Library()


@register.simple_tag(takes_context=True)
def over_appointment(context: dict[str, Any]) -> AgencyMember | None:
    """The appointment whose end may be why the person does not find a department's page; None for anybody else."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or match.app_name not in ("procurement", "orders"):
        return None
    return policies.ended_appointment(request.user, clock.local_date(clock.now()))
