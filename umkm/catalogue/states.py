"""States of goods and of change proposals; units, kinds and keeping of goods."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class ProductState(TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Menunggu kurasi")
    PUBLISHED = "published", _("Tayang")
    SENT_BACK = "sent_back", _("Perlu perbaikan")
    REJECTED = "rejected", _("Ditolak")
    HIDDEN = "hidden", _("Disembunyikan")


PRODUCT = Machine(
    ProductState.DRAFT,
    {
        (ProductState.DRAFT, "submit"): ProductState.SUBMITTED,
        (ProductState.SENT_BACK, "submit"): ProductState.SUBMITTED,
        (ProductState.SUBMITTED, "approve"): ProductState.PUBLISHED,
        (ProductState.SUBMITTED, "send_back"): ProductState.SENT_BACK,
        (ProductState.SUBMITTED, "reject"): ProductState.REJECTED,
        (ProductState.PUBLISHED, "hide"): ProductState.HIDDEN,
        (ProductState.HIDDEN, "show"): ProductState.PUBLISHED,
        (ProductState.PUBLISHED, "take_down"): ProductState.REJECTED,
        (ProductState.HIDDEN, "take_down"): ProductState.REJECTED,
    },
)


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
