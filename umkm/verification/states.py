"""States of a verification case; its findings, reasons and documents."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class CaseState(TextChoices):
    CHECKING = "checking", _("Diperiksa otomatis")
    WAITING = "waiting", _("Menunggu verifikator")
    APPROVED = "approved", _("Disetujui")
    SENT_BACK = "sent_back", _("Dikembalikan")
    REJECTED = "rejected", _("Ditolak")


# Nobody decided yet.
OPEN_STATES = (CaseState.CHECKING, CaseState.WAITING)

CASE = Machine(
    CaseState.CHECKING,
    {
        (CaseState.CHECKING, "check"): CaseState.WAITING,
        (CaseState.WAITING, "approve"): CaseState.APPROVED,
        (CaseState.WAITING, "send_back"): CaseState.SENT_BACK,
        (CaseState.WAITING, "reject"): CaseState.REJECTED,
    },
)


class RejectReason(TextChoices):
    OUTSIDE_CITY = "outside_city", _("Usaha tidak berada di kota ini")
    NOT_PRODUCER = "not_producer", _("Bukan produsen sendiri")
    DUPLICATE = "duplicate", _("Sudah terdaftar")
    FALSE_DATA = "false_data", _("Data atau dokumen tidak benar")
    BANNED_GOODS = "banned_goods", _("Barang yang dilarang")
    OTHER = "other", _("Lainnya")


class LookPurpose(TextChoices):
    """Why an officer looked at identity data. The first six follow from what they do there; the others are what an
    officer says."""

    CASE = "case", _("memeriksa pendaftaran")
    CHANGE = "change", _("memeriksa usul perubahan data")
    TAX = "tax", _("memeriksa surat pajak")
    PAYMENT = "payment", _("membayar hak toko ini")
    COMPARE = "compare", _("membandingkan dengan pendaftaran toko lain")
    ASSIST = "assist", _("membantu mengisi pendaftaran")
    MATCH = "match", _("mencocokkan dengan dokumen aslinya")
    OWNER = "owner", _("menjawab pertanyaan pemilik")
    REPORT = "report", _("menindaklanjuti laporan atau keluhan")
    CONTROL = "control", _("diminta pengawas atau penegak hukum")


ASKED_PURPOSES = (LookPurpose.MATCH, LookPurpose.OWNER, LookPurpose.REPORT, LookPurpose.CONTROL)


class SellerDocumentKind(TextChoices):
    KTP = "ktp", _("Foto KTP")
    SHOP_FRONT = "shop_front", _("Foto depan toko")
    PRODUCTION = "production", _("Foto tempat produksi")
    STALL = "stall", _("Foto stan")
    STALL_LETTER = "stall_letter", _("Surat pengelola SWK")
    NIB = "nib_letter", _("Surat NIB")
    NPWP = "npwp_card", _("Kartu NPWP")
    PIRT = "pirt", _("Sertifikat P-IRT")
    HALAL = "halal", _("Sertifikat halal")
    BANK_BOOK = "bank_book", _("Foto buku rekening")
