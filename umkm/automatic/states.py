"""What a curator found in a decision of the rule."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verdict(TextChoices):
    RIGHT = "right", pgettext_lazy("keputusan aturan", "Benar")
    WRONG = "wrong", _("Keputusan keliru")


ASKED = _("Belum dilihat")
