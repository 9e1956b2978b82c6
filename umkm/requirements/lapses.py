"""Which requirement keeps the goods of an open shop off the shelf: one it was excused from until a day that is over,
one that holds for open shops since a day, or one that goods of a category rest on. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import full_date
from umkm.catalogue.models import Product
from umkm.requirements.models import Requirement, RequirementWaiver
from umkm.requirements.states import WaiverState
from umkm.requirements.status import lacking, status_of
from umkm.sellers.models import Seller
from umkm.sellers.querysets import SellerQuerySet
from umkm.sellers.states import SellerState
from umkm.verification.models import SellerDocument
from umkm.verification.states import SellerDocumentKind


@dataclass(frozen=True)
class RequirementLapse:
    """`last_day`: the last on which the shop was excused or not yet asked; None of one that it never met."""

    requirement: Requirement
    last_day: date | None

    @property
    def words(self) -> str:
        told = {"what": self.requirement.label}
        if self.last_day is None:
            return _("%(what)s belum ada. Ajukan; barang ini tampil lagi sesudah diperiksa.") % told
        told["day"] = full_date(self.last_day)
        return _("%(what)s wajib sesudah %(day)s dan belum ada. Barang tampil lagi begitu dipenuhi.") % told

    def is_of(self, product: Product) -> bool:
        category = self.requirement.category_id
        return category is None or category in (product.category_id, product.category.parent_id)


Lapses = Sequence[RequirementLapse]


def lapses_of(seller: Seller, day: date) -> list[RequirementLapse]:
    """Two queries for a shop that was never excused, where no requirement holds for open shops or for a category."""
    given = RequirementWaiver.objects.filter(seller=seller).exclude(state=WaiverState.REPLACED).order_by("valid_until")
    ended = {one.key: _last_day(one, seller) for one in given}
    rows = Requirement.objects.in_force(seller.kind, day).filter(required=True)
    watched = list(
        rows.filter(Q(existing_from__lte=day) | Q(category__isnull=False)).values_list("subject", "category")
    )
    if not ended and not watched:
        return []
    found = []
    for one in lacking(status_of(seller, day)):
        row = one.requirement
        since = row.existing_from if row.is_asked_of_existing(day) else None
        if row.key in ended:
            found.append(RequirementLapse(row, ended[row.key]))
        elif since is not None:
            found.append(RequirementLapse(row, since - timedelta(days=1)))
        elif row.category_id is not None:
            found.append(RequirementLapse(row, None))
    return found


def _last_day(waiver: RequirementWaiver, seller: Seller) -> date:
    """One that was withdrawn, or given to an earlier owner, ended before its day."""
    ends = [waiver.valid_until]
    ends += [clock.local_date(at) for at in (waiver.ended_at, seller.owner_since) if at and at > waiver.given_at]
    return min(ends)


def shops_to_follow(day: date) -> set[int]:
    """Open shops that were excused once, and those that lack a document which holds for open shops since a day."""
    found = set(RequirementWaiver.objects.filter(seller__state=SellerState.ACTIVE).values_list("seller_id", flat=True))
    for row in Requirement.objects.filter(clock.valid_on(day), required=True, existing_from__lte=day):
        found |= set(without(row, day).values_list("pk", flat=True))
    return found


def without(row: Requirement, day: date) -> SellerQuerySet:
    """Open shops of its kind that have no such document on the day; where it is no document, all of them."""
    shops = Seller.objects.active().filter(kind=row.seller_kind)
    if row.subject not in SellerDocumentKind.values:
        return shops
    brought = SellerDocument.objects.current().filter(kind=row.subject)
    holds = brought.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day))
    return shops.exclude(pk__in=holds.values("seller"))
