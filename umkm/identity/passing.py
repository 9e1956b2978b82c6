"""A shop passes to another person: its data, its people and its place under the monthly cap. Orders placed before keep
the account of whom they were placed with (`policies.as_of`)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from epeken.core.states import move
from epeken.users.models import User
from umkm.identity import policies
from umkm.identity.models import IdentityChange
from umkm.identity.querysets import AT_OFFICE
from umkm.identity.states import ChangeState
from umkm.owners import services as owners
from umkm.owners import ties
from umkm.owners.services import Handover
from umkm.sellers import steps
from umkm.sellers.models import Seller, SellerMember


def pass_over(change: IdentityChange, related: Sequence[Seller], now: datetime) -> dict[str, Any]:
    """The row of the shop holds what its new owner wrote and is theirs; the caller saves it. Returns whose it was.

    The new owner is found by NIK and account, as always: whoever hands the shop over and keeps its account keeps its
    place under their own cap. The caller holds the locks of the shop and its relatives, old and new.
    """
    seller, wanted = change.seller, policies.changed(change)
    assert change.successor is not None  # it was taken
    _overtake(change, now)
    separated = ties.separated_of([wanted])
    family = [row for row in related if ties.facts_between(wanted, row, separated)]
    left = {"left_owner": seller.owner, "left_nik_index": seller.nik_index}
    owner = owners.owner_for(wanted, family, now=now)
    owners.hand_over_room(seller, to=owner, now=now, why=Handover.PASSED)
    since = now.astimezone(UTC).isoformat()
    change.values.filter(field="owner_since").update(new=since)
    steps.put_plain(seller, {value.field: value.new for value in change.values.all()})
    seller.owner = owner
    seller.members.filter(until__isnull=True).update(until=now)
    SellerMember.objects.create(seller=seller, user=change.successor, role=SellerMember.Role.OWNER, since=now)
    seller.events.create(
        action="transfer", from_state=seller.state, to_state=seller.state, actor=None, at=now,
        note=f"{change.proposed_by.name} → {seller.owner_name}",
    )  # fmt: skip
    return left


def give_back(change: IdentityChange, actor: User, now: datetime) -> None:
    """It never was the owner's wish: the shop is theirs again, whatever became of its data since; so are its people."""
    seller = change.seller
    assert change.left_owner is not None  # it came into force
    owners.hand_over_room(seller, to=change.left_owner, now=now, why=Handover.BACK)
    steps.put_plain(seller, {value.field: value.old for value in change.values.all()})
    seller.owner = change.left_owner
    earlier = seller.members.filter(until=change.applied_at).exclude(role=SellerMember.Role.HOUSEHOLD)
    theirs = list(earlier.values_list("pk", flat=True))
    seller.members.filter(until__isnull=True).update(until=now)
    seller.members.filter(pk__in=theirs).update(until=None)
    seller.events.create(action="transfer", from_state=seller.state, to_state=seller.state, actor=actor, at=now)


def _overtake(change: IdentityChange, now: datetime) -> None:
    """What the earlier owner asked for and is not in force would change the data of the new one."""
    open_ones = IdentityChange.objects.filter(AT_OFFICE | policies.APPROVED, seller=change.seller)
    for other in open_ones.exclude(pk=change.pk).exclude(state=ChangeState.HELD).order_by("pk"):
        other.documents.filter(replaced_at__isnull=True).update(replaced_at=now)
        move(other, "overtake", actor=None, now=now)
