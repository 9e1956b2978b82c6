"""What holds among the variants of a group: one category, one unit, no two with the same values."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken, require
from umkm.catalogue.models import Product
from umkm.catalogue.states import GONE

UNIQUE = "product_variant_once"


def check_among_variants(product: Product) -> None:
    """Goods as they are about to be saved, beside the others of their group. One query, for variants alone.

    Raises: RuleBroken (`not_a_variant`, `variant_unlike`, `variant_taken`).
    """
    if product.group_id is None:
        text = _("Barang ini belum menjadi varian. Buka “Varian” di halaman barangnya dahulu.")
        require(not product.option_1 and not product.option_2, text, field="option_1", code="not_a_variant")
        return
    rows = Product.objects.filter(group=product.group_id).exclude(pk=product.pk).exclude(state__in=GONE)
    for category, unit, *values in rows.values_list("category", "unit", "option_1", "option_2"):
        text = _("Varian harus satu kategori dan satu satuan. Lepaskan barang ini dari varian bila ingin mengubahnya.")
        field = "category" if category != product.category_id else "unit"
        require((category, unit) == (product.category_id, product.unit), text, field=field, code="variant_unlike")
        if product.option_1 and key_of(values) == key_of((product.option_1, product.option_2)):
            raise _taken()


def key_of(values: "list[str] | tuple[str, ...]") -> tuple[str, ...]:
    """What makes two values the same: capitals do not tell them apart."""
    return tuple(value.casefold() for value in values)


@contextmanager
def refusing_twins() -> Iterator[None]:
    """A write of goods; `variant_taken` where another one gave the same values at the same time. Raises: RuleBroken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        if UNIQUE not in str(problem):
            raise
        raise _taken() from None


def _taken() -> RuleBroken:
    return RuleBroken(_("Varian dengan isi ini sudah ada. Tulis yang lain."), field="option_1", code="variant_taken")
