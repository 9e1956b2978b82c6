"""A shipment and what was found when it came: surat jalan, inspection, BAST."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.money import RupiahField, share
from epeken.core.phones import PhoneField
from epeken.core.quantity import QuantityField
from epeken.core.states import StateIsLastEvent, valid_states
from orders.attestations.events import AttestedEvent
from orders.deliveries import querysets
from orders.deliveries.states import DELIVERY, WITHOUT_RESULT, DeliveryState
from orders.orders.models import Order, OrderLine
from orders.orders.words import fetched_words
from procurement.numbering.patterns import NUMBER_LENGTH
from umkm.catalogue.states import FoodKind


class Delivery(models.Model):
    order = models.ForeignKey(Order, models.PROTECT, related_name="deliveries", verbose_name=_("pesanan"))
    number = models.CharField(_("nomor surat jalan"), max_length=20, unique=True)
    # By which decision its goods come in place of others of the order (`remedy.delivery`), and until when they were to;
    # None: goods that come as ordered.
    remedy = models.ForeignKey(
        "orders.Remedy",
        models.PROTECT,
        null=True,
        related_name="shipments",
        editable=False,
        verbose_name=_("mengganti"),
    )
    promised_at = models.DateTimeField(_("dijanjikan tiba"), null=True, editable=False)
    # The date of the order's schedule for which it was sent; None: the order has one date, or its goods come again.
    due_day = models.ForeignKey(
        "orders.DueDay",
        models.PROTECT,
        null=True,
        related_name="deliveries",
        editable=False,
        verbose_name=_("tanggal jadwal"),
    )
    state = models.CharField(
        _("keadaan"), max_length=10, choices=DeliveryState, default=DELIVERY.initial, editable=False
    )
    carrier = models.CharField(_("dibawa oleh"), max_length=120, blank=True)  # blank: fetched at the shop
    shipped_at = models.DateTimeField(_("dikirim"))
    # Whom of a department the goods are handed to, as known when they left; "" without a receiver.
    awaited_by = models.CharField(_("ditunggu oleh"), max_length=120, blank=True, editable=False)
    awaited_by_phone = PhoneField(_("telepon yang menunggu"), blank=True, editable=False)
    arrived_at = models.DateTimeField(_("tiba"), null=True, editable=False)
    # Of the act now waited for: the arrival recorded, the inspection, the BAST. None once it did not come.
    due_at = models.DateTimeField(_("batas"), null=True, editable=False)
    # How often nobody recorded the arrival in time, so that others were told (policies.ASKED_IN_TURN).
    escalations = models.PositiveSmallIntegerField(_("berapa kali diteruskan"), default=0, editable=False)
    # A person's goods, of which the seller said that they were handed over.
    is_told_by_seller = models.BooleanField(_("serah terima dicatat penjual"), default=False, editable=False)
    # The seller recorded the arrival with the PIN of the receiving side (orders.pins).
    is_arrived_by_pin = models.BooleanField(_("tiba dicatat dengan PIN penerima"), default=False, editable=False)
    # Which of its PINs counts, and how often another number was typed instead.
    pin_turn = models.PositiveSmallIntegerField(_("PIN keberapa"), default=0, editable=False)
    pin_misses = models.PositiveSmallIntegerField(_("PIN salah"), default=0, editable=False)
    # Until when the rest of the order was waited for when it left (`Order.rest_due_at`), which holds again once its
    # record is withdrawn.
    rest_until = models.DateTimeField(_("batas sisa saat dikirim"), null=True, editable=False)
    # The end of which those who must act were reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    inspected_at = models.DateTimeField(_("diperiksa"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("diterima"), null=True, editable=False)
    rejected_at = models.DateTimeField(_("ditolak"), null=True, editable=False)
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("penerima"),
    )
    is_on_time = models.BooleanField(_("tepat waktu"), null=True)
    remark = models.CharField(_("catatan pemeriksaan"), max_length=300, blank=True)
    bast_number = models.CharField(_("nomor BAST"), max_length=20, null=True, unique=True, editable=False)
    office_number = models.CharField(_("nomor surat dinas"), max_length=NUMBER_LENGTH, blank=True)
    # Whether its bill counts with others as one purchase, as the treasurer decided (orders/tax_decisions); None: as the
    # days of the orders say.
    counted_as_split = models.BooleanField(_("dihitung sebagai bagian pembelian"), null=True, editable=False)

    objects = querysets.DeliveryQuerySet.as_manager()
    machine = DELIVERY

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["pk"]
        verbose_name = _("penerimaan")
        verbose_name_plural = ngettext_lazy("penerimaan", "penerimaan", 2)
        constraints = [
            valid_states(DELIVERY, "delivery_state_known"),
            models.CheckConstraint(
                condition=Q(remedy__isnull=True) | Q(promised_at__isnull=False),
                name="delivery_again_is_promised",
            ),
            models.UniqueConstraint(
                fields=["remedy"], condition=Q(state__in=WITHOUT_RESULT), name="delivery_again_one_under_way"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_waiting", condition=Q(state__in=WITHOUT_RESULT)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def deliver_at(self) -> datetime:
        """By when it is to come: as ordered, on its date of the schedule, as decided for goods that come again, or as
        it stood when they left, where an addendum moved the order's day since."""
        return self.promised_at or self.order.deliver_at

    @property
    def waits_since(self) -> datetime:
        """When its present clock began: of the inspection, the arrival or the sending."""
        return self.inspected_at or self.arrived_at or self.shipped_at

    @property
    def carried_by(self) -> str:
        """In the reader's language."""
        return self.carrier or fetched_words(self.order.seller)


class DeliveryLine(models.Model):
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="lines", verbose_name=_("kiriman"))
    order_line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="delivery_lines", verbose_name=_("baris pesanan")
    )
    sent = QuantityField(_("dikirim"))
    arrived = QuantityField(_("tiba"), null=True)
    accepted = QuantityField(_("diterima baik"), null=True)
    # What of it stands in place of goods that an earlier invoice bears: it is not invoiced again.
    covered = QuantityField(_("sudah ditagih"), default=0, editable=False)
    # What of the rest the decision of a dispute counts as accepted; `accepted` stays what was stated at the receipt.
    decided = QuantityField(_("diputus diterima"), default=0, editable=False)
    # What of all that the decision of a dispute refuses: it is on no bill.
    rejected = QuantityField(_("diputus ditolak"), default=0, editable=False)
    # The same of goods that a bill bears: it was paid, or is lowered, so their money is a remedy of its own.
    returned = QuantityField(_("diputus ditolak sesudah ditagih"), default=0, editable=False)
    # Written with the BAST. Over the deliveries of an order what is billed of a line adds up to share(price, kept).
    amount = RupiahField(_("jumlah"), null=True, editable=False)
    # What decisions added, or took off (negative), once the delivery had its result.
    added_amount = RupiahField(_("jumlah menurut putusan"), default=0, editable=False, signed=True)
    remark = models.CharField(_("alasan selisih"), max_length=200, blank=True)
    # As what its food is taxed where the treasurer decided otherwise than the seller said; "": as ordered.
    taxed_as = models.CharField(_("dikenai pajak sebagai"), max_length=8, choices=FoodKind, blank=True, editable=False)

    class Meta:
        verbose_name = _("baris kiriman")
        verbose_name_plural = ngettext_lazy("baris kiriman", "baris kiriman", 2)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "order_line"], name="delivery_line_once"),
            models.CheckConstraint(condition=Q(sent__gt=0), name="delivery_sent_something"),
            models.CheckConstraint(
                condition=Q(arrived__isnull=True) | (Q(arrived__gte=0) & Q(arrived__lte=F("sent"))),
                name="delivery_arrived_within_sent",
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | (Q(accepted__gte=0) & Q(accepted__lte=F("arrived"))),
                name="delivery_accepted_within_arrived",
            ),
            models.CheckConstraint(
                condition=Q(covered=0) | Q(covered__gt=0, covered__lte=F("accepted") + F("decided")),
                name="delivery_covered_within_kept",
            ),
            models.CheckConstraint(
                condition=Q(decided=0) | Q(decided__gt=0, sent__gte=F("accepted") + F("decided")),
                name="delivery_decided_within_refused",
            ),
            models.CheckConstraint(
                condition=Q(added_amount=0) | Q(decided__gt=0) | Q(rejected__gt=0), name="delivery_added_by_decision"
            ),
            models.CheckConstraint(
                condition=Q(rejected=0, returned=0)
                | Q(rejected__gte=0, returned__gte=0, accepted__gte=F("rejected") + F("returned") - F("decided")),
                name="delivery_rejected_within_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_line}"

    @property
    def food_kind(self) -> str:
        """As what its food is taxed."""
        return self.taxed_as or self.order_line.food_kind

    @property
    def kept(self) -> Decimal:
        """What the buyer keeps and pays for: accepted by an inspection or by silence, or counted so by a decision, and
        not refused by one."""
        return (self.accepted or Decimal(0)) + self.decided - self.rejected_since

    @property
    def invoiced(self) -> Decimal:
        """What of it the invoice of its delivery bears: kept, or refused though it was billed, and on no earlier
        invoice."""
        return self.kept + self.returned - self.covered

    @property
    def billed(self) -> int:
        """Rupiah: what the invoice of its delivery bears for it."""
        return (self.amount or 0) + self.added_amount

    @property
    def refused(self) -> Decimal:
        """What was counted and is not kept."""
        return Decimal(0) if self.accepted is None else self.sent - self.kept

    @property
    def left_behind(self) -> Decimal:
        """What came and is not kept: it lies with the receiver until it is fetched. Without a count all came."""
        if self.accepted is None:
            return Decimal(0)
        return max((self.sent if self.arrived is None else self.arrived) - self.kept, Decimal(0))

    @property
    def rejected_since(self) -> Decimal:
        """What a decision refused of what was received."""
        return self.rejected + self.returned

    @property
    def refused_at_receipt(self) -> Decimal:
        """What was counted and not taken when it came."""
        return self.refused - self.rejected_since

    def price_of(self, quantity: Decimal) -> int:
        """Rupiah for so much of it, accepted next. Over all deliveries an order line comes to share(price, all
        accepted), so rounding neither costs nor makes a rupiah."""
        sold = self.order_line
        return share(sold.price, (sold.accepted_quantity or Decimal(0)) + quantity) - (sold.accepted_amount or 0)


class InspectionPhoto(models.Model):
    """Evidence in the private store."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="photos")
    file = models.CharField(max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("foto pemeriksaan")
        verbose_name_plural = ngettext_lazy("foto pemeriksaan", "foto pemeriksaan", 2)

    def __str__(self) -> str:
        return self.file


class DeliveryEvent(AttestedEvent):
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="events", verbose_name=_("kiriman"))

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat kiriman")
        verbose_name_plural = _("riwayat kiriman")
