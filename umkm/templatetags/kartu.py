"""The cards of goods: `{% card_body card "result" level=2 proofs=True %}`."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import loader
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from umkm.catalogue.states import Unit

register = template.Library()

KEPT = 5000  # cards, of half a kilobyte


@register.simple_tag
def card_body(card: Mapping[str, Any], frame: str, level: int = 3, *, proofs: bool = False) -> SafeString:
    """What a card of `discovery.pages.cards` says, drawn once a process for the same words, so that it cannot be older
    than the row it is asked with. `frame`: of its picture (`ui.FRAMES`). `level`: of its heading."""
    product, group = card["product"], card.get("group")
    values = (
        get_language(),
        frame,
        level,
        card["name"],
        card["href"],
        product.picture,
        product.price,
        product.get_unit_display(),
        Unit(product.unit).counted(product.tiers[0].from_quantity) if product.tiers and not group else "",
        product.seller.name,
        product.seller.place,
        (group.count, group.low, group.high) if group else None,
        tuple((one["icon"], one["text"], one.get("kind", "")) for one in card["proofs"]) if proofs else (),
    )
    return _drawn(*values) if settings.PAGE_COPY_SECONDS else _drawn.__wrapped__(*values)


@lru_cache(maxsize=KEPT)
def _drawn(
    _language: str, frame: str, level: int, name: str, href: str, picture: str, price: int, unit: str,
    tiers_from: str, seller: str, place: str, group: tuple[int, int, int] | None,
    proofs: tuple[tuple[str, str, str], ...],
) -> SafeString:  # fmt: skip
    context = {
        "frame": frame,
        "level": level,
        "name": name,
        "href": href,
        "picture": picture,
        "price": price,
        "unit": unit,
        "tiers_from": tiers_from,
        "seller": seller,
        "place": place,
        "group": dict(zip(("count", "low", "high"), group, strict=True)) if group else None,
        "badges": [dict(zip(("icon", "text", "kind"), one, strict=True)) for one in proofs],
    }
    return SafeString(loader.render_to_string("components/card_body.html", context))
