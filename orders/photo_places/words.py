"""How a photo's place is told: as what the phone said, beside the server's time."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_time
from epeken.core.quantity import grouped
from orders.deliveries.models import InspectionPhoto
from orders.orders.models import Order
from orders.photo_places.models import PhotoPlace


def place_of(photo: InspectionPhoto) -> PhotoPlace | None:
    return getattr(photo, "place", None)


def place_words(photo: InspectionPhoto) -> str:
    """A sentence; "" of a photo without a place."""
    place = place_of(photo)
    if place is None:
        return ""
    said = {
        "point": "; ".join(number_format(degrees, 6) for degrees in (place.latitude, place.longitude)),
        "accuracy": grouped(Decimal(place.accuracy)),
        "claimed": long_time(place.claimed_at),
        "distance": grouped(Decimal(place.distance or 0)),
        "from": place.get_measured_from_display(),
    }
    if place.distance is None:
        return _(
            "Menurut ponsel penerima saat foto ditambahkan: %(claimed)s, di %(point)s, ketelitian %(accuracy)s m. "
            "Titik tempat antarnya tidak tercatat, jadi jaraknya tidak dihitung."
        ) % said  # fmt: skip
    return _(
        "Menurut ponsel penerima saat foto ditambahkan: %(claimed)s, di %(point)s, ketelitian %(accuracy)s m, "
        "%(distance)s m dari %(from)s."
    ) % said  # fmt: skip


def map_url(photo: InspectionPhoto) -> str:
    """The place on a public map; "" of a photo without one."""
    place = place_of(photo)
    if place is None:
        return ""
    south, east = place.latitude, place.longitude
    return f"https://www.openstreetmap.org/?mlat={south}&mlon={east}#map=18/{south}/{east}"


def placed_files(order: Order) -> list[str]:
    """SHA-256 of the photos with a place, in their order."""
    photos = (photo for delivery in order.deliveries.all() for photo in delivery.photos.all())
    return [photo.sha256 for photo in photos if place_of(photo) is not None]
