"""Stock on hand and capacity of a day. Every change is a ledger entry beside a conditional UPDATE."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import NotAllowed, RuleBroken, require
from epeken.core.services import service
from epeken.ledger.services import Short, post
from epeken.users.models import User
from umkm.catalogue.listing import check_whole
from umkm.catalogue.models import Product
from umkm.catalogue.policies import is_made_ahead
from umkm.catalogue.states import StockMode, Unit
from umkm.sellers import policies
from umkm.stock.models import CapacityDay, CapacityEntry, StockEntry
from umkm.stock.states import StockMove
from umkm.stock.supply import ZERO, Supply, supply_of

MOST_PLANNED = 92  # days at once


def short_words(product: Product, left: Decimal) -> str:
    """Why an order for more than `left` is refused, and the way out."""
    words = {"name": product.name, "left": Unit(product.unit).counted(max(left, ZERO))}
    return _("%(name)s tinggal %(left)s. Kurangi jumlahnya atau ambil sebagian dari penjual lain.") % words


@service
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
    check_whole(product, quantity, field="quantity")
    body = {"product": product.pk, "quantity": f"{quantity:.3f}"}
    if key and idempotency.claim(person=f"user:{actor.pk}", key=key, body=body) is not None:
        return
    _post(product, StockMove.RECEIVE, reference, actor, now, on_hand=quantity)
    idempotency.settle(person=f"user:{actor.pk}", key=key, result=str(product.pk))


@service
def correct_stock(
    *, actor: User, product: Product, counted: Decimal, reason: str, now: datetime, key: str = ""
) -> Decimal:
    """The shelf was counted, what orders hold included and without refused goods that wait for the seller's answer:
    free stock becomes the rest; the reason stays in the ledger.

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
    check_whole(product, counted, field="counted")
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


@service
def plan_days(
    *, actor: User, product: Product, first: date, last: date, capacity: Decimal | None, now: datetime
) -> list[CapacityDay]:
    """What the shop makes of the goods on each day from `first` to `last`, both included; None: as on every other day.
    What is promised stays promised: the days of which more is promised than that are returned.

    Raises: NotAllowed, RuleBroken. Locks: Product.
    """
    _check_hand(actor, product)
    require(
        product.stock_mode == StockMode.DAILY,
        _("Barang ini dihitung dari stok, bukan kesanggupan harian."),
        field="capacity",
        code="kept_in_stock",
    )
    require(
        first >= clock.local_date(now), _("Hari yang sudah lewat tidak dapat diatur."), field="first", code="day_past"
    )
    require(first <= last, _("Hari terakhir tidak boleh sebelum hari mulai."), field="last", code="days_reversed")
    require(
        (last - first).days < MOST_PLANNED,
        _("Atur paling banyak %(n)d hari sekaligus.") % {"n": MOST_PLANNED},
        field="last",
        code="too_many_days",
    )
    require(
        capacity is None or capacity >= 0,
        _("Kesanggupan tidak boleh kurang dari nol."),
        field="capacity",
        code="quantity_negative",
    )
    check_whole(product, capacity, field="capacity")
    locked = Product.objects.locked().get(pk=product.pk)
    rows = {row.day: row for row in CapacityDay.objects.filter(product=locked, day__range=(first, last))}
    makes = (locked.daily_capacity or ZERO) if capacity is None else capacity
    new = []
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        row = rows.get(day)
        if row is None:
            new.append(CapacityDay(product=locked, day=day, capacity=makes, planned=capacity))
            continue
        row.planned, row.capacity = capacity, max(makes, row.used)
        row.save(update_fields=["planned", "capacity"])
    CapacityDay.objects.bulk_create(new if capacity is not None else [])
    return [row for _day, row in sorted(rows.items()) if row.used > makes]


@service
def take_stock(
    *,
    product: Product,
    quantity: Decimal,
    reference: str,
    days: Sequence[date],
    actor: User | None,
    now: datetime,
) -> None:
    """Promises `quantity` to the order or request `reference`. Goods made per day take it from the capacity of `days`,
    the last day first, so that what is wanted earlier still finds room; each day has an entry of its own.

    Raises: RuleBroken `out_of_stock` saying what is left. Locks: Product.
    """
    if product.stock_mode == StockMode.STOCK:
        try:
            _post(product, StockMove.HOLD, reference, actor, now, on_hand=-quantity, held=quantity)
        except Short:
            product.refresh_from_db(fields=["on_hand"])
            raise _out_of_stock(product, product.on_hand) from None
        return
    # Whoever takes of these goods waits here: the days are read and written by one buyer at a time.
    locked = Product.objects.locked().get(pk=product.pk)
    supply = supply_of([locked], min(days)) if days else Supply({}, {}, {})
    free = {day: supply.on(locked, day) for day in sorted(days, reverse=True)}
    left = sum(free.values(), ZERO)
    if left < quantity:
        raise _out_of_stock(product, left)
    for day, most in free.items():
        part = min(most, quantity)
        if part > 0:
            _post_day(_day_of(locked, day).pk, StockMove.HOLD, reference, actor, now, used=part)
            quantity -= part


@service
def return_stock(*, product: Product, reference: str, actor: User | None, now: datetime) -> None:
    """The order or request fell through: what it still holds is free again, on each of its days. A second call changes
    nothing. Locks: Product."""
    locked = Product.objects.locked().get(pk=product.pk)
    held, days = _held(locked, reference)
    if held:
        _post(locked, StockMove.RELEASE, reference, actor, now, on_hand=held, held=-held)
    for day_pk, used in days:
        _post_day(day_pk, StockMove.RELEASE, reference, actor, now, used=-used)


@service
def return_part(*, product: Product, quantity: Decimal, reference: str, actor: User | None, now: datetime) -> None:
    """Of what the order holds `quantity` is free again; of goods made per day that of the last days, since what was
    sent already was made first. Locks: Product."""
    locked = Product.objects.locked().get(pk=product.pk)
    if locked.stock_mode == StockMode.STOCK:
        _post(locked, StockMove.RELEASE, reference, actor, now, on_hand=quantity, held=-quantity)
        return
    for day_pk, used in reversed(_held(locked, reference)[1]):
        part = min(used, quantity)
        if part > 0:
            _post_day(day_pk, StockMove.RELEASE, reference, actor, now, used=-part)
            quantity -= part


@service
def retake_stock(
    *, product: Product, quantity: Decimal, reference: str, days: Sequence[date], actor: User | None, now: datetime
) -> None:
    """The order holds `quantity` of goods made per day on `days`, in place of what it held: it is to come at another
    time. Of goods made ahead the days it held before the last of them stay open to it.

    Raises: RuleBroken `out_of_stock` saying what is left. Locks: Product.
    """
    locked = Product.objects.locked().get(pk=product.pk)
    before = [pk for pk, _used in _held(locked, reference)[1]]
    held = CapacityDay.objects.filter(pk__in=before).order_by("day").values_list("day", flat=True)
    last = max(days, default=None)
    earlier = {day for day in held if last is not None and day <= last} if is_made_ahead(locked) else set()
    return_stock(product=product, reference=reference, actor=actor, now=now)
    take_stock(
        product=product, quantity=quantity, reference=reference, days=sorted({*days, *earlier}), actor=actor, now=now
    )


def days_of_part(product: Product, quantity: Decimal, reference: str, last: date) -> dict[date, Decimal]:
    """Of goods made per day, what of each day's capacity the order needs no more when so much of it need not be there
    on `last`: the last days up to it first, so that what is wanted earlier keeps its own. One query."""
    if product.stock_mode == StockMode.STOCK:
        return {}
    rows = CapacityEntry.objects.filter(capacity_day__product=product, reference=reference).order_by()
    sums = rows.filter(capacity_day__day__lte=last).values_list("capacity_day__day").annotate(used=Sum("used_delta"))
    found: dict[date, Decimal] = {}
    for day, used in sums.filter(used__gt=0).order_by("-capacity_day__day"):
        if quantity > 0:
            found[day] = min(used, quantity)
            quantity -= found[day]
    return found


@service
def move_part(
    *,
    product: Product,
    quantity: Decimal,
    reference: str,
    last: date,
    days: Sequence[date] | None,
    actor: User | None,
    now: datetime,
) -> None:
    """Of what the order holds, `quantity` that was to be there on `last` is made on `days` instead; None: it is not
    wanted any more. Goods in stock stay where they are, or are free.

    Raises: RuleBroken `out_of_stock` saying what is left. Locks: Product.
    """
    locked = Product.objects.locked().get(pk=product.pk)
    if locked.stock_mode == StockMode.STOCK:
        if days is None:
            _post(locked, StockMove.RELEASE, reference, actor, now, on_hand=quantity, held=-quantity)
        return
    for day, part in days_of_part(locked, quantity, reference, last).items():
        _post_day(_day_of(locked, day).pk, StockMove.RELEASE, reference, actor, now, used=-part)
    if days is not None:
        take_stock(product=product, quantity=quantity, reference=reference, days=days, actor=actor, now=now)


@service
def free_days(
    *, product: Product, quantity: Decimal, reference: str, first: date, last: date, actor: User | None, now: datetime
) -> None:
    """Of what the order holds, `quantity` that was to be there on `last` is not wanted any more: others may have the
    days from `first` on. The days before are used up. Goods in stock change nothing. Locks: Product."""
    locked = Product.objects.locked().get(pk=product.pk)
    for day, part in days_of_part(locked, quantity, reference, last).items():
        if day >= first:
            _post_day(_day_of(locked, day).pk, StockMove.RELEASE, reference, actor, now, used=-part)


@service
def transfer_stock(*, product: Product, reference: str, to: str, actor: User | None, now: datetime) -> Decimal:
    """What the request `reference` holds is held by the order `to`, on the same days; returned. Locks: Product."""
    locked = Product.objects.locked().get(pk=product.pk)
    held, days = _held(locked, reference)
    if held:
        _post(locked, StockMove.RELEASE, reference, actor, now, on_hand=held, held=-held)
        _post(locked, StockMove.HOLD, to, actor, now, on_hand=-held, held=held)
    for day_pk, used in days:
        _post_day(day_pk, StockMove.RELEASE, reference, actor, now, used=-used)
        _post_day(day_pk, StockMove.HOLD, to, actor, now, used=used)
    return held + sum((used for _day, used in days), ZERO)


def first_days_held(reference: str) -> dict[int, date]:
    """By product the first day of whose capacity the order or request holds a part. One query."""
    rows = CapacityEntry.objects.filter(reference=reference).order_by()
    by_day = rows.values_list("capacity_day__product", "capacity_day__day").annotate(held=Sum("used_delta"))
    found: dict[int, date] = {}
    for product, day, _held_there in by_day.filter(held__gt=0):
        found[product] = min(day, found.get(product, day))
    return found


@service
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
    if not is_off_shelf(product, reference):
        return
    back = held - delivered
    Product.objects.locked().get(pk=product.pk)
    if delivered > 0:
        _post(product, StockMove.DELIVER, reference, actor, now, part, held=-delivered)
    if back > 0:
        _post(product, StockMove.RELEASE, reference, actor, now, part, on_hand=back, held=-back)


def is_off_shelf(product: Product, reference: str) -> bool:
    """Whether the order took goods of the shelf, and not of a day's capacity. One query."""
    return StockEntry.objects.filter(product=product, kind=StockMove.HOLD, reference=reference).exists()


def _check_hand(actor: User, product: Product) -> None:
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah stok."))


def _out_of_stock(product: Product, left: Decimal) -> RuleBroken:
    return RuleBroken(short_words(product, left), field="quantity", code="out_of_stock")


def _held(product: Product, reference: str) -> tuple[Decimal, list[tuple[int, Decimal]]]:
    """What `reference` still holds: of the shelf, and of each day's capacity (by its pk)."""
    shelf = StockEntry.objects.filter(product=product, reference=reference).aggregate(held=Sum("held_delta"))["held"]
    days = CapacityEntry.objects.filter(capacity_day__product=product, reference=reference).order_by()
    sums = days.values_list("capacity_day").annotate(used=Sum("used_delta")).filter(used__gt=0)
    return shelf or ZERO, list(sums.order_by("capacity_day__day"))


def _day_of(product: Product, day: date) -> CapacityDay:
    """The day's account of goods that are locked; its ceiling is what the shop makes on it, or what is taken."""
    usual = product.daily_capacity or ZERO
    row, _made = CapacityDay.objects.get_or_create(product=product, day=day, defaults={"capacity": usual})
    capacity = usual if row.planned is None else row.planned
    if row.capacity != (most := max(capacity, row.used)):
        CapacityDay.objects.filter(pk=row.pk).update(capacity=most)
    return row


def _post(
    product: Product, kind: StockMove, reference: str, actor: User | None, now: datetime, part: str = "",
    **deltas: Decimal,
) -> None:  # fmt: skip
    """What a delivery takes or gives back happens once for it; holds are written by one move of their document."""
    key = f"{kind}:{reference}:{part}" if part else ""
    post(StockEntry, product.pk, deltas=deltas, now=now, actor=actor, reference=reference, key=key, kind=kind)


def _post_day(
    day_pk: int, kind: StockMove, reference: str, actor: User | None, now: datetime, *, used: Decimal
) -> None:
    post(CapacityEntry, day_pk, deltas={"used": used}, now=now, actor=actor, reference=reference, kind=kind)
