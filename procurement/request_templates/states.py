"""For which kind of activity a template is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityKind(TextChoices):
    MEETING = "meeting", _("Rapat")
    TRAINING = "training", _("Pelatihan atau bimbingan teknis")
    GUESTS = "guests", _("Jamuan tamu")
    FIELD = "field", _("Kegiatan lapangan")
    OFFICE = "office", _("Kebutuhan rutin kantor")
    OTHER = "other", _("Lainnya")
