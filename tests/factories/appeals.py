"""Rejected registrations and appeals, made by the real services."""

from datetime import datetime
from typing import Any

from tests.factories import umkm as make
from tests.kept_steps import kept
from tests.umkm.drafts import looked_at, waiting
from umkm.appeals import services
from umkm.appeals.models import Appeal
from umkm.verification import services as verification
from umkm.verification.models import VerificationCase


@kept
def rejected(applicant: Any, now: datetime, *, actor: Any = None, **over: Any) -> VerificationCase:
    case = waiting(applicant, now, **over)
    officer = actor or make.make_staff("umkm.verify_seller")
    return verification.reject_case(
        actor=officer, case=looked_at(case, officer, now), reason="not_producer", note="Barang pabrik di foto.", now=now
    )


@kept
def appealed(applicant: Any, now: datetime, *, actor: Any = None, photos: Any = (), **over: Any) -> Appeal:
    case = rejected(applicant, now, actor=actor, **over)
    words = "Saya membuatnya sendiri."
    return services.file_appeal(actor=applicant, decision=case, words=words, photos=photos, now=now)
