"""The dates of a surat pesanan with several: what is to come on each, as it was issued."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.money import RupiahField
from epeken.core.quantity import QuantityField
from orders.orders.models import Order, OrderLine
from orders.schedules import querysets


class DueDay(models.Model):
    order = models.ForeignKey(Order, models.PROTECT, related_name="due_days", verbose_name=_("pesanan"))
    number = models.PositiveSmallIntegerField(_("pengiriman ke"))
    deliver_at = models.DateTimeField(_("tiba paling lambat"))
    place = models.CharField(_("alamat antar"), max_length=200, blank=True)  # blank: where the order says
    # Until when what did not come on it may still be sent, and when it was not waited for any more.
    rest_due_at = models.DateTimeField(_("batas menyusul"))
    # Of the order's delivery cost, what was freed because nothing was brought for the date.
    missed_cost = RupiahField(_("ongkos antar yang terlewat"), default=0, editable=False)
    missed_at = models.DateTimeField(_("terlewat"), null=True, editable=False)
    # When both sides agreed that nothing comes on it (`addenda.dates`): the order is smaller by what it was to bring.
    dropped_at = models.DateTimeField(_("dihapus"), null=True, editable=False)

    objects = querysets.DueDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("tanggal pengiriman")
        verbose_name_plural = ngettext_lazy("tanggal pengiriman", "tanggal pengiriman", 2)
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="due_day_once")]

    def __str__(self) -> str:
        return f"{self.order} {self.number}"

    @property
    def is_begun(self) -> bool:
        """Whether something left for it and did not stay away. Reads its amounts."""
        return any(amount.sent_quantity > 0 for amount in self.amounts.all())

    @property
    def is_open(self) -> bool:
        """Something of it is still to be sent. Reads its amounts."""
        is_over = self.missed_at is not None or self.dropped_at is not None
        return not is_over and any(amount.unsent > 0 for amount in self.amounts.all())


class DueAmount(models.Model):
    day = models.ForeignKey(DueDay, models.PROTECT, related_name="amounts", verbose_name=_("tanggal"))
    order_line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="due_amounts", verbose_name=_("baris pesanan")
    )
    quantity = QuantityField(_("banyaknya"))
    sent_quantity = QuantityField(_("banyaknya dikirim"), default=0, editable=False)

    class Meta:
        verbose_name = _("jumlah pada tanggal")
        verbose_name_plural = ngettext_lazy("jumlah pada tanggal", "jumlah pada tanggal", 2)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["day", "order_line"], name="due_amount_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & Q(sent_quantity__gte=0) & Q(sent_quantity__lte=F("quantity")),
                name="due_amount_sent_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.quantity}"

    @property
    def unsent(self) -> Decimal:
        return self.quantity - self.sent_quantity
