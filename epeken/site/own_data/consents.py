"""What a person's data is processed for, with their consents. Reads only."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.reference import in_language
from epeken.core.i18n.times import long_time
from epeken.users.models import User
from orders.photo_places.models import PlaceConsent
from orders.photo_places.services import may_consent
from umkm.consents.models import Consent, ProcessingPurpose
from umkm.consents.states import LOW_INCOME, PHOTO_PLACE, LawfulBasis
from umkm.sellers.models import SellerMember


@dataclass(frozen=True)
class PurposeRow:
    """`answer_url`: where a yes or no is posted or, of the place of a photo, its own page; "" of what is only told.
    `history`: when it was given and withdrawn, the oldest first."""

    code: str
    title: str
    text: str
    basis: str
    is_given: bool = False
    answer_url: str = ""
    has_own_page: bool = False
    history: list[str] = field(default_factory=list)


def purposes(user: User, now: datetime) -> tuple[list[PurposeRow], list[PurposeRow]]:
    """What the person is asked about, or once agreed to; and what goes on without a consent."""
    day = clock.local_date(now)
    asked, told = [], []
    for purpose in ProcessingPurpose.objects.in_force(day):
        words: dict[str, Any] = {"title": in_language(purpose.title), "text": in_language(purpose.text)}
        if purpose.basis != LawfulBasis.CONSENT:
            told.append(PurposeRow(code=purpose.code, basis=purpose.get_basis_display(), **words))
        elif (row := _asked(user, purpose, words, now)) is not None:
            asked.append(row)
    return asked, told


def _asked(user: User, purpose: ProcessingPurpose, words: dict[str, Any], now: datetime) -> PurposeRow | None:
    """None for who has nothing to answer: no shop, no goods of a department to inspect, and never agreed."""
    if purpose.code == PHOTO_PLACE:
        places = list(PlaceConsent.objects.filter(person=user))
        concerns = may_consent(user, clock.local_date(now))
        given: list[Any] = places
        url = reverse("orders:place-consent")
    else:
        given = list(Consent.objects.visible_to(user).filter(purpose=purpose.code))
        mine = SellerMember.objects.filter(user=user, role=SellerMember.Role.OWNER, until__isnull=True)
        concerns = purpose.code == LOW_INCOME and mine.exists()
        url = reverse("consent-answer", args=[purpose.code])
    if not (concerns or given):
        return None
    in_force = any(one.withdrawn_at is None for one in given)
    return PurposeRow(
        code=purpose.code, basis=purpose.get_basis_display(), is_given=in_force,
        answer_url=url if concerns or in_force else "", has_own_page=purpose.code == PHOTO_PLACE,
        history=[line for one in given for line in _lines(one)], **words,
    )  # fmt: skip


def _lines(consent: Any) -> list[str]:
    """`consent`: Consent or PlaceConsent."""
    given = _("Diberikan %(when)s") % {"when": long_time(consent.given_at)}
    if isinstance(consent, Consent):
        given = f"{given}, {consent.get_way_display()}"
    if consent.withdrawn_at is None:
        return [given]
    return [given, _("Ditarik %(when)s") % {"when": long_time(consent.withdrawn_at)}]
