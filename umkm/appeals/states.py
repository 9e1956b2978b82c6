"""How far an appeal is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class AppealState(TextChoices):
    WITH_OFFICER = "with_officer", _("Menunggu petugas lain")
    WITH_HEAD = "with_head", _("Menunggu kepala dinas")
    GRANTED = "granted", _("Dikabulkan")
    REFUSED = "refused", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Ditarik pemohon")


OPEN_STATES = [AppealState.WITH_OFFICER, AppealState.WITH_HEAD]

APPEAL = Machine(
    AppealState.WITH_OFFICER,
    {
        (AppealState.WITH_OFFICER, "grant"): AppealState.GRANTED,
        (AppealState.WITH_OFFICER, "refuse"): AppealState.REFUSED,
        # No other officer may decide it, or none did in time.
        (AppealState.WITH_OFFICER, "climb"): AppealState.WITH_HEAD,
        (AppealState.WITH_HEAD, "grant"): AppealState.GRANTED,
        (AppealState.WITH_HEAD, "refuse"): AppealState.REFUSED,
        (AppealState.WITH_OFFICER, "withdraw"): AppealState.WITHDRAWN,
        (AppealState.WITH_HEAD, "withdraw"): AppealState.WITHDRAWN,
        # Silence of the head of the office.
        (AppealState.WITH_HEAD, "lapse"): AppealState.GRANTED,
    },
)
