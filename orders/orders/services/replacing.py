"""What an order did not bring is ordered from another seller, under the approval there was."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import NotAllowed, require
from epeken.core.services import service
from epeken.users.models import User
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.agencies.models import Agency
from procurement.agencies.policies import acting_office
from procurement.requests import policies as requests_policies
from procurement.requests.errors import OwnShop
from procurement.requests.models import RequestSeller
from procurement.requests.services import holds, unfilled
from procurement.sourcing import services as sourcing
from procurement.sourcing.replacements import replacements_of
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller


@service
def reissue_part(
    *, actor: User, part: RequestSeller, seller: Seller, key: str, now: datetime, shown: str | None = None
) -> Order:
    """A surat pesanan goes to another seller for what an order did not bring, under the approval there was.

    What it takes is asked again under the locks (`sourcing.take_replacement`): dearer, or with a warning nobody
    answered, it needs an approval of its own and nothing changes. `shown` is the digest on the card that posts. Once
    per key. The earlier order stays closed as it was.

    Raises: NotAllowed, OwnShop, InvalidMove, RuleBroken, IssueRefused.
    Locks: Agency, BudgetLine, PurchaseRequest, Seller, TurnoverMonth, Product.
    """
    who = f"user:{actor.pk}"
    if idempotency.claim(person=who, key=key, body={"reissue": part.pk, "seller": seller.pk}) is not None:
        return Order.objects.get(request__sourced_again_from=part, seller=seller)
    Agency.objects.locked().get(pk=part.request.agency_id)  # what is sent meanwhile is weighed with it, or it with that
    earlier = holds.locked_with_budget(part.request)
    day = clock.local_date(now)
    if not requests_policies.may_issue(actor, earlier, day):
        raise NotAllowed(_("Penjual pengganti dipesan oleh PP atau PPK dinas ini, dan bukan oleh pemesannya."))
    if shops.is_tied(actor, seller):
        raise OwnShop(seller)
    part = earlier.sellers.select_related("seller").get(pk=part.pk)
    unfilled.check_waits(part)
    found = replacements_of(earlier, part, now, actor=actor)
    by = next((one for one in found if one.seller.pk == seller.pk), None)
    require(
        by is not None and shown in (None, by.shown),
        _("%(shop)s tidak sanggup lagi, atau harganya berubah sejak halaman ini dibuka. Muat ulang lalu pilih lagi.")
        % {"shop": seller.name},
        code="replacement_changed",
    )
    assert by is not None
    office = acting_office(actor, earlier.agency_id, requests_policies.issuing_offices(earlier), day)
    made = sourcing.take_replacement(actor=actor, request=earlier, part=part, by=by, office=office, now=now)
    (order,) = agreement.issue_locked(actor, made, now)
    idempotency.settle(person=who, key=key, result=order.number)
    return order
