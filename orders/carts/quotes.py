"""What a cart costs, as a page showed it and as it is charged. A page posts its quote back; the service compares."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from epeken.core.i18n.words import rupiah
from orders.carts.models import CartLine


@dataclass(frozen=True)
class CartQuote:
    """Quantity and unit price by product; by shop the fee (None: does not deliver); shops goods are fetched from."""

    goods: dict[str, tuple[str, int]]
    fees: dict[str, int | None]
    pickup: tuple[str, ...]

    @property
    def text(self) -> str:
        return json.dumps([self.goods, self.fees, self.pickup], sort_keys=True, separators=(",", ":"))


def quote_of(lines: Iterable[CartLine]) -> CartQuote:
    """Pure over lines with `product__seller`."""
    rows = list(lines)
    sellers = {str(line.product.seller_id): line.product.seller for line in rows}
    return CartQuote(
        goods={str(line.product_id): (f"{line.quantity.normalize():f}", line.unit_price) for line in rows},
        fees={pk: shop.delivery_fee if shop.offers_delivery else None for pk, shop in sellers.items()},
        pickup=tuple(sorted(pk for pk, shop in sellers.items() if shop.offers_pickup)),
    )


def check_shown(shown: str, lines: Iterable[CartLine]) -> None:
    """Raises RuleBroken `price_changed`, naming each new amount, when the cart costs other than `shown` says."""
    rows = list(lines)
    now = quote_of(rows)
    if shown == now.text:
        return
    news = "; ".join(_news(_read(shown), now, rows))
    raise RuleBroken(
        _("Berubah sejak halaman ini dibuka: %(news)s. Periksa jumlahnya, lalu pesan sekali lagi.") % {"news": news},
        code="price_changed",
    )


def _read(text: str) -> CartQuote:
    """The quote a page posted; an empty one when it was tampered with."""
    try:
        goods, fees, pickup = json.loads(text)
        return CartQuote({pk: (str(n), int(price)) for pk, (n, price) in goods.items()}, dict(fees), tuple(pickup))
    except (ValueError, TypeError, AttributeError):
        return CartQuote({}, {}, ())


def _news(old: CartQuote, new: CartQuote, rows: list[CartLine]) -> list[str]:
    amounts = {pk: quantity for pk, (quantity, _price) in new.goods.items()}
    if {pk: quantity for pk, (quantity, _price) in old.goods.items()} != amounts:
        return [_("isi keranjang")]
    found = []
    for line in rows:
        before, after = old.goods[str(line.product_id)][1], line.unit_price
        if before != after:
            found.append(_moved(line.product.name, before, after))
    for seller in {line.product.seller_id: line.product.seller for line in rows}.values():
        pk = str(seller.pk)
        fee, fee_now = old.fees.get(pk), new.fees[pk]
        if fee_now is None and fee is not None:
            found.append(_("%(shop)s tidak mengantar lagi") % {"shop": seller.name})
        elif fee_now is not None and fee != fee_now:
            found.append(_moved(_("ongkos antar %(shop)s") % {"shop": seller.name}, fee, fee_now))
        if pk in old.pickup and pk not in new.pickup:
            said = _("barang %(shop)s tidak bisa diambil di %(outlet)s lagi")
            found.append(said % {"shop": seller.name, "outlet": seller.outlet})
    return found or [_("cara menerima barang")]


def _moved(name: str, before: Any, after: int) -> str:
    if not isinstance(before, int):
        return _("%(name)s sekarang %(new)s") % {"name": name, "new": rupiah(after)}
    return _("%(name)s: %(old)s menjadi %(new)s") % {"name": name, "old": rupiah(before), "new": rupiah(after)}
