"""From what the distance of a photo is measured."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeasuredFrom(TextChoices):
    OFFICE = "office", _("kantor dinas")
    SHOP = "shop", _("toko penjual")
