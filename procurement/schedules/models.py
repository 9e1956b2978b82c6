"""On which dates the goods of a request come, and how much of each: one surat pesanan, several deliveries."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.quantity import QuantityField
from procurement.requests.models import PurchaseRequest, RequestLine


class ScheduledDay(models.Model):
    request = models.ForeignKey(
        PurchaseRequest, models.CASCADE, related_name="scheduled_on", verbose_name=_("permintaan")
    )
    deliver_at = models.DateTimeField(_("tiba paling lambat"))
    # Where its goods are brought; blank: where the request says.
    place = models.CharField(_("alamat antar"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("tanggal jadwal pengiriman")
        verbose_name_plural = ngettext_lazy("tanggal jadwal pengiriman", "tanggal jadwal pengiriman", 2)
        ordering = ["deliver_at"]
        constraints = [models.UniqueConstraint(fields=["request", "deliver_at"], name="scheduled_day_once")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.deliver_at:%Y-%m-%d}"


class ScheduledAmount(models.Model):
    day = models.ForeignKey(ScheduledDay, models.CASCADE, related_name="amounts", verbose_name=_("tanggal"))
    line = models.ForeignKey(RequestLine, models.CASCADE, related_name="+", verbose_name=_("baris permintaan"))
    quantity = QuantityField(_("banyaknya"))

    class Meta:
        verbose_name = _("jumlah menurut jadwal")
        verbose_name_plural = ngettext_lazy("jumlah menurut jadwal", "jumlah menurut jadwal", 2)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["day", "line"], name="scheduled_amount_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="scheduled_amount_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.quantity}"
