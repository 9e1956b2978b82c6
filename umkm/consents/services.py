"""A person consents to a purpose, or withdraws it. The datum of the purpose is kept only while a consent is in force.

Source: UU 27/2022 art. 9 (withdrawal), art. 20 (2) (lawful bases), art. 40 (processing ends within 3 × 24 hours: here
at once).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import require
from epeken.core.rows import insert_new
from epeken.core.services import service
from epeken.users.models import User
from umkm.consents import policies
from umkm.consents.models import Consent, ProcessingPurpose
from umkm.consents.states import LOW_INCOME, ConsentWay
from umkm.identity.models import IdentityValue
from umkm.sellers.models import Seller, SellerMember
from umkm.verification.models import CaseValue


@service
def give_consent(*, actor: User, purpose: str, way: str = ConsentWay.SELF, now: datetime) -> None:
    """The datum is kept from now on, of every shop the person runs as its owner. Twice is once.

    Raises: RuleBroken `purpose_not_asked`. Locks: Seller.
    """
    require(
        purpose == LOW_INCOME and ProcessingPurpose.objects.asked(purpose, clock.local_date(now)).exists(),
        _("Persetujuan ini tidak diminta, jadi tidak ada yang dicatat."),
        code="purpose_not_asked",
    )
    shops = _owned(actor)
    insert_new(Consent(person=actor, purpose=purpose, way=way, given_at=now))
    Seller.objects.filter(pk__in=shops).update(low_income=True)


@service
def withdraw_consent(*, actor: User, purpose: str, now: datetime) -> None:
    """The datum is emptied at once, in the shops the person runs and in every copy of what they once sent.

    What rests on law or contract is not touched by it. Locks: Seller.
    """
    shops = _owned(actor)
    if not Consent.objects.in_force(actor, purpose).update(withdrawn_at=now) or purpose != LOW_INCOME:
        return
    Seller.objects.filter(pk__in=shops).update(low_income=False)
    ever = SellerMember.objects.filter(user=actor, role=SellerMember.Role.OWNER).values("seller")
    CaseValue.objects.filter(case__seller__in=ever, field=LOW_INCOME).update(value=str(False))
    IdentityValue.objects.filter(change__seller__in=ever, field=LOW_INCOME).update(old=str(False), new=str(False))


@service
def answer_purpose(*, actor: User, purpose: str, is_yes: bool, now: datetime) -> None:
    """A box that the person ticked or not themselves. An empty one withdraws. Called before the shop that the form is
    about is locked: all of the person's shops are. Raises: RuleBroken. Locks: Seller.
    """
    if is_yes:
        give_consent(actor=actor, purpose=purpose, now=now)
    elif policies.is_given(actor, purpose):
        withdraw_consent(actor=actor, purpose=purpose, now=now)


def _owned(actor: User) -> list[int]:
    """Pks of the shops the person runs as their owner, locked."""
    mine = SellerMember.objects.filter(user=actor, role=SellerMember.Role.OWNER, until__isnull=True)
    return [shop.pk for shop in Seller.objects.filter(pk__in=mine.values("seller")).locked()]
