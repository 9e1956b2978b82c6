"""The seller's own word on what a department's papers state of her: goods handed over, money received."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.states import StateIsLastEvent, valid_states
from orders.attestations.events import AttestedEvent
from orders.billing.models import Payment
from orders.confirmations import querysets
from orders.confirmations.states import CONFIRMATION, ConfirmationState
from orders.deliveries.models import Delivery
from orders.orders.models import Order


class SellerConfirmation(models.Model):
    """Of the BAST of one delivery, or of the receipt of one payment. Moves under the lock of its order.

    Confirmed, it is a signature: the event names the person, `document` is the edition they confirmed and `sha256` its
    canonical content (`Document.stated_sha256`).
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="confirmations", verbose_name=_("pesanan"))
    delivery = models.OneToOneField(
        Delivery, models.PROTECT, null=True, related_name="confirmation", verbose_name=_("kiriman")
    )
    payment = models.OneToOneField(
        Payment, models.PROTECT, null=True, related_name="confirmation", verbose_name=_("pembayaran")
    )
    state = models.CharField(
        _("keadaan"), max_length=10, choices=ConfirmationState, default=CONFIRMATION.initial, editable=False
    )
    asked_at = models.DateTimeField(_("diminta"), editable=False)
    due_at = models.DateTimeField(_("batas jawaban"), editable=False)
    # By when the treasurer answers that money did not come; None while nobody says so.
    trace_due_at = models.DateTimeField(_("batas bendahara"), null=True, editable=False)
    # How often its silence was told to the next: the head, then the inspectorate; and when that is due again.
    escalations = models.PositiveSmallIntegerField(_("berapa kali diteruskan"), default=0, editable=False)
    climbs_at = models.DateTimeField(_("diteruskan pada"), null=True, editable=False)
    # The end of which the seller was reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    # What was last written with it: the seller's objection, the treasurer's answer.
    said = models.CharField(_("yang ditulis"), max_length=300, blank=True, editable=False)
    changed_at = models.DateTimeField(_("terakhir berubah"), editable=False)
    document = models.ForeignKey(
        "orders.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("dokumen"), editable=False
    )
    sha256 = models.CharField(_("sidik isi dokumen"), max_length=64, blank=True, editable=False)

    objects = querysets.ConfirmationQuerySet.as_manager()
    machine = CONFIRMATION

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["pk"]
        verbose_name = _("konfirmasi penjual")
        verbose_name_plural = ngettext_lazy("konfirmasi penjual", "konfirmasi penjual", 2)
        constraints = [
            valid_states(CONFIRMATION, "confirmation_state_known"),
            models.CheckConstraint(
                condition=Q(delivery__isnull=True, payment__isnull=False)
                | Q(delivery__isnull=False, payment__isnull=True),
                name="confirmation_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConfirmationState.CONFIRMED) | (Q(document__isnull=False) & ~Q(sha256="")),
                name="confirmation_names_its_document",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="confirmation_waiting", condition=Q(state=ConfirmationState.WAITING)),
        ]

    def __str__(self) -> str:
        return f"{self.delivery or self.payment}"

    @property
    def number(self) -> str:
        """Of its order: how logs name it."""
        return self.order.number


class SellerConfirmationEvent(AttestedEvent):
    confirmation = models.ForeignKey(
        SellerConfirmation, models.PROTECT, related_name="events", verbose_name=_("konfirmasi penjual")
    )

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat konfirmasi penjual")
        verbose_name_plural = _("riwayat konfirmasi penjual")
