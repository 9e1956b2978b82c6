"""Where a person goes after signing in: the page they most likely came for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from epeken.site.navigation import Memberships
from epeken.users.fetch import person
from epeken.users.models import User


@require_GET
@login_required
def landing(request: HttpRequest) -> HttpResponse:
    return redirect(page_of(person(request)))


def page_of(user: User) -> str:
    """The URL name of the page: who decides for others comes before who sells."""
    if user.is_staff:
        return "admin:index"
    memberships = Memberships(user)
    if memberships.agency:
        return "site:agency-dashboard"
    if memberships.inspects:
        return "site:inspector-dashboard"
    if memberships.seller is not None:
        return "site:seller-dashboard"
    return "home"
