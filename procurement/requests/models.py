"""A department's request: what it wants, for which event, from which sellers, against which budget lines."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly, Event, Kelurahan
from epeken.core.money import RupiahField
from epeken.core.quantity import QuantityField
from epeken.core.states import StateIsLastEvent, valid_states
from procurement.agencies.models import Agency
from procurement.agencies.states import OFFICE_LENGTH, OFFICES, OfficerRole
from procurement.budgets.models import BudgetLine
from procurement.numbering.patterns import NUMBER_LENGTH
from procurement.requests import querysets
from procurement.requests.states import (
    ENDED,
    LIVE,
    REQUEST,
    CeilingOutcome,
    ChoiceReason,
    EventKind,
    RequestState,
    UnfilledReason,
)
from umkm.catalogue.models import Product
from umkm.catalogue.states import FoodKind, Unit
from umkm.catalogue.tiers import from_words, further_words, unit_price
from umkm.sellers.models import Seller

if TYPE_CHECKING:
    from procurement.rotation.models import RotationDraw
    from procurement.schedules.models import ScheduledDay


class PurchaseRequest(models.Model):
    number = models.CharField(_("nomor"), max_length=20, unique=True)
    # In the department's own agenda, given when it is first sent; "" where it numbers these papers itself.
    office_number = models.CharField(_("nomor surat dinas"), max_length=NUMBER_LENGTH, blank=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="requests", verbose_name=_("dinas"))
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="purchase_requests", verbose_name=_("pemesan")
    )
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("mata anggaran")
    )
    state = models.CharField(_("keadaan"), max_length=10, choices=RequestState, default=REQUEST.initial, editable=False)
    # The part of an earlier request whose order brought nothing, and which this request continues.
    sourced_again_from = models.ForeignKey(
        "procurement.RequestSeller",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continuations",
        editable=False,
        verbose_name=_("melanjutkan"),
    )

    # The request whose hold was over before it was ordered, and which this one writes anew.
    rebuilt_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rebuilds",
        editable=False,
        verbose_name=_("menyusun ulang"),
    )
    # The closed request whose goods this one buys again; nothing of it goes on here.
    copied_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        editable=False,
        verbose_name=_("menyalin"),
    )

    # The template whose goods it asked for when it was begun.
    from_template = models.ForeignKey(
        "procurement.RequestTemplate",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        editable=False,
        verbose_name=_("dari template"),
    )

    # The frame under which it was approved when it was sent.
    frame = models.ForeignKey(
        "procurement.ApprovalFrame",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        editable=False,
        verbose_name=_("kerangka persetujuan"),
    )
    # The request for quotation whose award it buys.
    from_quotation = models.ForeignKey(
        "procurement.Quotation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        editable=False,
        verbose_name=_("dari permintaan penawaran"),
    )

    title = models.CharField(_("nama kegiatan"), max_length=120)
    purpose = models.CharField(_("keperluan"), max_length=300, blank=True)
    # '': what its account is usually for (`event_kinds.of_request`).
    event_kind = models.CharField(_("jenis kegiatan"), max_length=8, choices=EventKind, blank=True)
    event_at = models.DateTimeField(_("tanggal dan jam acara"), null=True, blank=True)
    event_place = models.CharField(_("tempat acara"), max_length=160, blank=True)
    attendees = models.PositiveIntegerField(
        _("jumlah peserta"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    deliver_at = models.DateTimeField(_("barang tiba paling lambat"), null=True, blank=True)
    # On how many dates its goods come, the last of them `deliver_at` (`schedules`); 0: all at once.
    scheduled_days = models.PositiveSmallIntegerField(_("tanggal dalam jadwal"), default=0, editable=False)
    delivery_place = models.CharField(_("alamat antar"), max_length=200, blank=True)
    delivery_kelurahan = models.ForeignKey(
        Kelurahan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kelurahan")
    )

    # Written at submit: what is reserved on the line, and the office that the amount and its warnings ask for. Who
    # decides is asked on the day (`officers`).
    total = RupiahField(_("jumlah"), default=0, editable=False)
    needed_role = models.CharField(
        _("jabatan yang diperlukan"), max_length=12, choices=OfficerRole, blank=True, editable=False
    )
    # Its comparison sheet, drawn when it was sent; '' when the amount asks for none.
    sheet_number = models.CharField(_("lembar perbandingan"), max_length=20, blank=True, editable=False)
    decision_note = models.CharField(_("catatan keputusan"), max_length=300, blank=True, editable=False)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("penyetuju"),
    )
    # The office in which the approver decided (`agencies.states.office_code`).
    approver_role = models.CharField(
        _("jabatan penyetuju"), max_length=OFFICE_LENGTH, choices=list(OFFICES.items()), blank=True, editable=False
    )
    created_at = models.DateTimeField(_("dibuat"))
    submitted_at = models.DateTimeField(_("dikirim"), null=True, editable=False)
    due_at = models.DateTimeField(_("tenggat"), null=True, editable=False)
    # By when it was to be decided, once it was; later is late.
    decision_due_at = models.DateTimeField(_("tenggat keputusan"), null=True, editable=False)
    # Budget, prices, goods, capacity and cap room are kept for it before this moment.
    held_until = models.DateTimeField(_("ditahan sampai"), null=True, editable=False)
    # The end of which those who must act were reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    # When its requester last told the head of the department that the ceiling does not bear it.
    ceiling_asked_at = models.DateTimeField(_("pagu diminta"), null=True, editable=False)
    approved_at = models.DateTimeField(_("disetujui"), null=True, editable=False)
    ordered_at = models.DateTimeField(_("dipesan"), null=True, editable=False)
    closed_at = models.DateTimeField(_("ditutup"), null=True, editable=False)
    # So that most pages ask nothing more: when another requester took it over (`takeovers`), and how many signatures
    # were asked for when it was sent (`signatures`).
    taken_over_at = models.DateTimeField(_("diambil alih"), null=True, editable=False)
    signatures_asked = models.PositiveSmallIntegerField(_("tanda tangan diminta"), default=0, editable=False)

    locked_lines: dict[int, BudgetLine]  # by pk, those its goods are charged to; filled by `holds.locked_with_budget`
    total_now: int  # added by `with_total_now`
    told_days: "list[ScheduledDay]"  # read once, by `schedules.reading`
    told_draws: "list[RotationDraw]"  # read once for a page, by `rotation.results`

    objects = querysets.RequestQuerySet.as_manager()
    machine = REQUEST

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["-pk"]
        verbose_name = _("permintaan")
        verbose_name_plural = ngettext_lazy("permintaan", "permintaan", 2)
        constraints = [
            valid_states(REQUEST, "request_state_known"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=models.F("requester")),
                name="request_approver_is_not_requester",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True, approver_role="")
                | (Q(approver__isnull=False) & ~Q(approver_role="")),
                name="request_approver_has_office",
            ),
            models.CheckConstraint(condition=~Q(state__in=LIVE) | ~Q(needed_role=""), name="request_live_needs_office"),
            models.CheckConstraint(
                condition=Q(state__in=[RequestState.DRAFT, RequestState.SENT_BACK, RequestState.WITHDRAWN])
                | (Q(line__isnull=False) & Q(total__gt=0)),
                name="request_submitted_has_budget",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=LIVE) | Q(held_until__isnull=False), name="request_live_has_hold"
            ),
            models.UniqueConstraint(
                fields=["rebuilt_from"], condition=~Q(state__in=ENDED), name="request_rebuilt_once"
            ),
            models.UniqueConstraint(
                fields=["sourced_again_from"], condition=~Q(state__in=ENDED), name="request_sourced_again_once"
            ),
            models.UniqueConstraint(
                fields=["from_quotation"],
                # What continues an order without goods has that order's part; one request continues a part.
                condition=~Q(state__in=ENDED) & Q(sourced_again_from__isnull=True),
                name="request_of_quotation_once",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "-id"], name="request_desk"),
            models.Index(fields=["held_until"], name="request_holds", condition=Q(state__in=LIVE)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class RequestSeller(models.Model):
    """How one seller's part of the request reaches the department, and what that costs; as the requester saw it."""

    request = models.ForeignKey(PurchaseRequest, models.CASCADE, related_name="sellers")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+")
    delivery_cost = RupiahField(_("ongkos antar"), default=0)
    # What the shop offered in a request for quotation; it asks for no more than that.
    quoted_cost = RupiahField(_("ongkos antar dalam penawaran"), null=True, editable=False)
    is_delivered = models.BooleanField(_("diantar penjual"), default=True)
    # By when, as negotiated with this seller; NULL: as the request says.
    deliver_at = models.DateTimeField(_("barang tiba paling lambat"), null=True, editable=False)
    # Since when an answer is waited for whether its order is cancelled; NULL while nobody asks.
    cancel_asked_at = models.DateTimeField(null=True, editable=False)
    # Its order was closed without goods: which, when, why, and what was said to it; and when the requester said that no
    # other seller is needed.
    unfilled_order = models.CharField(max_length=20, blank=True, editable=False)
    unfilled_at = models.DateTimeField(null=True, editable=False)
    unfilled_reason = models.CharField(max_length=9, choices=UnfilledReason, blank=True, editable=False)
    unfilled_note = models.CharField(max_length=300, blank=True, editable=False)
    sourcing_ended_at = models.DateTimeField(null=True, editable=False)

    live_continuations: "list[PurchaseRequest]"  # filled by `with_continuation`

    objects = querysets.RequestSellerQuerySet.as_manager()

    class Meta:
        verbose_name = _("penjual dalam permintaan")
        verbose_name_plural = ngettext_lazy("penjual dalam permintaan", "penjual dalam permintaan", 2)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "seller"], name="request_seller_once"),
            models.CheckConstraint(
                condition=Q(
                    unfilled_at__isnull=True, unfilled_reason="", unfilled_order="", sourcing_ended_at__isnull=True
                )
                | (Q(unfilled_at__isnull=False) & ~Q(unfilled_reason="") & ~Q(unfilled_order="")),
                name="request_seller_unfilled_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.seller}"


class RequestLine(models.Model):
    """A product at the price it had when it was put in; refreshed at submit, then fixed."""

    request = models.ForeignKey(PurchaseRequest, models.CASCADE, related_name="lines", verbose_name=_("permintaan"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("barang"))
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+", verbose_name=_("penjual"))
    seller_name = models.CharField(_("nama penjual"), max_length=80, blank=True, editable=False)  # as submitted
    name = models.CharField(_("nama"), max_length=120)
    unit = models.CharField(_("satuan"), max_length=8, choices=Unit)
    food_kind = models.CharField(_("jenis makanan"), max_length=8, choices=FoodKind, default=FoodKind.NONE)
    price = RupiahField(_("harga"))
    # From which quantity on the shop asks this price of everybody; NULL: the price of one, or another agreement.
    tier_from = QuantityField(_("harga grosir mulai"), null=True, editable=False)
    # What the shop offered in a request for quotation; it costs no more than that.
    quoted_price = RupiahField(_("harga dalam penawaran"), null=True, editable=False)
    quantity = QuantityField(_("banyaknya"))
    amount = RupiahField(_("jumlah"))  # share(price, quantity), whole rupiah half up
    # Which budget line pays for it; NULL: the request's own, its main line (`budgets.charges`).
    charged_to = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dibebankan ke")
    )
    note = models.CharField(_("catatan untuk penjual"), max_length=200, blank=True)
    # Why this offer, where the comparison has a cheaper one, or none of another owner.
    choice_reason = models.CharField(_("alasan memilih"), max_length=8, choices=ChoiceReason, blank=True)
    choice_note = models.CharField(_("penjelasan pilihan"), max_length=300, blank=True)
    dropped_at = models.DateTimeField(_("dilepas"), null=True, editable=False)
    dropped_reason = models.CharField(_("alasan dilepas"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("baris permintaan")
        verbose_name_plural = ngettext_lazy("baris permintaan", "baris permintaan", 2)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "product"], name="request_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="request_line_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.name} × {self.quantity}"

    @property
    def listed_now(self) -> int:
        """What the shop asks of everybody today for each of so many."""
        return unit_price(self.product, self.quantity)

    @property
    def price_now(self) -> int:
        """What the product costs this request today."""
        today = self.listed_now
        return today if self.quoted_price is None else min(today, self.quoted_price)

    @property
    def tier_words(self) -> str:
        """Why it costs less than one does; '' where a tier is not why."""
        return from_words(self.unit, self.tier_from)

    @property
    def single_price(self) -> int | None:
        """Of a line priced by a tier what one costs today, whole rupiah; None where a tier is not why."""
        return None if self.tier_from is None else self.product.price

    @property
    def further_words(self) -> str:
        """What more of it would cost by the tiers of today; '' of a quoted price."""
        return "" if self.quoted_price is not None else further_words(self.product, self.unit, self.quantity)


class RequestTakeover(models.Model):
    """Another requester went on with a request whose requester was no longer one; who wrote it stays barred from
    deciding on it."""

    request = models.ForeignKey(PurchaseRequest, models.PROTECT, related_name="takeovers", verbose_name=_("permintaan"))
    earlier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("pemesan sebelumnya")
    )
    at = models.DateTimeField(_("waktu"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("pengambilalihan permintaan")
        verbose_name_plural = ngettext_lazy("pengambilalihan permintaan", "pengambilalihan permintaan", 2)

    def __str__(self) -> str:
        return f"{self.request_id}: {self.earlier}"


class CeilingAnswer(AppendOnly):
    """What became of the asking for a higher ceiling: the head's answer, or that the line bears the request by now.

    `asked_at`: of which asking, as the request has it. `reference` and `sent_on`: of the letter to the city's budget
    office.
    """

    request = models.ForeignKey(
        PurchaseRequest, models.PROTECT, related_name="ceiling_answers", verbose_name=_("permintaan")
    )
    asked_at = models.DateTimeField(_("pagu diminta"))
    outcome = models.CharField(_("jawaban"), max_length=8, choices=CeilingOutcome)
    reference = models.CharField(_("nomor surat"), max_length=80, blank=True)
    sent_on = models.DateField(_("tanggal surat"), null=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("penjawab")
    )
    acted_as = models.CharField(_("jabatan"), max_length=OFFICE_LENGTH, choices=list(OFFICES.items()), blank=True)
    at = models.DateTimeField(_("waktu"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("jawaban permintaan pagu")
        verbose_name_plural = ngettext_lazy("jawaban permintaan pagu", "jawaban permintaan pagu", 2)
        constraints = [
            # The head answers an asking once; that the line bears the request may follow.
            models.UniqueConstraint(
                fields=["request", "asked_at"], condition=Q(actor__isnull=False), name="ceiling_answered_once"
            ),
            models.UniqueConstraint(
                fields=["request", "asked_at"], condition=Q(actor__isnull=True), name="ceiling_borne_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="put", actor__isnull=False, sent_on__isnull=False) & ~Q(reference="")
                | Q(outcome="declined", actor__isnull=False, sent_on__isnull=True, reference="") & ~Q(reason="")
                | Q(outcome="borne", actor__isnull=True, sent_on__isnull=True, reference="", reason=""),
                name="ceiling_answer_says_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.get_outcome_display()}"


class RequestEvent(Event):
    request = models.ForeignKey(PurchaseRequest, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat permintaan")
        verbose_name_plural = _("riwayat permintaan")
