"""What a shop changes every day without opening the page of its goods: price, stock, a day's capacity; and a copy."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from epeken.core import editing, idempotency
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.services import service
from epeken.users.models import User
from umkm.catalogue import low_prices
from umkm.catalogue.listing import check_whole
from umkm.catalogue.models import Product
from umkm.catalogue.querysets import ProductQuerySet
from umkm.catalogue.services.products import create_product, save_product
from umkm.catalogue.states import StockMode
from umkm.sellers import policies
from umkm.stock.services import receive_stock

# Of goods another is begun from. Numbers of certificates are those of one product.
COPIED = (
    "category", "unit", "price", "tiers", "description", "stock_mode", "daily_capacity", "minimum", "step", "lead_days",
    "order_until", "food_kind", "keeps", "is_halal",
)  # fmt: skip

# In no language: what is stored is read by everybody.
MARK = " (2)"
LONGEST_NAME: int = Product._meta.get_field("name").max_length or 0


class RowRefused(RuleBroken):
    """What is wrong in one of several rows: `row`, its place from 0 or the pk of its goods."""

    def __init__(self, row: int, problem: DomainError) -> None:
        super().__init__(problem.message, field=problem.field, code=problem.code)
        self.row = row


class RowsRefused(RuleBroken):
    """What is wrong in each of several rows; nothing of any was saved."""

    def __init__(self, rows: list[RowRefused]) -> None:
        super().__init__(" ".join(row.message for row in rows), code="rows_refused")
        self.rows = rows


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
def change_shelves(
    *,
    actor: User,
    goods: ProductQuerySet,
    prices: Mapping[int, int],
    amounts: Mapping[int, Decimal | None],
    key: str,
    shown: str | None,
    now: datetime,
    is_sure: bool = False,
) -> list[Product]:
    """Price and stock of those of `goods` that are named, by their pk; `amounts`: added to the stock, or the day's
    capacity. All of it or nothing; the same key does it once. What was changed is returned.

    `shown`: of the fields `price_<pk>` and `daily_capacity_<pk>` (`core.editing`).
    Raises: NotAllowed, ChangedMeanwhile, KeyReused, RuleBroken `price_far_below` where nothing else is wrong, else
    RowsRefused. Locks: Product.
    """
    every = list(goods.filter(pk__in=prices).locked())
    for seller in {one.seller_id: one.seller for one in every}.values():
        if not policies.can_act_for(actor, seller):
            raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))
    wanted: dict[str, Any] = {}
    current: dict[str, Any] = {}
    for one in every:
        current |= {f"price_{one.pk}": one.price, f"daily_capacity_{one.pk}": one.daily_capacity}
        wanted[f"price_{one.pk}"] = prices[one.pk]
        if one.stock_mode == StockMode.DAILY and amounts.get(one.pk) is not None:
            wanted[f"daily_capacity_{one.pk}"] = amounts[one.pk]
    changed: list[Product] = []
    refused: list[RowRefused] = []
    for one in every:
        amount = amounts.get(one.pk)
        is_daily = one.stock_mode == StockMode.DAILY
        if prices[one.pk] == one.price and (amount == one.daily_capacity if is_daily else not amount):
            continue
        editing.check_unchanged(shown, current, {name: wanted[name] for name in wanted if name.endswith(f"_{one.pk}")})
        each = sha256(f"{key} {one.pk}".encode()).hexdigest()[:32]
        try:
            with transaction.atomic():
                changed.append(
                    change_shelf(
                        actor=actor, product=one, price=prices[one.pk], added=None if is_daily else amount,
                        capacity=amount if is_daily else None, key=each, shown=None, now=now, is_sure=is_sure,
                    )
                )  # fmt: skip
        except (RuleBroken, InvalidMove) as problem:
            refused.append(RowRefused(one.pk, problem))
    if refused:
        unsure = [row for row in refused if row.code == low_prices.CODE]
        if len(unsure) == len(refused):
            raise RuleBroken(" ".join(row.message for row in unsure), code=low_prices.CODE)
        raise RowsRefused([row for row in refused if row not in unsure])
    return changed


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
