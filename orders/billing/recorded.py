"""A payment as a treasurer records it, whatever it pays: how, when, with which proof, and whether it still stands."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from epeken.core.models import AppendOnly
from epeken.core.money import RupiahField
from orders.billing.states import PaymentMethod
from orders.reversals.states import STANDING, ReversalState


class RecordedPayment(AppendOnly):
    """A wrong one stays as it was recorded: it is reversed (`orders.reversals`), and recorded anew."""

    method = models.CharField(_("cara bayar"), max_length=8, choices=PaymentMethod)
    reference = models.CharField(_("nomor bukti"), max_length=60, blank=True)  # SP2D, transfer or card slip number
    paid_on = models.DateField(_("tanggal bayar"))
    amount = RupiahField(_("jumlah"))  # what the seller received
    proof = models.CharField(_("bukti"), max_length=200, blank=True)  # name in the private store
    proof_type = models.CharField(_("jenis berkas bukti"), max_length=60, blank=True)
    proof_sha256 = models.CharField(_("sidik berkas bukti"), max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("dicatat oleh")
    )
    # On that day; "" of payments recorded before it was kept.
    recorded_name = models.CharField(_("nama pencatat"), max_length=120, blank=True)
    recorded_at = models.DateTimeField(_("dicatat"))

    reversals: Any  # of the child: each kind of payment has its own

    class Meta(AppendOnly.Meta):
        abstract = True
        ordering = ["pk"]

    @property
    def recorder(self) -> str:
        """The name of who recorded it, as it was then."""
        return self.recorded_name or str(self.recorded_by.name)

    @property
    def reversal(self) -> Any:
        """The one that waits or was released; None while nobody asked. A query unless read `with_reversal`."""
        if "standing_reversal" not in self.__dict__:
            found = self.reversals.filter(state__in=STANDING).select_related("asked_by")
            self.standing_reversal = None if "is_reversal_read" in self.__dict__ else found.first()
        return self.standing_reversal

    @property
    def reversed_at(self) -> datetime | None:
        """When it was reversed; None while it stands."""
        found = self.reversal
        return found.ended_at if found is not None and found.state == ReversalState.RELEASED else None

    @property
    def sent_amount(self) -> int:
        """Whole rupiah that really left: another sum than was recorded where it was reversed for a wrong amount."""
        found = self.reversal
        return self.amount if found is None or found.sent_amount is None else int(found.sent_amount)

    def stands(self, as_of: datetime | None = None) -> bool:
        """Whether it was recorded and not reversed by then (now, when None)."""
        if as_of is None:
            return self.reversed_at is None
        return self.recorded_at <= as_of and (self.reversed_at is None or self.reversed_at > as_of)
