"""States of an invitation to help in a shop."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.states import Machine


class InvitationState(TextChoices):
    OPEN = "open", _("Menunggu jawaban")
    ACCEPTED = "accepted", pgettext_lazy("undangan", "Diterima")
    DECLINED = "declined", pgettext_lazy("undangan", "Ditolak")
    WITHDRAWN = "withdrawn", _("Ditarik")


INVITATION = Machine(
    InvitationState.OPEN,
    {
        (InvitationState.OPEN, "accept"): InvitationState.ACCEPTED,
        (InvitationState.OPEN, "decline"): InvitationState.DECLINED,
        (InvitationState.OPEN, "withdraw"): InvitationState.WITHDRAWN,
    },
)
