"""What an officer types of a registration, and what they may not."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation

from epeken.users.models import User
from umkm.assisted.policies import running_for
from umkm.sellers.models import Seller

# Only the resident can say these.
OWN_WORD = frozenset({"consented", "low_income"})


def note_typed(actor: User, seller: Seller, names: Iterable[str], now: datetime) -> None:
    """Which page of it the officer typed on, for the resident to read; of the same page again nothing, so that what is
    saved while somebody types is told once. The caller holds the shop's lock."""
    from umkm.sellers import steps

    assisted = running_for(actor, seller, now)
    if assisted is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        told = ", ".join(dict.fromkeys(str(steps.step_of(name).title) for name in names))
    last = assisted.events.order_by("-sequence").first()
    if last is not None and (last.action, last.note) == ("type", told):
        return
    assisted.events.create(
        action="type", from_state=assisted.state, to_state=assisted.state, actor=actor, at=now, note=told,
        actor_name=actor.name,
    )  # fmt: skip
