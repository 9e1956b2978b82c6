"""A request whose requester is none any longer goes on with another requester of the department."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from procurement.agencies.policies import memberships
from procurement.agencies.states import OfficerRole
from procurement.requests import notices, policies
from procurement.requests.models import PurchaseRequest, RequestTakeover
from procurement.requests.states import OPEN


@service
def take_over_request(*, actor: User, request: PurchaseRequest, now: datetime) -> PurchaseRequest:
    """A draft, or what was sent back, is the actor's from now on. A second call changes nothing.

    What was sent goes on without its requester: officers decide, and any requester withdraws it, writes it anew or
    looks for another seller. Raises: NotAllowed, InvalidMove. Locks: PurchaseRequest.
    """
    # Without its requester: a row whose join changed while it was waited for would not be found.
    request = PurchaseRequest.objects.locked().select_related("agency").get(pk=request.pk)
    day = clock.local_date(now)
    if not policies.can_request(actor, request.agency, day):
        raise NotAllowed(_("Permintaan diambil alih oleh pemesan yang ditunjuk dinas ini."))
    if request.state not in OPEN:
        raise InvalidMove(_("Hanya draf dan permintaan yang dikembalikan yang diambil alih. Muat ulang halaman."))
    earlier = request.requester
    if earlier.pk == actor.pk:
        return request
    if OfficerRole.REQUESTER in memberships(earlier, request.agency_id, day):
        raise NotAllowed(
            _("%(who)s masih bertugas sebagai pemesan, jadi permintaan ini tetap miliknya.") % {"who": earlier}
        )
    RequestTakeover.objects.create(request=request, earlier=earlier, at=now)
    move(
        request,
        "take_over",
        actor=actor,
        now=now,
        note=earlier.name,
        acted_as=OfficerRole.REQUESTER,
        requester=actor,
        taken_over_at=now,
    )
    notices.request_taken_over(request, earlier=earlier, now=now)
    return request
