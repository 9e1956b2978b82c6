"""States of goods and of change proposals; units, kinds and keeping of goods."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.quantity import grouped
from epeken.core.states import Machine


class ProductState(TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Menunggu kurasi")
    PUBLISHED = "published", _("Tayang")
    SENT_BACK = "sent_back", _("Perlu perbaikan")
    REJECTED = "rejected", _("Ditolak")
    HIDDEN = "hidden", _("Disembunyikan")
    LAPSED = "lapsed", _("Tidak tampil: dokumen berakhir")
    WITHDRAWN = "withdrawn", _("Ditarik")


PRODUCT = Machine(
    ProductState.DRAFT,
    {
        (ProductState.DRAFT, "submit"): ProductState.SUBMITTED,
        (ProductState.SENT_BACK, "submit"): ProductState.SUBMITTED,
        # Its seller saw a mistake before a curator did.
        (ProductState.SUBMITTED, "recall"): ProductState.DRAFT,
        (ProductState.DRAFT, "withdraw"): ProductState.WITHDRAWN,
        (ProductState.SUBMITTED, "withdraw"): ProductState.WITHDRAWN,
        (ProductState.SENT_BACK, "withdraw"): ProductState.WITHDRAWN,
        (ProductState.SUBMITTED, "approve"): ProductState.PUBLISHED,
        (ProductState.SUBMITTED, "send_back"): ProductState.SENT_BACK,
        (ProductState.SUBMITTED, "reject"): ProductState.REJECTED,
        (ProductState.PUBLISHED, "hide"): ProductState.HIDDEN,
        (ProductState.HIDDEN, "show"): ProductState.PUBLISHED,
        # A paper the goods rest on ended, or a verified one holds again (`umkm.validity`).
        (ProductState.PUBLISHED, "lapse"): ProductState.LAPSED,
        (ProductState.LAPSED, "renew"): ProductState.PUBLISHED,
        (ProductState.LAPSED, "hide"): ProductState.HIDDEN,
        (ProductState.LAPSED, "take_down"): ProductState.REJECTED,
        (ProductState.PUBLISHED, "take_down"): ProductState.REJECTED,
        (ProductState.HIDDEN, "take_down"): ProductState.REJECTED,
    },
)


# Of goods, the numbers of the certificates they are sold by.
CERTIFICATES = ("halal_number", "pirt_number")
# What a curator let on show; changes of it wait for one.
ON_SHOW = frozenset({ProductState.PUBLISHED, ProductState.HIDDEN, ProductState.LAPSED})
# Never on show: the seller may delete them.
DELETABLE = frozenset({ProductState.DRAFT, ProductState.SUBMITTED, ProductState.SENT_BACK})
# The seller changes nothing in them.
CLOSED = frozenset({ProductState.SUBMITTED, ProductState.REJECTED, ProductState.WITHDRAWN})
# On show never again.
GONE = frozenset({ProductState.REJECTED, ProductState.WITHDRAWN})


class ProposalState(TextChoices):
    WAITING = "waiting", _("Menunggu kurasi")
    APPLIED = "applied", _("Diterapkan")
    REJECTED = "rejected", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Ditarik")


PROPOSAL = Machine(
    ProposalState.WAITING,
    {
        (ProposalState.WAITING, "apply"): ProposalState.APPLIED,
        (ProposalState.WAITING, "reject"): ProposalState.REJECTED,
        (ProposalState.WAITING, "withdraw"): ProposalState.WITHDRAWN,
    },
)


class Unit(TextChoices):
    PCS = "pcs", _("buah")
    BOX = "box", _("kotak")
    PORTION = "portion", _("porsi")
    PACK = "pack", _("bungkus")
    BOTTLE = "bottle", _("botol")
    GLASS = "glass", _("gelas")
    SHEET = "sheet", _("lembar")
    SET = "set", _("set")
    CARTON = "carton", _("dus")
    REAM = "ream", _("rim")
    KG = "kg", _("kg")
    LITRE = "litre", _("liter")
    METRE = "metre", _("meter")

    def counted(self, quantity: Decimal) -> str:
        """`1 kotak`, `2,5 kg`; in English `2 boxes`."""
        return str(_COUNTED[self] % {"n": grouped(quantity), "count": 1 if quantity == 1 else 2})

    @property
    def plural(self) -> str:
        """What stands beside a box for any number: `kotak`; in English `boxes`."""
        return str(_COUNTED[self] % {"n": "", "count": 2}).strip()


_COUNTED = {
    Unit.PCS: ngettext_lazy("%(n)s buah", "%(n)s buah", "count"),
    Unit.BOX: ngettext_lazy("%(n)s kotak", "%(n)s kotak", "count"),
    Unit.PORTION: ngettext_lazy("%(n)s porsi", "%(n)s porsi", "count"),
    Unit.PACK: ngettext_lazy("%(n)s bungkus", "%(n)s bungkus", "count"),
    Unit.BOTTLE: ngettext_lazy("%(n)s botol", "%(n)s botol", "count"),
    Unit.GLASS: ngettext_lazy("%(n)s gelas", "%(n)s gelas", "count"),
    Unit.SHEET: ngettext_lazy("%(n)s lembar", "%(n)s lembar", "count"),
    Unit.SET: ngettext_lazy("%(n)s set", "%(n)s set", "count"),
    Unit.CARTON: ngettext_lazy("%(n)s dus", "%(n)s dus", "count"),
    Unit.REAM: ngettext_lazy("%(n)s rim", "%(n)s rim", "count"),
    Unit.KG: ngettext_lazy("%(n)s kg", "%(n)s kg", "count"),
    Unit.LITRE: ngettext_lazy("%(n)s liter", "%(n)s liter", "count"),
    Unit.METRE: ngettext_lazy("%(n)s meter", "%(n)s meter", "count"),
}


class FoodKind(TextChoices):
    """Decides the income tax of a department's meal: catering bears PPh 23, shop food PPh 22 (DOMAIN: tax)."""

    NONE = "none", _("Bukan makanan siap saji")
    CATERING = "catering", _("Katering (diantar dan disajikan di tempat pemesan)")
    SHOP = "shop", _("Makanan warung atau stan")


class Keeps(TextChoices):
    """How long goods keep: decides when silence after arrival means accepted."""

    COOKED = "cooked", _("Matang, hari itu juga")
    FRESH = "fresh", _("Segar")
    DRY = "dry", _("Kering atau tahan lama")
    OTHER = "other", _("Bukan makanan")


class StockMode(TextChoices):
    STOCK = "stock", _("Stok barang jadi")
    DAILY = "daily", _("Kapasitas per hari")
