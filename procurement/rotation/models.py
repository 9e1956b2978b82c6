"""A draw of turns among owners equally able: the list as it was published, and the order that was drawn."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly, Event
from epeken.core.money import RupiahField
from epeken.core.quantity import QuantityField
from epeken.core.secret import EncryptedField
from epeken.core.states import StateIsLastEvent, valid_states
from procurement.requests.models import PurchaseRequest
from procurement.rotation import querysets
from procurement.rotation.states import DRAW, DrawCancelReason, DrawState, LeftOut
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Unit
from umkm.owners.models import Owner
from umkm.sellers.models import Seller


class RotationDraw(models.Model):
    """Once for goods of one category and unit of a request. `list_text` is what was published, byte by byte."""

    number = models.CharField(_("nomor"), max_length=20, unique=True)
    request = models.ForeignKey(PurchaseRequest, models.PROTECT, related_name="draws", verbose_name=_("permintaan"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    unit = models.CharField(_("satuan"), max_length=8, choices=Unit)
    quantity = QuantityField(_("banyaknya"))
    deliver_at = models.DateTimeField(_("barang tiba paling lambat"))
    place = models.CharField(_("kelurahan tujuan"), max_length=20)  # its code
    state = models.CharField(_("keadaan"), max_length=10, choices=DrawState, default=DRAW.initial, editable=False)
    opened_at = models.DateTimeField(_("diumumkan"))
    draw_from = models.DateTimeField(_("diundi paling cepat"))
    commitment = models.CharField(_("komitmen"), max_length=64)
    secret = EncryptedField(_("rahasia"), editable=False)  # published once drawn
    list_text = models.TextField(_("daftar seperti diumumkan"))
    list_hash = models.CharField(_("sidik daftar"), max_length=64)
    public_value = models.CharField(_("nilai publik"), max_length=40, blank=True)
    seed = models.CharField(_("benih"), max_length=64, blank=True)
    drawn_at = models.DateTimeField(_("diundi"), null=True)
    cancel_reason = models.CharField(_("alasan batal"), max_length=10, choices=DrawCancelReason, blank=True)

    # The plugin of mypy meets this row before its reads, in a cycle of imports.
    objects = querysets.DrawQuerySet.as_manager()  # type: ignore[django-manager-missing, unused-ignore]
    machine = DRAW

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["-pk"]
        verbose_name = _("undian giliran")
        verbose_name_plural = ngettext_lazy("undian giliran", "undian giliran", 2)
        constraints = [
            valid_states(DRAW, "rotation_draw_state_known"),
            models.UniqueConstraint(fields=["request", "category", "unit"], name="rotation_draw_once"),
            models.CheckConstraint(
                condition=Q(state=DrawState.DRAWN, drawn_at__isnull=False)
                & ~Q(seed="") & ~Q(public_value="")
                | ~Q(state=DrawState.DRAWN) & Q(drawn_at__isnull=True, seed="", public_value=""),
                name="rotation_draw_has_seed",
            ),
            models.CheckConstraint(
                condition=Q(state=DrawState.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(state=DrawState.CANCELLED) & Q(cancel_reason=""),
                name="rotation_draw_says_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class RotationEntrant(AppendOnly):
    """One owner on the published list, with the offer of one of its shops. Without a number: left out, and why."""

    draw = models.ForeignKey(RotationDraw, models.PROTECT, related_name="entrants", verbose_name=_("undian"))
    number = models.PositiveSmallIntegerField(_("nomor di daftar"), null=True)
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="+", verbose_name=_("pemilik"))
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+", verbose_name=_("penjual"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("barang"))
    cost = RupiahField(_("harga dengan ongkir"))
    orders = models.PositiveIntegerField(_("pesanan dinas bulan ini"))
    weight = models.PositiveIntegerField(_("bobot"))
    left_out = models.CharField(_("tidak ikut karena"), max_length=8, choices=LeftOut, blank=True)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("peserta undian")
        verbose_name_plural = ngettext_lazy("peserta undian", "peserta undian", 2)
        constraints = [
            models.UniqueConstraint(fields=["draw", "owner"], name="rotation_owner_once"),
            models.UniqueConstraint(fields=["draw", "number"], name="rotation_number_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=False, weight__gt=0, left_out="")
                | Q(number__isnull=True, weight=0) & ~Q(left_out=""),
                name="rotation_entrant_takes_part",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.seller}"


class RotationPlace(AppendOnly):
    """The place an owner was drawn on."""

    entrant = models.OneToOneField(RotationEntrant, models.PROTECT, related_name="place", verbose_name=_("peserta"))
    place = models.PositiveSmallIntegerField(_("urutan terundi"))

    class Meta(AppendOnly.Meta):
        ordering = ["place"]
        verbose_name = _("urutan undian")
        verbose_name_plural = ngettext_lazy("urutan undian", "urutan undian", 2)

    def __str__(self) -> str:
        return f"{self.entrant_id}: {self.place}"


class RotationPass(AppendOnly):
    """Whose turn it was and who could not deliver any more, in the words of feasibility."""

    entrant = models.OneToOneField(RotationEntrant, models.PROTECT, related_name="passed", verbose_name=_("peserta"))
    why = models.CharField(_("sebabnya"), max_length=300)
    at = models.DateTimeField(_("waktu"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("giliran terlewat")
        verbose_name_plural = ngettext_lazy("giliran terlewat", "giliran terlewat", 2)

    def __str__(self) -> str:
        return f"{self.entrant_id}: {self.why}"


class RotationEvent(Event):
    draw = models.ForeignKey(RotationDraw, models.PROTECT, related_name="events", verbose_name=_("undian"))

    class Meta(Event.Meta):
        verbose_name = _("riwayat undian giliran")
        verbose_name_plural = _("riwayat undian giliran")
