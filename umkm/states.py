"""Words and transition tables of sellers and their goods."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class SellerKind(TextChoices):
    UMKM = "umkm", _("UMKM (produsen)")
    SWK = "swk", _("Stan SWK")
    KELONTONG = "kelontong", _("Toko kelontong")


class SellerForm(TextChoices):
    PERSON = "person", _("Perorangan")
    BODY = "body", _("Badan usaha")


class SellerState(TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Menunggu pemeriksaan")
    SENT_BACK = "sent_back", _("Perlu perbaikan")
    ACTIVE = "active", _("Aktif")
    REJECTED = "rejected", _("Ditolak")
    FROZEN = "frozen", _("Dibekukan")


SELLER = Machine(
    SellerState.DRAFT,
    {
        (SellerState.DRAFT, "submit"): SellerState.SUBMITTED,
        (SellerState.SENT_BACK, "submit"): SellerState.SUBMITTED,
        (SellerState.SUBMITTED, "approve"): SellerState.ACTIVE,
        (SellerState.SUBMITTED, "send_back"): SellerState.SENT_BACK,
        (SellerState.SUBMITTED, "reject"): SellerState.REJECTED,
        (SellerState.ACTIVE, "freeze"): SellerState.FROZEN,
        (SellerState.FROZEN, "restore"): SellerState.ACTIVE,
    },
)


class CaseState(TextChoices):
    CHECKING = "checking", _("Diperiksa otomatis")
    WAITING = "waiting", _("Menunggu verifikator")
    APPROVED = "approved", _("Disetujui")
    SENT_BACK = "sent_back", _("Dikembalikan")
    REJECTED = "rejected", _("Ditolak")


CASE = Machine(
    CaseState.CHECKING,
    {
        (CaseState.CHECKING, "check"): CaseState.WAITING,
        (CaseState.WAITING, "approve"): CaseState.APPROVED,
        (CaseState.WAITING, "send_back"): CaseState.SENT_BACK,
        (CaseState.WAITING, "reject"): CaseState.REJECTED,
    },
)


class CheckResult(TextChoices):
    PASS = "pass", _("Sesuai")
    WARN = "warn", _("Perlu dilihat")
    FAIL = "fail", _("Tidak sesuai")


class RejectReason(TextChoices):
    NOT_SURABAYA = "not_surabaya", _("Usaha tidak berada di Surabaya")
    NOT_PRODUCER = "not_producer", _("Bukan produsen sendiri")
    DUPLICATE = "duplicate", _("Sudah terdaftar")
    FALSE_DATA = "false_data", _("Data atau dokumen tidak benar")
    BANNED_GOODS = "banned_goods", _("Barang yang dilarang")
    OTHER = "other", _("Lainnya")


class DocumentKind(TextChoices):
    KTP = "ktp", _("Foto KTP")
    SHOP_FRONT = "shop_front", _("Foto depan toko")
    PRODUCTION = "production", _("Foto tempat produksi")
    STALL = "stall", _("Foto stan")
    STALL_LETTER = "stall_letter", _("Surat pengelola SWK")
    NIB = "nib", _("NIB")
    NPWP = "npwp", _("NPWP")
    PIRT = "pirt", _("P-IRT")
    HALAL = "halal", _("Sertifikat halal")


class Weekday(TextChoices):
    MON = "1", _("Senin")
    TUE = "2", _("Selasa")
    WED = "3", _("Rabu")
    THU = "4", _("Kamis")
    FRI = "5", _("Jumat")
    SAT = "6", _("Sabtu")
    SUN = "7", _("Minggu")


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


class StockMove(TextChoices):
    RECEIVE = "receive", _("Masuk")
    HOLD = "hold", _("Ditahan untuk pesanan")
    RELEASE = "release", _("Dilepas kembali")
    DELIVER = "deliver", _("Diserahkan")
    CORRECT = "correct", _("Koreksi hitung")
