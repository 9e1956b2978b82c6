"""States of what a seller is asked to confirm of a department's order: the BAST of a delivery, money that was sent.

Silence is stated as silence (`lapse`) and never becomes a signature; nothing else waits for it. A word that comes late
still counts from the moment it is given. Money that did not come is the treasurer's to look for, who answers (`answer`)
and asks again, or has the payment reversed, with which its confirmation is void. A treasurer who does neither in time
is told of by itself to the head, and after as long again to the inspectorate (`climb`).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class ConfirmationState(TextChoices):
    WAITING = "waiting", _("Menunggu konfirmasi penjual")
    CONFIRMED = "confirmed", _("Dikonfirmasi penjual")
    OBJECTED = "objected", _("Penjual berkeberatan")
    SILENT = "silent", _("Penjual tidak menanggapi")
    VOID = "void", _("Gugur: pembayarannya dibatalkan")


# The seller may still confirm, and object.
TO_ANSWER = (ConfirmationState.WAITING, ConfirmationState.SILENT)
TO_CONFIRM = (*TO_ANSWER, ConfirmationState.OBJECTED)

CONFIRMATION = Machine(
    ConfirmationState.WAITING,
    {
        **{(state, "confirm"): ConfirmationState.CONFIRMED for state in TO_CONFIRM},
        **{(state, "object"): ConfirmationState.OBJECTED for state in TO_ANSWER},
        (ConfirmationState.WAITING, "lapse"): ConfirmationState.SILENT,
        (ConfirmationState.OBJECTED, "answer"): ConfirmationState.WAITING,
        (ConfirmationState.OBJECTED, "climb"): ConfirmationState.OBJECTED,
        **{(state, "void"): ConfirmationState.VOID for state in (*TO_CONFIRM, ConfirmationState.CONFIRMED)},
    },
)
