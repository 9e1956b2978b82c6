"""What pages of shops and food courts say."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from epeken.core.queries import written_once
from umkm.area_checks.models import AreaCheck
from umkm.catalogue.models import Product
from umkm.discovery.pages.home import OpenShop
from umkm.owners.services import Room
from umkm.requirements.models import RequirementFinding
from umkm.requirements.states import OfficerFinding
from umkm.requirements.status import RIGHT
from umkm.sellers.hours import opening_of
from umkm.sellers.models import FoodCourt, Seller
from umkm.verification.models import SellerDocument
from umkm.verification.states import CaseState


@dataclass(frozen=True)
class Court:
    """A food court with how many of its stalls are with us, and how many of those are open."""

    place: FoodCourt
    shops: int
    open: int
    sells: str = ""

    @property
    def squares(self) -> int:
        """One per stall of the plan, more when more sell here than the plan knows."""
        return max(self.place.stalls, self.shops)


def courts(now: datetime, *, kecamatan: str = "", limit: int | None = None) -> list[Court]:
    """Those near `kecamatan` first, then those with most open stalls; where nobody sells, last, or with a limit not
    at all. Two statements with a limit, else one.
    """
    is_open = Seller.objects.active().open_at(now).filter(food_court=OuterRef("pk"))
    shops = Seller.objects.active().filter(food_court=OuterRef("pk"))
    counted = FoodCourt.objects.select_related("kecamatan").annotate(
        shops=_count_of(shops), open=_count_of(is_open), near=Q(kecamatan=kecamatan), sells=Q(shops__gt=0)
    )
    if limit is not None:
        counted = counted.filter(sells=True)
    rows = list(counted.order_by("-sells", "-near", "-open", "-shops", "name")[:limit])
    sells: dict[int, list[str]] = {}
    if limit is not None:
        goods = Product.objects.for_sale().filter(seller__food_court__in=rows)
        pairs = goods.values_list("seller__food_court", "category__name").annotate(n=Count("pk")).order_by("-n")
        for court, name, _count in pairs[: 12 * limit]:
            sells.setdefault(court, []).append(gettext(name))
    return [Court(row, row.shops, row.open, ", ".join(sells.get(row.pk, [])[:3])) for row in rows]


def _count_of(rows: QuerySet[Seller]) -> Any:
    counted = rows.order_by().values("food_court").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@dataclass(frozen=True)
class Stall:
    """One square of a food court's grid."""

    number: str
    seller: Seller | None
    is_open: bool


def stalls_of(court: FoodCourt, now: datetime) -> tuple[list[Stall], list[OpenShop]]:
    """The grid, shops in the order of their stall numbers and then empty squares; and the shops with their pictures."""
    goods = Product.objects.for_sale().filter(seller=OuterRef("pk")).order_by("-published_at", "-pk")
    shops: list[Any] = list(
        Seller.objects.active()
        .filter(food_court=court)
        .annotate(first_picture=Subquery(goods.values("picture")[:1]))
        .select_related("kelurahan", "food_court")
        .only("name", "slug", "kind", "about", "picture", "stall_number", "open_days", "opens_at", "closes_at",
              "closed_until", "kelurahan__name", "food_court__name", "food_court__opens_at",
              "food_court__closes_at")
        .order_by("stall_number", "name")
    )  # fmt: skip
    views = [OpenShop(s, opening_of(s, now), s.picture.name or s.first_picture or "") for s in shops]
    squares = [Stall(view.seller.stall_number, view.seller, view.opening.is_open) for view in views]
    squares += [Stall("", None, False)] * max(court.stalls - len(squares), 0)
    return squares, views


# --- Proofs -----------------------------------------------------------------------------------------------------------
def proofs_of(seller: Seller, day: date) -> list[SellerDocument]:
    """The documents a verifier saw that hold on `day`, by kind. Kinds, and the numbers of certificates, only leave this
    function."""
    return _papers(seller.pk, day)


@written_once
def _papers(seller: Any, day: Any) -> Any:
    return SellerDocument.objects.checked_on(day).filter(seller=seller).only("kind", "number").order_by("kind")


def found_of(seller: Seller) -> set[str]:
    """What an officer found on the spot in the round that the shop was approved in (`OfficerFinding`), or the kelurahan
    or kecamatan that was asked."""
    approved = seller.cases.filter(state=CaseState.APPROVED).order_by("-pk").values("pk")[:1]
    found = set(RequirementFinding.objects.filter(case__in=approved).values_list("subject", flat=True))
    if AreaCheck.objects.filter(case__in=approved, state__in=RIGHT).exists():
        found.add(OfficerFinding.PLACE_SEEN)
    return found


# --- Words about the cap ----------------------------------------------------------------------------------------------
def room_words(room: Room) -> str:
    """What a buyer should know about the cap, '' when there is plenty of room. No figures of the shop's income."""
    if room.is_full:
        return _("Toko ini sudah penuh bulan ini dan bisa dipesan lagi mulai tanggal 1.")
    if room.is_nearly_full:
        return _("Hampir penuh bulan ini. Pesan lebih awal supaya kebagian.")
    return ""
