"""Keys of the inspectorate: made by one inspector, confirmed by another, stopped when lost or in other hands."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed, RuleBroken
from epeken.core.rows import insert_new
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from procurement.disclosures import policies, sealing
from procurement.disclosures.models import InspectorateKey
from procurement.disclosures.states import StopReason


@service
def propose_key(*, actor: User, public: str, now: datetime) -> InspectorateKey:
    """The public half of a new pair waits for another inspector. The same half is kept once.

    Raises: NotAllowed, RuleBroken. Locks: none.
    """
    _check(actor)
    try:
        sealing.public_key(public)
    except ValueError:
        raise RuleBroken(
            _("Kunci ini tidak dapat dibaca. Buat kunci lagi di halaman ini."), field="public", code="key_unreadable"
        ) from None
    made = InspectorateKey(public=public, proposed_by=actor, proposed_at=now)
    if insert_new(made):
        begin(made, actor=actor, now=now)
        return made
    return InspectorateKey.objects.get(public=public)


@service
def confirm_key(*, actor: User, key: InspectorateKey, now: datetime) -> InspectorateKey:
    """From today complaints are sealed to it. What was sealed to an earlier one stays so.

    Raises: NotAllowed, InvalidMove. Locks: InspectorateKey.
    """
    _check(actor)
    key = InspectorateKey.objects.locked().get(pk=key.pk)
    if key.proposed_by_id == actor.pk:
        raise NotAllowed(_("Kunci disahkan oleh inspektur lain, bukan oleh yang membuatnya."), code="own_key")
    move(
        key, "confirm", actor=actor, now=now,
        confirmed_by=actor, confirmed_at=now, valid_from=clock.local_date(now),
    )  # fmt: skip
    return key


@service
def withdraw_key(*, actor: User, key: InspectorateKey, now: datetime) -> InspectorateKey:
    """A proposed key is never used. Raises: NotAllowed, InvalidMove. Locks: InspectorateKey."""
    _check(actor)
    key = InspectorateKey.objects.locked().get(pk=key.pk)
    move(key, "withdraw", actor=actor, now=now)
    return key


@service
def stop_key(*, actor: User, key: InspectorateKey, reason: StopReason, now: datetime) -> InspectorateKey:
    """Nothing is sealed to it from now on, and no earlier key takes its place: until another is confirmed no complaint
    is taken. Senders of complaints sealed to a lost key read that nobody can open them.

    Raises: NotAllowed, InvalidMove. Locks: InspectorateKey.
    """
    _check(actor)
    key = InspectorateKey.objects.locked().get(pk=key.pk)
    move(key, "stop", actor=actor, now=now, stopped_at=now, stop_reason=reason)
    return key


def _check(actor: User) -> None:
    if not policies.is_recipient(actor):
        raise NotAllowed(_("Kunci dikelola oleh inspektorat saja."))
