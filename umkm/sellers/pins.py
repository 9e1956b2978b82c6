"""Where a shop is: its point on the map within the city, and a stall in the district of its food court."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from epeken.core.errors import require
from epeken.core.models import Kelurahan
from umkm.sellers.models import FoodCourt


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


def check_ward(court: FoodCourt | None, ward: Kelurahan | None) -> None:
    """Of a food court only its district is known, and of some not that. Raises: RuleBroken."""
    if court is None or ward is None or court.kecamatan is None:
        return
    require(
        ward.kecamatan_id == court.kecamatan_id,
        _("%(court)s ada di Kecamatan %(district)s. Pilih kelurahan di kecamatan itu.")
        % {"court": court.name, "district": court.kecamatan.name},
        field="kelurahan",
        code="ward_of_other_district",
    )
