"""Variants of goods: made from one product, changed together, released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core import idempotency
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, require
from epeken.core.services import service
from epeken.users.models import User
from umkm.catalogue.listing import check_shape
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.services import products, proposals, shelf
from umkm.catalogue.services.shelf import RowRefused
from umkm.catalogue.states import CLOSED, GONE, StockMode
from umkm.catalogue.tiers import below
from umkm.sellers import policies
from umkm.sellers.models import Seller
from umkm.variants.checking import check_among_variants, refusing_twins
from umkm.variants.models import ProductGroup

MOST = 30  # variants of one group
LONGEST_VALUE: int = Product._meta.get_field("option_1").max_length or 0


@dataclass(frozen=True)
class NewVariant:
    """`values`: of the first and second option ("" without one). `amount`: in stock, or a day's capacity."""

    values: tuple[str, str]
    price: int
    amount: Decimal | None


@service
def add_variants(
    *,
    actor: User,
    product: Product,
    kinds: tuple[str, str],
    own: tuple[str, str],
    rows: Sequence[NewVariant],
    key: str,
    now: datetime,
) -> list[Product]:
    """Drafts that begin as these goods are, each with its values in its name, with their pictures.

    `kinds`: what the variants differ in, `own`: the values of the product itself; both are of a group that is new,
    and of goods on show they wait for a curator. The same key adds them once.
    Raises: NotAllowed, InvalidMove, RuleBroken (RowRefused in a row), KeyReused. Locks: Product.
    """
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))
    who = f"user:{actor.pk}"
    body = {"product": product.pk, "kinds": kinds, "own": own, "rows": [str(row) for row in rows]}
    if (earlier := idempotency.claim(person=who, key=key, body=body)) is not None:
        return list(Product.objects.filter(pk__in=[int(pk) for pk in earlier.split()]).order_by("pk"))
    base = _locked(product)
    if base.state in CLOSED:
        raise InvalidMove(products.closed_words(base))
    # A group whose curator refused this product's own values may be asked for them again.
    is_asked_again = base.group_id is not None and not base.option_1
    text = _("Isi paling sedikit satu varian baru.")
    require(rows or is_asked_again, text, field="value_1_0", code="variants_missing")
    group = base.group or _begin_group(base, kinds, now)
    if not base.option_1:
        base = _give_values(actor, base, read_values(group, own), now)
    waiting = ChangeProposal.objects.waiting().filter(product=base).first()
    stem = stem_of(waiting or base)
    there = Product.objects.filter(group=group).exclude(state__in=GONE).count()
    text = _("Paling banyak %(most)s varian.") % {"most": MOST}
    require(there + len(rows) <= MOST, text, field="value_1_0", code="too_many_variants")
    made = []
    for number, row in enumerate(rows):
        try:
            made.append(_make(actor, base, group, stem, row, now))
        except DomainError as problem:
            raise RowRefused(number, problem) from None
    idempotency.settle(person=who, key=key, result=" ".join(str(one.pk) for one in made))
    return made


@service
def save_variants(
    *,
    actor: User,
    product: Product,
    prices: Mapping[int, int],
    amounts: Mapping[int, Decimal | None],
    key: str,
    shown: str | None,
    now: datetime,
    is_sure: bool = False,
) -> list[Product]:
    """Price and stock of variants of the group of `product`, by their pk; `amounts`: added to the stock, or the day's
    capacity. All of it or nothing; the same key does it once. What was changed is returned.

    `shown`: of the fields `price_<pk>` and `daily_capacity_<pk>` (`core.editing`).
    Raises: NotAllowed, RuleBroken, ChangedMeanwhile, KeyReused. Locks: Product.
    """
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))
    mine = Product.objects.filter(group=product.group_id) if product.group_id else Product.objects.none()
    return shelf.change_shelves(
        actor=actor, goods=mine.select_related("seller"), prices=prices, amounts=amounts, key=key, shown=shown, now=now,
        is_sure=is_sure,
    )  # fmt: skip


@service
def join_group(
    *, actor: User, product: Product, group: ProductGroup, values: tuple[str, str], now: datetime
) -> Product:
    """Goods that were never on show, and whose name holds the values, are a variant of the group.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Product.
    """
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))
    row = _locked(product)
    if row.published_at is not None or row.state in CLOSED:
        raise InvalidMove()
    require(row.seller_id == group.seller_id, _("Varian harus dari toko yang sama."), code="variant_elsewhere")
    there = Product.objects.filter(group=group).exclude(pk=row.pk).exclude(state__in=GONE).count()
    text = _("Paling banyak %(most)s varian.") % {"most": MOST}
    require(there < MOST, text, field="value_1_0", code="too_many_variants")
    row.group = group
    row.option_1, row.option_2 = read_values(group, values)
    check_shape(row)
    check_among_variants(row)
    with refusing_twins():
        row.save(update_fields=["group", "option_1", "option_2"])
    return row


@service
def release_variant(*, actor: User, product: Product, now: datetime) -> Product:
    """The goods stand alone again, with the name they have. Raises: NotAllowed, RuleBroken. Locks: Product."""
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))
    row = _locked(product)
    require(row.group_id is not None, _("Barang ini bukan varian."), code="not_a_variant")
    row.group, row.option_1, row.option_2 = None, "", ""
    row.save(update_fields=["group", "option_1", "option_2"])
    ChangeProposal.objects.waiting().filter(product=row).update(option_1="", option_2="")
    return row


def stem_of(goods: "Product | ChangeProposal") -> str:
    """The name without the values that `named` put behind it."""
    return goods.name.removesuffix(_ending((goods.option_1, goods.option_2)))


def named(stem: str, values: tuple[str, str]) -> str:
    """`Kaus relawan, M, merah`: baskets, orders and papers name the variant by its name alone."""
    ending = _ending(values)
    return f"{stem[: shelf.LONGEST_NAME - len(ending)].rstrip()}{ending}"


def _ending(values: tuple[str, str]) -> str:
    return "".join(f", {value}" for value in values if value)


def new_group(seller: Seller, kinds: tuple[str, str]) -> ProductGroup:
    """Not stored yet. Raises: RuleBroken."""
    require(kinds[0], _("Pilih apa yang membedakan variannya."), field="kind_1", code="option_missing")
    require(kinds[0] != kinds[1], _("Pilih dua pembeda yang berlainan."), field="kind_2", code="option_twice")
    return ProductGroup(seller=seller, option_1=kinds[0], option_2=kinds[1])


def _begin_group(base: Product, kinds: tuple[str, str], now: datetime) -> ProductGroup:
    """The caller holds the lock of the product, so that two tabs begin one group."""
    group = new_group(base.seller, kinds)
    group.created_at = now
    group.save()
    base.group = group
    base.save(update_fields=["group"])
    return group


def read_values(group: ProductGroup, values: tuple[str, str]) -> tuple[str, str]:
    """One line each, as many as the group has options. Raises: RuleBroken."""
    first, second = (" ".join(value.split()) for value in values)
    require(first, _("Tulis isinya, misalnya M atau merah."), field="value_1", code="value_missing")
    text = _("Tulis isinya, misalnya M atau merah.")
    require(bool(second) == bool(group.option_2), text, field="value_2", code="value_missing")
    for number, value in enumerate((first, second), 1):
        text = _("Paling panjang %(most)s huruf.") % {"most": LONGEST_VALUE}
        require(len(value) <= LONGEST_VALUE, text, field=f"value_{number}", code="value_too_long")
    return first, second


def _give_values(actor: User, base: Product, values: tuple[str, str], now: datetime) -> Product:
    """At once to a draft; what goods on show are called and offered as waits for a curator."""
    wanted = {"name": named(base.name, values), "option_1": values[0], "option_2": values[1]}
    waiting = ChangeProposal.objects.waiting().filter(product=base).first()
    if waiting is not None and waiting.option_1:
        return base  # asked for already
    saved = products.save_product(actor=actor, product=base, values=wanted, now=now)
    return _locked(saved)


def _make(actor: User, base: Product, group: ProductGroup, stem: str, row: NewVariant, now: datetime) -> Product:
    values = read_values(group, row.values)
    asked = ChangeProposal.objects.waiting().filter(product__group=group, option_1__iexact=values[0])
    text = _("Varian dengan isi ini sudah ada. Tulis yang lain.")
    require(not asked.filter(option_2__iexact=values[1]).exists(), text, field="value_1", code="variant_taken")
    copied = {name: getattr(base, name) for name in shelf.COPIED}
    copied |= {"name": named(stem, values), "price": row.price, "tiers": below(base.tiers, row.price)}
    copied["daily_capacity" if base.stock_mode == StockMode.DAILY else "stock"] = row.amount
    made = products.create_product(actor=actor, seller=base.seller, values=copied, now=now)
    made = join_group(actor=actor, product=made, group=group, values=values, now=now)
    for photo in base.photos.all():
        photo.pk, photo.product, photo.is_waiting, photo.uploaded_at = None, made, False, now
        photo.alt = made.name if photo.alt == base.name else photo.alt
        photo.save(force_insert=True)
    proposals.keep_first(made)
    return made


def _locked(product: Product) -> Product:
    row: Product = Product.objects.locked().select_related("seller", "category", "group").get(pk=product.pk)
    return row
