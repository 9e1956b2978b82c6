"""States of an invitation to help in a shop."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class InvitationState(TextChoices):
    OPEN = "open", _("Menunggu jawaban")
    ACCEPTED = "accepted", _("Sudah membantu")
    DECLINED = "declined", _("Tidak mau membantu")
    WITHDRAWN = "withdrawn", _("Ditarik")


INVITATION = Machine(
    InvitationState.OPEN,
    {
        (InvitationState.OPEN, "accept"): InvitationState.ACCEPTED,
        (InvitationState.OPEN, "decline"): InvitationState.DECLINED,
        (InvitationState.OPEN, "withdraw"): InvitationState.WITHDRAWN,
    },
)
