"""Four small machines of an order: agreement, delivery, money, dispute."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class InvoiceState(TextChoices):
    COMMITTED = "committed", _("Anggaran terikat")
    PENDING = "pending", _("Bayar saat diterima")
    BILLED = "billed", _("Menunggu bendahara")
    VERIFIED = "verified", _("Berkas lengkap, siap dibayar")
    PAID = "paid", _("Dibayar")
    REFUNDED = "refunded", _("Dikembalikan")
    VOID = "void", _("Gugur")


INVOICE = Machine(
    InvoiceState.COMMITTED,
    {
        (InvoiceState.COMMITTED, "invoice"): InvoiceState.BILLED,
        (InvoiceState.COMMITTED, "void"): InvoiceState.VOID,
        (InvoiceState.BILLED, "verify"): InvoiceState.VERIFIED,
        (InvoiceState.VERIFIED, "pay"): InvoiceState.PAID,
        (InvoiceState.PENDING, "pay"): InvoiceState.PAID,
        (InvoiceState.PENDING, "void"): InvoiceState.VOID,
        (InvoiceState.PAID, "refund"): InvoiceState.REFUNDED,
    },
)


class PaymentMethod(TextChoices):
    UP_GU = "up_gu", _("Uang persediaan (UP/GU)")
    LS = "ls", _("Langsung (LS), SP2D")
    KKPD = "kkpd", _("Kartu kredit pemerintah daerah (KKPD)")
    TRANSFER = "transfer", _("Transfer bank")
    CASH = "cash", _("Tunai saat diterima (COD)")


class TaxKind(TextChoices):
    PPH22 = "pph22", _("PPh 22")
    PPH22_FINAL = "pph22_final", _("PPh final 0,5% (PP 55/2022)")
    PPH23 = "pph23", _("PPh 23 jasa boga")
    PPN = "ppn", _("PPN")
