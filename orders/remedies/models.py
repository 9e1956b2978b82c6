"""What the decision of a dispute gives: of the seller money off an invoice, goods again, money back; of the buyer goods
that count as accepted, or as refused."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.money import RupiahField, share
from epeken.core.quantity import QuantityField
from epeken.core.states import StateIsLastEvent, valid_states
from orders.attestations.events import AttestedEvent
from orders.deliveries.models import Delivery
from orders.disputes.models import Dispute, WaitsForCity
from orders.orders.models import Order, OrderLine
from orders.remedies import querysets
from orders.remedies.states import REMEDY, RemedyKind, RemedyState


class Remedy(WaitsForCity):
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="remedies", verbose_name=_("keluhan"))
    order = models.ForeignKey(Order, models.PROTECT, related_name="remedies", verbose_name=_("pesanan"))
    # The goods whose money it is: a replacement that did not come, or goods that were refused.
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="followed_by", verbose_name=_("menggantikan")
    )
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="remedies", verbose_name=_("kiriman"))
    order_line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, related_name="remedies", verbose_name=_("baris pesanan")
    )
    kind = models.CharField(_("jenis"), max_length=12, choices=RemedyKind, editable=False)
    state = models.CharField(_("keadaan"), max_length=10, choices=RemedyState, default=REMEDY.initial, editable=False)
    quantity = QuantityField(_("banyaknya"), null=True, editable=False)
    # Of a replacement: how much of it was refused when it first came, so that no invoice bears it, and how much of it
    # came right since. What came right stands first for what was invoiced before.
    refused = QuantityField(_("yang ditolak dan belum ditagih"), default=0, editable=False)
    came = QuantityField(_("yang datang lagi dan diterima"), default=0, editable=False)
    # Decided; of goods what they cost: of those that come again it is deducted when they do not.
    amount = RupiahField(_("jumlah"), editable=False)
    # What came off the invoice: less than decided where less was accepted.
    applied = RupiahField(_("sudah dipotong"), null=True, editable=False)
    granted_at = models.DateTimeField(_("diputus"), editable=False)
    # The act now waited for: since when, and until when. None of a deduction.
    waits_since = models.DateTimeField(_("menunggu sejak"), editable=False)
    due_at = models.DateTimeField(_("batas"), null=True, editable=False)
    told = models.CharField(_("catatan penjual"), max_length=200, blank=True, editable=False)
    proof = models.CharField(_("bukti"), max_length=200, blank=True, editable=False)  # name in the private store
    proof_type = models.CharField(_("jenis berkas bukti"), max_length=60, blank=True, editable=False)
    proof_sha256 = models.CharField(_("sidik berkas bukti"), max_length=64, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("dicatat oleh"),
    )
    recorded_at = models.DateTimeField(_("dicatat penjual"), null=True, editable=False)
    objection = models.CharField(_("bantahan pembeli"), max_length=300, blank=True, editable=False)
    ruling = models.CharField(_("putusan petugas"), max_length=300, blank=True, editable=False)
    ended_at = models.DateTimeField(_("berakhir"), null=True, editable=False)

    objects = querysets.RemedyQuerySet.as_manager()
    machine = REMEDY

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["pk"]
        verbose_name = _("pemenuhan keputusan")
        verbose_name_plural = ngettext_lazy("pemenuhan keputusan", "pemenuhan keputusan", 2)
        constraints = [
            valid_states(REMEDY, "remedy_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="remedy_of_something"),
            models.CheckConstraint(
                condition=Q(applied__isnull=True) | Q(applied__lte=F("amount"), kind=RemedyKind.DEDUCTION),
                name="remedy_applied_within",
            ),
            models.CheckConstraint(
                condition=Q(kind=RemedyKind.REPLACEMENT, quantity__gt=0, order_line__isnull=False)
                # Without goods of its own: the whole delivery.
                | Q(kind__in=[RemedyKind.ACCEPTANCE, RemedyKind.REFUSAL], quantity__gt=0, order_line__isnull=False)
                | Q(~Q(kind=RemedyKind.REPLACEMENT), quantity__isnull=True, order_line__isnull=True),
                name="remedy_of_goods_has_goods",
            ),
            models.CheckConstraint(
                condition=Q(kind=RemedyKind.REPLACEMENT, refused__lte=F("quantity"), came__lte=F("quantity"))
                | Q(~Q(kind=RemedyKind.REPLACEMENT), refused=0, came=0),
                name="remedy_came_within",
            ),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(follows__isnull=True), name="remedy_one_per_decision"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="remedy_waiting",
                condition=Q(state__in=[RemedyState.OWED, RemedyState.RECORDED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}"

    @property
    def number(self) -> str:
        """Of its order: how logs name it."""
        return self.order.number

    @property
    def left(self) -> Decimal:
        """What of the goods did not come right yet."""
        return (self.quantity or Decimal(0)) - self.came

    @property
    def invoiced_left(self) -> Decimal:
        """What of that an earlier invoice bears: it is paid afterwards, or becomes lower."""
        return max(self.left - self.refused, Decimal(0))

    @property
    def uninvoiced_left(self) -> Decimal:
        """What of it no invoice bears: it is invoiced when it is accepted."""
        return self.left - self.invoiced_left

    @property
    def invoiced_worth(self) -> int:
        """Rupiah that is paid for goods that did not come right yet."""
        return 0 if self.order_line is None else share(self.order_line.price, self.invoiced_left)


class RemedyEvent(AttestedEvent):
    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="events", verbose_name=_("pemenuhan keputusan"))

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat pemenuhan keputusan")
        verbose_name_plural = _("riwayat pemenuhan keputusan")
