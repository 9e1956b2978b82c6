"""Which of a person's shops a page of the seller's desk is about."""

from django import template
from django.template import Context

from epeken.site.navigation import Memberships
from umkm.sellers.models import Seller

register = template.Library()

# Names in the context of whose shop a page says something.
OF_SHOP = ("order", "negotiation", "product", "import", "change")


@register.simple_tag(takes_context=True)
def desk_shop(context: Context) -> Seller | None:
    """The shop of the page, to which its links lead on; elsewhere the one whose desk the person sees. None without a
    desk."""
    memberships = context.get("memberships")
    if not isinstance(memberships, Memberships):
        return None
    pks = {getattr(context.get("seller"), "pk", None)} | {
        getattr(context.get(name), "seller_id", None) for name in OF_SHOP
    }
    desks = memberships.desks
    return next((shop for shop in desks if shop.pk in pks), next((s for s in desks if s == memberships.seller), None))


@register.simple_tag(takes_context=True)
def shop_query(context: Context, shop: Seller | None) -> str:
    """What a link carries so that it keeps the shop; nothing for who has one desk."""
    memberships = context.get("memberships")
    several = isinstance(memberships, Memberships) and len(memberships.desks) > 1
    return f"?toko={shop.pk}" if several and shop is not None else ""
