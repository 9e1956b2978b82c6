"""Categories, products, pictures, change proposals, prices."""

from datetime import time
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, TextField
from django.db.models.functions import Lower
from django.utils.translation import gettext, gettext_noop, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.models import AppendOnly, Event
from epeken.core.money import RupiahField
from epeken.core.quantity import QuantityField
from epeken.core.states import StateIsLastEvent, valid_states
from epeken.ledger.triggers import BalanceIsPosted
from umkm.catalogue import querysets
from umkm.catalogue.states import GONE, PRODUCT, PROPOSAL, FoodKind, Keeps, ProductState, ProposalState, StockMode, Unit
from umkm.catalogue.tiers import TiersField
from umkm.exposure.policy import UNRANKED
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind

# Each tier of goods asks for more of them than the one before, and costs less each; the first less than one piece.
_TIERS_FALL = (
    "array_length(tiers, 1) IS NULL OR (array_length(tiers, 1) <= 3 AND array_length(tiers, 2) = 2"
    " AND tiers[1][1] > minimum AND tiers[1][2] < price"
    " AND COALESCE(tiers[2][1] > tiers[1][1] AND tiers[2][2] < tiers[1][2], true)"
    " AND COALESCE(tiers[3][1] > tiers[2][1] AND tiers[3][2] < tiers[2][2], true)"
    " AND tiers[array_length(tiers, 1)][2] >= 1)"
)


class Category(models.Model):
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("kategori induk")
    )
    name = models.CharField(_("nama"), max_length=80)
    slug = models.SlugField(_("alamat halaman"), unique=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    # Which kinds of seller may list here.
    for_umkm = models.BooleanField(_("untuk UMKM"), default=True)
    for_swk = models.BooleanField(_("untuk SWK"), default=False)
    for_kelontong = models.BooleanField(_("untuk toko kelontong"), default=False)
    is_food = models.BooleanField(_("makanan atau minuman"), default=False)
    # Basic necessities bear no PPN (PMK 99/PMK.010/2020 and successors).
    is_staple = models.BooleanField(_("kebutuhan pokok, bebas PPN"), default=False)

    # Goods of trusted shops may go on show here without a curator (`umkm.automatic`).
    is_low_risk = models.BooleanField(_("risiko rendah"), default=False)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("kategori")
        verbose_name_plural = ngettext_lazy("kategori", "kategori", 2)

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """In the reader's language, where the catalogue of words has it; `name` is what is kept."""
        return gettext(self.name)

    def allows(self, kind: str) -> bool:
        return {
            SellerKind.UMKM: self.for_umkm,
            SellerKind.SWK: self.for_swk,
            SellerKind.KELONTONG: self.for_kelontong,
        }[SellerKind(kind)]


def _split(column: str) -> Func:
    """Words, one after the other: `discovery.words.split` in SQL."""
    return Func(column, function="epeken_split", output_field=TextField())


class Product(models.Model):
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="products", verbose_name=_("penjual"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="products", verbose_name=_("kategori"))
    state = models.CharField(_("keadaan"), max_length=12, choices=ProductState, default=PRODUCT.initial, editable=False)
    name = models.CharField(_("nama barang"), max_length=120)
    # Of variants: what ties them, and their values of its options (`umkm.variants`). The name holds the values.
    group = models.ForeignKey(
        "umkm.ProductGroup", models.PROTECT, null=True, blank=True, related_name="variants", editable=False,
        verbose_name=_("kelompok varian"),
    )  # fmt: skip
    option_1 = models.CharField(_("pilihan pertama"), max_length=30, blank=True)
    option_2 = models.CharField(_("pilihan kedua"), max_length=30, blank=True)
    description = models.TextField(_("keterangan"), max_length=2000, blank=True)
    price = RupiahField(_("harga"), validators=[MinValueValidator(1)])
    tiers = TiersField(_("harga grosir"))
    unit = models.CharField(_("satuan"), max_length=8, choices=Unit, default=Unit.PCS)
    step = QuantityField(_("kelipatan"), default=Decimal(1))
    minimum = QuantityField(_("pesanan paling sedikit"), default=Decimal(1))
    stock_mode = models.CharField(_("cara menghitung sisa"), max_length=5, choices=StockMode, default=StockMode.STOCK)
    # STOCK: what is on hand and free; what is promised to orders; what receivers refused, until the seller says whether
    # it is back on the shelf. All three move only through StockEntry.
    on_hand = QuantityField(_("stok bebas"), default=Decimal(0), editable=False)
    held = QuantityField(_("ditahan pesanan"), default=Decimal(0), editable=False)
    refused = QuantityField(_("tidak diterima pembeli"), default=Decimal(0), editable=False)
    # DAILY: how much can be made for one day.
    daily_capacity = QuantityField(_("kapasitas per hari"), null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("waktu siap (hari)"), default=0)
    # From this hour on an order counts as of the next day; None: as the shop says (`policies.cut_off_of`).
    order_until = models.TimeField(_("jam batas pesan"), null=True, blank=True)
    food_kind = models.CharField(_("jenis makanan"), max_length=8, choices=FoodKind, default=FoodKind.NONE)
    keeps = models.CharField(_("daya tahan"), max_length=8, choices=Keeps, default=Keeps.OTHER)
    is_halal = models.BooleanField(_("halal"), default=False)
    halal_number = models.CharField(_("nomor sertifikat halal"), max_length=24, blank=True)
    pirt_number = models.CharField(_("nomor P-IRT"), max_length=20, blank=True)
    # First picture, kept beside the product so that a list needs no join.
    picture = models.CharField(_("foto"), max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("dibuat"))
    submitted_at = models.DateTimeField(_("dikirim"), null=True, editable=False)
    published_at = models.DateTimeField(_("tayang"), null=True, editable=False)
    review_due_at = models.DateTimeField(_("tenggat kurasi"), null=True, editable=False)
    review_note = models.CharField(_("catatan kurator"), max_length=300, blank=True, editable=False)
    # Higher before lower among goods that fit a search alike (umkm.exposure.policy).
    standing = models.PositiveSmallIntegerField(_("tingkat"), default=UNRANKED, editable=False)
    search = models.GeneratedField(
        expression=SearchVector(_split("name"), weight="A", config="indonesian")
        + SearchVector(_split("description"), weight="C", config="indonesian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = querysets.ProductQuerySet.as_manager()
    machine = PRODUCT
    # Not a column: the proposal that `save_product` just wrote, for its caller.
    waiting_proposal: "ChangeProposal | None" = None
    # Not a column either: `is_halal_certified` of rows that were read for cards.
    halal_seen: bool | None = None

    class Meta:
        triggers = [StateIsLastEvent(), BalanceIsPosted("stock_entries", "on_hand", "held", "refused")]
        verbose_name = _("barang")
        verbose_name_plural = _("barang")
        permissions = [("curate_product", gettext_noop("boleh mengurasi barang"))]
        constraints = [
            valid_states(PRODUCT, "product_state_known"),
            models.CheckConstraint(
                condition=Q(on_hand__gte=0) & Q(held__gte=0) & Q(refused__gte=0),
                name="product_stock_not_negative",
                violation_error_message=_("Stok tidak cukup."),
            ),
            models.CheckConstraint(
                condition=Q(order_until__isnull=True) | Q(order_until__gt=time(0)),
                name="product_cut_off_not_midnight",
                violation_error_message=_("Pukul 00.00 tidak bisa menjadi jam batas pesan."),
            ),
            models.UniqueConstraint(
                F("group"),
                Lower("option_1"),
                Lower("option_2"),
                name="product_variant_once",
                condition=Q(group__isnull=False) & ~Q(option_1="") & ~Q(state__in=sorted(GONE)),
                violation_error_message=_("Varian dengan isi ini sudah ada. Tulis yang lain."),
            ),
            models.CheckConstraint(
                condition=models.Func(template=_TIERS_FALL, output_field=models.BooleanField()),
                name="product_tiers_fall",
                violation_error_message=_("Setiap harga grosir harus lebih rendah dari yang sebelumnya."),
            ),
            models.CheckConstraint(condition=Q(step__gt=0) & Q(minimum__gt=0), name="product_step_positive"),
            models.CheckConstraint(
                condition=Q(stock_mode=StockMode.STOCK) | Q(daily_capacity__gt=0), name="product_daily_has_capacity"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="product_search"),
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                name="product_newest",
                condition=Q(state=ProductState.PUBLISHED),
            ),
            models.Index(
                fields=["category", "-published_at", "-id"],
                name="product_by_category",
                condition=Q(state=ProductState.PUBLISHED),
            ),
            models.Index(
                fields=["-standing", "-published_at", "-id"],
                name="product_by_standing",
                condition=Q(state=ProductState.PUBLISHED),
            ),
            models.Index(
                fields=["category", "-standing", "-published_at", "-id"],
                name="product_category_standing",
                condition=Q(state=ProductState.PUBLISHED),
            ),
            models.Index(fields=["price", "id"], name="product_by_price", condition=Q(state=ProductState.PUBLISHED)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_halal_certified(self) -> bool:
        """A certificate that a verifier saw and that holds today. Neither the seller's own statement (`is_halal`) nor
        the number that the goods bear is one."""
        if self.halal_seen is not None:
            return self.halal_seen
        mine = Product.objects.filter(querysets.has_checked_halal(clock.today()), pk=self.pk)
        return bool(self.halal_number) and mine.exists()


class ProductEvent(Event):
    product = models.ForeignKey(Product, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat barang")
        verbose_name_plural = _("riwayat barang")


class ProductPhoto(models.Model):
    """A re-encoded picture in the public store: `image` 1:1 up to 1280 px, `small` 640 px."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="photos")
    image = models.CharField(max_length=200)
    small = models.CharField(max_length=200)
    alt = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64, db_index=True)
    dhash = models.CharField(max_length=16, blank=True, db_index=True)
    # Added to goods already on show: hidden until a curator has seen it with the change proposal it came with.
    is_waiting = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("foto barang")
        verbose_name_plural = ngettext_lazy("foto barang", "foto barang", 2)
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.image


class ChangeProposal(models.Model):
    """An edit of a published product that a curator sees as a difference before it shows."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="proposals", verbose_name=_("barang"))
    state = models.CharField(
        _("keadaan"), max_length=10, choices=ProposalState, default=PROPOSAL.initial, editable=False
    )
    # The whole of what a curator judges, changed or not (`proposals.PROPOSED`).
    name = models.CharField(_("nama"), max_length=120)
    option_1 = models.CharField(_("pilihan pertama"), max_length=30, blank=True)
    option_2 = models.CharField(_("pilihan kedua"), max_length=30, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    description = models.TextField(_("keterangan"), max_length=2000, blank=True)
    price = RupiahField(_("harga"))
    tiers = TiersField(_("harga grosir"))
    step = QuantityField(_("kelipatan"))
    minimum = QuantityField(_("pesanan paling sedikit"))
    lead_days = models.PositiveSmallIntegerField(_("waktu siap (hari)"))
    order_until = models.TimeField(_("jam batas pesan"), null=True, blank=True)
    keeps = models.CharField(_("daya tahan"), max_length=8, choices=Keeps)
    halal_number = models.CharField(_("nomor sertifikat halal"), max_length=24, blank=True)
    pirt_number = models.CharField(_("nomor P-IRT"), max_length=20, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diusulkan oleh")
    )
    created_at = models.DateTimeField(_("dibuat"))
    due_at = models.DateTimeField(_("tenggat"))
    decided_at = models.DateTimeField(_("diputus"), null=True, editable=False)
    # What it would have changed when it was decided (`changed.kept_changes`).
    decided_changes = models.JSONField(_("perubahan saat diputus"), default=dict, blank=True, editable=False)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    objects = querysets.ProposalQuerySet.as_manager()
    machine = PROPOSAL

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["due_at"]
        verbose_name = _("usulan perubahan")
        verbose_name_plural = ngettext_lazy("usulan perubahan", "usulan perubahan", 2)
        constraints = [
            valid_states(PROPOSAL, "proposal_state_known"),
            models.UniqueConstraint(
                fields=["product"], condition=Q(state=ProposalState.WAITING), name="proposal_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.name}"


class ProposalEvent(Event):
    proposal = models.ForeignKey(ChangeProposal, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat usulan perubahan")
        verbose_name_plural = _("riwayat usulan perubahan")


class CurationCheck(models.Model):
    """An automatic finding a curator took note of. What is found is asked anew (`catalogue.checks`): one with another
    `key`, and one of a later round, is another finding."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="checks")
    round_at = models.DateTimeField()  # `checks.round_of`
    key = models.CharField(max_length=24)
    finding = models.CharField(max_length=40)  # a code of `findings.MESSAGES`
    parameters = models.JSONField(default=dict, blank=True)  # as its message keeps them
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()

    class Meta:
        verbose_name = _("temuan kurasi")
        verbose_name_plural = ngettext_lazy("temuan kurasi", "temuan kurasi", 2)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "round_at", "key"], name="finding_once_per_round"),
        ]

    def __str__(self) -> str:
        return self.finding


class PriceChange(AppendOnly):
    """Every price a product ever had. Append-only."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="price_changes")
    old = RupiahField()
    new = RupiahField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        verbose_name = _("perubahan harga")
        verbose_name_plural = ngettext_lazy("perubahan harga", "perubahan harga", 2)
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class TierChange(AppendOnly):
    """The price tiers of goods before and after they were changed. Append-only."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="tier_changes")
    old = TiersField()
    new = TiersField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        verbose_name = _("perubahan harga grosir")
        verbose_name_plural = ngettext_lazy("perubahan harga grosir", "perubahan harga grosir", 2)
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.product_id}: {len(self.old)} → {len(self.new)}"
