"""The person or business behind shops, and how much they may still sell this month."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.i18n.times import month_year
from epeken.core.models import LockingQuerySet
from epeken.core.money import RupiahField
from epeken.ledger.models import LedgerEntry, once
from epeken.ledger.triggers import BalanceIsPosted, EntryFollows


class Owner(models.Model):
    """The beneficial owner: shops with the same NIK or bank account share one, and with it one monthly cap."""

    created_at = models.DateTimeField()

    objects = LockingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemilik usaha")
        verbose_name_plural = ngettext_lazy("pemilik usaha", "pemilik usaha", 2)

    def __str__(self) -> str:
        return f"#{self.pk}"


class TieFact(models.TextChoices):
    """What makes two shops one owner's: a value both show, by its column, or only that they were recorded as one."""

    NIK = "nik_index", _("NIK pemilik yang sama")
    BANK = "bank_index", _("nomor rekening yang sama")
    RECORD = "record", _("dicatat sebagai satu pemilik dahulu")


SHOWN_FACTS = (TieFact.NIK, TieFact.BANK)


class SeparatedTie(models.Model):
    """A fact that an officer found to say nothing of who owns two shops: this value ties these two no more. It still
    ties each of them to any other shop. Two rows for each pair, so that either shop finds the other."""

    seller = models.ForeignKey("umkm.Seller", models.PROTECT, related_name="separated_ties")
    other = models.ForeignKey("umkm.Seller", models.PROTECT, related_name="+")
    fact = models.CharField(max_length=10, choices=TieFact)
    value = models.CharField(max_length=44)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("ikatan toko yang dipisahkan")
        verbose_name_plural = ngettext_lazy("ikatan toko yang dipisahkan", "ikatan toko yang dipisahkan", 2)
        constraints = [
            models.UniqueConstraint(fields=["seller", "other", "fact", "value"], name="separated_tie_once"),
            # One person is one person: a NIK is corrected, never set aside.
            models.CheckConstraint(condition=Q(fact="bank_index"), name="separated_tie_never_nik"),
        ]

    def __str__(self) -> str:
        return f"{self.seller} | {self.other}"


class TurnoverMonth(models.Model):
    """How much of the monthly cap an owner has used. `month` is its first day in the city's time zone."""

    owner = models.ForeignKey(Owner, models.PROTECT, related_name="months")
    month = models.DateField()
    cap = RupiahField(_("batas"))
    used = RupiahField(_("terpakai"), default=0)

    objects = LockingQuerySet.as_manager()

    class Meta:
        verbose_name = _("omzet bulanan")
        verbose_name_plural = ngettext_lazy("omzet bulanan", "omzet bulanan", 2)
        triggers = [BalanceIsPosted("entries", "used")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "month"], name="turnover_month_once"),
            models.CheckConstraint(condition=Q(used__lte=F("cap")), name="turnover_within_cap"),
        ]

    def __str__(self) -> str:
        return f"{self.owner}, {month_year(self.month)}"

    @property
    def room(self) -> int:
        return self.cap - self.used


class TurnoverEntry(LedgerEntry):
    """The cap: + when a request is sent or an order placed, − when it, or a part of it, falls through. The reference is
    its number."""

    class Kind(models.TextChoices):
        RESERVE = "reserve", _("Dipakai")
        RELEASE = "release", _("Dikembalikan")

    account = "turnover"
    balances = ("used",)
    ceiling = "cap"

    turnover = models.ForeignKey(TurnoverMonth, models.PROTECT, related_name="entries", db_index=False)
    seller = models.ForeignKey("umkm.Seller", models.PROTECT, related_name="turnover_entries")
    kind = models.CharField(max_length=8, choices=Kind)
    used_delta = RupiahField(signed=True)
    used_after = RupiahField(default=0, editable=False)

    class Meta(LedgerEntry.Meta):
        verbose_name = _("catatan omzet")
        verbose_name_plural = ngettext_lazy("catatan omzet", "catatan omzet", 2)
        triggers = [*LedgerEntry.Meta.triggers, EntryFollows("turnover")]
        constraints = [once("turnover", "turnover_entry_key_once")]
        indexes = [
            models.Index(fields=["turnover", "-id"], name="turnover_entry_newest"),
            models.Index(fields=["reference"], name="turnover_entry_reference"),
        ]
