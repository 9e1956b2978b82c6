"""What happened to a shop without moving it."""

from datetime import datetime

from epeken.users.models import User
from umkm.sellers.models import Seller


def note_event(seller: Seller, action: str, actor: User | None, now: datetime, *, note: str = "") -> None:
    """One row of its history. `note` stays for good: nothing of a person. The caller holds the shop's lock."""
    name = actor.name if actor else ""
    state = seller.state
    seller.events.create(
        action=action, from_state=state, to_state=state, actor=actor, at=now, actor_name=name, note=note
    )
