"""Whether the officer who decides on a paper has opened it for this decision, by the log of looks. Changes nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.errors import require
from epeken.users.models import User
from umkm.verification.models import DocumentView, SellerDocument


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
