"""Kinds of stock movement."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StockMove(TextChoices):
    RECEIVE = "receive", _("Masuk")
    HOLD = "hold", _("Ditahan untuk pesanan")
    RELEASE = "release", _("Dilepas kembali")
    DELIVER = "deliver", _("Diserahkan")
    CORRECT = "correct", _("Koreksi hitung")
