"""The seller's page on which goods are handed over, and another PIN for the receiver."""

from base64 import b64encode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, NotAllowed, RuleBroken
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.documents.render import qr_svg
from orders.orders import fetch
from orders.orders import policies as orders_policies
from orders.pins import pins, services
from orders.pins.forms import PinForm, RenewForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delivery_pin(request: HttpRequest, number: str, delivery: str) -> HttpResponse:
    """Held out to the receiver: the code to scan, or the PIN to type."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    found = fetch.delivery_of_order(order, delivery)
    if not orders_policies.is_seller_of(user, order):
        raise NotAllowed(_("PIN penerima diketik oleh penjual pesanan ini atau yang mengantar untuknya."))
    form = PinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            found = services.arrive_by_pin(actor=user, delivery=found, pin=form.cleaned_data["pin"], now=now)
            if found.state == DeliveryState.SHIPPED:
                raise _wrong(found)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Kedatangan dicatat dengan PIN penerima. Penerima masih memeriksa barangnya."))
            return redirect("orders:order-detail", number=order.number)
    if found.state != DeliveryState.SHIPPED and not form.is_bound:
        return redirect("orders:order-detail", number=order.number)
    found.order = order
    context = {
        "form": form,
        "order": order,
        "delivery": found,
        "seller": order.seller,
        "code": f"data:image/svg+xml;base64,{b64encode(qr_svg(pins.arrival_url(found))).decode()}",
    }
    return form_page(request, "orders/pins/delivery_pin.html", context)


def _wrong(delivery: Delivery) -> RuleBroken:
    left = pins.tries_left(delivery)
    if not left:
        text = _("PIN salah, dan sekarang ditutup. Minta penerima membuat PIN baru, atau mencatatnya sendiri.")
    else:
        text = ngettext(
            "PIN salah untuk kiriman ini. Masih dapat dicoba %(count)d kali.",
            "PIN salah untuk kiriman ini. Masih dapat dicoba %(count)d kali.",
            left,
        ) % {"count": left}
    return RuleBroken(text, field="pin", code="pin_wrong")


@require_POST
@login_required
def pin_renew(request: HttpRequest, number: str, delivery: str) -> HttpResponse:
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    found = fetch.delivery_of_order(order, delivery)
    form = RenewForm(request.POST)
    # Without the turn nothing is renewed, as by a page that is too old.
    turn = form.cleaned_data["turn"] if form.is_valid() else -1
    services.renew_pin(actor=person(request), delivery=found, turn=turn, now=now)
    messages.success(request, _("PIN baru berlaku. Yang lama tidak berlaku lagi."))
    return redirect("orders:order-detail", number=order.number)
