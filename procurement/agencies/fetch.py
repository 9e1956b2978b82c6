"""The department a person works for now, or 404."""

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed
from epeken.users.fetch import person
from epeken.users.models import User
from procurement.agencies import policies
from procurement.agencies.models import Agency

CHOSEN = "agency_pk"  # in the officer's session


def agencies_of(user: User, now: datetime) -> list[Agency]:
    """Departments in which the person is appointed today, also while on leave; all of them for the inspectorate."""
    if policies.is_inspector(user):
        return list(Agency.objects.order_by("name"))
    mine = {member.agency for member in policies.places(user, clock.local_date(now))}
    return sorted(mine, key=lambda agency: agency.name)


def named_agencies(request: HttpRequest, agencies: Iterable[Agency]) -> list[Agency]:
    """Of these the one that the address names (`dinas`), all where it names none. 404 where it names another."""
    named = request.GET.get("dinas")
    found = [agency for agency in agencies if not named or str(agency.pk) == named]
    if not found:
        raise Http404(named)
    return found


def membership_of(request: HttpRequest, now: datetime) -> tuple[Agency, list[Agency]]:
    """The chosen department and all to choose from. Raises NotAllowed for people without a membership."""
    agencies = agencies_of(person(request), now)
    if not agencies:
        raise NotAllowed(_("Meja dinas hanya untuk pejabat yang sedang ditunjuk. Hubungi admin kota bila ini keliru."))
    chosen = request.session.get(CHOSEN)
    return next((agency for agency in agencies if agency.pk == chosen), agencies[0]), agencies


def inspector(request: HttpRequest) -> User:
    """Who is asking, of the inspectorate. Raises: NotAllowed for anybody else."""
    user = person(request)
    if not policies.is_inspector(user):
        raise NotAllowed(_("Halaman ini untuk inspektorat. Masuk dengan akun inspektorat."))
    return user
