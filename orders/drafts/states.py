"""What can be written down on a phone without network."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DraftAct(TextChoices):
    """By the action of the delivery it becomes."""

    ARRIVE = "arrive", _("Barang tiba")
    MISS = "miss", _("Barang tidak datang")
    INSPECT = "inspect", _("Pemeriksaan")
