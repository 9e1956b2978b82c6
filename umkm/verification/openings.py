"""Why an officer may see identity data, and whether who decides on a paper has opened it for this decision, by the log
of looks. Changes nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.errors import require
from epeken.users.models import User
from umkm.identity.states import ChangeState
from umkm.sellers.models import Seller
from umkm.verification.models import DocumentView, SellerDocument, VerificationCase
from umkm.verification.policies import can_verify
from umkm.verification.querysets import OPEN
from umkm.verification.states import ASKED_PURPOSES, LookPurpose

JUDGED = (ChangeState.CHECKING, ChangeState.WAITING, ChangeState.HELD)


def unopened_names(actor: User, documents: Iterable[SellerDocument], since: datetime) -> list[str]:
    """What those of `documents` are called that the actor did not open since the matter was brought; one query."""
    brought = list(documents)
    looks = DocumentView.objects.filter(viewer=actor, document__in=brought, at__gte=since)
    seen = set(looks.values_list("document_id", flat=True))
    return [document.get_kind_display() for document in brought if document.pk not in seen]


def require_opened(actor: User, documents: Iterable[SellerDocument], since: datetime) -> None:
    """Raises RuleBroken `paper_unopened` naming what the actor has not looked at."""
    require_looked(unopened_names(actor, documents, since))


def require_looked(missing: list[str]) -> None:
    """`missing`: names of papers nobody may judge before seeing them. Raises: RuleBroken `paper_unopened`."""
    require(
        not missing,
        _("Buka dahulu di halaman ini, lalu bandingkan dengan isian penjual: %(names)s.")
        % {"names": ", ".join(missing)},
        code="paper_unopened",
    )


def saw_nik(actor: User, seller: Seller, since: datetime) -> bool:
    """Whether the whole NIK was shown to the actor since the matter was brought: masked it cannot be compared with the
    identity card."""
    looks = DocumentView.objects.filter(viewer=actor, seller=seller, document__isnull=True, what="nik")
    return looks.filter(at__gte=since).exists()


def require_nik_seen(actor: User, seller: Seller, since: datetime) -> None:
    """Raises: RuleBroken `nik_unseen`."""
    require(
        saw_nik(actor, seller, since),
        _("Tampilkan dahulu NIK lengkapnya di halaman ini, lalu cocokkan dengan KTP."),
        code="nik_unseen",
    )


def purpose_of(document: SellerDocument, actor: User) -> str:
    """What an officer opens it for while it waits for a decision; "" of one that does not: then they say what for."""
    if not can_verify(actor):
        return LookPurpose.CASE  # the head of the office, who sees only what is appealed before them
    if document.change is not None and document.change.state in JUDGED:
        return LookPurpose.CHANGE
    return LookPurpose.CASE if VerificationCase.objects.filter(OPEN, seller=document.seller_id).exists() else ""


def require_purpose(purpose: str) -> None:
    """Raises: RuleBroken `purpose_missing`."""
    require(
        purpose in ASKED_PURPOSES,
        _("Pilih dahulu untuk apa Anda melihatnya. Pemilik membaca alasannya."),
        field="purpose",
        code="purpose_missing",
    )
