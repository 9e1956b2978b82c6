"""Kinds and states of a seller's tax papers.

A paper waits for a verifier; verified it counts on the days it holds. It ends before its time when the tax office takes
it back. Silence leaves it waiting: a paper nobody verified counts for nothing.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class TaxPaperKind(TextChoices):
    CERTIFICATE = "certificate", _("Surat keterangan PP 55")
    STATEMENT = "statement", _("Surat pernyataan omzet")
    PKP = "pkp", _("Surat pengukuhan PKP (SPPKP)")


class TaxPaperState(TextChoices):
    WAITING = "waiting", _("Menunggu verifikator")
    VERIFIED = "verified", _("Diverifikasi")
    REJECTED = "rejected", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Ditarik penjual")
    ENDED = "ended", _("Dicabut")


TAX_PAPER = Machine(
    TaxPaperState.WAITING,
    {
        (TaxPaperState.WAITING, "verify"): TaxPaperState.VERIFIED,
        (TaxPaperState.WAITING, "reject"): TaxPaperState.REJECTED,
        (TaxPaperState.WAITING, "withdraw"): TaxPaperState.WITHDRAWN,
        (TaxPaperState.VERIFIED, "end"): TaxPaperState.ENDED,
    },
)
# A verifier found it true: it counts from its first to its last day.
PROVEN = (TaxPaperState.VERIFIED, TaxPaperState.ENDED)
