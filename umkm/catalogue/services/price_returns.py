"""A price that was lowered by mistake goes back without a curator, who had let it through."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed
from epeken.core.services import service
from epeken.users.models import User
from umkm.automatic import trust
from umkm.catalogue import rules
from umkm.catalogue.models import PriceChange, Product
from umkm.catalogue.services.proposals import follow_product
from umkm.catalogue.states import ON_SHOW, ProposalState
from umkm.sellers import policies


@service
def return_price(*, actor: User, product: Product, change: PriceChange, now: datetime) -> bool:
    """The price is again what it was before `change`; False when it waits for a curator like any higher price.

    At once only for the last change of the price, within the hours a curator may take for a proposal (later it is a
    rise of its own), to no more than a curator let on show, and when nothing was decided over the goods since. That the
    seller changed nothing else meanwhile is for the caller to know. Raises: NotAllowed. Locks: Product.
    """
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))
    row: Product = Product.objects.locked().select_related("seller", "category").get(pk=product.pk)
    until = change.at + timedelta(hours=rules.REVIEW.on(clock.local_date(change.at)))
    decided = row.proposals.filter(state=ProposalState.APPLIED, decided_at__gte=change.at)
    may_return = (
        row.state in ON_SHOW
        and change == row.price_changes.order_by("pk").last()
        and change.old > change.new
        and not clock.is_over(until, now)
        and change.old <= trust.seen_price(row)
        and not row.events.filter(at__gte=change.at).exists()
        and not decided.exists()
    )
    if not may_return:
        return False
    before = {"price": row.price}
    row.price = change.old
    row.save(update_fields=["price"])
    PriceChange.objects.create(product=row, old=change.new, new=change.old, actor=actor, at=now)
    follow_product(product=row, before=before)
    return True
