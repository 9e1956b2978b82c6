"""The kinds of papers a department numbers in its own agenda."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NumberedPaper(TextChoices):
    REQUEST = "request", _("Permintaan dan persetujuan")
    ORDER = "order", _("Surat pesanan")
    ADDENDUM = "addendum", _("Adendum surat pesanan")
    BAST = "bast", _("Berita acara serah terima")
    KUITANSI = "kuitansi", _("Kuitansi")
