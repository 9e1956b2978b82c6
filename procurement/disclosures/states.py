"""States of the inspectorate's keys and of a complaint once somebody has opened it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.states import Machine


class InspectorateKeyState(TextChoices):
    PROPOSED = "proposed", _("Menunggu pengesahan orang kedua")
    CONFIRMED = "confirmed", _("Disahkan")
    WITHDRAWN = "withdrawn", _("Ditarik")
    STOPPED = "stopped", pgettext_lazy("kunci", "Dihentikan")


INSPECTORATE_KEY = Machine(
    InspectorateKeyState.PROPOSED,
    {
        (InspectorateKeyState.PROPOSED, "confirm"): InspectorateKeyState.CONFIRMED,
        (InspectorateKeyState.PROPOSED, "withdraw"): InspectorateKeyState.WITHDRAWN,
        (InspectorateKeyState.CONFIRMED, "stop"): InspectorateKeyState.STOPPED,
    },
)


class StopReason(TextChoices):
    LOST = "lost", _("Berkas kunci atau kata sandinya hilang")
    LEAKED = "leaked", _("Orang lain mungkin memegangnya")


class DisclosureState(TextChoices):
    """`received` is a complaint without a case: nobody has opened it."""

    RECEIVED = "received", pgettext_lazy("pengaduan", "Diterima")
    OPENED = "opened", _("Dibuka")
    ANSWERED = "answered", _("Dijawab")
    CLOSED = "closed", pgettext_lazy("pengaduan", "Ditutup")


DISCLOSURE_CASE = Machine(
    DisclosureState.OPENED,
    {
        (DisclosureState.OPENED, "answer"): DisclosureState.ANSWERED,
        (DisclosureState.ANSWERED, "answer"): DisclosureState.ANSWERED,
        (DisclosureState.ANSWERED, "close"): DisclosureState.CLOSED,
    },
)


class MessagePart(TextChoices):
    """What a message is; bound into its seal."""

    COMPLAINT = "complaint", _("Pengaduan")
    ADDITION = "addition", _("Tambahan pengirim")
    ANSWER = "answer", _("Jawaban inspektorat")


SENT = (MessagePart.COMPLAINT, MessagePart.ADDITION)
