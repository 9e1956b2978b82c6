"""Stock on hand and capacity of a day. Every change is a ledger entry beside a conditional UPDATE."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from epeken.core import idempotency
from epeken.core.errors import NotAllowed, RuleBroken, require
from epeken.core.quantity import plain
from epeken.ledger.services import Short, post
from epeken.users.models import User
from umkm.catalogue.models import Product
from umkm.catalogue.states import StockMode
from umkm.sellers import policies
from umkm.stock.models import CapacityDay, CapacityEntry, StockEntry
from umkm.stock.states import StockMove

ZERO = Decimal(0)
PER_ORDER = {StockMove.HOLD, StockMove.RELEASE, StockMove.DELIVER}


def left_of(product: Product, day: date) -> Decimal:
    """What can still be ordered for `day`."""
    return left_on([product], day)[product.pk]


def left_on(products: Iterable[Product], day: date) -> dict[int, Decimal]:
    """What can still be ordered of each for `day`, by product; one query when any is made per day."""
    goods = list(products)
    daily = [product.pk for product in goods if product.stock_mode == StockMode.DAILY]
    taken = CapacityDay.objects.filter(product__in=daily, day=day) if daily else []
    begun = {row.product_id: row.capacity - row.used for row in taken}
    return {
        product.pk: product.on_hand
        if product.stock_mode == StockMode.STOCK
        else begun.get(product.pk, product.daily_capacity or ZERO)
        for product in goods
    }


def short_words(product: Product, left: Decimal) -> str:
    """Why an order for more than `left` is refused, and the way out."""
    words = {"name": product.name, "left": plain(max(left, ZERO)), "unit": product.get_unit_display()}
    return _("%(name)s tinggal %(left)s %(unit)s. Kurangi jumlahnya atau pilih hari lain.") % words


@transaction.atomic
def receive_stock(
    *, actor: User, product: Product, quantity: Decimal, reference: str, now: datetime, key: str = ""
) -> None:
    """More stock on hand; the same `key` of the same person counts once.

    Raises: NotAllowed, RuleBroken, KeyReused. Locks: Product.
    """
    _check_hand(actor, product)
    require(quantity > 0, _("Jumlah stok masuk harus lebih dari nol."), field="quantity", code="quantity_zero")
    require(
        product.stock_mode == StockMode.STOCK,
        _("Barang ini dihitung per kesanggupan harian, bukan stok. Ubah kesanggupannya di rincian barang."),
        field="quantity",
        code="made_per_day",
    )
    body = {"product": product.pk, "quantity": f"{quantity:.3f}"}
    if key and idempotency.claim(person=f"user:{actor.pk}", key=key, body=body) is not None:
        return
    _post(product, StockMove.RECEIVE, reference, actor, now, on_hand=quantity)
    idempotency.settle(person=f"user:{actor.pk}", key=key, result=str(product.pk))


@transaction.atomic
def correct_stock(
    *, actor: User, product: Product, counted: Decimal, reason: str, now: datetime, key: str = ""
) -> Decimal:
    """The shelf was counted, what orders hold included: free stock becomes the rest; the reason stays in the ledger.

    Returns how much of what orders hold is not there (then nothing is free); the same `key` of the same person counts
    once. Raises: NotAllowed, RuleBroken, KeyReused. Locks: Product.
    """
    _check_hand(actor, product)
    require(counted >= 0, _("Jumlah stok tidak boleh kurang dari nol."), field="counted", code="quantity_negative")
    require(
        reason.strip(),
        _("Tulis alasan koreksi stok, misalnya hasil hitung ulang."),
        field="reason",
        code="reason_missing",
    )
    require(
        product.stock_mode == StockMode.STOCK,
        _("Barang ini dihitung per kesanggupan harian, bukan stok. Ubah kesanggupannya di rincian barang."),
        field="counted",
        code="made_per_day",
    )
    who = f"user:{actor.pk}"
    body = {"product": product.pk, "counted": f"{counted:.3f}", "reason": reason}
    earlier = idempotency.claim(person=who, key=key, body=body) if key else None
    if earlier is not None:
        return Decimal(earlier)
    row = Product.objects.locked().get(pk=product.pk)
    delta = max(counted - row.held, ZERO) - row.on_hand
    if delta:
        _post(product, StockMove.CORRECT, reason[:40], actor, now, on_hand=delta)
    missing = max(row.held - counted, ZERO)
    idempotency.settle(person=who, key=key, result=f"{missing:.3f}")
    return missing


@transaction.atomic
def take_stock(
    *, product: Product, quantity: Decimal, reference: str, day: date | None, actor: User | None, now: datetime
) -> None:
    """Promises `quantity` to the order `reference`; DAILY goods take it from the capacity of `day`.

    Raises: RuleBroken `out_of_stock` saying what is left. Locks: Product (of DAILY goods the CapacityDay instead).
    """
    if product.stock_mode == StockMode.STOCK:
        try:
            _post(product, StockMove.HOLD, reference, actor, now, on_hand=-quantity, held=quantity)
        except Short:
            product.refresh_from_db(fields=["on_hand"])
            raise _out_of_stock(product, product.on_hand) from None
        return
    if day is None or product.daily_capacity is None:
        raise ValueError("Goods made per day need a day.")
    CapacityDay.objects.bulk_create(
        [CapacityDay(product=product, day=day, capacity=product.daily_capacity)], ignore_conflicts=True
    )
    row = CapacityDay.objects.get(product=product, day=day)
    try:
        _post_day(row.pk, StockMove.HOLD, reference, actor, now, used=quantity)
    except Short:
        row.refresh_from_db()
        raise _out_of_stock(product, row.capacity - row.used) from None


@transaction.atomic
def return_stock(*, product: Product, reference: str, actor: User | None, now: datetime) -> None:
    """The order fell through: what it still holds is free again. A second call changes nothing.

    Locks: Product (of DAILY goods also the CapacityDay).
    """
    locked = Product.objects.locked().get(pk=product.pk)
    mine = StockEntry.objects.filter(product=locked, reference=reference)
    if locked.stock_mode == StockMode.STOCK or mine.filter(kind=StockMove.HOLD).exists():
        held = mine.aggregate(held=Sum("held_delta"))["held"]
        if held:
            _post(locked, StockMove.RELEASE, reference, actor, now, on_hand=held, held=-held)
        return
    entry = CapacityEntry.objects.filter(capacity_day__product=locked, kind=StockMove.HOLD, reference=reference).first()
    if entry is None:
        return
    _post_day(entry.capacity_day_id, StockMove.RELEASE, reference, actor, now, used=-entry.used_delta)


@transaction.atomic
def deliver_stock(
    *,
    product: Product,
    held: Decimal,
    delivered: Decimal,
    reference: str,
    part: str,
    actor: User | None,
    now: datetime,
) -> None:
    """Of `held`, which the order `reference` holds, `delivered` changed hands and the rest goes back into stock.

    `part` names the delivery (or what was never sent), which does this once. Capacity of a day is used up either way,
    so DAILY goods change nothing. Locks: Product.
    """
    if not StockEntry.objects.filter(product=product, kind=StockMove.HOLD, reference=reference).exists():
        return
    back = held - delivered
    Product.objects.locked().get(pk=product.pk)
    if delivered > 0:
        _post(product, StockMove.DELIVER, reference, actor, now, part, held=-delivered)
    if back > 0:
        _post(product, StockMove.RELEASE, reference, actor, now, part, on_hand=back, held=-back)


def _check_hand(actor: User, product: Product) -> None:
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah stok."))


def _out_of_stock(product: Product, left: Decimal) -> RuleBroken:
    return RuleBroken(short_words(product, left), field="quantity", code="out_of_stock")


def _post(
    product: Product, kind: StockMove, reference: str, actor: User | None, now: datetime, part: str = "",
    **deltas: Decimal,
) -> None:  # fmt: skip
    """What an order, or a part of it, holds, gives back or takes away happens once for it."""
    key = f"{kind}:{reference}:{part}" if kind in PER_ORDER else ""
    post(StockEntry, product.pk, deltas=deltas, now=now, actor=actor, reference=reference, key=key, kind=kind)


def _post_day(
    day_pk: int, kind: StockMove, reference: str, actor: User | None, now: datetime, *, used: Decimal
) -> None:
    post(
        CapacityEntry, day_pk, deltas={"used": used}, now=now, actor=actor, reference=reference,
        key=f"{kind}:{reference}", kind=kind,
    )  # fmt: skip
