"""Pictures and values for tests of goods."""

from decimal import Decimal
from typing import Any

from epeken.core import clock
from tests.factories import umkm as make
from tests.umkm.pictures import photo
from umkm.catalogue import checks
from umkm.catalogue.models import Category, ChangeProposal, Product
from umkm.catalogue.services import curation, products
from umkm.variants.models import ProductGroup


def values(**over: Any) -> dict[str, Any]:
    """What a seller types for boxed rice."""
    return {
        "name": "Nasi kotak ayam bakar",
        "category": Category.objects.get(slug="nasi-kotak"),
        "price": 27_500,
        "daily_capacity": Decimal(140),
        "is_halal": True,
        **over,
    }


def offer(actor: Any, seller: Any, *, send: bool = True, seed: int = 1, key: str = "a" * 32, **over: Any) -> Product:
    return products.offer_product(
        actor=actor, seller=seller, values=values(**over), photo=photo(seed), send=send, key=key, now=clock.now()
    )


def noted(curator: Any, product: Product, proposal: ChangeProposal | None = None) -> Product:
    """The curator took note of everything the automatic checks find."""
    keys = [row.key for row in checks.checked_findings(product, proposal, clock.today())]
    if keys:
        curation.acknowledge_findings(actor=curator, product=product, proposal=proposal, keys=keys, now=clock.now())
    return product


def on_show(actor: Any, seller: Any, **over: Any) -> Product:
    """Offered and approved through the services."""
    product = offer(actor, seller, **over)
    curator = make.make_staff("umkm.curate_product")
    return products.approve_product(actor=curator, product=noted(curator, product), now=clock.now())


def family(*names: str, seller: Any = None, **over: Any) -> list[Product]:
    """Variants on show, cheapest first."""
    seller = seller or make.make_seller()
    group = ProductGroup.objects.create(seller=seller, option_1="size", created_at=clock.now())
    category = over.pop("category", None) or make.make_category()
    return [
        make.make_product(
            seller, name=f"Kaus, {name}", option_1=name, group=group, category=category,
            **{"price": 40_000 + 10_000 * number, "description": "", **over},
        )
        for number, name in enumerate(names)
    ]  # fmt: skip
