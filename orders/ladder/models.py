"""What was done about an invoice of a department that is not paid in time: one row a step, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

from epeken.core.models import AppendOnly
from epeken.core.money import RupiahField
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery
from orders.ladder import querysets
from orders.ladder.states import LateLevel


class LateStep(AppendOnly):
    """A desk was told, with the facts of that moment, which its letter states."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="late_steps", verbose_name=_("tagihan"))
    # An invoice in the place of a wrong one goes on where the earlier stood; after a reversed payment it begins anew.
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="late_steps", verbose_name=_("kiriman"))
    waits_since = models.DateTimeField(_("menunggu dibayar sejak"))
    level = models.CharField(_("kepada"), max_length=12, choices=LateLevel)
    sent_at = models.DateTimeField(_("dikirim"))
    # Nobody: taken by itself.
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("dikirim oleh")
    )
    due_on = models.DateField(_("hari terakhir membayar"))
    days_late = models.PositiveIntegerField(_("hari kerja terlambat"))
    outstanding = RupiahField(_("belum dibayar"))
    holder = models.CharField(_("dipegang"), max_length=300)  # whose turn it was: the role and who held it

    objects = querysets.LateStepQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("langkah tagihan terlambat")
        verbose_name_plural = ngettext_lazy("langkah tagihan terlambat", "langkah tagihan terlambat", 2)
        permissions = [("follow_late_invoice", gettext_noop("boleh menindaklanjuti tagihan terlambat"))]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "waits_since", "level"], name="late_step_once"),
            models.CheckConstraint(condition=Q(outstanding__gt=0), name="late_step_of_unpaid"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}"
