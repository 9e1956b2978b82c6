"""States of what is owed, invoiced and paid; ways to pay; kinds of tax.

- Commitment: one per order, born with it. Department: committed → settled or void. Person: pending → settled or void.
- Invoice: one per accepted delivery (void ones apart), born with its BAST. Department: issued → verified → paid, or
  void while nothing is paid. Person: issued → paid. A decided dispute lowers it (`deduct`) while it is not paid.
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
        (CommitmentState.COMMITTED, "settle"): CommitmentState.SETTLED,
        (CommitmentState.COMMITTED, "void"): CommitmentState.VOID,
        # A payment it was settled by was reversed.
        (CommitmentState.SETTLED, "reopen"): CommitmentState.COMMITTED,
        (CommitmentState.PENDING, "reduce"): CommitmentState.PENDING,
        (CommitmentState.PENDING, "settle"): CommitmentState.SETTLED,
        (CommitmentState.PENDING, "void"): CommitmentState.VOID,
    },
)


class InvoiceState(TextChoices):
    ISSUED = "issued", _("Menunggu pembayaran")
    VERIFIED = "verified", _("Berkas lengkap, siap dibayar")
    PAID = "paid", _("Dibayar")
    VOID = "void", _("Dibatalkan, diganti tagihan baru")


# A treasurer verifies, then pays; a seller collects cash. A wrong invoice is void and another takes its place.
INVOICE = Machine(
    InvoiceState.ISSUED,
    {
        (InvoiceState.ISSUED, "verify"): InvoiceState.VERIFIED,
        (InvoiceState.VERIFIED, "pay"): InvoiceState.PAID,
        (InvoiceState.ISSUED, "collect"): InvoiceState.PAID,
        # By the decision of a dispute less is to be paid; a treasurer checks it again. Nothing left: settled.
        (InvoiceState.ISSUED, "deduct"): InvoiceState.ISSUED,
        (InvoiceState.VERIFIED, "deduct"): InvoiceState.ISSUED,
        (InvoiceState.ISSUED, "settle"): InvoiceState.PAID,
        # A payment is reversed: it is to be paid again, on the documents that were checked. Settled by a decision, it
        # was not checked since, and is checked first.
        (InvoiceState.ISSUED, "reverse"): InvoiceState.ISSUED,
        (InvoiceState.VERIFIED, "reverse"): InvoiceState.VERIFIED,
        (InvoiceState.PAID, "reverse"): InvoiceState.VERIFIED,
        (InvoiceState.PAID, "reverse_settled"): InvoiceState.ISSUED,
        (InvoiceState.ISSUED, "void"): InvoiceState.VOID,
        (InvoiceState.VERIFIED, "void"): InvoiceState.VOID,
    },
)


class PaymentMethod(TextChoices):
    UP_GU = "up_gu", _("Uang persediaan (UP/GU)")
    LS = "ls", _("Langsung (LS), SP2D")
    KKPD = "kkpd", _("Kartu kredit pemerintah daerah (KKPD)")
    TRANSFER = "transfer", _("Transfer bank")
    CASH = "cash", _("Tunai saat diterima (COD)")


class TaxRegime(TextChoices):
    TREASURER = "treasurer", _("Dipungut bendahara")
    PLATFORM = "platform", _("Dipungut penyelenggara pasar")


class TaxKind(TextChoices):
    PPH22 = "pph22", _("PPh 22")
    PPH22_FINAL = "pph22_final", _("PPh final 0,5% (PP 55/2022)")
    PPH23 = "pph23", _("PPh 23 jasa boga")
    PPN = "ppn", _("PPN")
