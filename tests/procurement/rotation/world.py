"""Four owners equally able, and a draft that asks for their goods."""

from datetime import datetime, timedelta
from typing import Any

from epeken.core.states import move
from procurement.requests.models import PurchaseRequest
from procurement.rotation import services
from procurement.rotation.models import RotationDraw
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_request
from umkm.catalogue.models import Product

DRAWN_AT = MONDAY + 2 * DAY  # Tuesday's end is over
VALUE = "7.123,45"


class Turns:
    """Products of four owners at 20,000 apiece; the draft holds 10 of the first."""

    def __init__(
        self,
        prices: tuple[int, ...] = (20_000, 20_000, 21_000, 22_000),
        *,
        office: Office | None = None,
        now: datetime = MONDAY,
    ) -> None:
        self.office = office or Office(now=now)
        self.category = make.make_category()
        self.products = [self.offer(price) for price in prices]
        self.request = make_request(self.office, [(self.products[0], 10)], now=now)

    def offer(self, price: int = 20_000, seller: Any = None, **over: Any) -> Product:
        return make.make_product(seller, category=self.category, price=price, name="Kotak kudapan", **over)

    def announce(self, request: PurchaseRequest | None = None, now: datetime = MONDAY, **over: Any) -> RotationDraw:
        values = {"actor": self.office.requester, "product": self.products[0], **over}
        return services.announce_draw(request=request or self.request, now=now, **values)

    def draw(self, draw: RotationDraw, now: datetime = DRAWN_AT, **over: Any) -> RotationDraw:
        values = {"actor": self.office.requester, "public_value": VALUE, **over}
        return services.make_draw(draw=RotationDraw.objects.get(pk=draw.pk), now=now, **values)

    def drawn(self) -> RotationDraw:
        return self.draw(self.announce())

    def hide(self, product: Product) -> None:
        move(Product.objects.get(pk=product.pk), "hide", actor=None, now=MONDAY)


__all__ = ["DAY", "DRAWN_AT", "HOUR", "MONDAY", "VALUE", "Turns", "timedelta"]
