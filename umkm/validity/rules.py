"""When the end of a paper is announced, which papers have one, and which take goods off the shelf."""

from epeken.core.rules import Count, Days
from umkm.verification.states import SellerDocumentKind

# Days before the end, the earliest notice first.
NOTICES = (Days("paper.first_notice_days"), Days("paper.second_notice_days"), Days("paper.last_notice_days"))
# 1: goods that rest on it are off the shelf once it has ended; 0: its end is announced and nothing more.
NIB_HIDES = Count("paper.nib_hides_goods")
PIRT_HIDES = Count("paper.pirt_hides_goods")
HALAL_HIDES = Count("paper.halal_hides_goods")
# 1: who brings one says its last day; 0: it may have none.
HAS_END = {
    SellerDocumentKind.NIB: Count("paper.nib_has_end"),
    SellerDocumentKind.PIRT: Count("paper.pirt_has_end"),
    SellerDocumentKind.HALAL: Count("paper.halal_has_end"),
}
