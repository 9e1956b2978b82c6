"""A recorded payment that was wrong, or came back: who asks to reverse it, why, and who releases it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.money import RupiahField
from epeken.core.states import StateIsLastEvent, valid_states
from orders.attestations.events import AttestedEvent
from orders.billing.models import Payment
from orders.reversals import querysets
from orders.reversals.states import MISRECORDED, REVERSAL, STANDING, ReversalReason, ReversalState


class Reversal(models.Model):
    """Of a payment of any kind; a child names the payment, with `related_name="reversals"`."""

    state = models.CharField(
        _("keadaan"), max_length=10, choices=ReversalState, default=REVERSAL.initial, editable=False
    )
    reason = models.CharField(_("alasan"), max_length=10, choices=ReversalReason)
    note = models.CharField(_("penjelasan"), max_length=300, blank=True)
    # When the bank gave the money back; of no other reason.
    returned_on = models.DateField(_("tanggal dana kembali"), null=True)
    # What really left, in place of the amount that was recorded; of no other reason than a wrong amount.
    sent_amount = RupiahField(_("jumlah yang sebenarnya keluar"), null=True)
    proof = models.CharField(_("bukti"), max_length=200, blank=True)  # name in the private store
    proof_type = models.CharField(_("jenis berkas bukti"), max_length=60, blank=True)
    proof_sha256 = models.CharField(_("sidik berkas bukti"), max_length=64, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diminta oleh")
    )
    asked_at = models.DateTimeField(_("diminta"))
    due_at = models.DateTimeField(_("batas keputusan"))
    # The end of which those who must act were reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("diputus oleh"),
    )
    answer = models.CharField(_("jawaban"), max_length=300, blank=True)  # of whoever refused or withdrew it
    ended_at = models.DateTimeField(_("berakhir"), null=True, editable=False)

    payment: Any  # of the child: each kind of payment has its own

    machine = REVERSAL

    class Meta:
        abstract = True
        triggers = [StateIsLastEvent()]
        ordering = ["pk"]

    @property
    def is_misrecorded(self) -> bool:
        """Its money was sent: only the record is wrong. Of a wrong amount nobody knows, unless it says what left."""
        return self.reason in MISRECORDED and (self.reason != ReversalReason.AMOUNT or self.sent_amount is not None)

    @property
    def sent(self) -> int:
        """Whole rupiah that left all the same; 0 where none did, or nobody knows how much."""
        return (self.sent_amount or self.payment.amount) if self.is_misrecorded else 0


def reversal_constraints(prefix: str) -> list[models.BaseConstraint]:
    """What holds of every kind; `prefix` begins their names in the database."""
    return [
        valid_states(REVERSAL, f"{prefix}_state_known"),
        models.UniqueConstraint(
            fields=["payment"], condition=Q(state__in=STANDING), name=f"{prefix}_one_stands_per_payment"
        ),
        models.CheckConstraint(
            condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name=f"{prefix}_by_two_people"
        ),
        models.CheckConstraint(
            condition=~Q(state=ReversalState.RELEASED) | Q(decided_by__isnull=False, ended_at__isnull=False),
            name=f"{prefix}_released_by_somebody",
        ),
        models.CheckConstraint(
            condition=Q(reason=ReversalReason.RETURNED, returned_on__isnull=False) & ~Q(proof="")
            | Q(~Q(reason=ReversalReason.RETURNED), returned_on__isnull=True),
            name=f"{prefix}_returned_is_proven",
        ),
        models.CheckConstraint(
            condition=Q(sent_amount__isnull=True) | Q(reason=ReversalReason.AMOUNT, sent_amount__gt=0),
            name=f"{prefix}_sent_amount",
        ),
    ]


class PaymentReversal(Reversal):
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="reversals", verbose_name=_("pembayaran"))

    objects = querysets.ReversalQuerySet.as_manager()

    class Meta(Reversal.Meta):
        verbose_name = _("pembatalan pembayaran")
        verbose_name_plural = ngettext_lazy("pembatalan pembayaran", "pembatalan pembayaran", 2)
        constraints = reversal_constraints("reversal")
        indexes = [
            models.Index(fields=["due_at"], name="reversal_waiting", condition=Q(state=ReversalState.ASKED)),
        ]

    def __str__(self) -> str:
        return f"{self.payment}"

    @property
    def number(self) -> str:
        """Of its order: how logs name it."""
        return self.payment.invoice.order.number


class PaymentReversalEvent(AttestedEvent):
    reversal = models.ForeignKey(
        PaymentReversal, models.PROTECT, related_name="events", verbose_name=_("pembatalan pembayaran")
    )

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat pembatalan pembayaran")
        verbose_name_plural = _("riwayat pembatalan pembayaran")
