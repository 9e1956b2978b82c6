"""Roles of officers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OfficerRole(TextChoices):
    REQUESTER = "requester", _("Pemesan")
    PP = "pp", _("Pejabat pengadaan (PP)")
    PPK = "ppk", _("Pejabat pembuat komitmen (PPK)")
    RECEIVER = "receiver", _("Penerima barang")
    TREASURER = "treasurer", _("Bendahara")
    HEAD = "head", _("Kepala dinas (PA/KPA)")
