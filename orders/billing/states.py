"""States of what is owed, invoiced and paid; ways to pay; kinds of tax.

- Commitment: one per order, born with it. Department: committed → settled or void. Person: pending → settled or void.
- Invoice: one per accepted delivery (void ones apart), born with its BAST. Department: issued → verified → approved →
  paid, or void while nothing is paid: another takes its place, or nothing of its goods is kept. Person: issued → paid.
  A decided dispute lowers it (`deduct`) while it is not paid. While it is not paid it may be held (`hold`): nobody
  checks, approves or pays it until it is resumed.
- Payment: money that changed hands for an invoice, whole or in part. Append-only, without states; a wrong one is
  reversed (orders/reversals), which takes invoice, commitment and order back to where they were before it.

A commitment (government accounting: *commitment*, Indonesian *komitmen*) is what an order binds of a budget, or what a
person owes, before there is an invoice. It becomes smaller (`reduce`) once no further delivery is expected and part of
the goods was not accepted, and is settled when every invoice is paid. It is void when the order is closed.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class CommitmentState(TextChoices):
    COMMITTED = "committed", _("Anggaran terikat")
    PENDING = "pending", _("Bayar saat diterima")
    SETTLED = "settled", _("Lunas")
    VOID = "void", _("Gugur")


COMMITMENT = Machine(
    CommitmentState.COMMITTED,
    {
        (CommitmentState.COMMITTED, "reduce"): CommitmentState.COMMITTED,
        # By an addendum of the surat pesanan: more or less. By a decision that counts goods as accepted: more.
        (CommitmentState.COMMITTED, "amend"): CommitmentState.COMMITTED,
        (CommitmentState.COMMITTED, "settle"): CommitmentState.SETTLED,
        (CommitmentState.COMMITTED, "void"): CommitmentState.VOID,
        # A payment it was settled by was reversed.
        (CommitmentState.SETTLED, "reopen"): CommitmentState.COMMITTED,
        (CommitmentState.PENDING, "reduce"): CommitmentState.PENDING,
        (CommitmentState.PENDING, "amend"): CommitmentState.PENDING,
        (CommitmentState.PENDING, "settle"): CommitmentState.SETTLED,
        (CommitmentState.PENDING, "void"): CommitmentState.VOID,
    },
)


class InvoiceState(TextChoices):
    ISSUED = "issued", _("Menunggu pembayaran")
    VERIFIED = "verified", _("Berkas lengkap, menunggu persetujuan bayar")
    APPROVED = "approved", _("Disetujui, siap dibayar")
    PAID = "paid", _("Dibayar")
    VOID = "void", _("Tagihan dibatalkan")


# What is still to be paid, in the order of its way.
UNPAID = (InvoiceState.ISSUED, InvoiceState.VERIFIED, InvoiceState.APPROVED)

# A treasurer verifies, the head or the PPK approves the payment, the treasurer pays; a seller collects cash. A wrong
# invoice is void and another takes its place; one whose goods a decision refuses has none.
INVOICE = Machine(
    InvoiceState.ISSUED,
    {
        (InvoiceState.ISSUED, "verify"): InvoiceState.VERIFIED,
        (InvoiceState.VERIFIED, "approve"): InvoiceState.APPROVED,
        # The approver sends it back to the treasurer, who checks it again.
        (InvoiceState.VERIFIED, "return"): InvoiceState.ISSUED,
        # What was approved is no longer what is to be paid: it is approved again.
        (InvoiceState.APPROVED, "disapprove"): InvoiceState.VERIFIED,
        (InvoiceState.APPROVED, "pay"): InvoiceState.PAID,
        **{(state, action): state for state in UNPAID for action in ("hold", "resume")},
        (InvoiceState.ISSUED, "collect"): InvoiceState.PAID,
        # A later year's budget bears it: what was approved was to be paid from another line.
        (InvoiceState.ISSUED, "carry"): InvoiceState.ISSUED,
        (InvoiceState.VERIFIED, "carry"): InvoiceState.VERIFIED,
        (InvoiceState.APPROVED, "carry"): InvoiceState.VERIFIED,
        # By the decision of a dispute less is to be paid; a treasurer checks it again. Nothing left: settled.
        (InvoiceState.ISSUED, "deduct"): InvoiceState.ISSUED,
        (InvoiceState.VERIFIED, "deduct"): InvoiceState.ISSUED,
        (InvoiceState.APPROVED, "deduct"): InvoiceState.ISSUED,
        (InvoiceState.ISSUED, "settle"): InvoiceState.PAID,
        # A payment is reversed: it is to be approved and paid again, on the documents that were checked. Settled by a
        # decision, it was not checked since, and is checked first.
        (InvoiceState.ISSUED, "reverse"): InvoiceState.ISSUED,
        (InvoiceState.VERIFIED, "reverse"): InvoiceState.VERIFIED,
        (InvoiceState.APPROVED, "reverse"): InvoiceState.VERIFIED,
        (InvoiceState.PAID, "reverse"): InvoiceState.VERIFIED,
        (InvoiceState.PAID, "reverse_settled"): InvoiceState.ISSUED,
        (InvoiceState.ISSUED, "void"): InvoiceState.VOID,
        (InvoiceState.VERIFIED, "void"): InvoiceState.VOID,
        (InvoiceState.APPROVED, "void"): InvoiceState.VOID,
    },
)


class HoldReason(TextChoices):
    """Why a treasurer or an approver holds an invoice. The seller reads it. Nobody chooses `DEBT`: what the head
    decides at the end of the budget year holds it (orders/year_end), until that is withdrawn or a later year bears it.
    """

    PAPERS = "papers", _("Berkas belum lengkap")
    TAX_INVOICE = "tax_invoice", _("Faktur pajak belum ada")
    BANK = "bank", _("Data rekening keliru")
    AMOUNT = "amount", _("Jumlahnya keliru")
    BUDGET = "budget", _("Anggaran belum dapat dicairkan")
    DEBT = "debt", _("Diakui utang, dibayar dari anggaran tahun berikutnya")
    OTHER = "other", _("Lainnya")


class ApprovalEnd(TextChoices):
    """Why an approval of a payment holds no longer."""

    DISPUTE = "dispute", _("Keluhan atas pesanannya sudah diputus")
    LOWERED = "lowered", _("Tagihannya dipotong menurut keputusan keluhan")
    REPLACED = "replaced", _("Tagihannya diganti tagihan baru")
    REVERSED = "reversed", _("Pembayarannya dibatalkan")


class ChecklistItem(TextChoices):
    """What a treasurer checks before an invoice is called complete (`checklist`)."""

    BAST = "bast", _("BAST sudah terbit")
    QUANTITY = "quantity", _("Jumlah barang sama dengan BAST")
    PRICE = "price", _("Harga sama dengan surat pesanan")
    TAX = "tax", _("Rincian pajak sama dengan jumlahnya")
    SPLIT = "split", _("Sudah diputus apakah belanja ini dipecah")
    BANK = "bank", _("Rekening penjual tercatat")
    APPROVER = "approver", _("Ada pejabat yang dapat menyetujui pembayaran")
    TAX_INVOICE = "tax_invoice", _("Faktur pajak penjual ada dan cocok")
    PAPERS = "papers", _("Berkas pendukung sudah saya buka dan cocok")


class PaymentMethod(TextChoices):
    UP_GU = "up_gu", _("Uang persediaan (UP/GU)")
    LS = "ls", _("Langsung (LS), SP2D")
    KKPD = "kkpd", _("Kartu kredit pemerintah daerah (KKPD)")
    TRANSFER = "transfer", _("Transfer bank")
    CASH = "cash", _("Tunai saat diterima (COD)")


# Whose payment bears a number: of an SP2D, a transfer or a card slip.
NEEDS_REFERENCE = (PaymentMethod.LS, PaymentMethod.KKPD, PaymentMethod.TRANSFER)


class TaxRegime(TextChoices):
    TREASURER = "treasurer", _("Dipungut bendahara")
    PLATFORM = "platform", _("Dipungut penyelenggara pasar")


class TaxKind(TextChoices):
    PPH22 = "pph22", _("PPh 22")
    PPH22_FINAL = "pph22_final", _("PPh final 0,5% (PP 55/2022)")
    PPH23 = "pph23", _("PPh 23 jasa boga")
    PPN = "ppn", _("PPN")
