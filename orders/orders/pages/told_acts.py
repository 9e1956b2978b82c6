"""What was written, photographed and claimed with the acts of an order: by noun, its row and the action."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_time
from orders.deliveries.models import Delivery
from orders.disputes.terms import offered_words
from orders.drafts.states import DraftAct
from orders.drafts.words import claim_words
from orders.orders.models import Order
from orders.photo_places.words import map_url, place_words

Act = tuple[str, int, str]


def notes(order: Order) -> dict[Act, str]:
    found: dict[Act, str] = {}
    for shipment in order.deliveries.all():
        for row in shipment.drafted_acts.all():
            written = shipment.remark if row.act != DraftAct.ARRIVE else ""
            found["Delivery", shipment.pk, row.act] = "\n".join(filter(None, [written, claim_words(row)]))
        if placed := next(filter(None, map(place_words, shipment.photos.all())), ""):
            said = found.get(("Delivery", shipment.pk, "inspect"), shipment.remark)
            found["Delivery", shipment.pk, "inspect"] = "\n".join(filter(None, [said, placed]))
    for dispute in order.disputes.all():
        said = {"create": dispute.complaint, "answer": dispute.answer, "decide": dispute.decision}
        if offer := offered_words(order.seller.name, dispute):
            told = _("Tawaran pembeli: %(offer)s") if dispute.opened_by_seller else _("Tawaran penjual: %(offer)s")
            said["answer"] = "\n".join([dispute.answer, told % {"offer": offer}])
        found |= {("Dispute", dispute.pk, action): text for action, text in said.items()}
    return found


def arrival_words(order: Order, delivery: Delivery, recorded_at: datetime | None) -> str:
    """When the goods came by the word of whoever inspected them, which counts; "" where that is when it was recorded,
    which the act says itself."""
    if delivery.arrived_at is None or recorded_at is None or recorded_at == delivery.arrived_at:
        return ""
    said = (
        _("Menurut penerima tiba %(came)s, dicatat %(recorded)s.")
        if order.agency_id
        else _("Menurut pembeli tiba %(came)s, dicatat %(recorded)s.")
    )
    return said % {"came": long_time(delivery.arrived_at), "recorded": long_time(recorded_at)}


def photos(order: Order) -> dict[Act, list[str]]:
    found = {
        ("Delivery", shipment.pk, "inspect"): [
            reverse("orders:inspection-photo", args=[order.number, photo.pk]) for photo in shipment.photos.all()
        ]
        for shipment in order.deliveries.all()
    }
    for dispute in order.disputes.all():
        for photo in dispute.photos.all():
            place = ("Dispute", dispute.pk, "answer" if photo.of_answer else "create")
            found.setdefault(place, []).append(reverse("orders:dispute-photo", args=[order.number, photo.pk]))
    return found


def maps(order: Order) -> dict[Act, str]:
    """Where the first photo with a place lies on a map."""
    found = {
        ("Delivery", shipment.pk, "inspect"): next(filter(None, map(map_url, shipment.photos.all())), "")
        for shipment in order.deliveries.all()
    }
    return {act: url for act, url in found.items() if url}
