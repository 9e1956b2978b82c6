"""What a department owes a seller since it agreed to a claim: from which budget line, and how it was paid."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.money import RupiahField
from epeken.core.states import StateIsLastEvent, valid_states
from orders.attestations.events import AttestedEvent
from orders.billing.states import PaymentMethod
from orders.cancellations.models import Cancellation
from orders.compensations import querysets
from orders.compensations.states import COMPENSATION, CompensationState
from orders.orders.models import Order
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
    method = models.CharField(_("cara bayar"), max_length=10, choices=PaymentMethod, blank=True)
    reference = models.CharField(_("nomor bukti"), max_length=60, blank=True)
    paid_on = models.DateField(_("tanggal bayar"), null=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("dicatat oleh"),
    )  # fmt: skip
    paid_at = models.DateTimeField(_("dicatat"), null=True, editable=False)
    proof = models.CharField(_("bukti"), max_length=200, blank=True)  # name in the private store
    proof_type = models.CharField(_("jenis berkas bukti"), max_length=60, blank=True)
    proof_sha256 = models.CharField(_("sidik berkas bukti"), max_length=64, blank=True)

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
                condition=Q(state=CompensationState.PAID, paid_on__isnull=False, paid_by__isnull=False)
                & ~Q(proof="")
                & ~Q(paid_by=models.F("charged_by"))
                & ~Q(paid_by=models.F("agreed_by"))
                | (~Q(state=CompensationState.PAID) & Q(paid_on__isnull=True, proof="")),
                name="compensation_paid_with_proof_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CompensationEvent(AttestedEvent):
    compensation = models.ForeignKey(Compensation, models.PROTECT, related_name="events", verbose_name=_("ganti rugi"))

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat ganti rugi")
        verbose_name_plural = _("riwayat ganti rugi")
