"""Which goods an account pays for; warnings requests were sent with, what was chosen and how it was answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from epeken.core.money import RupiahField
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import Account
from procurement.guards import querysets
from procurement.guards.states import LAWS, SENTENCES, Choice, GuardKind, Outcome
from procurement.requests.models import PurchaseRequest
from umkm.catalogue.models import Category


class AccountGoods(models.Model):
    """An account pays for goods of this category and those below it. An account without a row is not looked at."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="goods", verbose_name=_("rekening"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)

    class Meta:
        ordering = ["account", "category", "-valid_from"]
        verbose_name = _("barang menurut rekening")
        verbose_name_plural = _("barang menurut rekening")
        constraints = [
            models.UniqueConstraint(fields=["account", "category", "valid_from"], name="account_goods_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="account_goods_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.category}"


class GuardFinding(models.Model):
    """`key` tells the warnings of one request apart; `parameters` are those of the kind's sentence."""

    request = models.ForeignKey(PurchaseRequest, models.PROTECT, related_name="findings", verbose_name=_("permintaan"))
    kind = models.CharField(_("peringatan"), max_length=12, choices=GuardKind)
    key = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    amount = RupiahField(_("jumlah"))
    threshold = RupiahField(_("ambang"))
    choice = models.CharField(_("pilihan pemesan"), max_length=8, choices=Choice)
    reason = models.CharField(_("alasan pemesan"), max_length=300, blank=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("pemesan"))
    chosen_at = models.DateTimeField(_("dipilih"))
    owner_role = models.CharField(_("yang menjawab"), max_length=12, choices=OfficerRole)
    outcome = models.CharField(_("hasil"), max_length=12, choices=Outcome, default=Outcome.OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("dijawab oleh")
    )
    answered_at = models.DateTimeField(_("dijawab"), null=True)

    # The plugin of mypy meets this row before its reads, in a cycle of imports.
    objects = querysets.FindingQuerySet.as_manager()  # type: ignore[django-manager-missing, unused-ignore]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("peringatan pengadaan")
        verbose_name_plural = ngettext_lazy("peringatan pengadaan", "peringatan pengadaan", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["request", "key"], condition=Q(outcome=Outcome.OPEN), name="guard_finding_open_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, answered_at__isnull=True)
                | (~Q(outcome=Outcome.OPEN) & Q(answered_at__isnull=False)),
                name="guard_finding_answered",
            ),
            models.CheckConstraint(condition=Q(choice=Choice.MERGE) | ~Q(reason=""), name="guard_finding_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.key}"

    @property
    def weight(self) -> tuple[int, int]:
        """By which the warnings of a request are sorted: what a kind says first, then the larger sum."""
        return list(GuardKind).index(GuardKind(self.kind)), -self.amount

    @property
    def chosen_words(self) -> str:
        """Who answered it for the request, and how."""
        return f"{self.chosen_by}: {self.get_choice_display()}"

    @property
    def law(self) -> str:
        return str(LAWS[GuardKind(self.kind)])

    @property
    def words(self) -> str:
        """The sentence with its figures, in the active language."""
        return SENTENCES[GuardKind(self.kind)].words(self.parameters, get_language() or "id")[0]
