"""An act on a delivery that was written down on a phone and reached the server later."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from orders.deliveries.models import Delivery
from orders.drafts.states import DraftAct


class DraftedAct(models.Model):
    """Written once, with the act it became. `client_id` was made by the phone: what comes again under it is done."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="drafted_acts", verbose_name=_("kiriman"))
    act = models.CharField(_("tindakan"), max_length=10, choices=DraftAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    client_id = models.CharField(_("nomor draf"), max_length=32)
    # What the phone's clock said: a claim. The time of the act's event is when it came.
    claimed_at = models.DateTimeField(_("menurut jam ponsel"))
    received_at = models.DateTimeField(_("sampai di e-Peken"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("catatan tanpa jaringan")
        verbose_name_plural = ngettext_lazy("catatan tanpa jaringan", "catatan tanpa jaringan", 2)
        constraints = [models.UniqueConstraint(fields=["by", "client_id"], name="drafted_act_once")]

    def __str__(self) -> str:
        return self.client_id
