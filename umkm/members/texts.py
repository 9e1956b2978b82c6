"""Texts to numbers an owner writes: each costs the city, and the number may be a stranger's."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import require
from epeken.users.logins import is_number
from epeken.users.models import User
from umkm.identity.models import IdentityChange
from umkm.members import rules
from umkm.members.models import MemberInvitation

DAY = timedelta(days=1)


def check_left(actor: User, address: str, now: datetime) -> None:
    """Invitations and offers of a shop to numbers in the last day, also those taken back, count together. Raises:
    RuleBroken `too_many_texts`."""
    if not is_number(address):
        return
    invited = MemberInvitation.objects.filter(invited_by=actor, invited_at__gt=now - DAY)
    offered = IdentityChange.objects.filter(~Q(successor_address=""), proposed_by=actor, proposed_at__gt=now - DAY)
    sent = invited.exclude(address__contains="@").count() + offered.exclude(successor_address__contains="@").count()
    most = rules.TEXTS.on(clock.local_date(now))
    require(
        sent < most,
        _("Sehari paling banyak %(n)d pesan ke nomor ponsel. Coba lagi besok, atau tulis surelnya.") % {"n": most},
        field="address",
        code="too_many_texts",
    )
