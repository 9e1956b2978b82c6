"""Goods that a shop has already become variants of one another. What a curator saw of them stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import idempotency
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.services import service
from epeken.users.models import User
from umkm.catalogue.listing import names_value
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.services import products
from umkm.catalogue.services.shelf import RowRefused
from umkm.catalogue.states import CLOSED, GONE
from umkm.sellers import policies
from umkm.variants.checking import key_of, refusing_twins
from umkm.variants.models import ProductGroup
from umkm.variants.services import MOST, new_group, read_values


@dataclass(frozen=True)
class Joining:
    """`goods`: with their group and values, not stored. `there`: the variants the group has without them."""

    group: ProductGroup
    goods: list[Product]
    there: list[Product]

    @property
    def variants(self) -> list[Product]:
        return sorted([*self.there, *self.goods], key=lambda one: one.pk)


def candidates(base: Product) -> list[tuple[Product, str]]:
    """The other goods of the shop of the same category and unit that are not gone, by name, each with why it cannot
    become a variant beside `base`, "" where it can. Two queries."""
    rows = Product.objects.filter(seller=base.seller_id, category=base.category_id, unit=base.unit)
    rows = rows.exclude(pk=base.pk).exclude(state__in=GONE)
    if base.group_id is not None:
        rows = rows.exclude(group=base.group_id)
    found = list(rows.order_by("name", "pk"))
    waiting = waiting_among([row.pk for row in found])
    return [(row, why_not(row, base, waiting)) for row in found]


def waiting_among(pks: list[int]) -> set[int]:
    """Goods of these a change of which waits for a curator."""
    return set(ChangeProposal.objects.waiting().filter(product__in=pks).values_list("product", flat=True))


def why_not(product: Product, base: Product, waiting: set[int]) -> str:
    """Why goods of the shop cannot become a variant beside `base`, or `base` one itself, in words; "" where they
    can."""
    if product.group_id is not None and product.pk != base.pk:
        return _("Sudah menjadi varian barang lain. Lepaskan dahulu dari sana.")
    if (product.category_id, product.unit) != (base.category_id, base.unit):
        return _("Kategori atau satuannya lain. Varian harus satu kategori dan satu satuan.")
    if product.state in CLOSED:
        return str(products.closed_words(product))
    if product.pk in waiting:
        return _("Perubahannya masih menunggu kurator. Gabungkan sesudah diputus.")
    return ""


def read_joining(base: Product, kinds: tuple[str, str], values: Mapping[int, tuple[str, str]]) -> Joining:
    """What would be joined. `kinds`: what the variants differ in, of a group that is new; `values`: by the pk of the
    goods, also of `base` where it has none yet.

    Raises: InvalidMove, RuleBroken (RowRefused with the pk of the goods).
    """
    if base.state in CLOSED:
        raise InvalidMove(products.closed_words(base))
    has_own = base.group_id is not None and bool(base.option_1)
    group = base.group or new_group(base.seller, kinds)
    own = [] if has_own else [base.pk]
    wanted = [pk for pk in values if pk != base.pk]
    require(wanted, _("Isi pembeda untuk paling sedikit satu barang lain."), field="value_1", code="variants_missing")
    found = Product.objects.filter(pk__in=[*own, *wanted], seller=base.seller_id).select_related("seller", "category")
    rows = {row.pk: row for row in found}
    require(len(rows) == len(own) + len(wanted), _("Varian harus dari toko yang sama."), code="variant_elsewhere")
    there = [] if base.group_id is None else Product.objects.filter(group=base.group_id).exclude(state__in=GONE)
    there = [one for one in there if one.pk not in rows]
    text = _("Paling banyak %(most)s varian.") % {"most": MOST}
    require(len(there) + len(rows) <= MOST, text, code="too_many_variants")
    taken = {key_of((one.option_1, one.option_2)) for one in there if one.option_1}
    waiting = waiting_among(list(rows))
    for pk in [*own, *wanted]:
        try:
            _give(rows[pk], base, group, values.get(pk, ("", "")), taken, waiting)
        except DomainError as problem:
            raise RowRefused(pk, problem) from None
    return Joining(group, [rows[pk] for pk in [*own, *wanted]], there)


def _give(
    row: Product,
    base: Product,
    group: ProductGroup,
    values: tuple[str, str],
    taken: set[tuple[str, ...]],
    waiting: set[int],
) -> None:
    """The goods hold the group and their values, which `taken` holds from now on. Raises: RuleBroken."""
    words = why_not(row, base, waiting)
    require(not words, words, field="value_1", code="variant_not_joinable")
    row.option_1, row.option_2 = read_values(group, values)
    for number, value in enumerate((row.option_1, row.option_2), 1):
        # The name is what a curator let on show: a value that it holds needs no curator.
        require(
            not value or names_value(row.name, value),
            _("Nama barang ini tidak memuat “%(value)s”. Tulis isi yang ada di namanya, atau ubah namanya dahulu.")
            % {"value": value},
            field=f"value_{number}",
            code="value_not_in_name",
        )
    key = key_of((row.option_1, row.option_2))
    text = _("Varian dengan isi ini sudah ada. Tulis yang lain.")
    require(key not in taken, text, field="value_1", code="variant_taken")
    taken.add(key)
    row.group = group


@service
def join_goods(
    *,
    actor: User,
    product: Product,
    kinds: tuple[str, str],
    values: Mapping[int, tuple[str, str]],
    key: str,
    now: datetime,
) -> list[Product]:
    """Goods of the shop are variants beside `product`, each at its own address, with the name, pictures and price it
    has. The same key joins them once.

    Raises: NotAllowed, InvalidMove, RuleBroken (RowRefused with the pk of the goods), KeyReused. Locks: Product.
    """
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))
    who = f"user:{actor.pk}"
    body = {"join": product.pk, "kinds": kinds, "values": sorted(values.items())}
    if (earlier := idempotency.claim(person=who, key=key, body=body)) is not None:
        return list(Product.objects.filter(pk__in=[int(pk) for pk in earlier.split()]).order_by("pk"))
    locked = Product.objects.filter(pk__in={product.pk, *values}).locked().select_related("seller", "category", "group")
    base = next(row for row in locked if row.pk == product.pk)
    joining = read_joining(base, kinds, values)
    if joining.group.pk is None:
        joining.group.created_at = now
        joining.group.save()
    for row in joining.goods:
        row.group = joining.group
        try:
            with refusing_twins():
                row.save(update_fields=["group", "option_1", "option_2"])
        except RuleBroken as problem:
            raise RowRefused(row.pk, problem) from None
    idempotency.settle(person=who, key=key, result=" ".join(str(row.pk) for row in joining.goods))
    return joining.goods
