"""Where a person goes after signing in: the page they most likely came for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from epeken.core import clock
from epeken.site.navigation import Memberships
from epeken.users.fetch import person
from epeken.users.models import User
from umkm.area_checks.policies import is_posted


@require_GET
@login_required
def landing(request: HttpRequest) -> HttpResponse:
    return redirect(page_of(person(request)))


def layout_of(user: User) -> str:
    """The layout of the department's or the seller's desk somebody works at; "" for everybody else. Asks no permission,
    which would cost every buyer's inbox two queries: inspectors read theirs among what everybody sees."""
    memberships = Memberships(user)
    if user.is_staff:
        return ""
    if memberships.agency:
        return "layouts/agency.html"
    return "layouts/seller.html" if memberships.seller is not None else ""


def page_of(user: User) -> str:
    """The URL name of the page: who decides for others comes before who sells."""
    if user.is_staff:
        looks_on_the_spot = not user.has_perm("umkm.verify_seller") and is_posted(user, clock.today())
        return "umkm:area-check-list" if looks_on_the_spot else "admin:index"
    memberships = Memberships(user)
    if memberships.agency:
        return "site:agency-dashboard"
    if memberships.inspects:
        return "site:inspector-dashboard"
    if memberships.seller is not None:
        return "site:seller-dashboard"
    return "home"
