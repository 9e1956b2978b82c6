"""States of a dispute."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class DisputeState(TextChoices):
    OPENED = "opened", _("Menunggu jawaban")
    ANSWERED = "answered", _("Dijawab, menunggu keputusan")
    DECIDED = "decided", _("Diputus")


DISPUTE = Machine(
    DisputeState.OPENED,
    {
        (DisputeState.OPENED, "answer"): DisputeState.ANSWERED,
        (DisputeState.ANSWERED, "decide"): DisputeState.DECIDED,
        (DisputeState.OPENED, "decide"): DisputeState.DECIDED,
    },
)
