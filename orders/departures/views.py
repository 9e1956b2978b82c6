"""The page on which a shop leaves the market, and what its earlier owner is still owed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.users.fetch import person
from orders.departures import handed_over, obligations, services
from umkm.identity.models import IdentityChange
from umkm.sellers import rules
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    seller = get_object_or_404(Seller.objects.of_member(person(request)).filter(approved_at__isnull=False), pk=pk)
    now, error = clock.now(), None
    if request.method == "POST":
        try:
            services.leave_market(actor=person(request), seller=seller, now=now)
        except DomainError as problem:
            error = problem
        else:
            messages.success(request, _("Toko sudah keluar dari pasar. Barangnya tidak tampil lagi."))
            return redirect("umkm:application", pk=pk)
    context = {
        "seller": seller,
        "running": obligations.of_shop(seller),
        "is_active": seller.state == SellerState.ACTIVE,
        "days": rules.RETURN.on(clock.local_date(now)),
        "error": error,
    }
    return render(request, "orders/departures/shop_leave.html", context, status=error.status if error else 200)


@never_cache
@require_safe
@login_required
def earlier_orders(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever handed the shop over, and nobody else."""
    mine = IdentityChange.objects.passed_on_by(person(request)).select_related("seller")
    change = get_object_or_404(mine, pk=pk)
    context = {"change": change, "rows": handed_over.rows_of(change)}
    return render(request, "orders/departures/earlier_orders.html", context)
