"""A point on the map: both numbers or none, and within the city."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from epeken.core.errors import require


def check_pin(latitude: Decimal | None, longitude: Decimal | None) -> None:
    """Degrees. Raises: RuleBroken."""
    require(
        (latitude is None) == (longitude is None),
        _("Isi garis lintang dan garis bujur, atau kosongkan keduanya."),
        field="latitude" if latitude is None else "longitude",
        code="pin_half",
    )
    if latitude is not None and longitude is not None:
        require(
            settings.CITY.box.contains(latitude, longitude),
            _("Titik itu di luar %(city)s. Periksa angkanya, atau kosongkan keduanya.") % {"city": settings.CITY.name},
            field="latitude",
            code="pin_elsewhere",
        )
