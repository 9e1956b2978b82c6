"""States of a registration that an officer fills in for a resident."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class AssistedState(TextChoices):
    FILLING = "filling", _("Sedang diisi petugas")
    WAITING = "waiting", _("Menunggu warga")
    CONFIRMED = "confirmed", _("Dipastikan warga")
    WITHDRAWN = "withdrawn", _("Dibatalkan")
    EXPIRED = "expired", _("Tidak dipastikan pada waktunya")


# Somebody still has something to do.
OPEN = (AssistedState.FILLING, AssistedState.WAITING)

ASSISTED = Machine(
    AssistedState.FILLING,
    {
        (AssistedState.FILLING, "hand_over"): AssistedState.WAITING,
        # The officer corrects it, or whoever holds the number does not know the NIK.
        (AssistedState.WAITING, "correct"): AssistedState.FILLING,
        (AssistedState.WAITING, "lock"): AssistedState.FILLING,
        (AssistedState.WAITING, "confirm"): AssistedState.CONFIRMED,
        (AssistedState.FILLING, "withdraw"): AssistedState.WITHDRAWN,
        (AssistedState.WAITING, "withdraw"): AssistedState.WITHDRAWN,
        (AssistedState.FILLING, "expire"): AssistedState.EXPIRED,
        (AssistedState.WAITING, "expire"): AssistedState.EXPIRED,
    },
)
