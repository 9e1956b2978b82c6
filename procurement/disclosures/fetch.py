"""The complaint or key an inspector may see, or 404; a sender's complaint by what their code gives."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from epeken.core.errors import NotAllowed
from epeken.users import policies as users
from epeken.users.fetch import person
from epeken.users.models import User
from procurement.disclosures import policies, sealing
from procurement.disclosures.errors import unknown_code
from procurement.disclosures.models import Disclosure, InspectorateKey


def recipient(request: HttpRequest) -> User:
    """404 for anybody outside of the inspectorate, administrators among them. Raises NotAllowed without a second
    factor, which an inspector who is neither staff nor officer owes nowhere else."""
    user = person(request)
    if not policies.is_recipient(user):
        raise Http404
    if not (users.has_second_factor(user) or users.is_factor_lifted(user)):
        raise NotAllowed(
            _("Halaman ini memerlukan langkah kedua saat masuk. Pasang aplikasi autentikator di Akun dan keamanan."),
            code="second_factor",
        )
    return user


def seen_disclosure(request: HttpRequest, number: str) -> Any:
    """With what `listed` adds."""
    found = get_object_or_404(Disclosure.objects.visible_to(person(request)).listed(), number=number)
    return found


def seen_key(request: HttpRequest, pk: int) -> InspectorateKey:
    found: InspectorateKey = get_object_or_404(InspectorateKey.objects.visible_to(person(request)), pk=pk)
    return found


def by_opening(opening: bytes) -> Disclosure:
    """Raises RuleBroken `code_unknown`."""
    hashed = sealing.opening_hash(opening)
    found: Disclosure | None = Disclosure.objects.select_related("key", "case").filter(opening_hash=hashed).first()
    if found is None:
        raise unknown_code()
    return found
