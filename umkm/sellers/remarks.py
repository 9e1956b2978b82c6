"""What a verifier sent back, and whether it was changed since. Reads only."""

from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.verification.models import CaseRemark, VerificationCase
from umkm.verification.states import SellerDocumentKind


def remarks_of(seller: Seller) -> list[CaseRemark]:
    """What the last round sent back, while it is with the applicant."""
    if seller.state != SellerState.SENT_BACK:
        return []
    case = seller.cases.order_by("-pk").first()
    return list(case.remarks.select_related("case")) if case else []


def still_open(seller: Seller) -> list[CaseRemark]:
    """Remarks to the applicant whose field or document is still what the officer sent back."""
    remarks = remarks_of(seller)
    return unchanged(seller, remarks[0].case, remarks) if remarks else []


def unchanged(seller: Seller, case: VerificationCase, remarks: list[CaseRemark]) -> list[CaseRemark]:
    """Those of the case's remarks whose field or document is still what it was in that round."""
    kept = {value.field: value.value for value in case.values.all()}
    renewed = set(seller.documents.current().filter(uploaded_at__gt=case.opened_at).values_list("kind", flat=True))
    return [
        remark
        for remark in remarks
        if (remark.field in SellerDocumentKind.values and remark.field not in renewed)
        or (remark.field in kept and steps.is_same(seller, remark.field, kept))
    ]
