"""Registrations that an officer fills in at a resident's table."""

from datetime import datetime
from typing import Any

from tests.factories import umkm as make
from tests.factories.places import home
from tests.umkm.drafts import filled
from tests.umkm.pictures import photo
from umkm.assisted import services
from umkm.assisted.models import AssistedRegistration
from umkm.requirements.models import Requirement
from umkm.sellers import services as sellers
from umkm.sellers.states import SellerKind

NUMBER = "+6281277778888"


def started(officer: Any, now: datetime, **over: Any) -> AssistedRegistration:
    told = {"name": "Sulastri Contoh", "phone": NUMBER, "kind": SellerKind.KELONTONG, "kelurahan": home(), **over}
    return services.start_assisted(actor=officer, now=now, **told)


def typed(officer: Any, now: datetime, number: int = 41, **over: Any) -> AssistedRegistration:
    """Everything but what only the resident can say."""
    assisted = started(officer, now, **over)
    kind = assisted.seller.kind
    values = filled(kind, number) | {"owner_name": assisted.name, "phone": assisted.phone, "email": ""}
    del values["consented"]
    sellers.save_seller(actor=officer, seller=assisted.seller, values=values, now=now)
    for at, need in enumerate(Requirement.objects.filter(seller_kind=kind, required=True).documents()):
        sellers.add_document(
            actor=officer, seller=assisted.seller, kind=need.subject, file=photo(number * 100 + at), now=now
        )
    assisted.seller.refresh_from_db()
    return assisted


def waiting(officer: Any, now: datetime, **over: Any) -> AssistedRegistration:
    return services.hand_over(actor=officer, assisted=typed(officer, now, **over), now=now)


def resident(phone: str = NUMBER) -> Any:
    """Signs in with the number."""
    return make.make_phone_user(phone)


def shown(assisted: AssistedRegistration, user: Any, now: datetime) -> AssistedRegistration:
    """The resident knows the end of the NIK and reads what was typed."""
    assert services.show_assisted(actor=user, assisted=assisted, nik_end=assisted.seller.nik[-4:], now=now)
    assisted.refresh_from_db()
    return assisted


def confirmed(assisted: AssistedRegistration, user: Any, now: datetime, **over: Any) -> Any:
    shown(assisted, user, now)
    said = {"consented": True, "low_income": False, "shown": services.round_of(assisted), **over}
    return services.confirm_assisted(actor=user, assisted=assisted, now=now, **said)
