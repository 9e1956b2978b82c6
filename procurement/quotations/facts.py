"""What stands in the way of an offer: asked when it is opened, and again when it is passed over or awarded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from procurement.quotations.models import Quotation, QuotationOffer
from procurement.quotations.states import OfferObstacle
from umkm.catalogue import feasibility
from umkm.catalogue.low_prices import is_far_below
from umkm.catalogue.models import Product
from umkm.catalogue.tiers import unit_price
from umkm.owners.services import rooms_of
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState


@dataclass(frozen=True)
class Hindrance:
    code: OfferObstacle
    text: str


def hindrance(
    quotation: Quotation,
    seller: Seller,
    goods: Sequence[tuple[Product, Decimal]],
    *,
    total: int,
    deliver_at: datetime,
    tied: Collection[int],
    now: datetime,
    asks_room: bool = True,
) -> Hindrance | None:
    """The gravest, with figures; None for an offer that can be awarded. `goods`: with the quantity asked for;
    `asks_room`: whether the owner may sell so much this month, which changes until the award."""
    if seller.state != SellerState.ACTIVE:
        return Hindrance(OfferObstacle.INACTIVE, _("%(shop)s tidak lagi aktif.") % {"shop": seller.name})
    if seller.pk in tied:
        text = _("%(shop)s terkait dengan pemesan atau pejabat yang mengumumkan.") % {"shop": seller.name}
        return Hindrance(OfferObstacle.RELATED, text)
    if quotation.ceiling is not None and total > quotation.ceiling:
        text = _("Jumlahnya %(total)s, sedangkan batas tertinggi %(most)s.")
        return Hindrance(
            OfferObstacle.ABOVE_CEILING, text % {"total": rupiah(total), "most": rupiah(quotation.ceiling)}
        )
    if clock.is_over(deliver_at, now):
        text = _("Waktu tiba yang ditawarkan, %(when)s, sudah lewat.") % {"when": long_time(clock.told_end(deliver_at))}
        return Hindrance(OfferObstacle.UNABLE, text)
    products = [product for product, _quantity in goods]
    on = feasibility.calendar(products, clock.last_day(deliver_at), now, for_agency=True, by=deliver_at)
    for product, quantity in goods:
        for fault in feasibility.faults(product, quantity, on):
            return Hindrance(OfferObstacle.UNABLE, fault.text)
    if not asks_room:
        return None
    rooms = rooms_of([seller], clock.local_date(now))
    full = feasibility.room_faults({seller: total}, rooms).get(seller.pk)
    return Hindrance(OfferObstacle.NO_ROOM, full.text) if full else None


def is_price_unreal(quotation: Quotation, offer: QuotationOffer, day: date) -> bool:
    """Whether a price is far below what the shop asks of everybody for as much, or the sum far below that of the next
    in rank."""
    rows = offer.prices.select_related("product", "line")
    if any(is_far_below(row.price, unit_price(row.product, row.line.quantity), day) for row in rows):
        return True
    following = quotation.offers.left().exclude(pk=offer.pk).first()
    return following is not None and is_far_below(offer.total, following.total, day)


def hindrance_now(
    quotation: Quotation, offer: QuotationOffer, tied: Collection[int], now: datetime
) -> Hindrance | None:
    """Of an opened and ranked offer, as things stand now."""
    assert offer.deliver_at is not None
    rows = offer.prices.select_related("product__seller", "line")
    goods = [(row.product, row.line.quantity) for row in rows]
    seller = Seller.objects.get(pk=offer.seller_id)
    return hindrance(quotation, seller, goods, total=offer.total, deliver_at=offer.deliver_at, tied=tied, now=now)
