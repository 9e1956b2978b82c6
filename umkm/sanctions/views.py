"""The shop's page of its sanctions."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from epeken.core import clock
from epeken.users.fetch import person
from umkm.sanctions import pages
from umkm.sellers import policies as sellers_policies
from umkm.sellers.models import Seller
from umkm.sellers.states import RUNNING


@never_cache
@require_safe
@login_required
def sanction_list(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    seller = get_object_or_404(Seller.objects.of_member(user).filter(approved_at__isnull=False), pk=pk)
    context = {
        "seller": seller,
        "cards": pages.cards(seller, clock.now()),
        "is_owner": sellers_policies.is_owner(user, seller),
        "is_running": seller.state in RUNNING,
    }
    return render(request, "umkm/sanctions/sanction_list.html", context)
