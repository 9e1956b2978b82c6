"""One wish to cancel what an order has not sent yet: who asks, why, what the other side said."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.money import RupiahField
from epeken.core.states import StateIsLastEvent, valid_states
from orders.attestations.events import AttestedEvent
from orders.cancellations import querysets
from orders.cancellations.states import CANCELLATION, WAITING, CancellationState, CancelReason
from orders.orders.models import Order


class Cancellation(models.Model):
    order = models.ForeignKey(Order, models.PROTECT, related_name="cancellations", verbose_name=_("pesanan"))
    state = models.CharField(
        _("keadaan"), max_length=10, choices=CancellationState, default=CANCELLATION.initial, editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diminta oleh")
    )
    # Which side asked, as on that day: a person may leave the shop while it waits.
    by_seller = models.BooleanField(_("diminta penjual"), default=False, editable=False)
    was_accepted = models.BooleanField(_("sesudah disanggupi penjual"), editable=False)
    reason = models.CharField(_("alasan"), max_length=12, choices=CancelReason)
    decree = models.CharField(_("nomor keputusan"), max_length=80, blank=True)
    note = models.CharField(_("penjelasan"), max_length=300, blank=True)
    amount = RupiahField(_("nilai yang belum dikirim"))  # when it was asked; no claim is above it
    asked_at = models.DateTimeField(_("diminta"))
    # The answer now waited for: since when, and until when.
    waits_since = models.DateTimeField(_("menunggu sejak"))
    due_at = models.DateTimeField(_("batas jawaban"))
    # The end of which those who must act were reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    answer = models.CharField(_("jawaban"), max_length=300, blank=True)  # of whoever refused or kept the order
    claimed = RupiahField(_("ganti rugi yang dituntut"), null=True, editable=False)
    spent_on = models.CharField(_("dipakai untuk"), max_length=500, blank=True)
    evidence = models.CharField(_("bukti"), max_length=200, blank=True)  # name in the private store
    evidence_type = models.CharField(_("jenis berkas bukti"), max_length=60, blank=True)
    evidence_sha256 = models.CharField(_("sidik berkas bukti"), max_length=64, blank=True)
    ended_at = models.DateTimeField(_("berakhir"), null=True, editable=False)
    # The seller waited for the department, and the order goes on: until when they may still send.
    sends_until = models.DateTimeField(_("waktu kirim dilanjutkan sampai"), null=True, editable=False)

    objects = querysets.CancellationQuerySet.as_manager()
    machine = CANCELLATION

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["pk"]
        verbose_name = _("pembatalan")
        verbose_name_plural = ngettext_lazy("pembatalan", "pembatalan", 2)
        constraints = [
            valid_states(CANCELLATION, "cancellation_state_known"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state__in=WAITING), name="cancellation_one_waits_per_order"
            ),
            models.CheckConstraint(
                condition=Q(claimed__isnull=True) | (Q(claimed__gt=0) & Q(claimed__lte=F("amount"))),
                name="cancellation_claim_within",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(CancellationState.CLAIMED, CancellationState.AGREED))
                | Q(claimed__isnull=False, by_seller=False),
                name="cancellation_claim_has_amount",
            ),
            models.CheckConstraint(
                condition=~Q(reason=CancelReason.BUDGET) | ~Q(decree=""), name="cancellation_budget_has_decree"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="cancellation_waiting", condition=Q(state__in=WAITING)),
        ]

    def __str__(self) -> str:
        return f"{self.order}"

    @property
    def number(self) -> str:
        """Of its order: how logs name it."""
        return self.order.number


class CancellationEvent(AttestedEvent):
    cancellation = models.ForeignKey(Cancellation, models.PROTECT, related_name="events", verbose_name=_("pembatalan"))

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat pembatalan")
        verbose_name_plural = _("riwayat pembatalan")
