"""Kinds of documents and attachments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from procurement.attachments.states import FILE_SLUGS, RequestFileKind


class DocumentKind(TextChoices):
    REQUEST = "request", _("Permintaan dan persetujuan")
    COMPARISON = "comparison", _("Lembar perbandingan")
    ROTATION = "rotation", _("Berita acara undian giliran")
    QUOTATION = "quotation", _("Berita acara permintaan penawaran")
    NEGOTIATION = "negotiation", _("Berita acara negosiasi")
    PURCHASE_ORDER = "purchase_order", _("Surat pesanan")
    ADDENDUM = "addendum", _("Adendum surat pesanan")
    CANCELLATION = "cancellation", _("Kesepakatan pembatalan")
    DECISION = "decision", _("Keputusan keluhan")
    DELIVERY_NOTE = "delivery_note", _("Surat jalan")
    INSPECTION = "inspection", _("Pemeriksaan barang")
    BAST = "bast", _("Berita acara serah terima (BAST)")
    INVOICE = "invoice", _("Tagihan")
    DEBT = "debt", _("Pembebanan utang")
    KUITANSI = "kuitansi", _("Kuitansi")
    TAX_SHEET = "tax_sheet", _("Lembar pajak")
    PART_PAYMENT = "part_payment", _("Bukti pembayaran sebagian")
    PAYMENT = "payment", _("Bukti pembayaran")
    SPJ = "spj", _("Berkas SPJ lengkap")


class VoidReason(TextChoices):
    """Why an edition is marked BATAL."""

    ORDER_CLOSED = "closed", _("pesanannya batal")
    INVOICE_REPLACED = "replaced", _("tagihannya batal dan diganti tagihan lain")
    ALL_DEDUCTED = "deducted", _("tagihannya dipotong seluruhnya menurut keputusan keluhan")
    ALL_REFUSED = "refused", _("barangnya ditolak seluruhnya menurut keputusan keluhan")
    PAYMENT_REVERSED = "reversed", _("pembayaran yang tertulis di dokumen ini dibatalkan")
    SHIPMENT_WITHDRAWN = "unsent", _("penjual keliru mencatat kiriman ini")
    APPROVAL_DROPPED = "dropped", _("persetujuan bayar yang tertulis di dokumen ini tidak berlaku lagi")


# How the field calls each, in its address and in the name of its file.
SLUGS = {
    DocumentKind.REQUEST: "permintaan",
    DocumentKind.COMPARISON: "lembar-perbandingan",
    DocumentKind.ROTATION: "berita-acara-undian",
    DocumentKind.QUOTATION: "berita-acara-penawaran",
    DocumentKind.NEGOTIATION: "berita-acara-negosiasi",
    DocumentKind.PURCHASE_ORDER: "surat-pesanan",
    DocumentKind.ADDENDUM: "adendum",
    DocumentKind.CANCELLATION: "kesepakatan-pembatalan",
    DocumentKind.DECISION: "keputusan-keluhan",
    DocumentKind.DELIVERY_NOTE: "surat-jalan",
    DocumentKind.INSPECTION: "lembar-pemeriksaan",
    DocumentKind.BAST: "berita-acara-serah-terima",
    DocumentKind.INVOICE: "tagihan",
    DocumentKind.DEBT: "pembebanan-utang",
    DocumentKind.KUITANSI: "kuitansi",
    DocumentKind.TAX_SHEET: "lembar-pajak",
    DocumentKind.PART_PAYMENT: "bukti-pembayaran-sebagian",
    DocumentKind.PAYMENT: "bukti-pembayaran",
    DocumentKind.SPJ: "spj",
}


class AttachmentKind(TextChoices):
    """What the system does not make, in filing order. A request's files have their places here too."""

    TERMS = RequestFileKind.TERMS.value, RequestFileKind.TERMS.label
    ESTIMATE = RequestFileKind.ESTIMATE.value, RequestFileKind.ESTIMATE.label
    INVITATION = RequestFileKind.INVITATION.value, RequestFileKind.INVITATION.label
    PARTICIPANTS = RequestFileKind.PARTICIPANTS.value, RequestFileKind.PARTICIPANTS.label
    ATTENDANCE = "attendance", _("Daftar hadir")
    MINUTES = "minutes", _("Notulen")
    REPORT = "report", _("Laporan kegiatan")
    ACTIVITY = "activity", _("Foto kegiatan")
    RECIPIENTS = "recipients", _("Daftar penerima barang")
    PLACED_PHOTO = "placed_photo", _("Foto bertitik lokasi")  # brought by the inspection (orders/photo_places)
    TAX_INVOICE = "tax_invoice", _("Faktur pajak")  # brought by the seller (orders/tax_invoices)
    TAX_DEPOSIT = "tax_deposit", _("Bukti setor pajak (BPN)")  # of the treasurer's deposit (orders/tax_deposits)
    TAX_SLIP = "tax_slip", _("Bukti potong")  # the copy the treasurer recorded (orders/tax_slips)
    OTHER = "other", _("Lainnya")


# Each bill that wants one has its own, from an act on another page.
OF_BILLS = (AttachmentKind.TAX_INVOICE.value, AttachmentKind.TAX_DEPOSIT.value, AttachmentKind.TAX_SLIP.value)
# Of these, what there is only once the bill is paid.
AFTER_PAYMENT = (AttachmentKind.TAX_DEPOSIT.value, AttachmentKind.TAX_SLIP.value)
# Of an event, what nobody has before it took place.
AFTER_EVENT = (
    AttachmentKind.ATTENDANCE.value, AttachmentKind.MINUTES.value, AttachmentKind.REPORT.value,
    AttachmentKind.ACTIVITY.value,
)  # fmt: skip
# What the office uploads.
BY_OFFICE = tuple(kind for kind in AttachmentKind.values if kind not in OF_BILLS)

ATTACHMENT_SLUGS = FILE_SLUGS | {
    AttachmentKind.ATTENDANCE.value: "daftar-hadir",
    AttachmentKind.MINUTES.value: "notulen",
    AttachmentKind.REPORT.value: "laporan-kegiatan",
    AttachmentKind.ACTIVITY.value: "foto-kegiatan",
    AttachmentKind.RECIPIENTS.value: "daftar-penerima",
    AttachmentKind.PLACED_PHOTO.value: "foto-bertitik-lokasi",
    AttachmentKind.TAX_INVOICE.value: "faktur-pajak",
    AttachmentKind.TAX_DEPOSIT.value: "bukti-setor-pajak",
    AttachmentKind.TAX_SLIP.value: "bukti-potong",
}


class WaiverReason(TextChoices):
    """Why a required paper is not asked for."""

    NOT_MADE = "not_made", _("Kegiatannya tidak menghasilkan berkas ini")
    ELSEWHERE = "elsewhere", _("Ada dalam berkas pertanggungjawaban lain")
    LOST = "lost", _("Hilang atau rusak, tidak dapat dibuat lagi")
    OTHER = "other", _("Lainnya")
