"""Officers of a kelurahan or kecamatan, and what they were asked."""

from datetime import date, datetime
from typing import Any

from tests.factories import umkm as make
from tests.factories.places import home
from tests.kept_steps import kept
from umkm.area_checks import services
from umkm.area_checks.models import AreaCheck, AreaPosting
from umkm.area_checks.states import AreaLevel
from umkm.sellers import services as sellers
from umkm.verification.models import VerificationCase

SINCE = date(2022, 1, 1)


@kept
def post(level: str, user: Any = None, **over: Any) -> Any:
    """Somebody looks at the registrations of `home`, at this level."""
    user = user or make.make_staff(name=f"Petugas {level}")
    place = {"kelurahan": home()} if level == AreaLevel.KELURAHAN else {"kecamatan": home().kecamatan}
    AreaPosting.objects.create(**{"user": user, "valid_from": SINCE, "source": "Surat tugas uji", **place, **over})
    return user


@kept
def looked(check: AreaCheck, officer: Any, now: datetime) -> AreaCheck:
    """The officer opened every picture of the place."""
    for document in services.papers_of(check.case.seller):
        sellers.log_view(actor=officer, seller=check.case.seller, what=document.kind, document=document, now=now)
    return check


@kept
def running(case: VerificationCase) -> AreaCheck:
    found: AreaCheck = case.area_checks.running().get()
    return found
