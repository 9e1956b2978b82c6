"""What the page of a shop's attention says."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core.quantity import percent
from umkm.discovery.pages.cards import thousands
from umkm.discovery.places import districts
from umkm.exposure import reasons
from umkm.exposure.models import ExposureDay, Standing
from umkm.exposure.shares import Share, since_of
from umkm.sellers.models import Seller

WEEKS = 12
PLACES = 5  # kecamatan that are named


@dataclass(frozen=True)
class Week:
    """From Monday `begins` on. `shown`: how often, in words. `share`: of the week with the most, 0 to 100."""

    begins: date
    shown: str
    share: int


def weeks_of(seller: Seller, day: date) -> list[Week]:
    """The last WEEKS, this one included, the newest first; from the first in which something was counted on."""
    monday = day - timedelta(days=day.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    days = (
        ExposureDay.objects.filter(seller=seller, day__range=(first, day))
        .order_by()
        .values_list("day")
        .annotate(Sum("shown"))
    )
    sums: dict[date, int] = {}
    for one, shown in days:
        begins = one - timedelta(days=one.weekday())
        sums[begins] = sums.get(begins, 0) + shown
    most = max(sums.values(), default=0)
    begun = [monday - timedelta(weeks=n) for n in range(WEEKS)]
    return [
        Week(begins, times(sums.get(begins, 0)), sums.get(begins, 0) * 100 // most)
        for begins in begun
        if sums and begins >= min(sums)
    ]


def places_of(seller: Seller, day: date) -> list[dict[str, str]]:
    """Where it was looked for in the window, the most first."""
    window = ExposureDay.objects.filter(seller=seller, day__range=(since_of(day), day))
    rows = window.order_by().values_list("kecamatan").annotate(sum=Sum("shown")).order_by("-sum", "kecamatan")[:PLACES]
    names = districts()
    return [
        {
            "label": _("Kec. %(name)s") % {"name": names.get(code, code)} if code else _("Seluruh kota"),
            "value": times(shown),
        }
        for code, shown in rows
    ]


def share_rows(seller: Seller, shares: list[Share], kecamatan: str) -> list[dict[str, Any]]:
    """For the page, by category: the shop's part, an even part, and why its goods stand where they stand, in words."""
    newest = Standing.objects.filter(seller=seller).order_by("category_id", "-edition_id").distinct("category_id")
    figures: dict[int, dict[str, Any]] = {row["category_id"]: {**row} for row in newest.values()}
    return [
        {
            "name": one.category.title,
            "shown": times(one.shown),
            "part": percent(one.part) if one.whole else "",
            "even": percent(one.even),
            "bar": min(round(one.part * 100), 100),
            "words": _words(one, kecamatan),
            "why": reasons.of_shop(figures.get(one.category.pk)),
        }
        for one in shares
    ]


def _words(one: Share, kecamatan: str) -> str:
    if one.shops == 1:
        return _("Hanya toko Anda yang menjualnya di %(place)s.") % {"place": kecamatan}
    others = ngettext(
        "Ada %(shops)s toko yang menjualnya di %(place)s. Bila merata, tiap toko mendapat %(even)s.",
        "Ada %(shops)s toko yang menjualnya di %(place)s. Bila merata, tiap toko mendapat %(even)s.",
        one.shops,
    ) % {"shops": thousands(one.shops), "place": kecamatan, "even": percent(one.even)}
    if not one.whole:
        return f"{others} {_('Belum ada yang tercatat.')}"
    return others


def times(shown: int) -> str:
    return ngettext("%(n)s kali", "%(n)s kali", shown) % {"n": thousands(shown)}
