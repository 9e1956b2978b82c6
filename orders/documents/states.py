"""Kinds of documents and attachments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from procurement.attachments.states import RequestFileKind


class DocumentKind(TextChoices):
    REQUEST = "request", _("Permintaan dan persetujuan")
    COMPARISON = "comparison", _("Lembar perbandingan")
    ROTATION = "rotation", _("Berita acara undian giliran")
    QUOTATION = "quotation", _("Berita acara permintaan penawaran")
    NEGOTIATION = "negotiation", _("Berita acara negosiasi")
    PURCHASE_ORDER = "purchase_order", _("Surat pesanan")
    CANCELLATION = "cancellation", _("Kesepakatan pembatalan")
    DECISION = "decision", _("Keputusan keluhan")
    DELIVERY_NOTE = "delivery_note", _("Surat jalan")
    INSPECTION = "inspection", _("Pemeriksaan barang")
    BAST = "bast", _("Berita acara serah terima (BAST)")
    INVOICE = "invoice", _("Tagihan")
    KUITANSI = "kuitansi", _("Kuitansi")
    TAX_SHEET = "tax_sheet", _("Lembar pajak")
    PAYMENT = "payment", _("Bukti pembayaran")
    SPJ = "spj", _("Berkas SPJ lengkap")


class AttachmentKind(TextChoices):
    """What only the office has, in filing order. A request's files have their places here too."""

    TERMS = RequestFileKind.TERMS.value, RequestFileKind.TERMS.label
    ESTIMATE = RequestFileKind.ESTIMATE.value, RequestFileKind.ESTIMATE.label
    INVITATION = RequestFileKind.INVITATION.value, RequestFileKind.INVITATION.label
    PARTICIPANTS = RequestFileKind.PARTICIPANTS.value, RequestFileKind.PARTICIPANTS.label
    ATTENDANCE = "attendance", _("Daftar hadir")
    MINUTES = "minutes", _("Notulen")
    OTHER = "other", _("Lainnya")
