"""Four small machines of an order: agreement, receipt, money, dispute."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class Channel(TextChoices):
    AGENCY = "agency", _("Dinas")
    ASN = "asn", _("ASN")
    CITIZEN = "citizen", _("Warga")


class DeliveryMethod(TextChoices):
    SELLER = "seller", _("Diantar penjual")
    PICKUP = "pickup", _("Diambil di toko")


class OrderState(TextChoices):
    PLACED = "placed", _("Menunggu penjual")
    ACCEPTED = "accepted", _("Disanggupi penjual")
    FINISHED = "finished", _("Selesai")
    CLOSED = "closed", _("Batal")


ORDER = Machine(
    OrderState.PLACED,
    {
        (OrderState.PLACED, "accept"): OrderState.ACCEPTED,
        (OrderState.PLACED, "close"): OrderState.CLOSED,
        (OrderState.ACCEPTED, "close"): OrderState.CLOSED,
        (OrderState.ACCEPTED, "finish"): OrderState.FINISHED,
    },
)


class CloseReason(TextChoices):
    NO_ANSWER = "no_answer", _("Penjual tidak menjawab sampai batas waktu")
    SELLER_DECLINED = "seller_declined", _("Penjual tidak sanggup")
    BUYER_CANCELLED = "buyer_cancelled", _("Dibatalkan pemesan")
    ALL_REJECTED = "all_rejected", _("Semua barang ditolak saat pemeriksaan")


class ReceiptState(TextChoices):
    SHIPPED = "shipped", _("Dalam perjalanan")
    ARRIVED = "arrived", _("Tiba, menunggu pemeriksaan")
    INSPECTED = "inspected", _("Diperiksa, menunggu BAST")
    ACCEPTED = "accepted", _("Diterima")
    REJECTED = "rejected", _("Ditolak")


RECEIPT = Machine(
    ReceiptState.SHIPPED,
    {
        (ReceiptState.SHIPPED, "arrive"): ReceiptState.ARRIVED,
        (ReceiptState.ARRIVED, "inspect"): ReceiptState.INSPECTED,
        (ReceiptState.INSPECTED, "accept"): ReceiptState.ACCEPTED,
        (ReceiptState.INSPECTED, "reject"): ReceiptState.REJECTED,
    },
)


class BillState(TextChoices):
    COMMITTED = "committed", _("Anggaran terikat")
    PENDING = "pending", _("Bayar saat diterima")
    BILLED = "billed", _("Menunggu bendahara")
    VERIFIED = "verified", _("Berkas lengkap, siap dibayar")
    PAID = "paid", _("Dibayar")
    REFUNDED = "refunded", _("Dikembalikan")
    VOID = "void", _("Gugur")


BILL = Machine(
    BillState.COMMITTED,
    {
        (BillState.COMMITTED, "bill"): BillState.BILLED,
        (BillState.COMMITTED, "void"): BillState.VOID,
        (BillState.BILLED, "verify"): BillState.VERIFIED,
        (BillState.VERIFIED, "pay"): BillState.PAID,
        (BillState.PENDING, "pay"): BillState.PAID,
        (BillState.PENDING, "void"): BillState.VOID,
        (BillState.PAID, "refund"): BillState.REFUNDED,
    },
)


class PaymentMethod(TextChoices):
    UP_GU = "up_gu", _("Uang persediaan (UP/GU)")
    LS = "ls", _("Langsung (LS), SP2D")
    KKPD = "kkpd", _("Kartu kredit pemerintah daerah (KKPD)")
    TRANSFER = "transfer", _("Transfer bank")
    CASH = "cash", _("Tunai saat diterima (COD)")


class DisputeState(TextChoices):
    OPENED = "opened", _("Menunggu jawaban")
    ANSWERED = "answered", _("Dijawab, menunggu keputusan")
    DECIDED = "decided", _("Diputus")


DISPUTE = Machine(
    DisputeState.OPENED,
    {
        (DisputeState.OPENED, "answer"): DisputeState.ANSWERED,
        (DisputeState.ANSWERED, "decide"): DisputeState.DECIDED,
        (DisputeState.OPENED, "decide"): DisputeState.DECIDED,
    },
)


class TaxKind(TextChoices):
    PPH22 = "pph22", _("PPh 22")
    PPH22_FINAL = "pph22_final", _("PPh final 0,5% (PP 55/2022)")
    PPH23 = "pph23", _("PPh 23 jasa boga")
    PPN = "ppn", _("PPN")


class DocumentKind(TextChoices):
    REQUEST = "request", _("Permintaan dan persetujuan")
    PURCHASE_ORDER = "purchase_order", _("Surat pesanan")
    DELIVERY_NOTE = "delivery_note", _("Surat jalan")
    INSPECTION = "inspection", _("Pemeriksaan barang")
    BAST = "bast", _("Berita acara serah terima (BAST)")
    INVOICE = "invoice", _("Tagihan")
    RECEIPT = "kuitansi", _("Kuitansi")
    TAX_SHEET = "tax_sheet", _("Lembar pajak")
    PAYMENT = "payment", _("Bukti pembayaran")
    SPJ = "spj", _("Berkas SPJ lengkap")


class AttachmentKind(TextChoices):
    INVITATION = "invitation", _("Undangan")
    ATTENDANCE = "attendance", _("Daftar hadir")
    MINUTES = "minutes", _("Notulen")
    OTHER = "other", _("Lainnya")
