"""Frames: purchases of a kind that the head approves beforehand, up to an amount and between two days.

The amount is reserved on the budget line when the frame is signed. Each request inside it takes its own reserve out of
that. Whatever a frame counts (`drawn`, its state) is written while its budget line is locked.
"""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import Event
from epeken.core.money import RupiahField
from epeken.core.states import StateIsLastEvent, valid_states
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetLine
from procurement.frames import querysets
from procurement.frames.states import FRAME, CeilingBasis, FrameState
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Unit
from umkm.sellers.models import Seller


class ApprovalFrame(models.Model):
    number = models.CharField(_("nomor"), max_length=20, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="frames", verbose_name=_("dinas"))
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="frames", verbose_name=_("mata anggaran"))
    state = models.CharField(_("keadaan"), max_length=10, choices=FrameState, default=FRAME.initial, editable=False)
    title = models.CharField(_("keperluan"), max_length=120)
    amount = RupiahField(_("paling banyak seluruhnya"), validators=[MinValueValidator(1)])
    order_limit = RupiahField(_("paling banyak tiap permintaan"), validators=[MinValueValidator(1)])
    # What its requests hold or their orders bind.
    drawn = RupiahField(_("terpakai"), default=0, editable=False)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"))
    # Why a price of its goods stands far above the market or the standard (`FrameGoods.basis`).
    ceiling_reason = models.CharField(_("alasan harga paling tinggi"), max_length=300, blank=True)
    is_issued_at_once = models.BooleanField(_("surat pesanan langsung terbit"), default=False)
    # None: every seller who is able.
    sellers = models.ManyToManyField(Seller, blank=True, related_name="+", verbose_name=_("penjual"))

    # Who proposed it, in which office: in whose name orders are issued at once.
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("pengusul")
    )
    proposer_role = models.CharField(_("jabatan pengusul"), max_length=12, choices=OfficerRole, editable=False)
    decree = models.CharField(_("nomor keputusan"), max_length=80, blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("penanda tangan"),
    )
    created_at = models.DateTimeField(_("diusulkan"), editable=False)
    # Of a proposal: by when the head signs it, so that requests can be inside it from its first day.
    due_at = models.DateTimeField(_("ditandatangani paling lambat"), null=True, editable=False)
    # The end of which people were reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    signed_at = models.DateTimeField(_("ditandatangani"), null=True, editable=False)
    closed_at = models.DateTimeField(_("ditutup"), null=True, editable=False)

    named: list[int]  # filled by `of_account`

    objects = querysets.FrameQuerySet.as_manager()
    machine = FRAME

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("kerangka persetujuan")
        verbose_name_plural = ngettext_lazy("kerangka persetujuan", "kerangka persetujuan", 2)
        triggers = [StateIsLastEvent()]
        constraints = [
            valid_states(FRAME, "frame_state_known"),
            models.CheckConstraint(condition=Q(drawn__lte=F("amount")), name="frame_within_amount"),
            models.CheckConstraint(
                condition=Q(order_limit__gt=0, order_limit__lte=F("amount")), name="frame_order_within_amount"
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="frame_dates"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[FrameState.PROPOSED, FrameState.REFUSED, FrameState.WITHDRAWN],
                    signer__isnull=True,
                    drawn=0,
                )
                | (Q(signer__isnull=False, signed_at__isnull=False) & ~Q(decree="")),
                name="frame_signed_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(signer__isnull=True) | ~Q(signer=F("proposer")), name="frame_signed_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["line", "state"], name="frame_of_line"),
            models.Index(fields=["valid_until"], name="frame_ends", condition=Q(state=FrameState.SIGNED)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def left(self) -> int:
        return self.amount - self.drawn


class FrameGoods(models.Model):
    """Goods a frame allows: one product, or all of a category and those below it, in one unit."""

    frame = models.ForeignKey(
        ApprovalFrame, models.CASCADE, related_name="goods", verbose_name=_("kerangka persetujuan")
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("barang")
    )
    unit = models.CharField(_("satuan"), max_length=8, choices=Unit)
    price_limit = RupiahField(_("harga paling tinggi"), validators=[MinValueValidator(1)])
    # What the price stood far above when it was proposed (`ceilings`), and what that asked; '': nothing.
    basis = models.CharField(_("dibandingkan dengan"), max_length=8, choices=CeilingBasis, blank=True, editable=False)
    reference = RupiahField(_("harga pembanding"), null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("barang dalam kerangka")
        verbose_name_plural = ngettext_lazy("barang dalam kerangka", "barang dalam kerangka", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["frame", "category", "product", "unit"], nulls_distinct=False, name="frame_goods_once"
            ),
            models.CheckConstraint(condition=Q(price_limit__gt=0), name="frame_goods_price"),
        ]

    def __str__(self) -> str:
        return str(self.product.name if self.product else self.category)


class FrameEvent(Event):
    frame = models.ForeignKey(ApprovalFrame, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat kerangka")
        verbose_name_plural = _("riwayat kerangka")
