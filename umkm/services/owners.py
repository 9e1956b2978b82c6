"""Who really stands behind a shop: same NIK or same bank account means one owner, and one monthly cap."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from epeken.core import clock
from epeken.core.models import Rule
from umkm.models import Owner, Seller, TurnoverEntry, TurnoverMonth
from umkm.services.turnover import CAP


def locked_with_relatives(seller: Seller) -> list[Seller]:
    """The shop and every shop with its NIK or bank account, locked in one order. Call inside a transaction.

    Two approvals of one owner's shops meet on these rows, so they can never make two owners. Locks: Seller.
    """
    row = Seller.objects.only("nik_index", "bank_index").get(pk=seller.pk)
    same = Q(pk=row.pk)
    if row.nik_index:
        same |= Q(nik_index=row.nik_index)
    if row.bank_index:
        same |= Q(bank_index=row.bank_index)
    return list(Seller.objects.filter(same).locked())


@transaction.atomic
def owner_for(seller: Seller, related: Sequence[Seller], *, now: datetime) -> Owner:
    """The owner the shop belongs to. When it ties two owners together they become one, the elder.

    `related` comes from `locked_with_relatives`. Locks: Owner, TurnoverMonth (counts as Seller).
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
    movers = list(Seller.objects.filter(owner=old).locked())
    # This month's row is there and locked even before its first order, so that an order racing with us waits for it.
    cap = Rule.objects.amount(CAP, clock.local_date(now))
    TurnoverMonth.objects.bulk_create(
        [TurnoverMonth(owner=old, month=clock.month_of(now), cap=cap)], ignore_conflicts=True
    )
    for row in TurnoverMonth.objects.filter(owner=old).locked():
        if not row.used:
            continue
        TurnoverMonth.objects.bulk_create(
            [TurnoverMonth(owner=into, month=row.month, cap=row.cap)], ignore_conflicts=True
        )
        target = TurnoverMonth.objects.locked().get(owner=into, month=row.month)
        total = target.used + row.used
        TurnoverMonth.objects.filter(pk=target.pk).update(used=total, cap=max(target.cap, row.cap, total))
        TurnoverMonth.objects.filter(pk=row.pk).update(used=F("used") - row.used)
        reference = f"gabung-{old.pk}-{into.pk}-{row.month:%Y-%m}"
        for turnover, kind, amount in (
            (row, TurnoverEntry.Kind.RELEASE, -row.used),
            (target, TurnoverEntry.Kind.RESERVE, row.used),
        ):
            TurnoverEntry.objects.create(
                turnover=turnover, seller=movers[0], kind=kind, amount=amount, reference=reference, at=now
            )
    Seller.objects.filter(owner=old).update(owner=into)
