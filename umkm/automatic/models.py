"""Decisions that the dated rule took in place of a curator."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import LockingQuerySet
from epeken.core.money import RupiahField
from umkm.automatic.states import Verdict
from umkm.catalogue.models import ChangeProposal, Product


class AutomaticDecision(models.Model):
    """Goods or a change of them let on show by the rule in force on that day; `median`: the market's price it was held
    against. Of those in the sample a curator says afterwards whether it was right."""

    product = models.ForeignKey(
        Product, models.PROTECT, related_name="automatic_decisions", verbose_name=_("barang"), editable=False
    )
    proposal = models.OneToOneField(
        ChangeProposal, models.PROTECT, null=True, related_name="automatic_decision", editable=False,
        verbose_name=_("usulan perubahan"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("diputus"), editable=False)
    price = RupiahField(_("harga"), editable=False)
    median = RupiahField(_("harga acuan pasar"), editable=False)
    is_sample = models.BooleanField(_("contoh untuk kurator"), default=False, editable=False)
    verdict = models.CharField(_("hasil pemeriksaan"), max_length=5, choices=Verdict, blank=True, editable=False)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("diperiksa oleh"),
    )  # fmt: skip
    judged_at = models.DateTimeField(_("diperiksa"), null=True, editable=False)

    objects = LockingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("keputusan aturan")
        verbose_name_plural = ngettext_lazy("keputusan aturan", "keputusan aturan", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", judged_by__isnull=True, judged_at__isnull=True)
                | (~Q(verdict="") & Q(judged_by__isnull=False, judged_at__isnull=False)),
                name="automatic_verdict_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.product)
