"""States of a negotiation, and the two sides of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class NegotiationState(TextChoices):
    WITH_SELLER = "with_seller", _("Menunggu jawaban penjual")
    WITH_BUYER = "with_buyer", _("Menunggu jawaban dinas")
    AGREED = "agreed", _("Sepakat")
    REFUSED = "refused", _("Penjual tetap pada penawarannya")
    WITHDRAWN = "withdrawn", _("Dihentikan dinas")
    ENDED = "ended", _("Berakhir bersama permintaannya")


class Side(TextChoices):
    BUYER = "buyer", _("Dinas")
    SELLER = "seller", _("Penjual")


NEGOTIATION = Machine(
    NegotiationState.WITH_SELLER,
    {
        (NegotiationState.WITH_SELLER, "counter"): NegotiationState.WITH_BUYER,
        (NegotiationState.WITH_BUYER, "counter"): NegotiationState.WITH_SELLER,
        (NegotiationState.WITH_SELLER, "accept"): NegotiationState.AGREED,
        (NegotiationState.WITH_BUYER, "accept"): NegotiationState.AGREED,
        (NegotiationState.WITH_SELLER, "refuse"): NegotiationState.REFUSED,
        # After the time of the other side is over.
        (NegotiationState.WITH_BUYER, "refuse"): NegotiationState.REFUSED,
        (NegotiationState.WITH_SELLER, "withdraw"): NegotiationState.WITHDRAWN,
        (NegotiationState.WITH_BUYER, "withdraw"): NegotiationState.WITHDRAWN,
        # The request is no longer before its approver.
        (NegotiationState.WITH_SELLER, "end"): NegotiationState.ENDED,
        (NegotiationState.WITH_BUYER, "end"): NegotiationState.ENDED,
    },
)

LIVE = (NegotiationState.WITH_SELLER, NegotiationState.WITH_BUYER)
# The seller was asked; where the department had to negotiate, the seller also answered or had the time for it.
FINISHED = (NegotiationState.AGREED, NegotiationState.REFUSED, NegotiationState.WITHDRAWN)
TURNS = {NegotiationState.WITH_SELLER: Side.SELLER, NegotiationState.WITH_BUYER: Side.BUYER}
