"""The leave, or the officer, a person may see, or 404."""

from datetime import datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from epeken.core import clock
from epeken.core.ids import read_id
from epeken.users.fetch import person
from epeken.users.models import User
from procurement.agencies.models import Agency, AgencyMember
from procurement.leaves.models import OfficerLeave


def seen_leave(request: HttpRequest, pk: int, now: datetime) -> OfficerLeave:
    """404 unless it is of a department this person is an officer of, or they inspect."""
    visible = OfficerLeave.objects.visible_to(person(request), clock.local_date(now)).with_people()
    found: OfficerLeave = get_object_or_404(visible, pk=pk)
    return found


def officer_of(request: HttpRequest, agency: Agency, now: datetime) -> User:
    """Whom the address names, else the person themselves; 404 unless appointed in the department today."""
    wanted = request.GET.get("pejabat") or str(person(request).pk)
    rows = AgencyMember.objects.own().appointed(clock.local_date(now)).filter(agency=agency)
    row = rows.filter(user_id=read_id(wanted)).select_related("user").first()
    if row is None:
        raise Http404
    user: User = row.user
    return user
