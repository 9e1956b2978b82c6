"""What an owner writes against a decision, for whoever looks again."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from epeken.core.errors import require
from epeken.core.reasons import LEAST_REASON

MOST = 1000  # letters


def read_words(words: str, *, missing: str) -> str:
    """`missing`: what is asked for where nothing is written. Raises: RuleBroken."""
    words = words.strip()
    require(words, missing, field="words", code="words_missing")
    require(
        len(words) >= LEAST_REASON,
        _("Tulis alasan Anda paling sedikit %(least)d huruf, supaya petugas mengerti apa yang diperiksa lagi.")
        % {"least": LEAST_REASON},
        field="words",
        code="words_too_short",
    )
    told = _("Alasan paling panjang %(most)s huruf.") % {"most": number_format(MOST, force_grouping=True)}
    require(len(words) <= MOST, told, field="words", code="words_too_long")
    return words
