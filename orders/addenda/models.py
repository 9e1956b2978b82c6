"""One proposal to change an accepted surat pesanan, as it was and as it would be; agreed, it is an addendum."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly, Kelurahan
from epeken.core.money import RupiahField
from epeken.core.quantity import QuantityField
from epeken.core.states import StateIsLastEvent, valid_states
from orders.addenda import querysets
from orders.addenda.states import ADDENDUM, AddendumState
from orders.attestations.events import AttestedEvent
from orders.orders.models import Order, OrderLine
from orders.schedules.models import DueDay
from procurement.numbering.patterns import NUMBER_LENGTH


class Addendum(models.Model):
    """What stands in `earlier_…` is the order when it was proposed. Nothing of the order changes while it waits."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="addenda", verbose_name=_("pesanan"))
    # Given when both sides agreed; those of an order are counted.
    number = models.CharField(_("nomor"), max_length=30, null=True, unique=True, editable=False)
    # In the department's own agenda (procurement/numbering); "" where it numbers these papers itself.
    office_number = models.CharField(_("nomor surat dinas"), max_length=NUMBER_LENGTH, blank=True, editable=False)
    state = models.CharField(
        _("keadaan"), max_length=10, choices=AddendumState, default=ADDENDUM.initial, editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diusulkan oleh")
    )
    # Which side proposed, as on that day: a person may leave the shop while it waits.
    by_seller = models.BooleanField(_("diusulkan penjual"), default=False, editable=False)
    reason = models.CharField(_("alasan"), max_length=300)
    # Of the department, where the bill of the moved goods falls due after their budget year (`terms.late_words`).
    late_reason = models.CharField(_("alasan lewat akhir tahun"), max_length=300, blank=True)
    # The one date of the order's schedule it is about, before and after; `day_at` NULL: nothing comes on it.
    due_day = models.ForeignKey(DueDay, models.PROTECT, null=True, related_name="+", verbose_name=_("tanggal jadwal"))
    earlier_day_at = models.DateTimeField(_("tanggal jadwal semula"), null=True)
    day_at = models.DateTimeField(_("tanggal jadwal menjadi"), null=True)
    # Of the whole order: of a schedule that is its last date.
    earlier_deliver_at = models.DateTimeField(_("semula tiba paling lambat"))
    deliver_at = models.DateTimeField(_("menjadi tiba paling lambat"))
    earlier_place = models.CharField(_("semula alamat antar"), max_length=200, blank=True)
    place = models.CharField(_("menjadi alamat antar"), max_length=200, blank=True)
    earlier_kelurahan = models.ForeignKey(
        Kelurahan, models.PROTECT, null=True, related_name="+", verbose_name=_("semula kelurahan tujuan")
    )
    kelurahan = models.ForeignKey(
        Kelurahan, models.PROTECT, null=True, related_name="+", verbose_name=_("menjadi kelurahan tujuan")
    )
    earlier_total = RupiahField(_("semula jumlah"))
    total = RupiahField(_("menjadi jumlah"))
    asked_at = models.DateTimeField(_("diusulkan"))
    due_at = models.DateTimeField(_("batas jawaban"))
    # The end of which those who must act were reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    answer = models.CharField(_("jawaban"), max_length=300, blank=True)  # of whoever refused
    ended_at = models.DateTimeField(_("berakhir"), null=True, editable=False)

    objects = querysets.AddendumQuerySet.as_manager()
    machine = ADDENDUM

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["pk"]
        verbose_name = _("adendum")
        verbose_name_plural = ngettext_lazy("adendum", "adendum", 2)
        constraints = [
            valid_states(ADDENDUM, "addendum_state_known"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state=AddendumState.ASKED), name="addendum_one_waits_per_order"
            ),
            models.CheckConstraint(
                condition=Q(state=AddendumState.AGREED, number__isnull=False)
                | (~Q(state=AddendumState.AGREED) & Q(number__isnull=True)),
                name="addendum_agreed_has_number",
            ),
            models.CheckConstraint(
                condition=Q(due_day__isnull=False, earlier_day_at__isnull=False)
                | Q(due_day__isnull=True, earlier_day_at__isnull=True, day_at__isnull=True),
                name="addendum_date_as_it_was",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="addendum_waiting", condition=Q(state=AddendumState.ASKED)),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.order}"

    @property
    def drops_date(self) -> bool:
        return self.due_day_id is not None and self.day_at is None

    @property
    def moves_day(self) -> bool:
        return self.deliver_at != self.earlier_deliver_at

    @property
    def moves_place(self) -> bool:
        return (self.place, self.kelurahan_id) != (self.earlier_place, self.earlier_kelurahan_id)


class AddendumLine(AppendOnly):
    """Of every line of the order, also of those that stay as they are: the order can be read as it was before."""

    addendum = models.ForeignKey(Addendum, models.PROTECT, related_name="lines", verbose_name=_("adendum"))
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+", verbose_name=_("baris pesanan"))
    earlier_quantity = QuantityField(_("semula banyaknya"))
    quantity = QuantityField(_("menjadi banyaknya"))
    earlier_amount = RupiahField(_("semula jumlah"))
    amount = RupiahField(_("menjadi jumlah"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("baris adendum")
        verbose_name_plural = ngettext_lazy("baris adendum", "baris adendum", 2)
        constraints = [
            models.UniqueConstraint(fields=["addendum", "order_line"], name="addendum_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="addendum_line_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.order_line.name} × {self.quantity}"

    @property
    def is_changed(self) -> bool:
        return self.quantity != self.earlier_quantity


class AddendumEvent(AttestedEvent):
    addendum = models.ForeignKey(Addendum, models.PROTECT, related_name="events", verbose_name=_("adendum"))

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat adendum")
        verbose_name_plural = _("riwayat adendum")
