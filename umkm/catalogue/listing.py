"""What may be listed, and by whom judged: the rules that every way of offering or changing goods goes through."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock, editing
from epeken.core.errors import NotAllowed, RuleBroken, require
from epeken.core.money import check_rupiah
from epeken.core.quantity import fits_step, grouped
from epeken.users.models import User
from umkm.catalogue import banned, policies
from umkm.catalogue.defaults import WHOLE_UNITS, is_ready_food
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import FoodKind, StockMode
from umkm.sellers import policies as sellers_policies
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind


def check_curator(actor: User, product: Product) -> None:
    """Raises NotAllowed unless `actor` may curate, and somebody else's goods."""
    if not policies.can_curate(actor):
        raise NotAllowed(_("Hanya kurator yang dapat memutuskan barang."))
    if sellers_policies.is_tied(actor, product.seller):
        raise NotAllowed(_("Anda mengurus atau pernah mengurus toko pemilik ini. Minta kurator lain memutuskannya."))


def check_words(text: str, *, now: datetime, field: str = "name") -> None:
    """Raises RuleBroken `banned_word` when the text names goods that may not be sold here."""
    word = banned.refused_in(text, clock.local_date(now))
    if word is not None:
        raise RuleBroken(
            _("Barang ini memuat kata “%(word)s”. %(reason)s Bila ini keliru, ganti katanya atau hubungi pengelola.")
            % {"word": word.word, "reason": banned.REASONS[word.reason]},
            field=field,
            code="banned_word",
        )


def check_category(seller: Seller, category: Category) -> None:
    """Raises RuleBroken unless this kind of seller may list there.

    Source: UMKM sell what they make, SWK stalls prepared food and drink, groceries daily goods (e-Peken's rules).
    """
    why = {
        SellerKind.UMKM: _("UMKM hanya menjual barang buatan sendiri."),
        SellerKind.SWK: _("Stan SWK hanya menjual makanan dan minuman siap saji."),
        SellerKind.KELONTONG: _("Toko kelontong hanya menjual kebutuhan sehari-hari."),
    }[SellerKind(seller.kind)]
    require(
        category.allows(seller.kind),
        _("Kategori %(category)s tidak tersedia untuk toko Anda. %(why)s Pilih kategori lain.")
        % {"category": category.name, "why": why},
        field="category",
        code="category_not_for_kind",
    )


def check_shape(product: Product) -> None:
    """The rules that hold whenever goods are saved."""
    require(product.name.strip(), _("Tulis nama barang."), field="name", code="name_missing")
    require(check_rupiah(product.price) > 0, _("Harga harus lebih dari nol."), field="price", code="price_zero")
    check_category(product.seller, product.category)
    require(product.step > 0, _("Kelipatan harus lebih dari nol."), field="step", code="step_zero")
    require(
        product.unit not in WHOLE_UNITS or product.step % 1 == 0,
        _("Barang per %(unit)s dijual utuh: kelipatannya angka bulat.") % {"unit": product.get_unit_display()},
        field="step",
        code="step_not_whole",
    )
    require(
        fits_step(product.minimum, product.step),
        _("Pesanan paling sedikit harus kelipatan %(step)s.") % {"step": grouped(product.step)},
        field="minimum",
        code="minimum_off_step",
    )
    if product.stock_mode == StockMode.DAILY:
        require(
            product.daily_capacity and product.daily_capacity >= product.minimum,
            _("Tulis berapa banyak yang sanggup dibuat per hari, paling sedikit %(minimum)s.")
            % {"minimum": grouped(product.minimum)},
            field="daily_capacity",
            code="capacity_missing",
        )
    ready = is_ready_food(product.category)
    require(
        not ready or product.food_kind != FoodKind.NONE,
        _("Pilih jenis makanan: katering atau makanan warung. Pajak pembeli dinas bergantung pada ini."),
        field="food_kind",
        code="food_kind_missing",
    )
    require(
        product.category.is_food or product.food_kind == FoodKind.NONE,
        _("Kategori ini bukan makanan. Pilih “Bukan makanan siap saji”."),
        field="food_kind",
        code="food_kind_unfit",
    )
    require(
        product.is_halal or not product.category.is_food or product.seller.kind == SellerKind.KELONTONG,
        _("Makanan dan minuman perlu pernyataan halal. Centang pernyataannya bila bahan dan cara membuatnya halal."),
        field="is_halal",
        code="halal_statement_missing",
    )


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
