"""The vocabulary that mends mistyped searches."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class SearchWord(models.Model):
    """A word found in the names of goods on show, to mend typing errors with. Rebuilt by a job; no business data."""

    word = models.CharField(max_length=40, primary_key=True)
    uses = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("kata pencarian")
        verbose_name_plural = ngettext_lazy("kata pencarian", "kata pencarian", 2)
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_trigram")]

    def __str__(self) -> str:
        return self.word
