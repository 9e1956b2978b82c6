"""In what variants of goods differ."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OptionKind(TextChoices):
    """A list, not free text: what is written of goods on show is seen by a curator first."""

    SIZE = "size", _("Ukuran")
    FLAVOUR = "flavour", pgettext_lazy("varian", "Rasa")
    COLOUR = "colour", _("Warna")
    CONTENT = "content", pgettext_lazy("varian", "Isi kemasan")
    WEIGHT = "weight", pgettext_lazy("varian", "Berat")
    MATERIAL = "material", pgettext_lazy("varian", "Bahan")
    MOTIF = "motif", _("Motif")
    TYPE = "type", pgettext_lazy("varian", "Tipe")
