"""States of what a seller owes by the decision of a dispute.

A deduction is applied when there is an invoice to lower. Goods that come again are a delivery (`deliveries`): it is on
its way, and its result is the replacement's: all of it came right, or what did not is owed again until the decided
moment; then it lapses, and money takes the place of what was invoiced before. A refund is recorded by the seller, and
confirmed by the buyer, or silence says so; a buyer who contests it asks the city's officer, whose
silence leaves it as the seller recorded it. Money that was to be returned stays owed: it is only overdue. An
acceptance and a refusal are nothing the seller owes: the goods count as accepted, or as refused, with the decision, and
money of refused goods that is paid, or on a bill that cannot be replaced, is a remedy that follows.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class RemedyKind(TextChoices):
    DEDUCTION = "deduction", _("Potongan tagihan")
    REPLACEMENT = "replacement", _("Barang pengganti")
    REFUND = "refund", _("Pengembalian uang")
    ACCEPTANCE = "acceptance", _("Barang dihitung diterima")
    REFUSAL = "refusal", _("Barang ditolak dan dikembalikan")


class RemedyState(TextChoices):
    OWED = "owed", _("Belum dipenuhi")
    OVERDUE = "overdue", _("Lewat batas, masih harus dibayar")
    SENT = "sent", _("Pengganti dikirim, menunggu pemeriksaan")
    CAME = "came", _("Pengganti diterima")
    RECORDED = "recorded", _("Dicatat penjual, menunggu pembeli")
    CONTESTED = "contested", _("Dibantah pembeli, menunggu petugas kota")
    APPLIED = "applied", _("Tagihan sudah dipotong")
    COUNTED = "counted", _("Dihitung diterima menurut putusan")
    REFUSED = "refused", _("Ditolak menurut putusan")
    CONFIRMED = "confirmed", _("Dibenarkan pembeli")
    ASSUMED = "assumed", _("Dianggap diterima: pembeli tidak menjawab")
    UPHELD = "upheld", _("Dinyatakan terpenuhi oleh petugas kota")
    UNRULED = "unruled", _("Tidak diputus sampai batas: catatan penjual berlaku")
    LAPSED = "lapsed", _("Tidak dipenuhi sampai batas waktu")
    VOID = "void", _("Gugur: barangnya tidak diterima, jadi tidak ditagih")


CITY = "city"  # the office of whoever decides disputes, in events
# The seller has to do something.
TO_DO = (RemedyState.OWED, RemedyState.OVERDUE)
# Not over yet.
OPEN = (*TO_DO, RemedyState.SENT, RemedyState.RECORDED, RemedyState.CONTESTED)
# The seller did it, as far as the buyer, silence or the city says.
DONE = (RemedyState.CONFIRMED, RemedyState.ASSUMED, RemedyState.UPHELD, RemedyState.UNRULED)
# What is no longer to be done or given.
FALLEN = (RemedyState.LAPSED, RemedyState.VOID)

REMEDY = Machine(
    RemedyState.OWED,
    {
        (RemedyState.OWED, "apply"): RemedyState.APPLIED,
        (RemedyState.OWED, "count"): RemedyState.COUNTED,
        (RemedyState.OWED, "reject"): RemedyState.REFUSED,
        # Goods it was deducted for were refused since: the bill that is left bears less of it, or there is none.
        (RemedyState.APPLIED, "lower"): RemedyState.APPLIED,
        (RemedyState.APPLIED, "void"): RemedyState.VOID,
        (RemedyState.OWED, "void"): RemedyState.VOID,
        # Its goods were refused when they were counted, so they are on no invoice: the replacement is, if accepted.
        (RemedyState.OWED, "refuse"): RemedyState.OWED,
        (RemedyState.OWED, "send"): RemedyState.SENT,
        (RemedyState.SENT, "refuse"): RemedyState.SENT,
        (RemedyState.SENT, "come"): RemedyState.CAME,
        (RemedyState.SENT, "fall_short"): RemedyState.OWED,
        (RemedyState.SENT, "miss"): RemedyState.OWED,
        # Its seller had recorded by mistake that it left.
        (RemedyState.SENT, "unsend"): RemedyState.OWED,
        (RemedyState.OWED, "record"): RemedyState.RECORDED,
        (RemedyState.OWED, "lapse"): RemedyState.LAPSED,
        (RemedyState.OWED, "fall_due"): RemedyState.OVERDUE,
        (RemedyState.OVERDUE, "record"): RemedyState.RECORDED,
        (RemedyState.RECORDED, "confirm"): RemedyState.CONFIRMED,
        (RemedyState.RECORDED, "assume"): RemedyState.ASSUMED,
        (RemedyState.RECORDED, "contest"): RemedyState.CONTESTED,
        (RemedyState.CONTESTED, "uphold"): RemedyState.UPHELD,
        (RemedyState.CONTESTED, "return"): RemedyState.OWED,
        (RemedyState.CONTESTED, "climb"): RemedyState.CONTESTED,
        (RemedyState.CONTESTED, "stand"): RemedyState.UNRULED,
    },
)
