"""Kinds of stock movement, and what the system says beside one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.i18n.messages import Message


class StockMove(TextChoices):
    RECEIVE = "receive", pgettext_lazy("stok", "Masuk")
    HOLD = "hold", _("Ditahan untuk pesanan")
    RELEASE = "release", _("Dilepas kembali")
    DELIVER = "deliver", _("Diserahkan")
    REFUSE = "refuse", _("Tidak diterima pembeli")
    RESHELVE = "reshelve", _("Kembali ke rak")
    DISCARD = "discard", _("Tidak diterima pembeli, tidak dijual lagi")
    CORRECT = "correct", _("Koreksi hitung")


FIRST_STOCK = "first_stock"
NOTES = {FIRST_STOCK: Message(_("stok awal"))}
