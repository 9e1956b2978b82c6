"""The vocabulary that mends mistyped searches, and words that mean the same goods."""

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from umkm.discovery import querysets
from umkm.discovery.words import split


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


class Synonym(models.Model):
    """Who looks for `said` finds what is called `means`, too; not the other way round. Both as `words.split` joins
    them."""

    said = models.CharField(_("yang diketik"), max_length=60)
    means = models.CharField(_("yang juga dicari"), max_length=60)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=200)

    objects = querysets.SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["said", "means", "-valid_from"]
        verbose_name = _("padanan kata")
        verbose_name_plural = ngettext_lazy("padanan kata", "padanan kata", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["said", "means", "valid_from"],
                name="synonym_once",
                violation_error_message=_("Padanan ini sudah ada dengan hari mulai itu."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="synonym_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
            models.CheckConstraint(
                condition=~Q(said=F("means")),
                name="synonym_of_other_words",
                violation_error_message=_("Tulis kata lain, bukan kata yang sama."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said} → {self.means}"

    def clean(self) -> None:
        for name in ("said", "means"):
            words = " ".join(split(getattr(self, name)))
            if not words:
                raise ValidationError({name: _("Tulis kata dengan huruf atau angka.")})
            setattr(self, name, words)
