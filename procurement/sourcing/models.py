"""The comparison sheet of a request: every offer of the same goods that could come on its day, as it was then."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly
from epeken.core.money import RupiahField
from epeken.core.quantity import QuantityField
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import ChoiceReason
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Unit
from umkm.catalogue.tiers import TiersField
from umkm.owners.models import Owner
from umkm.sellers.models import Seller


class ComparisonSheet(AppendOnly):
    """Drawn by the system each time the request is sent above the dated amount. `number` is that of the search."""

    request = models.ForeignKey(PurchaseRequest, models.PROTECT, related_name="sheets", verbose_name=_("permintaan"))
    number = models.CharField(_("nomor"), max_length=20, unique=True)
    drawn_at = models.DateTimeField(_("ditarik"))
    deliver_at = models.DateTimeField(_("barang tiba paling lambat"))
    place = models.CharField(_("kelurahan tujuan"), max_length=120)
    total = RupiahField(_("jumlah permintaan"))
    above = RupiahField(_("di atas"))  # the dated amount the total passes
    asked = models.PositiveSmallIntegerField(_("pemilik yang diminta"))  # to be looked at and not chosen

    class Meta(AppendOnly.Meta):
        verbose_name = _("lembar perbandingan")
        verbose_name_plural = ngettext_lazy("lembar perbandingan", "lembar perbandingan", 2)
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number


class SheetGoods(AppendOnly):
    """Goods of one category in one unit: what a price compares."""

    sheet = models.ForeignKey(ComparisonSheet, models.PROTECT, related_name="goods")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    unit = models.CharField(max_length=8, choices=Unit)
    quantity = QuantityField()  # of which the offers not chosen are asked: the least of the lines

    class Meta(AppendOnly.Meta):
        verbose_name = _("barang yang dibandingkan")
        verbose_name_plural = _("barang yang dibandingkan")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "category", "unit"], name="sheet_goods_once")]

    def __str__(self) -> str:
        return f"{self.name} per {self.get_unit_display()}"


class SheetOffer(AppendOnly):
    """One offer, with all that was known of it when the sheet was drawn."""

    goods = models.ForeignKey(SheetGoods, models.PROTECT, related_name="offers")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="+")
    is_chosen = models.BooleanField()
    name = models.CharField(max_length=120)
    seller_name = models.CharField(max_length=80)
    place = models.CharField(max_length=120, blank=True)
    price = RupiahField()  # of one unit, where `quantity` is bought
    tiers = TiersField()  # of more than that, of what is not chosen
    quantity = QuantityField()  # asked for; of one not chosen in its steps and no less than it is sold
    delivery_cost = RupiahField()
    is_delivered = models.BooleanField()
    nearness = models.PositiveSmallIntegerField()  # 0 same kelurahan, 1 same kecamatan, 2 elsewhere or unknown
    free = QuantityField()  # stock or capacity up to the request's day
    most = QuantityField()  # of it, what the owner may still sell this month
    room = RupiahField()  # which is so much
    earliest = models.DateField(null=True)  # on which so much could come
    reason = models.CharField(max_length=8, choices=ChoiceReason, blank=True)
    reason_note = models.CharField(max_length=300, blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("penawaran di lembar perbandingan")
        verbose_name_plural = ngettext_lazy("penawaran di lembar perbandingan", "penawaran di lembar perbandingan", 2)
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["goods", "product"], name="sheet_offer_once")]

    def __str__(self) -> str:
        return f"{self.seller_name}: {self.name}"
