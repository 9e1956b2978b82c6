"""Who really stands behind a shop: same NIK or same bank account means one owner, and one monthly cap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken, require
from epeken.core.i18n.words import rupiah
from epeken.core.money import check_rupiah
from epeken.core.rows import insert_new
from epeken.core.services import service
from epeken.ledger.services import Short, post
from umkm.owners.models import Owner, TurnoverEntry, TurnoverMonth
from umkm.owners.rules import CAP, WARN_SHARE
from umkm.sellers.models import Seller
from umkm.sellers.querysets import same_owner


def locked_with_relatives(seller: Seller, changed: Seller | None = None) -> list[Seller]:
    """The shop, every shop with its NIK or bank account and all other shops of their owners, locked in one order.
    `changed`: the shop as it would be; whom it would be related to belongs to them, too.

    Two approvals of one owner's shops meet on these rows, so they can never make two owners. Call inside a
    transaction, before an Owner is locked. Locks: Seller.
    """
    stored = Seller.objects.only("owner", "nik_index", "bank_index").get(pk=seller.pk)
    same = same_owner([stored] if changed is None else [stored, changed])
    known = set(Seller.objects.filter(same).values_list("owner_id", flat=True)) - {None}
    while True:
        related = list(Seller.objects.filter(same | Q(owner_id__in=known)).locked())
        fresh = {other.owner_id for other in related} - {None}
        if fresh <= known:
            return related
        # An approval we waited for made or merged an owner: its shops belong to the family too.
        known |= fresh


@service
def owner_for(seller: Seller, related: Sequence[Seller], *, now: datetime) -> Owner:
    """The owner the shop belongs to. When it ties two owners together they become one, the elder.

    `related` comes from `locked_with_relatives`. Locks: Owner, TurnoverMonth.
    Source: the monthly limit counts per beneficial owner, not per shop.
    """
    known = {row.owner_id for row in related if row.owner_id}
    if not known:
        return Owner.objects.create(created_at=now)
    found = list(Owner.objects.filter(pk__in=known).locked())
    for other in found[1:]:
        _merge(other, into=found[0], now=now)
    return found[0]


def _merge(old: Owner, *, into: Owner, now: datetime) -> None:
    """Shops and used-up room move over. What was sold stays counted, even where the sum passes the cap."""
    movers = list(Seller.objects.filter(owner=old).order_by("pk"))  # locked by locked_with_relatives
    # This month's row is there and locked even before its first order, so that an order racing with us waits for it.
    cap = CAP.on(clock.local_date(now))
    insert_new(TurnoverMonth(owner=old, month=clock.month_of(now), cap=cap))
    for row in TurnoverMonth.objects.filter(owner=old).locked():
        if not row.used:
            continue
        insert_new(TurnoverMonth(owner=into, month=row.month, cap=row.cap))
        target = TurnoverMonth.objects.locked().get(owner=into, month=row.month)
        total = target.used + row.used
        TurnoverMonth.objects.filter(pk=target.pk).update(cap=max(target.cap, row.cap, total))
        reference = f"gabung-{old.pk}-{into.pk}-{row.month:%Y-%m}"
        for turnover, kind, amount in (
            (row, TurnoverEntry.Kind.RELEASE, -row.used),
            (target, TurnoverEntry.Kind.RESERVE, row.used),
        ):
            post(
                TurnoverEntry, turnover.pk, deltas={"used": amount}, now=now, reference=reference,
                key=f"{kind}:{reference}", kind=kind, seller_id=movers[0].pk,
            )  # fmt: skip
    Seller.objects.filter(owner=old).update(owner=into)


class Handover(StrEnum):
    """Why a shop's use of the cap counts with another owner from now on."""

    PASSED = "passed"  # it is somebody else's
    BACK = "back"  # it never was the other's
    SEPARATED = "separated"  # it was wrongly counted together with others


def hand_over_room(seller: Seller, *, to: Owner, now: datetime, why: Handover) -> None:
    """What the shop used of its owner's months counts with its next owner, in the month it was used.

    Nobody gains room by handing a shop over: the cap of whom it leaves sinks by as much. Whoever has the shop back has
    that room again. Of shops that were wrongly counted together each side has a cap of its own, used up by what its own
    shops sold. The caller holds the locks of `locked_with_relatives`.
    """
    left = Seller.objects.values_list("owner_id", flat=True).get(pk=seller.pk)
    if left == to.pk:
        return
    own = TurnoverEntry.objects.filter(seller=seller, key="")  # those with a key move room between owners
    used = dict(own.order_by().values_list("turnover__month").annotate(Sum("used_delta")))
    usual = CAP.on(clock.local_date(now))
    for row in TurnoverMonth.objects.filter(owner_id=left, month__in=used).locked():
        amount = used[row.month]
        if not amount:
            continue
        insert_new(TurnoverMonth(owner=to, month=row.month, cap=usual))
        target = TurnoverMonth.objects.locked().get(owner=to, month=row.month)
        cap = target.cap + amount if why == Handover.BACK else max(target.cap, target.used + amount)
        TurnoverMonth.objects.filter(pk=target.pk).update(cap=cap)
        reference = f"alih-{seller.pk}-{left}-{to.pk}-{row.month:%Y-%m}"
        for turnover, kind, delta in (
            (row, TurnoverEntry.Kind.RELEASE, -amount),
            (target, TurnoverEntry.Kind.RESERVE, amount),
        ):
            key = f"{now.timestamp():.0f}:{kind}:{reference}"
            post(
                TurnoverEntry, turnover.pk, deltas={"used": delta}, now=now, reference=reference, key=key, kind=kind,
                seller_id=seller.pk,
            )  # fmt: skip
        stays = {
            Handover.PASSED: row.cap - amount,
            Handover.BACK: row.cap,
            # Only what the two together had sold past the cap had raised it.
            Handover.SEPARATED: min(row.cap, max(usual, row.used - amount)),
        }[why]
        if stays != row.cap:
            TurnoverMonth.objects.filter(pk=row.pk).update(cap=stays)


def separate(leaving: Sequence[Seller], *, now: datetime) -> Owner:
    """These shops are another owner's from now on, each month with what they sold themselves. The caller holds the
    locks of `locked_with_relatives`; the owner and its months are locked here."""
    held = Owner.objects.filter(pk__in={seller.owner_id for seller in leaving}).locked()
    assert len(held) == 1  # all of one owner
    owner: Owner = Owner.objects.create(created_at=now)
    for seller in leaving:
        hand_over_room(seller, to=owner, now=now, why=Handover.SEPARATED)
    Seller.objects.filter(pk__in=[seller.pk for seller in leaving]).update(owner=owner)
    return owner


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
    def quarter(self) -> int:
        """0 none used yet, 1–4 the quarter of the cap that use stands in, as a search tells it."""
        return 1 + min(3, self.used * 4 // self.cap) if self.used > 0 and self.cap else 0

    @property
    def is_nearly_full(self) -> bool:
        return self.used >= self.warn_at

    @property
    def is_full(self) -> bool:
        return self.left <= 0


def rooms_of(sellers: list[Seller], day: date, *, held_by: str = "") -> dict[int, Room]:
    """Room per seller pk in the month of `day`; three queries whatever the number of sellers.

    What the request `held_by` holds counts as room: one more query.
    """
    month = day.replace(day=1)
    cap = CAP.on(day)
    share = WARN_SHARE.on(day)
    owner_ids = {s.owner_id for s in sellers if s.owner_id}
    months = {row.owner_id: row for row in TurnoverMonth.objects.filter(owner_id__in=owner_ids, month=month)}
    own: dict[int, int] = {}
    if held_by:
        held = TurnoverEntry.objects.filter(reference=held_by, turnover__month=month).order_by()
        own = dict(held.values_list("turnover__owner").annotate(Sum("used_delta")))
    rooms = {}
    for seller in sellers:
        row = months.get(seller.owner_id) if seller.owner_id else None
        limit = row.cap if row else cap
        used = row.used - own.get(row.owner_id, 0) if row else 0
        rooms[seller.pk] = Room(cap=limit, used=used, warn_at=int(limit * share))
    return rooms


def room_of(seller: Seller, day: date) -> Room:
    """Room of one seller's owner in the month of `day`."""
    return rooms_of([seller], day)[seller.pk]


def cap_words(shop: str, left: int, amount: int) -> str:
    """Why a shop may not sell `amount` more this month, and the ways out."""
    words = {"shop": shop, "left": rupiah(max(left, 0)), "amount": rupiah(amount)}
    return (
        _(
            "Batas penjualan %(shop)s bulan ini tinggal %(left)s, sedangkan yang diminta seluruhnya %(amount)s. "
            "Kurangi jumlahnya, ambil sebagian dari penjual lain, atau pesan lagi mulai tanggal 1."
        )
        % words
    )


@service
def reserve_turnover(*, seller: Seller, amount: int, reference: str, now: datetime) -> None:
    """Takes `amount` of the owner's room in the month of `now`; the number of the order or request is the reference.

    The caller has the shop locked and read after it, as a merge of owners has: its owner stays the same meanwhile.
    Raises: RuleBroken `cap_full` naming the shop and what is left. Locks: TurnoverMonth.
    Source: monthly limit of Rp30 million a seller, e-Peken since 2021; counted per beneficial owner.
    """
    check_rupiah(amount)
    require(seller.owner_id, _("Toko %(shop)s belum disetujui.") % {"shop": seller.name}, code="seller_not_active")
    assert seller.owner_id is not None
    month = clock.month_of(now)
    account: dict[str, Any] = {"owner": seller.owner_id, "month": month}
    if _took_room(account, seller.pk, amount, reference, now):
        return
    # The room is not enough, or nobody took of it this month yet.
    insert_new(TurnoverMonth(owner_id=seller.owner_id, month=month, cap=CAP.on(clock.local_date(now))))
    if not _took_room(account, seller.pk, amount, reference, now):
        row = TurnoverMonth.objects.get(**account)
        raise RuleBroken(cap_words(seller.name, row.room, amount), code="cap_full")


@service
def reserve_more(*, seller: Seller, amount: int, reference: str, now: datetime) -> None:
    """The order takes `amount` more of the owner's room, in the month in which it took its own. The caller has the shop
    locked and read after it. Raises: RuleBroken `cap_full`. Locks: TurnoverMonth."""
    check_rupiah(amount)
    row = _account(reference, seller)
    if row is None:
        raise ValueError(f"{reference} took no room of {seller.pk}.")
    if not _took_room(row.pk, seller.pk, amount, reference, now):
        row.refresh_from_db()
        raise RuleBroken(cap_words(seller.name, row.room, amount), code="cap_full")


@service
def release_turnover(*, reference: str, now: datetime, keep: Mapping[int, int] | None = None) -> None:
    """Gives back what the order or request still holds, in the month it was taken from; a second call changes nothing.

    `keep`: by seller pk what stays held. What was used moves along when two owners turn out to be one, so the shop's
    owner of today gets it back. Locks: TurnoverMonth.
    """
    for seller in _sellers_holding(reference):
        stays = (keep or {}).get(seller.pk, 0)
        if _used(reference, seller) <= stays:
            continue
        row = _account(reference, seller)
        back = _used(reference, seller) - stays  # read again: whoever held the account may have given it back
        if row is not None and back > 0:
            _post(row.pk, TurnoverEntry.Kind.RELEASE, seller.pk, -back, reference, now)


@service
def transfer_turnover(*, seller: Seller, reference: str, to: str, now: datetime) -> int:
    """What the request `reference` holds for this seller is held by the order `to`, in the same month.

    Returns how much. Locks: TurnoverMonth.
    """
    row = _account(reference, seller)
    used = _used(reference, seller) if row is not None else 0
    if row is not None and used > 0:
        _post(row.pk, TurnoverEntry.Kind.RELEASE, seller.pk, -used, reference, now)
        _post(row.pk, TurnoverEntry.Kind.RESERVE, seller.pk, used, to, now)
    return used


def _sellers_holding(reference: str) -> list[Seller]:
    """In the order in which everybody takes room: by owner."""
    holding = TurnoverEntry.objects.filter(reference=reference).order_by().values("seller")
    return list(Seller.objects.only("pk", "owner_id").filter(pk__in=holding).order_by("owner_id", "pk"))


def _account(reference: str, seller: Seller) -> TurnoverMonth | None:
    """The month of the shop's owner of today in which the reference took room, locked; None where it took none.

    A reference has one month.
    """
    assert seller.owner_id is not None  # no owner, no room; and an owner never goes
    months = TurnoverEntry.objects.filter(reference=reference, seller=seller).order_by().values("turnover__month")
    rows = TurnoverMonth.objects.locked().filter(owner_id=seller.owner_id, month__in=months)
    found: TurnoverMonth | None = rows.first()
    return found


def _used(reference: str, seller: Seller) -> int:
    """What the reference holds for the shop."""
    rows = TurnoverEntry.objects.filter(reference=reference, seller=seller)
    return rows.aggregate(used=Sum("used_delta"))["used"] or 0


def _took_room(account: int | Mapping[str, Any], seller_pk: int, amount: int, reference: str, now: datetime) -> bool:
    """Whether the account is there and had room."""
    try:
        _post(account, TurnoverEntry.Kind.RESERVE, seller_pk, amount, reference, now)
    except Short:
        return False
    return True


def _post(
    account: int | Mapping[str, Any], kind: str, seller_pk: int, delta: int, reference: str, now: datetime
) -> None:
    """No key: each is written by one move of its request or order, which happens once."""
    post(TurnoverEntry, account, deltas={"used": delta}, now=now, reference=reference, kind=kind, seller_id=seller_pk)
