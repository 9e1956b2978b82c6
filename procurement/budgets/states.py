"""Kinds of budget entry."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntryKind(TextChoices):
    RESERVE = "reserve", _("Ditahan")
    RELEASE = "release", _("Dilepas")
    COMMIT = "commit", _("Dipesan")
    UNCOMMIT = "uncommit", _("Pesanan batal")
    REALISE = "realise", _("Dibayar")
