"""A shop leaves the market by its own wish."""

from datetime import datetime

from django.utils.translation import ngettext

from epeken.core.errors import require
from epeken.core.services import service
from epeken.users.models import User
from orders.departures import obligations
from umkm.members import services as members
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller


@service
def leave_market(*, actor: User, seller: Seller, now: datetime) -> Seller:
    """The shop and its goods are shown no more; its owner may come back within the days of the rule.

    Nothing may be running: an order that is being placed waits for the shop's lock and then finds it gone.
    Nobody helps in it any more. Raises: NotAllowed, InvalidMove, RuleBroken `still_running`.
    Locks: Seller, MemberInvitation.
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    sellers.check_may_leave(actor, seller)
    count = len(obligations.of_shop(seller))
    require(
        not count,
        ngettext(
            "Masih ada %(n)d hal yang berjalan. Selesaikan atau batalkan dahulu; daftarnya ada di halaman ini.",
            "Masih ada %(n)d hal yang berjalan. Selesaikan atau batalkan dahulu; daftarnya ada di halaman ini.",
            count,
        )
        % {"n": count},
        code="still_running",
    )
    members.end_helpers(seller, actor, now)
    return sellers.leave_seller(seller, actor, now)
