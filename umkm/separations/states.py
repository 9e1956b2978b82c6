"""How far a request to separate shops is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class SeparationState(TextChoices):
    WITH_OFFICER = "with_officer", _("Menunggu petugas lain")
    WITH_HEAD = "with_head", _("Menunggu kepala dinas")
    SEPARATED = "separated", _("Dipisahkan")
    KEPT = "kept", _("Tetap satu pemilik")
    WITHDRAWN = "withdrawn", _("Ditarik pemohon")


OPEN_STATES = [SeparationState.WITH_OFFICER, SeparationState.WITH_HEAD]

# Silence separates nobody: the cap protects other sellers, so a person answers, however late.
SEPARATION = Machine(
    SeparationState.WITH_OFFICER,
    {
        (SeparationState.WITH_OFFICER, "separate"): SeparationState.SEPARATED,
        (SeparationState.WITH_OFFICER, "keep"): SeparationState.KEPT,
        # No other officer may decide it, or none did in time.
        (SeparationState.WITH_OFFICER, "climb"): SeparationState.WITH_HEAD,
        (SeparationState.WITH_HEAD, "separate"): SeparationState.SEPARATED,
        (SeparationState.WITH_HEAD, "keep"): SeparationState.KEPT,
        (SeparationState.WITH_OFFICER, "withdraw"): SeparationState.WITHDRAWN,
        (SeparationState.WITH_HEAD, "withdraw"): SeparationState.WITHDRAWN,
    },
)
