"""A treasurer's decisions about what a bill is taxed on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery
from orders.orders.models import OrderLine
from orders.tax_decisions.states import TaxSubject
from procurement.agencies.states import OFFICE_LENGTH, OFFICES
from umkm.catalogue.states import FoodKind


class TaxDecision(AppendOnly):
    """Of one delivery, whichever bill bears it: the newest of a subject and line holds (`Delivery.counted_as_split`,
    `DeliveryLine.taxed_as`), also for a bill that takes the place of this one."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="tax_decisions", verbose_name=_("kiriman"))
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="tax_decisions", verbose_name=_("tagihan"))
    subject = models.CharField(_("tentang"), max_length=8, choices=TaxSubject)
    is_split = models.BooleanField(_("dihitung satu pembelian"), null=True)
    others = models.CharField(_("pembelian lainnya"), max_length=600, blank=True)  # numbers of orders, as seen then
    order_line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, related_name="tax_decisions", verbose_name=_("baris pesanan")
    )
    food_kind = models.CharField(_("jenis makanan"), max_length=8, choices=FoodKind, blank=True)
    reason = models.CharField(_("alasan"), max_length=300)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diputus oleh")
    )
    decided_name = models.CharField(_("nama pemutus"), max_length=120)  # on that day
    decided_as = models.CharField(_("sebagai"), max_length=OFFICE_LENGTH, choices=list(OFFICES.items()))
    decided_at = models.DateTimeField(_("diputus"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("keputusan pajak")
        verbose_name_plural = ngettext_lazy("keputusan pajak", "keputusan pajak", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(subject=TaxSubject.SPLIT, is_split__isnull=False, order_line__isnull=True, food_kind="")
                | (Q(subject=TaxSubject.FOOD, is_split__isnull=True, order_line__isnull=False) & ~Q(food_kind="")),
                name="tax_decision_of_one_subject",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="tax_decision_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.subject}"
