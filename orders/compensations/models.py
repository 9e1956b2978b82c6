"""What a department owes a seller since it agreed to a claim: from which budget line, and how it was paid."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.i18n.words import rupiah
from epeken.core.money import RupiahField
from epeken.core.states import StateIsLastEvent, valid_states
from orders.attestations.events import AttestedEvent
from orders.billing.recorded import RecordedPayment
from orders.cancellations.models import Cancellation
from orders.compensations import querysets
from orders.compensations.states import COMPENSATION, CompensationState
from orders.orders.models import Order
from orders.reversals.models import Reversal, reversal_constraints
from procurement.budgets.models import BudgetLine


class Compensation(models.Model):
    """Of one agreed claim. The order's own budget is free again; this binds its own, under its own number."""

    number = models.CharField(_("nomor"), max_length=20, unique=True, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="compensations", verbose_name=_("pesanan"))
    cancellation = models.OneToOneField(
        Cancellation, models.PROTECT, related_name="compensation", verbose_name=_("pembatalan")
    )
    state = models.CharField(
        _("keadaan"), max_length=8, choices=CompensationState, default=COMPENSATION.initial, editable=False
    )
    amount = RupiahField(_("jumlah"))
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("disetujui oleh")
    )
    agreed_at = models.DateTimeField(_("disetujui"))
    due_at = models.DateTimeField(_("batas bayar"))
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, related_name="compensations", editable=False,
        verbose_name=_("mata anggaran"),
    )  # fmt: skip
    charged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("dibebankan oleh"),
    )  # fmt: skip
    charged_at = models.DateTimeField(_("dibebankan"), null=True, editable=False)
    # Of the payment that stands; emptied when it is reversed.
    paid_on = models.DateField(_("tanggal bayar"), null=True, editable=False)
    paid_at = models.DateTimeField(_("dicatat"), null=True, editable=False)
    reversed_at = models.DateTimeField(_("pembayarannya dibatalkan"), null=True, editable=False)
    # The reversed payment whose money was sent: only its record is corrected. None once it is recorded anew.
    correcting = models.ForeignKey(
        "orders.CompensationPayment", models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("catatan bayar yang dibetulkan"),
    )  # fmt: skip
    # The end of which those who must act were reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)

    objects = querysets.CompensationQuerySet.as_manager()
    machine = COMPENSATION

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["pk"]
        verbose_name = _("ganti rugi")
        verbose_name_plural = ngettext_lazy("ganti rugi", "ganti rugi", 2)
        constraints = [
            valid_states(COMPENSATION, "compensation_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="compensation_of_something"),
            models.CheckConstraint(
                condition=Q(state=CompensationState.AGREED, line__isnull=True)
                | (~Q(state=CompensationState.AGREED) & Q(line__isnull=False, charged_by__isnull=False)),
                name="compensation_charged_to_a_line",
            ),
            models.CheckConstraint(
                condition=Q(state=CompensationState.PAID, paid_on__isnull=False, paid_at__isnull=False)
                | (~Q(state=CompensationState.PAID) & Q(paid_on__isnull=True, paid_at__isnull=True)),
                name="compensation_paid_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def standing_payment(self) -> "CompensationPayment | None":
        """Reads its payments, with their reversals."""
        return next((payment for payment in self.payments.all() if payment.reversed_at is None), None)


class CompensationEvent(AttestedEvent):
    compensation = models.ForeignKey(Compensation, models.PROTECT, related_name="events", verbose_name=_("ganti rugi"))

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat ganti rugi")
        verbose_name_plural = _("riwayat ganti rugi")


class CompensationPayment(RecordedPayment):
    """All of it, as a treasurer recorded it. `line`, `approver`: what bore it, and who had named that line."""

    compensation = models.ForeignKey(
        Compensation, models.PROTECT, related_name="payments", verbose_name=_("ganti rugi")
    )
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", verbose_name=_("mata anggaran"))
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("dibebankan oleh")
    )

    objects = querysets.CompensationPaymentQuerySet.as_manager()

    class Meta(RecordedPayment.Meta):
        verbose_name = _("pembayaran ganti rugi")
        verbose_name_plural = ngettext_lazy("pembayaran ganti rugi", "pembayaran ganti rugi", 2)
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(proof=""), name="compensation_payment_has_proof"),
            models.CheckConstraint(
                condition=~Q(recorded_by=models.F("approver")), name="compensation_payment_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.compensation} {rupiah(self.amount)}"


class CompensationReversal(Reversal):
    payment = models.ForeignKey(
        CompensationPayment, models.PROTECT, related_name="reversals", verbose_name=_("pembayaran")
    )

    objects = querysets.CompensationReversalQuerySet.as_manager()

    class Meta(Reversal.Meta):
        verbose_name = _("pembatalan bayar ganti rugi")
        verbose_name_plural = ngettext_lazy("pembatalan bayar ganti rugi", "pembatalan bayar ganti rugi", 2)
        constraints = reversal_constraints("compensation_reversal")

    def __str__(self) -> str:
        return f"{self.payment}"

    @property
    def number(self) -> str:
        """Of the compensation: how logs name it."""
        return self.payment.compensation.number


class CompensationReversalEvent(AttestedEvent):
    reversal = models.ForeignKey(
        CompensationReversal, models.PROTECT, related_name="events", verbose_name=_("pembatalan bayar ganti rugi")
    )

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat pembatalan bayar ganti rugi")
        verbose_name_plural = _("riwayat pembatalan bayar ganti rugi")
