"""A surat pesanan to another seller for what an order did not bring."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.ids import read_id
from epeken.users.fetch import person
from orders.orders.services import replacing
from procurement.requests.models import PurchaseRequest, RequestSeller
from umkm.sellers.models import Seller


@require_POST
@login_required
def part_reissue(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One click on the card of a part that waits."""
    now = clock.now()
    visible = PurchaseRequest.objects.visible_to(person(request), clock.local_date(now))
    found = get_object_or_404(visible, number=number)
    part = get_object_or_404(RequestSeller.objects.select_related("request"), request=found, pk=pk)
    asked = request.POST.get("seller", "")
    seller = get_object_or_404(Seller, pk=read_id(asked))
    try:
        order = replacing.reissue_part(
            actor=person(request),
            part=part,
            seller=seller,
            key=request.POST.get("key", f"reissue-{part.pk}")[:64],
            now=now,
            shown=request.POST.get("shown", ""),
        )
    except RuleBroken as error:
        # The way out lies on the request's own page.
        messages.error(request, error.message)
        return redirect("procurement:request-detail", number=found.number)
    messages.success(
        request,
        _("Surat pesanan %(number)s terbit untuk %(shop)s. Penjual sudah diberi tahu.")
        % {"number": order.number, "shop": seller.name},
    )
    return redirect("orders:order-detail", number=order.number)
