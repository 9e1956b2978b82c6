"""A registration goes back to its applicant with what has to be put right: by the office, or by an area's officer."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.errors import require
from epeken.core.reasons import LEAST_REASON
from epeken.core.states import move
from epeken.users.models import User
from umkm.sellers.models import Seller
from umkm.verification import notices, openings
from umkm.verification.models import CaseRemark, VerificationCase


def send_back(
    seller: Seller,
    case: VerificationCase,
    remarks: Mapping[str, str],
    known: Collection[str],
    actor: User,
    now: datetime,
) -> None:
    """`remarks`: by field or document among `known`, the reason. A document that is there is opened before anything is
    said of it. The caller holds the locks of the shop and the case, which waits, and looked at who the actor is.

    Raises: RuleBroken.
    """
    require(
        remarks, _("Pilih paling sedikit satu bagian yang perlu diperbaiki."), field="remarks", code="remarks_missing"
    )
    for field, reason in remarks.items():
        require(field in known, _("Bagian ini tidak ada di pendaftaran."), field="remarks", code="field_unknown")
        require(reason.strip(), _("Tulis alasan untuk setiap bagian yang dipilih."), field=field, code="reason_missing")
        require(
            len(reason.strip()) >= LEAST_REASON,
            _("Tulis alasannya paling sedikit %(least)d huruf, supaya pendaftar tahu apa yang diperbaiki.")
            % {"least": LEAST_REASON},
            field=field,
            code="reason_too_short",
        )
        require(len(reason) <= 300, _("Alasan paling panjang 300 huruf."), field=field, code="reason_too_long")
    named = seller.documents.current().filter(kind__in=remarks).order_by("pk")
    openings.require_opened(actor, named, case.opened_at)
    CaseRemark.objects.bulk_create(
        [CaseRemark(case=case, field=field, reason=reason.strip()) for field, reason in remarks.items()]
    )
    move(case, "send_back", actor=actor, now=now, decided_at=now, officer=case.holder or actor)
    move(seller, "send_back", actor=actor, now=now, written_at=now)
    case.seller = seller
    notices.case_sent_back(case, now=now)
