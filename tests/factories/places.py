"""Where tests take place: facts of the city they run in (CITY_DIR)."""

from decimal import Decimal

from django.conf import settings

from epeken.core.models import Kelurahan

CITY = settings.CITY
_ward = CITY.rows("wilayah.csv")[2]
# The ward of every made shop, department and buyer, and its district, by Kemendagri's codes.
WARD, WARD_NAME = _ward["kode_kelurahan"], _ward["kelurahan"]
DISTRICT, DISTRICT_NAME = _ward["kode_kecamatan"], _ward["kecamatan"]
# Another district of the same city.
ELSEWHERE = CITY.rows("wilayah.csv")[-1]["kode_kecamatan"]
# A map pin in the middle of the city.
PIN = (Decimal(CITY.example_pin[0]), Decimal(CITY.example_pin[1]))


def home() -> Kelurahan:
    return Kelurahan.objects.select_related("kecamatan").get(pk=WARD)


def far_away() -> Kelurahan:
    """A ward of ELSEWHERE."""
    return Kelurahan.objects.filter(kecamatan_id=ELSEWHERE).order_by("code")[0]
