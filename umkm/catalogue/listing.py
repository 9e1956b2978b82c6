"""What may be listed, and by whom judged: the rules that every way of offering or changing goods goes through."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, editing
from epeken.core.errors import NotAllowed, RuleBroken, refuse_first, require
from epeken.core.i18n.words import rupiah
from epeken.core.money import check_rupiah
from epeken.core.quantity import fits_step, grouped
from epeken.users.models import User
from umkm.catalogue import banned, policies, tiers
from umkm.catalogue.defaults import WHOLE_UNITS, is_ready_food, usual
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import FoodKind, StockMode, Unit
from umkm.sellers import hours
from umkm.sellers import policies as sellers_policies
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind

# What a seller may write.
FIELDS = (
    "name", "option_1", "option_2", "category", "description", "price", "tiers", "unit", "step", "minimum",
    "stock_mode", "daily_capacity", "lead_days", "order_until", "food_kind", "keeps", "is_halal", "halal_number",
    "pirt_number",
)  # fmt: skip


def check_curator(actor: User, product: Product) -> None:
    """Raises NotAllowed unless `actor` may curate, and somebody else's goods."""
    if not policies.can_curate(actor):
        raise NotAllowed(_("Hanya kurator yang dapat memutuskan barang."))
    if sellers_policies.is_tied(actor, product.seller):
        raise NotAllowed(_("Anda mengurus atau pernah mengurus toko pemilik ini. Minta kurator lain memutuskannya."))


def word_problem(text: str, day: date, *, field: str = "name") -> RuleBroken | None:
    """`banned_word` when the text names goods that may not be sold here."""
    word = banned.refused_in(text, day)
    if word is None:
        return None
    return RuleBroken(
        _("Barang ini memuat kata “%(word)s”. %(reason)s Bila ini keliru, ganti katanya atau hubungi pengelola.")
        % {"word": word.word, "reason": banned.REASONS[word.reason]},
        field=field,
        code="banned_word",
    )


def check_words(text: str, *, now: datetime, field: str = "name") -> None:
    """Raises RuleBroken `banned_word` (`word_problem`)."""
    problem = word_problem(text, clock.local_date(now), field=field)
    if problem is not None:
        raise problem


def check_category(seller: Seller, category: Category) -> None:
    """Raises RuleBroken unless this kind of seller may list there.

    Source: UMKM sell what they make, SWK stalls prepared food and drink, groceries daily goods (e-Peken's rules).
    """
    refuse_first(_category(seller, category))


def _category(seller: Seller, category: Category) -> Iterator[RuleBroken]:
    if category.allows(seller.kind):
        return
    why = {
        SellerKind.UMKM: _("UMKM hanya menjual barang buatan sendiri."),
        SellerKind.SWK: _("Stan SWK hanya menjual makanan dan minuman siap saji."),
        SellerKind.KELONTONG: _("Toko kelontong hanya menjual kebutuhan sehari-hari."),
    }[SellerKind(seller.kind)]
    text = _("Kategori %(category)s tidak tersedia untuk toko Anda. %(why)s Pilih kategori lain.")
    text %= {"category": category.title, "why": why}
    yield RuleBroken(text, field="category", code="category_not_for_kind")


def filled(seller: Seller, values: Mapping[str, Any]) -> dict[str, Any]:
    """The typed values, completed by the category's habit; amounts that the counting mode does not use are dropped.

    Raises RuleBroken `category_missing`.
    """
    category = values.get("category")
    if category is None:
        raise RuleBroken(_("Pilih kategori."), field="category", code="category_missing")
    found = {**usual(category), **{k: v for k, v in values.items() if k in FIELDS and v not in (None, "")}}
    found.setdefault("step", Decimal(1))
    found["minimum"] = max(found["minimum"], found["step"])
    if "minimum" not in values or values["minimum"] is None:
        found["minimum"] = -(-found["minimum"] // found["step"]) * found["step"]
    if found["stock_mode"] == StockMode.STOCK:
        found["daily_capacity"] = None
    for name in ("option_1", "option_2", "description", "halal_number", "pirt_number"):
        found[name] = values.get(name) or ""
    found["order_until"] = values.get("order_until") or None
    return found


def photo_missing() -> RuleBroken:
    """Goods that come to the curators show themselves."""
    text = _("Tambahkan satu foto dahulu. Foto dari ponsel sudah cukup.")
    return RuleBroken(text, field="photo", code="photo_missing")


def check_shape(product: Product) -> None:
    """Raises the first of `problems`: they hold whenever goods are saved."""
    refuse_first(problems(product))


def names_value(name: str, value: str) -> bool:
    """Whether the value of an option stands in the name as words of its own."""
    return re.search(rf"(?<!\w){re.escape(value.casefold())}(?!\w)", name.casefold()) is not None


def problems(product: Product) -> Iterator[RuleBroken]:
    """Every rule the goods break, each at its field. Pure over loaded rows."""
    if not product.name.strip():
        yield RuleBroken(_("Tulis nama barang."), field="name", code="name_missing")
    for value in filter(None, (product.option_1, product.option_2)):
        if not names_value(product.name, value):
            text = _("Nama varian menyebut isinya: %(value)s.") % {"value": value}
            yield RuleBroken(text, field="name", code="value_not_in_name")
    if check_rupiah(product.price) <= 0:
        yield RuleBroken(_("Harga harus lebih dari nol."), field="price", code="price_zero")
    yield from _tiers(product)
    yield from _category(product.seller, product.category)
    yield from _amounts(product)
    if product.order_until == hours.MIDNIGHT:
        yield RuleBroken(hours.midnight_words(), field="order_until", code="cut_off_midnight")
    yield from _food(product)


def _amounts(product: Product) -> Iterator[RuleBroken]:
    if product.step <= 0:
        yield RuleBroken(_("Kelipatan harus lebih dari nol."), field="step", code="step_zero")
        return  # nothing is a multiple of it
    if product.unit in WHOLE_UNITS and product.step % 1 != 0:
        text = _("Barang per %(unit)s dijual utuh: kelipatannya angka bulat.") % {"unit": product.get_unit_display()}
        yield RuleBroken(text, field="step", code="step_not_whole")
    if not fits_step(product.minimum, product.step):
        text = _("Pesanan paling sedikit harus kelipatan %(step)s.") % {"step": grouped(product.step)}
        if product.step == 1:
            text = _("Pesanan paling sedikit harus angka bulat.")
        yield RuleBroken(text, field="minimum", code="minimum_off_step")
    capacity = product.daily_capacity
    if product.stock_mode == StockMode.DAILY and not (capacity and capacity >= product.minimum):
        text = _("Tulis berapa banyak yang sanggup dibuat per hari, paling sedikit %(minimum)s.")
        text %= {"minimum": grouped(product.minimum)}
        yield RuleBroken(text, field="daily_capacity", code="capacity_missing")
    elif product.stock_mode == StockMode.DAILY:
        problem = whole_problem(product.name, product.unit, capacity, field="daily_capacity")
        if problem is not None:
            yield problem


def _tiers(product: Product) -> Iterator[RuleBroken]:
    """At the field `tiers`, whichever of them is wrong: they are one value of the goods."""
    counted = Unit(product.unit).counted
    if len(product.tiers) > tiers.MOST:
        text = _("Harga grosir paling banyak %(most)d tingkat.") % {"most": tiers.MOST}
        yield RuleBroken(text, field="tiers", code="too_many_tiers")
    least, most = None, product.price
    for tier in product.tiers:
        words = {
            "from": counted(tier.from_quantity), "price": rupiah(tier.price), "step": counted(product.step),
            "least": counted(product.minimum), "most": rupiah(most), "written": grouped(tier.from_quantity),
        }  # fmt: skip
        if tier.from_quantity <= 0:
            text = _("Harga grosir harus mulai dari jumlah lebih dari nol; yang ditulis %(written)s.") % words
            yield RuleBroken(text, field="tiers", code="tier_from_zero")
        elif check_rupiah(tier.price) <= 0:
            text = _("Harga mulai %(from)s harus lebih dari nol.") % words
            yield RuleBroken(text, field="tiers", code="tier_price_zero")
        elif product.step > 0 and not fits_step(tier.from_quantity, product.step):
            text = _("Harga grosir mulai %(from)s tidak cocok dengan kelipatan %(step)s.") % words
            yield RuleBroken(text, field="tiers", code="tier_off_step")
        elif tier.from_quantity <= product.minimum:
            text = _(
                "Harga grosir harus mulai dari lebih dari %(least)s, pesanan paling sedikit; yang ditulis %(written)s."
            )
            text %= words
            yield RuleBroken(text, field="tiers", code="tier_below_minimum")
        elif tier.from_quantity >= policies.MOST:
            text = _("Jumlah awal harga grosir terlalu besar.")
            yield RuleBroken(text, field="tiers", code="tier_beyond_most")
        elif least is not None and tier.from_quantity <= least:
            text = _("Dua harga grosir mulai dari jumlah yang sama, %(from)s. Hapus salah satunya.") % words
            yield RuleBroken(text, field="tiers", code="tier_twice")
        elif tier.price >= most:
            text = _(
                "Harga mulai %(from)s %(price)s harus lebih rendah dari %(most)s, harga untuk yang lebih sedikit. "
                "Betulkan salah satunya."
            )
            yield RuleBroken(text % words, field="tiers", code="tier_not_lower")
        least, most = tier.from_quantity, tier.price


def _food(product: Product) -> Iterator[RuleBroken]:
    category = product.category
    if is_ready_food(category) and product.food_kind == FoodKind.NONE:
        text = _("Pilih jenis makanan: katering atau makanan warung. Pajak pembeli dinas bergantung pada ini.")
        yield RuleBroken(text, field="food_kind", code="food_kind_missing")
    if not category.is_food and product.food_kind != FoodKind.NONE:
        text = _("Kategori ini bukan makanan. Pilih “Bukan makanan siap saji”.")
        yield RuleBroken(text, field="food_kind", code="food_kind_unfit")
    if category.is_food and not product.is_halal and product.seller.kind != SellerKind.KELONTONG:
        text = _(
            "Makanan dan minuman perlu pernyataan halal. Centang pernyataannya bila bahan dan cara membuatnya halal."
        )
        yield RuleBroken(text, field="is_halal", code="halal_statement_missing")


def whole_words(name: str, unit: str) -> str:
    return _("%(name)s dihitung dalam bilangan bulat, per %(unit)s.") % {"name": name, "unit": Unit(unit).label}


def whole_problem(name: str, unit: str, quantity: Decimal | None, *, field: str) -> RuleBroken | None:
    """`not_whole` for a part of something that is sold whole: of boxes nobody makes, counts or sends one and a half."""
    if quantity is None or unit not in WHOLE_UNITS or quantity % 1 == 0:
        return None
    return RuleBroken(whole_words(name, unit), field=field, code="not_whole")


def check_whole(product: Product, quantity: Decimal | None, *, field: str) -> None:
    """Raises RuleBroken `not_whole` (`whole_problem`)."""
    problem = whole_problem(product.name, product.unit, quantity, field=field)
    if problem is not None:
        raise problem


def shown_of(product: Product) -> str:
    """A digest of what a curator judges: everything the seller wrote, and the pictures."""
    written = [field.attname for field in Product._meta.concrete_fields if field.editable and not field.primary_key]
    values = {name: getattr(product, name) for name in written}
    return editing.shown_of({**values, "photos": list(product.photos.values_list("pk", flat=True))})


def check_shown(product: Product, shown: str | None) -> None:
    """Call under the product's lock: what the page that posts did not show is not approved. None: no page showed it.

    Raises: RuleBroken `changed_meanwhile`.
    """
    require(
        shown is None or shown == shown_of(product),
        _("Barang ini diubah penjual sejak halaman ini dibuka. Periksa lagi, lalu putuskan."),
        code="changed_meanwhile",
    )
