"""A shop's part of the attention among shops that sell the same in its kecamatan, and an even part of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from epeken.core.quantity import part_of
from umkm.catalogue.models import Category, Product
from umkm.exposure import rules
from umkm.exposure.models import ExposureDay
from umkm.sellers.models import Seller


@dataclass(frozen=True)
class Share:
    """Of one category, among `shops` of one kecamatan that have goods of it on show, this one included. `weight`: the
    shop's, in thousandths of a first place, of `whole` of all of them."""

    category: Category
    shops: int
    shown: int
    weight: int
    whole: int

    @property
    def part(self) -> Decimal:
        return part_of(self.weight, self.whole) if self.whole else Decimal(0)

    @property
    def even(self) -> Decimal:
        return part_of(1, self.shops)


def since_of(day: date) -> date:
    """The first day of the window that ends on `day`."""
    return day - timedelta(days=rules.WINDOW_DAYS.on(day) - 1)


def shares_of(seller: Seller, day: date) -> list[Share]:
    """Of each category in which the shop has goods on show, in the order of the categories. Three queries."""
    kecamatan = seller.kelurahan.kecamatan_id if seller.kelurahan else None
    categories = list(
        Category.objects.filter(pk__in=Product.objects.for_sale().filter(seller=seller).values("category"))
    )
    around = Q(seller__kelurahan__kecamatan=kecamatan) | Q(seller=seller)
    goods = Product.objects.for_sale().filter(around, category__in=categories)
    shops = dict(goods.order_by().values_list("category").annotate(Count("seller", distinct=True)))
    window = ExposureDay.objects.filter(around, category__in=categories, day__range=(since_of(day), day))
    mine = Q(seller=seller)
    sums = {
        row["category"]: row
        for row in window.order_by()
        .values("category")
        .annotate(
            shown=Coalesce(Sum("shown", filter=mine), 0),
            own=Coalesce(Sum("weight", filter=mine), 0),
            whole=Sum("weight"),
        )
    }
    nothing = {"shown": 0, "own": 0, "whole": 0}
    return [
        Share(one, shops.get(one.pk, 1), found["shown"], found["own"], found["whole"])
        for one in categories
        for found in [sums.get(one.pk, nothing)]
    ]
