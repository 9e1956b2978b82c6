"""What a shop changes every day without opening the page of its goods: price, stock, a day's capacity; and a copy."""

from datetime import datetime
from decimal import Decimal

from epeken.core import idempotency
from epeken.core.services import service
from epeken.users.models import User
from umkm.catalogue.listing import check_whole
from umkm.catalogue.models import Product
from umkm.catalogue.services.products import create_product, save_product
from umkm.catalogue.states import StockMode
from umkm.stock.services import receive_stock

# Of goods another is begun from. Numbers of certificates are those of one product.
COPIED = (
    "category", "unit", "price", "description", "stock_mode", "daily_capacity", "minimum", "step", "lead_days",
    "order_until", "food_kind", "keeps", "is_halal",
)  # fmt: skip

# In no language: what is stored is read by everybody.
MARK = " (2)"
LONGEST_NAME: int = Product._meta.get_field("name").max_length or 0


@service
def change_shelf(
    *,
    actor: User,
    product: Product,
    price: int,
    added: Decimal | None,
    capacity: Decimal | None,
    key: str,
    shown: str | None,
    now: datetime,
    is_sure: bool = False,
) -> Product:
    """The price, and `added` stock or the day's `capacity`, both or neither. The same key does it once.

    A higher price of goods on show waits for a curator (`product.waiting_proposal`), and one far lower is asked about,
    as `save_product` says.
    Raises: NotAllowed, RuleBroken, InvalidMove, ChangedMeanwhile, KeyReused. Locks: Product.
    """
    check_whole(product, added, field="added")
    who = f"user:{actor.pk}"
    body = {"product": product.pk, "price": price, "added": f"{added or 0:.3f}", "capacity": f"{capacity or 0:.3f}"}
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return product
    values: dict[str, object] = {"price": price}
    if product.stock_mode == StockMode.DAILY and capacity is not None:
        values["daily_capacity"] = capacity
    saved = save_product(actor=actor, product=product, values=values, now=now, shown=shown, is_sure=is_sure)
    if added:
        receive_stock(actor=actor, product=product, quantity=added, reference="", now=now)
    idempotency.settle(person=who, key=key, result=str(product.pk))
    return saved


@service
def copy_product(*, actor: User, product: Product, key: str, now: datetime) -> Product:
    """A draft that begins as these goods are, without photos and without stock: another taste, another size.

    The same key gives the same draft. Raises: NotAllowed, RuleBroken, KeyReused. Locks: nothing.
    """
    who = f"user:{actor.pk}"
    earlier = idempotency.claim(person=who, key=key, body={"copy": product.pk})
    if earlier:
        return Product.objects.get(pk=int(earlier))
    values = {name: getattr(product, name) for name in COPIED}
    name = f"{product.name[: LONGEST_NAME - len(MARK)].rstrip()}{MARK}"
    made = create_product(actor=actor, seller=product.seller, values=values | {"name": name}, now=now)
    idempotency.settle(person=who, key=key, result=str(made.pk))
    return made
