"""States of a cancellation, and its coded reasons by side.

Until the seller accepted, the buyer cancels in one step: DIRECT. So does a buyer whose seller let the agreed time pass
with nothing sent. Otherwise one side asks, the other answers, and what is not answered changes nothing.
"""

from collections.abc import Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class CancellationState(TextChoices):
    ASKED = "asked", _("Menunggu jawaban pihak lain")
    CLAIMED = "claimed", _("Penjual menuntut ganti rugi, menunggu jawaban dinas")
    DIRECT = "direct", _("Dibatalkan langsung")
    CONSENTED = "consented", _("Disetujui pihak lain")
    AGREED = "agreed", _("Disetujui dengan ganti rugi")
    REFUSED = "refused", _("Tidak disetujui, pesanan berlanjut")
    WITHDRAWN = "withdrawn", _("Ditarik, pesanan berlanjut")
    LAPSED = "lapsed", _("Tidak dijawab, pesanan berlanjut")
    OVERTAKEN = "overtaken", _("Gugur karena barang dikirim atau sisanya ditutup")


# Somebody has to answer.
WAITING = (CancellationState.ASKED, CancellationState.CLAIMED)
# What was not sent is cancelled with the consent of both sides.
BY_CONSENT = (CancellationState.CONSENTED, CancellationState.AGREED)
# What was not sent is cancelled.
CANCELLED = (CancellationState.DIRECT, *BY_CONSENT)

CANCELLATION = Machine(
    CancellationState.ASKED,
    {
        (CancellationState.ASKED, "cancel"): CancellationState.DIRECT,
        (CancellationState.ASKED, "consent"): CancellationState.CONSENTED,
        (CancellationState.ASKED, "refuse"): CancellationState.REFUSED,
        (CancellationState.ASKED, "claim"): CancellationState.CLAIMED,
        (CancellationState.ASKED, "withdraw"): CancellationState.WITHDRAWN,
        (CancellationState.ASKED, "lapse"): CancellationState.LAPSED,
        (CancellationState.ASKED, "overtake"): CancellationState.OVERTAKEN,
        # The seller lowers the claim, or drops it and consents.
        (CancellationState.CLAIMED, "claim"): CancellationState.CLAIMED,
        (CancellationState.CLAIMED, "consent"): CancellationState.CONSENTED,
        (CancellationState.CLAIMED, "agree"): CancellationState.AGREED,
        (CancellationState.CLAIMED, "withdraw"): CancellationState.WITHDRAWN,
        (CancellationState.CLAIMED, "lapse"): CancellationState.LAPSED,
        (CancellationState.CLAIMED, "overtake"): CancellationState.OVERTAKEN,
    },
)


class CancelReason(TextChoices):
    ACTIVITY = "activity", _("Kegiatan batal atau diundur")
    BUDGET = "budget", _("Anggaran ditarik dengan keputusan")
    WRONG = "wrong", _("Salah pesan: barang, jumlah, atau waktunya")
    NOT_NEEDED = "not_needed", _("Tidak jadi memerlukan barangnya")
    NOT_SENT = "not_sent", _("Penjual tidak mengirim sampai waktu yang dijanjikan lewat")
    CANNOT_MAKE = "cannot_make", _("Penjual tidak sanggup membuatnya: alat atau tenaga terganggu")
    NO_GOODS = "no_goods", _("Barang atau bahannya tidak tersedia")
    FORCE = "force", _("Keadaan kahar: bencana, kebakaran, atau larangan pemerintah")
    OTHER = "other", _("Lainnya")


OF_AGENCY = (CancelReason.ACTIVITY, CancelReason.BUDGET, CancelReason.WRONG)
# The department buys the goods of nobody else.
NO_NEED = (CancelReason.ACTIVITY, CancelReason.BUDGET)
OF_PERSON = (CancelReason.NOT_NEEDED, CancelReason.WRONG)
OF_SELLER = (CancelReason.CANNOT_MAKE, CancelReason.NO_GOODS)
OF_ANYBODY = (CancelReason.FORCE, CancelReason.OTHER)


def reasons_of(*, by_seller: bool, for_agency: bool, is_late: bool) -> Sequence[CancelReason]:
    """What this side may give as its reason. `is_late`: nothing was sent by the agreed moment."""
    if by_seller:
        return (*OF_SELLER, *OF_ANYBODY)
    own = OF_AGENCY if for_agency else OF_PERSON
    return (*((CancelReason.NOT_SENT,) if is_late else ()), *own, *OF_ANYBODY)
