"""A negotiation with one seller of a request that waits for its approver: rounds, and how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly, Event
from epeken.core.money import RupiahField
from epeken.core.quantity import QuantityField
from epeken.core.states import StateIsLastEvent, valid_states
from procurement.negotiations import querysets
from procurement.negotiations.states import LIVE, NEGOTIATION, NegotiationState, Side
from procurement.requests.models import PurchaseRequest
from umkm.catalogue.models import Product
from umkm.catalogue.states import Unit
from umkm.sellers.models import Seller


class Negotiation(models.Model):
    """`sent_at`: the sending of the request it belongs to; what is agreed holds no longer than that hold."""

    number = models.CharField(_("nomor"), max_length=20, unique=True)
    request = models.ForeignKey(
        PurchaseRequest, models.PROTECT, related_name="negotiations", verbose_name=_("permintaan")
    )
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+", verbose_name=_("penjual"))
    state = models.CharField(
        _("keadaan"), max_length=12, choices=NegotiationState, default=NEGOTIATION.initial, editable=False
    )
    sent_at = models.DateTimeField(_("permintaan dikirim"))
    opened_at = models.DateTimeField(_("dibuka"))
    # Of the last round: since when, and until when the other side is asked.
    asked_at = models.DateTimeField(_("ditanyakan"))
    due_at = models.DateTimeField(_("dijawab paling lambat"), null=True)
    # The end of which that side was reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    closed_at = models.DateTimeField(_("selesai"), null=True)

    objects = querysets.NegotiationQuerySet.as_manager()
    machine = NEGOTIATION

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["pk"]
        verbose_name = _("negosiasi")
        verbose_name_plural = ngettext_lazy("negosiasi", "negosiasi", 2)
        constraints = [
            valid_states(NEGOTIATION, "negotiation_state_known"),
            models.UniqueConstraint(fields=["request", "seller", "sent_at"], name="negotiation_once_a_sending"),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, due_at__isnull=False, closed_at__isnull=True)
                | (~Q(state__in=LIVE) & Q(due_at__isnull=True, closed_at__isnull=False)),
                name="negotiation_live_has_end",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="negotiation_due", condition=Q(state__in=LIVE))]

    def __str__(self) -> str:
        return self.number


class NegotiationRound(AppendOnly):
    """What one side offered. Number 0 is the seller's offer in the request, before anybody negotiated."""

    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="rounds", verbose_name=_("negosiasi"))
    number = models.PositiveSmallIntegerField(_("putaran"))
    side = models.CharField(_("pihak"), max_length=6, choices=Side)
    delivery_cost = RupiahField(_("ongkos antar"))
    deliver_at = models.DateTimeField(_("barang tiba paling lambat"))
    words = models.CharField(_("kata-kata"), max_length=300, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("pelaku")
    )
    at = models.DateTimeField(_("waktu"))

    class Meta(AppendOnly.Meta):
        ordering = ["number"]
        verbose_name = _("putaran negosiasi")
        verbose_name_plural = ngettext_lazy("putaran negosiasi", "putaran negosiasi", 2)
        constraints = [models.UniqueConstraint(fields=["negotiation", "number"], name="negotiation_round_once")]

    def __str__(self) -> str:
        return f"{self.negotiation_id}: {self.number}"


class RoundPrice(AppendOnly):
    """Of one round, the price of one of the goods. What is bought, and how much, is not negotiated."""

    round = models.ForeignKey(NegotiationRound, models.PROTECT, related_name="prices", verbose_name=_("putaran"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("barang"))
    name = models.CharField(_("nama"), max_length=120)
    unit = models.CharField(_("satuan"), max_length=8, choices=Unit)
    quantity = QuantityField(_("banyaknya"))
    price = RupiahField(_("harga"))
    amount = RupiahField(_("jumlah"))  # share(price, quantity)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("harga dalam putaran")
        verbose_name_plural = ngettext_lazy("harga dalam putaran", "harga dalam putaran", 2)
        constraints = [
            models.UniqueConstraint(fields=["round", "product"], name="round_price_once"),
            models.CheckConstraint(condition=Q(price__gte=1), name="round_price_is_a_price"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.price}"


class NegotiationEvent(Event):
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat negosiasi")
        verbose_name_plural = _("riwayat negosiasi")
