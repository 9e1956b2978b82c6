"""A disagreement about a delivery. While undecided it pauses the other clocks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

from epeken.core.models import AppendOnly
from epeken.core.money import RupiahField
from epeken.core.quantity import QuantityField
from epeken.core.states import StateIsLastEvent, valid_states
from orders.attestations.events import AttestedEvent
from orders.deliveries.models import Delivery
from orders.disputes import querysets
from orders.disputes.states import DISPUTE, UNDECIDED, DisputeOutcome, DisputeState, wish_label
from orders.orders.models import Order, OrderLine


class WaitsForCity(models.Model):
    """What the city's officer is to decide: by when, who is told after that, and when it ends without a decision."""

    decide_due_at = models.DateTimeField(_("diputus paling lambat"), null=True, editable=False)
    # When others are next told that it is not decided, and how often they were.
    climbs_at = models.DateTimeField(_("atasan diberi tahu pada"), null=True, editable=False)
    climbs = models.PositiveSmallIntegerField(_("kali atasan diberi tahu"), default=0, editable=False)
    # NULL: it stays open until it is decided.
    ends_at = models.DateTimeField(_("berakhir tanpa putusan pada"), null=True, editable=False)
    # The end of which those who must act were reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)

    class Meta:
        abstract = True


class Dispute(WaitsForCity):
    order = models.ForeignKey(Order, models.PROTECT, related_name="disputes", verbose_name=_("pesanan"))
    state = models.CharField(_("keadaan"), max_length=10, choices=DisputeState, default=DISPUTE.initial, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("dibuka oleh")
    )
    # Which side opened it, as on that day: a person may leave the shop while the dispute goes on.
    opened_by_seller = models.BooleanField(_("dibuka penjual"), default=False, editable=False)
    complaint = models.TextField(_("keluhan"), max_length=1000)
    # What a buyer who complains asks for; the seller's own complaint asks for nothing of these.
    wish = models.CharField(_("permintaan"), max_length=12, choices=DisputeOutcome, blank=True, editable=False)
    answer = models.TextField(_("jawaban"), max_length=1000, blank=True)
    decision = models.TextField(_("keputusan"), max_length=1000, blank=True)
    # What the decision comes to; its figures stand on the remedy.
    outcome = models.CharField(_("hasil"), max_length=12, choices=DisputeOutcome, blank=True, editable=False)
    opened_at = models.DateTimeField(_("dibuka"))
    due_at = models.DateTimeField(_("batas jawaban"))
    # When it passed to the city's officer because nobody answered in time.
    unanswered_at = models.DateTimeField(_("lewat tanpa jawaban"), null=True, editable=False)
    answered_at = models.DateTimeField(_("dijawab"), null=True, editable=False)
    decided_at = models.DateTimeField(_("diputus"), null=True, editable=False)

    objects = querysets.DisputeQuerySet.as_manager()
    machine = DISPUTE

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["-pk"]
        verbose_name = _("keluhan")
        verbose_name_plural = ngettext_lazy("keluhan", "keluhan", 2)
        permissions = [("decide_dispute", gettext_noop("boleh memutus keluhan"))]
        constraints = [
            valid_states(DISPUTE, "dispute_state_known"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state__in=UNDECIDED), name="dispute_one_open_per_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}"

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED

    @property
    def is_for_city(self) -> bool:
        """Undecided, and the city's officer is to decide: answered, or not in time."""
        return self.state == DisputeState.ANSWERED or (
            self.state == DisputeState.OPENED and self.unanswered_at is not None
        )

    @property
    def number(self) -> str:
        """Of its order: how logs name it."""
        return self.order.number

    @property
    def wish_words(self) -> str:
        """What is asked for; "" where nobody asked."""
        return wish_label(self.wish) if self.wish else ""

    @property
    def complaint_photos(self) -> list[int]:
        """Their pks; reads `photos`, which a page prefetches."""
        return [photo.pk for photo in self.photos.all() if not photo.of_answer]

    @property
    def answer_photos(self) -> list[int]:
        return [photo.pk for photo in self.photos.all() if photo.of_answer]


class DisputeOffer(AppendOnly):
    """What a side offers with its answer, with figures: whoever complained may take it as it is."""

    dispute = models.OneToOneField(Dispute, models.PROTECT, related_name="offer", verbose_name=_("keluhan"))
    outcome = models.CharField(_("hasil"), max_length=12, choices=DisputeOutcome)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+", verbose_name=_("kiriman"))
    order_line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, related_name="+", verbose_name=_("baris pesanan")
    )
    quantity = QuantityField(_("banyaknya"), null=True)
    amount = RupiahField(_("jumlah"), null=True)
    until = models.DateTimeField(_("paling lambat"), null=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("tawaran dalam jawaban")
        verbose_name_plural = ngettext_lazy("tawaran dalam jawaban", "tawaran dalam jawaban", 2)

    def __str__(self) -> str:
        return f"{self.dispute}"


class DisputePhoto(AppendOnly):
    """A photo beside the complaint or the answer, in the private store."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="photos", verbose_name=_("keluhan"))
    of_answer = models.BooleanField(_("dilampirkan pada jawaban"))
    file = models.CharField(_("berkas"), max_length=200)
    content_type = models.CharField(_("jenis berkas"), max_length=60)
    size = models.PositiveIntegerField(_("ukuran berkas"))
    sha256 = models.CharField(_("sidik berkas"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diunggah oleh")
    )
    uploaded_at = models.DateTimeField(_("diunggah"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("foto keluhan")
        verbose_name_plural = ngettext_lazy("foto keluhan", "foto keluhan", 2)

    def __str__(self) -> str:
        return self.file


class DisputeEvent(AttestedEvent):
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="events", verbose_name=_("keluhan"))

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat keluhan")
        verbose_name_plural = _("riwayat keluhan")
