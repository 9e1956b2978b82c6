"""Who of PP and PPK is to act where both may: one desk is not left to the other."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.users.models import User
from procurement.agencies.models import AgencyMember
from procurement.requests.officers import APPROVERS


def goes_on(column: str, now: datetime) -> Exists:
    """Over rows with an `agency`: whether the person of `column`, who began it, is PP or PPK there today."""
    officers = AgencyMember.objects.on(clock.local_date(now)).filter(role__in=APPROVERS, agency=OuterRef("agency"))
    return Exists(officers.filter(user=OuterRef(column)))


def turn_words(begun_by: User | None, is_able: bool, viewer: User | None) -> str:
    """`begun_by`: who issued or published it and so goes on with it, while they hold the office (`goes_on`)."""
    if begun_by is None or not is_able:
        return _("PP atau PPK, siapa yang lebih dahulu")
    if viewer is not None and begun_by.pk == viewer.pk:
        return _("giliran Anda")
    return _("giliran %(who)s, yang menerbitkannya; PP atau PPK lain juga dapat") % {"who": begun_by}
