"""The monthly cap: room is taken when an order is placed and given back when it is cancelled."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, RuleBroken, require
from epeken.core.models import Rule
from epeken.core.money import check_rupiah
from epeken.core.words import rupiah
from umkm.models import Seller, TurnoverEntry, TurnoverMonth

CAP = "seller.cap_monthly"
WARN = "seller.cap_warn_share"


@dataclass(frozen=True)
class Room:
    """What an owner's shops may still sell in a month, in rupiah."""

    cap: int
    used: int
    warn_at: int

    @property
    def left(self) -> int:
        return self.cap - self.used

    @property
    def is_nearly_full(self) -> bool:
        return self.used >= self.warn_at

    @property
    def is_full(self) -> bool:
        return self.left <= 0


def rooms_of(sellers: list[Seller], day: date) -> dict[int, Room]:
    """Room per seller pk in the month of `day`; three queries whatever the number of sellers."""
    month = day.replace(day=1)
    cap = Rule.objects.amount(CAP, day)
    share = Rule.objects.rate(WARN, day)
    months = {
        row.owner_id: row
        for row in TurnoverMonth.objects.filter(owner_id__in={s.owner_id for s in sellers if s.owner_id}, month=month)
    }
    rooms = {}
    for seller in sellers:
        row = months.get(seller.owner_id) if seller.owner_id else None
        limit = row.cap if row else cap
        rooms[seller.pk] = Room(cap=limit, used=row.used if row else 0, warn_at=int(limit * share))
    return rooms


def room_of(seller: Seller, day: date) -> Room:
    """Room of one seller's owner in the month of `day`."""
    return rooms_of([seller], day)[seller.pk]


@transaction.atomic
def reserve_turnover(*, seller: Seller, amount: int, reference: str, now: datetime) -> TurnoverMonth:
    """Takes `amount` of the owner's room in the month of `now`; the order number is the reference.

    Raises: RuleBroken `cap_full` naming the shop and what is left; InvalidMove when its owner was merged meanwhile.
    Locks: TurnoverMonth (counts as Seller).
    Source: monthly limit of Rp30 million a seller, e-Peken since 2021; counted per beneficial owner.
    """
    check_rupiah(amount)
    require(seller.owner_id, _("Toko %(shop)s belum disetujui.") % {"shop": seller.name}, code="seller_not_active")
    assert seller.owner_id is not None
    day = clock.local_date(now)
    month = clock.month_of(now)
    TurnoverMonth.objects.bulk_create(
        [TurnoverMonth(owner_id=seller.owner_id, month=month, cap=Rule.objects.amount(CAP, day))],
        ignore_conflicts=True,
    )
    row = TurnoverMonth.objects.get(owner_id=seller.owner_id, month=month)
    # Conditional on purpose: of two orders racing for the last room, one finds no row to update.
    taken = TurnoverMonth.objects.filter(pk=row.pk, used__lte=F("cap") - amount).update(used=F("used") + amount)
    if taken != 1:
        row.refresh_from_db()
        raise RuleBroken(
            _(
                "Batas penjualan %(shop)s bulan ini tinggal %(left)s, sedangkan pesanan ini %(amount)s. "
                "Kurangi jumlahnya, bagi ke penjual lain, atau pesan lagi mulai tanggal 1."
            )
            % {"shop": seller.name, "left": rupiah(row.room), "amount": rupiah(amount)},
            code="cap_full",
        )
    # A merge of owners holds this row until it is done; whoever waited for it looks again at whose shop this is.
    if not Seller.objects.filter(pk=seller.pk, owner_id=row.owner_id).exists():
        raise InvalidMove()
    row.refresh_from_db()
    TurnoverEntry.objects.create(
        turnover=row, seller=seller, kind=TurnoverEntry.Kind.RESERVE, amount=amount, reference=reference, at=now
    )
    return row


@transaction.atomic
def release_turnover(*, reference: str, now: datetime) -> None:
    """Gives back what the order took, in the month it was taken from. A second call changes nothing.

    What was used moves along when two owners turn out to be one, so the shop's owner of today gets it back.
    Locks: TurnoverMonth (counts as Seller).
    """
    entry = (
        TurnoverEntry.objects.filter(reference=reference, kind=TurnoverEntry.Kind.RESERVE)
        .select_related("seller", "turnover")
        .first()
    )
    if entry is None:
        return
    assert entry.seller.owner_id is not None  # it had one when the room was taken, and an owner never goes
    row = TurnoverMonth.objects.locked().get(owner_id=entry.seller.owner_id, month=entry.turnover.month)
    if TurnoverEntry.objects.filter(reference=reference, kind=TurnoverEntry.Kind.RELEASE).exists():
        return
    TurnoverMonth.objects.filter(pk=row.pk).update(used=F("used") - entry.amount)
    TurnoverEntry.objects.create(
        turnover=row,
        seller_id=entry.seller_id,
        kind=TurnoverEntry.Kind.RELEASE,
        amount=-entry.amount,
        reference=reference,
        at=now,
    )
