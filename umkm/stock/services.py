"""Stock on the shelf and capacity of a day. Every change is a ledger entry beside a conditional UPDATE."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from epeken.core import idempotency
from epeken.core.errors import NotAllowed, RuleBroken, require
from epeken.core.quantity import plain
from epeken.users.models import User
from umkm.catalogue.models import Product
from umkm.catalogue.states import StockMode
from umkm.sellers import policies
from umkm.stock.models import CapacityDay, CapacityEntry, StockEntry
from umkm.stock.states import StockMove

ZERO = Decimal(0)


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
    """More goods on the shelf; the same `key` of the same person counts once.

    Raises: NotAllowed, RuleBroken, KeyReused. Locks: Product.
    """
    _check_hand(actor, product)
    require(quantity > 0, _("Jumlah stok masuk harus lebih dari nol."), field="quantity")
    require(
        product.stock_mode == StockMode.STOCK,
        _("Barang ini dihitung per kesanggupan harian, bukan stok. Ubah kesanggupannya di rincian barang."),
        field="quantity",
    )
    body = {"product": product.pk, "quantity": f"{quantity:.3f}"}
    if key and idempotency.claim(person=f"user:{actor.pk}", key=key, body=body) is not None:
        return
    Product.objects.filter(pk=product.pk).update(on_hand=F("on_hand") + quantity)
    _write(product, StockMove.RECEIVE, quantity, ZERO, reference, actor, now)


@transaction.atomic
def correct_stock(*, actor: User, product: Product, counted: Decimal, reason: str, now: datetime) -> None:
    """The shelf was counted: free stock becomes `counted`; the reason stays in the ledger.

    Raises: NotAllowed, RuleBroken. Locks: Product.
    """
    _check_hand(actor, product)
    require(counted >= 0, _("Jumlah stok tidak boleh kurang dari nol."), field="quantity")
    require(reason.strip(), _("Tulis alasan koreksi stok, misalnya hasil hitung ulang."), field="reason")
    row = Product.objects.locked().get(pk=product.pk)
    delta = counted - row.on_hand
    if delta == 0:
        return
    Product.objects.filter(pk=row.pk).update(on_hand=counted)
    _write(product, StockMove.CORRECT, delta, ZERO, reason[:40], actor, now)


@transaction.atomic
def take_stock(
    *, product: Product, quantity: Decimal, reference: str, day: date | None, actor: User | None, now: datetime
) -> None:
    """Promises `quantity` to the order `reference`; DAILY goods take it from the capacity of `day`.

    Raises: RuleBroken `out_of_stock` saying what is left. Locks: Product (of DAILY goods the CapacityDay instead).
    """
    if product.stock_mode == StockMode.STOCK:
        taken = Product.objects.filter(pk=product.pk, on_hand__gte=quantity).update(
            on_hand=F("on_hand") - quantity, held=F("held") + quantity
        )
        if taken != 1:
            product.refresh_from_db(fields=["on_hand"])
            raise _out_of_stock(product, product.on_hand)
        _write(product, StockMove.HOLD, -quantity, quantity, reference, actor, now)
        return
    if day is None or product.daily_capacity is None:
        raise ValueError("Goods made per day need a day.")
    CapacityDay.objects.bulk_create(
        [CapacityDay(product=product, day=day, capacity=product.daily_capacity)], ignore_conflicts=True
    )
    row = CapacityDay.objects.get(product=product, day=day)
    taken = CapacityDay.objects.filter(pk=row.pk, used__lte=F("capacity") - quantity).update(used=F("used") + quantity)
    if taken != 1:
        row.refresh_from_db()
        raise _out_of_stock(product, row.capacity - row.used)
    CapacityEntry.objects.create(capacity_day=row, kind=StockMove.HOLD, quantity=quantity, reference=reference, at=now)


@transaction.atomic
def return_stock(
    *, product: Product, quantity: Decimal, reference: str, day: date | None, actor: User | None, now: datetime
) -> None:
    """The order fell through: what it held is free again. A second call changes nothing.

    Locks: Product (of DAILY goods also the CapacityDay).
    """
    locked = Product.objects.locked().get(pk=product.pk)
    if (
        locked.stock_mode == StockMode.STOCK
        or StockEntry.objects.filter(product=locked, kind=StockMove.HOLD, reference=reference).exists()
    ):
        if StockEntry.objects.filter(product=locked, kind=StockMove.RELEASE, reference=reference).exists():
            return
        Product.objects.filter(pk=locked.pk).update(on_hand=F("on_hand") + quantity, held=F("held") - quantity)
        _write(locked, StockMove.RELEASE, quantity, -quantity, reference, actor, now)
        return
    entry = CapacityEntry.objects.filter(capacity_day__product=locked, kind=StockMove.HOLD, reference=reference).first()
    if entry is None:
        return
    released = CapacityEntry.objects.filter(
        capacity_day_id=entry.capacity_day_id, kind=StockMove.RELEASE, reference=reference
    )
    if released.exists():
        return
    CapacityDay.objects.filter(pk=entry.capacity_day_id).update(used=F("used") - entry.quantity)
    CapacityEntry.objects.create(
        capacity_day_id=entry.capacity_day_id,
        kind=StockMove.RELEASE,
        quantity=-entry.quantity,
        reference=reference,
        at=now,
    )


@transaction.atomic
def deliver_stock(
    *, product: Product, held: Decimal, delivered: Decimal, reference: str, actor: User | None, now: datetime
) -> None:
    """Of the `held` quantity, `delivered` changed hands; the rest goes back on the shelf.

    Capacity of a day is used up either way, so DAILY goods change nothing. Locks: Product.
    """
    if not StockEntry.objects.filter(product=product, kind=StockMove.HOLD, reference=reference).exists():
        return
    back = held - delivered
    Product.objects.locked().get(pk=product.pk)
    Product.objects.filter(pk=product.pk).update(held=F("held") - held, on_hand=F("on_hand") + back)
    if delivered > 0:
        _write(product, StockMove.DELIVER, ZERO, -delivered, reference, actor, now)
    if back > 0:
        _write(product, StockMove.RELEASE, back, -back, reference, actor, now)


def _check_hand(actor: User, product: Product) -> None:
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah stok."))


def _out_of_stock(product: Product, left: Decimal) -> RuleBroken:
    return RuleBroken(short_words(product, left), field="quantity", code="out_of_stock")


def _write(
    product: Product, kind: str, on_hand: Decimal, held: Decimal, reference: str, actor: User | None, now: datetime
) -> None:
    StockEntry.objects.create(
        product=product, kind=kind, on_hand_delta=on_hand, held_delta=held, reference=reference, actor=actor, at=now
    )
