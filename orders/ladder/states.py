"""Before whom an invoice of a department is brought when it is not paid in time, one after the other."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LateLevel(TextChoices):
    TREASURER = "treasurer", _("Bendahara")
    HEAD = "head", _("Kepala dinas (PA/KPA)")
    OFFICE = "office", _("Dinas yang membina UMKM")
    INSPECTORATE = "inspectorate", _("Inspektorat")


LEVELS = tuple(LateLevel)
