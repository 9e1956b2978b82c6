"""The agreement between one buyer and one seller. For a department it is the surat pesanan."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from epeken.core.models import AppendOnly, Kelurahan
from epeken.core.money import RupiahField
from epeken.core.phones import PhoneField
from epeken.core.quantity import QuantityField, grouped
from epeken.core.secret import EncryptedField
from epeken.core.states import StateIsLastEvent, valid_states
from orders.attestations.events import AttestedEvent
from orders.orders import querysets
from orders.orders.states import ORDER, Channel, CloseReason, DeliveryMethod, OrderState
from procurement.agencies.models import Agency
from procurement.budgets.models import BudgetLine
from procurement.numbering.patterns import NUMBER_LENGTH
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import EventKind
from umkm.catalogue.models import Product
from umkm.catalogue.states import FoodKind, Keeps, StockMode, Unit
from umkm.catalogue.tiers import from_words
from umkm.sellers.models import Seller


class Order(models.Model):
    number = models.CharField(_("nomor"), max_length=20, unique=True)
    # In the department's own agenda (procurement/numbering); "" where it numbers these papers itself.
    office_number = models.CharField(_("nomor surat dinas"), max_length=NUMBER_LENGTH, blank=True, editable=False)
    channel = models.CharField(_("saluran"), max_length=8, choices=Channel)
    state = models.CharField(_("keadaan"), max_length=10, choices=OrderState, default=ORDER.initial, editable=False)
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="orders", verbose_name=_("penjual"))
    # A department's order has a request and an agency, a person's a buyer. The CHECK below ties them to the channel.
    request = models.ForeignKey(
        PurchaseRequest, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("permintaan")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("dinas")
    )
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders_bought",
        verbose_name=_("pembeli"),
    )
    issuer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("penerbit")
    )  # who placed or issued it
    title = models.CharField(
        _("judul"), max_length=120, blank=True
    )  # a department's event; what a person buys, its lines say

    # What the department bought it for, as its request said when it was issued; '' of a person's order.
    event_kind = models.CharField(_("jenis kegiatan"), max_length=8, choices=EventKind, blank=True, editable=False)

    method = models.CharField(_("cara menerima"), max_length=8, choices=DeliveryMethod)
    recipient = models.CharField(_("nama penerima"), max_length=120, blank=True)
    recipient_phone = PhoneField(_("telepon penerima"), blank=True)
    delivery_place = models.CharField(_("alamat antar"), max_length=200, blank=True)
    delivery_kelurahan = models.ForeignKey(
        Kelurahan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kelurahan tujuan")
    )
    deliver_at = models.DateTimeField(_("tiba paling lambat"))
    note = models.CharField(_("catatan untuk penjual"), max_length=300, blank=True)

    goods_total = RupiahField(_("jumlah barang"))
    delivery_cost = RupiahField(_("ongkos antar"), default=0)
    total = RupiahField(_("jumlah"))
    # Which budget line bears the delivery cost, as it was issued; NULL: the request's main line.
    delivery_charged_to = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("ongkos antar dibebankan ke"),
    )
    # Month whose cap this order uses (its first day in the city's time zone): the month it was placed in.
    cap_month = models.DateField(_("bulan batas omzet"))

    placed_at = models.DateTimeField(_("dipesan"))
    answer_due_at = models.DateTimeField(_("batas jawaban"))
    # The end of which those who must act were reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("diterima"), null=True, editable=False)
    finished_at = models.DateTimeField(_("selesai"), null=True, editable=False)
    closed_at = models.DateTimeField(_("ditutup"), null=True, editable=False)
    close_reason = models.CharField(_("alasan ditutup"), max_length=16, choices=CloseReason, blank=True, editable=False)
    close_note = models.CharField(_("catatan penutupan"), max_length=300, blank=True, editable=False)
    # What was not sent yet: until when the seller may send it, and when it was given up.
    rest_due_at = models.DateTimeField(_("batas sisa kiriman"), null=True, editable=False)
    rest_closed_at = models.DateTimeField(_("sisa ditutup"), null=True, editable=False)
    # Of an order with a schedule: by when what is to be sent next is to come (`schedules.due`). None: it has one date.
    next_due_at = models.DateTimeField(_("kiriman berikutnya paling lambat"), null=True, editable=False)
    # When it was last changed by an addendum, and until when a proposed one waits for the other side's answer.
    amended_at = models.DateTimeField(_("diubah"), null=True, editable=False)
    amend_due_at = models.DateTimeField(_("batas jawaban usul perubahan"), null=True, editable=False)
    amend_by_seller = models.BooleanField(_("perubahan diusulkan penjual"), default=False, editable=False)

    negotiation_number: str  # added by `with_negotiation`
    total_now: int  # added by `with_total_now`
    draw_number: str  # added by `with_draw`
    slot_rows: list[dict[str, Any]]  # this and what follows added by `with_slots`
    booked_accounts: list[str]
    ppn_bills: list[dict[str, Any]]
    withheld_bills: list[dict[str, Any]]
    slipped_bills: list[dict[str, Any]]
    placed_photos: list[dict[str, Any]]
    waivers_given: int
    event_at: datetime | None

    objects = querysets.OrderQuerySet.as_manager()
    machine = ORDER

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["-pk"]
        verbose_name = _("pesanan")
        verbose_name_plural = ngettext_lazy("pesanan", "pesanan", 2)
        constraints = [
            valid_states(ORDER, "order_state_known"),
            models.CheckConstraint(
                condition=Q(channel=Channel.AGENCY, request__isnull=False, agency__isnull=False, buyer__isnull=True)
                | Q(
                    channel__in=[Channel.ASN, Channel.CITIZEN],
                    request__isnull=True,
                    agency__isnull=True,
                    buyer__isnull=False,
                ),
                name="order_channel_has_its_buyer",
            ),
            models.CheckConstraint(
                condition=Q(total=F("goods_total") + F("delivery_cost")), name="order_total_adds_up"
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.CLOSED) | ~Q(close_reason=""), name="order_closed_has_reason"
            ),
            models.UniqueConstraint(
                fields=["agency", "office_number"], condition=~Q(office_number=""), name="order_office_number_once"
            ),
            # One order per seller of a request, those closed apart.
            models.UniqueConstraint(
                fields=["request", "seller"],
                condition=Q(request__isnull=False) & ~Q(state=OrderState.CLOSED),
                name="order_once_per_request_seller",
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "state", "-id"], name="order_by_seller"),
            models.Index(fields=["agency", "state", "-id"], name="order_by_agency"),
            models.Index(fields=["answer_due_at"], name="order_waiting", condition=Q(state=OrderState.PLACED)),
            models.Index(fields=["rest_due_at"], name="order_rest_waiting", condition=Q(rest_due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def awaited_at(self) -> datetime:
        """By when what is to be sent next is to come; of an order that sends nothing more, its last date."""
        return self.next_due_at or self.deliver_at

    @property
    def subject(self) -> str:
        """What it is about, in the reader's language: the event, or the goods (a list prefetches the lines)."""
        return self.title or goods_words(list(self.lines.all()))


def goods_words(lines: "Sequence[OrderLine]", *, unsent: bool = False, billed: bool = False) -> str:
    """`3 kotak Nasi kotak dan 2 barang lain`; `2 dari 3 kotak` without what was given up, or `billed`, without what was
    not accepted: the goods that the order comes to (`status.comes_to`). `unsent`: only what was not sent yet."""
    if unsent:
        lines = [line for line in lines if line.unsent_quantity > 0]
    if not lines:
        return ""
    if unsent:
        (first,) = counted_goods([(lines[0], lines[0].unsent_quantity)])
    else:
        first = f"{_counted_now(lines[0], billed=billed)} {lines[0].name}"
    if len(lines) == 1:
        return first
    more = len(lines) - 1
    words = ngettext("%(first)s dan %(count)s barang lain", "%(first)s dan %(count)s barang lain", more)
    return words % {"first": first, "count": more}


def _counted_now(line: "OrderLine", *, billed: bool) -> str:
    whole = Unit(line.unit).counted(line.quantity)
    now = (line.accepted_quantity or Decimal(0)) if billed else line.quantity - line.missed_quantity
    return whole if now == line.quantity else _("%(now)s dari %(whole)s") % {"now": grouped(now), "whole": whole}


def other_goods_words(lines: "Sequence[OrderLine]") -> str:
    """What `goods_words` of what was not sent yet only counts, each by its name; "" where there is no more."""
    waiting = [line for line in lines if line.unsent_quantity > 0]
    return ", ".join(counted_goods((line, line.unsent_quantity) for line in waiting[1:]))


def counted_goods(amounts: "Iterable[tuple[OrderLine, Decimal]]") -> list[str]:
    """`3 kotak Nasi kotak` for each line of which there is any."""
    return [f"{Unit(line.unit).counted(amount)} {line.name}" for line, amount in amounts if amount > 0]


class OrderBuyer(AppendOnly):
    """The department as it was when it ordered. Documents state this, whatever its name or address becomes."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="buyer_party")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    address = models.CharField(max_length=400)  # street, ward, district, city
    npwp = models.CharField(max_length=20, blank=True)
    contacts = models.CharField(max_length=400, blank=True)  # telephone, e-mail, website, as its papers say them
    # Whom the goods are handed to on the day of delivery, as far as was known; "" without a receiver.
    receiver = models.CharField(max_length=120, blank=True)
    receiver_phone = PhoneField(blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("data pembeli")
        verbose_name_plural = _("data pembeli")

    def __str__(self) -> str:
        return self.name


class SellerFacts(AppendOnly):
    """Who a seller was at one moment. A Meta of a child inherits this Meta."""

    name = models.CharField(max_length=80)
    owner_name = models.CharField(max_length=120)
    address = models.CharField(max_length=400)  # street, stall, ward, district, city
    nib = models.CharField(max_length=13, blank=True)
    npwp = EncryptedField(blank=True)

    class Meta(AppendOnly.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name


class OrderSeller(SellerFacts):
    """The shop as it was when the order was placed."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="seller_party")

    class Meta(SellerFacts.Meta):
        verbose_name = _("data penjual")
        verbose_name_plural = _("data penjual")


class OrderLine(models.Model):
    """What was sold, as it was sold: later edits of the product change nothing here."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", verbose_name=_("pesanan"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("barang"))
    name = models.CharField(_("nama"), max_length=120)
    unit = models.CharField(_("satuan"), max_length=8, choices=Unit)
    price = RupiahField(_("harga"))
    # From which quantity on the shop asked this price of everybody; NULL: the price of one, or another agreement.
    tier_from = QuantityField(_("harga grosir mulai"), null=True, editable=False)
    quantity = QuantityField(_("banyaknya"))
    amount = RupiahField(_("jumlah"))  # share(price, quantity)
    food_kind = models.CharField(_("jenis makanan"), max_length=8, choices=FoodKind)
    keeps = models.CharField(_("daya tahan"), max_length=8, choices=Keeps)
    is_staple = models.BooleanField(_("kebutuhan pokok, bebas PPN"), default=False)
    stock_mode = models.CharField(_("cara menghitung sisa"), max_length=5, choices=StockMode)
    note = models.CharField(_("catatan"), max_length=200, blank=True)
    # Which budget line pays for it, as it was issued; NULL: the request's main line, or none where a person buys.
    charged_to = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("dibebankan ke"),
    )
    # Over all deliveries so far: what was sent, what was accepted and what that costs.
    sent_quantity = QuantityField(_("banyaknya dikirim"), default=0, editable=False)
    # Of dates of a schedule that passed without it: it is not waited for any more.
    missed_quantity = QuantityField(_("banyaknya terlewat"), default=0, editable=False)
    # What of `amount` those cost: its budget is free.
    missed_amount = RupiahField(_("jumlah terlewat"), default=0, editable=False)
    accepted_quantity = QuantityField(_("banyaknya diterima"), null=True)
    accepted_amount = RupiahField(_("jumlah diterima"), null=True)

    class Meta:
        verbose_name = _("baris pesanan")
        verbose_name_plural = ngettext_lazy("baris pesanan", "baris pesanan", 2)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "product"], name="order_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="order_line_quantity"),
            models.CheckConstraint(
                condition=Q(accepted_quantity__isnull=True)
                | (Q(accepted_quantity__gte=0) & Q(accepted_quantity__lte=F("sent_quantity"))),
                name="order_line_accepted_within",
            ),
            models.CheckConstraint(
                condition=Q(sent_quantity__gte=0)
                & Q(missed_quantity__gte=0)
                & Q(sent_quantity__lte=F("quantity") - F("missed_quantity")),
                name="order_line_sent_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} × {self.quantity}"

    @property
    def tier_words(self) -> str:
        """Why it cost less than one did; '' where a tier is not why."""
        return from_words(self.unit, self.tier_from)

    @property
    def expected_amount(self) -> int:
        """Without what was given up, rupiah."""
        return self.amount - self.missed_amount

    @property
    def unsent_quantity(self) -> Decimal:
        """What is still to be sent."""
        return self.quantity - self.sent_quantity - self.missed_quantity


class OrderEvent(AttestedEvent):
    order = models.ForeignKey(Order, models.PROTECT, related_name="events", verbose_name=_("pesanan"))

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat pesanan")
        verbose_name_plural = _("riwayat pesanan")
