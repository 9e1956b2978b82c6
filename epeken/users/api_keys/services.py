"""Keys are made, used and revoked here."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from epeken.core import clock, registry
from epeken.core.errors import NotAllowed, require
from epeken.core.services import service
from epeken.users import policies
from epeken.users.api_keys.models import ApiKey
from epeken.users.models import User

PREFIX = "epk_"  # by which scanners of source code find a leaked key
USED_AGAIN = timedelta(minutes=1)


@service
def create_key(*, actor: User, name: str, scopes: Collection[str], days: int, now: datetime) -> tuple[ApiKey, str]:
    """A key of this person that opens `scopes` for `days` days. Returns the row and the key, which is kept nowhere.

    Raises: NotAllowed when the person owes a second factor, because a key opens the same pages without asking for one;
    RuleBroken. Locks: User.
    """
    if policies.owes_second_factor(actor) and not policies.has_second_factor(actor):
        raise NotAllowed(_("Pasang aplikasi autentikator dahulu, baru kunci API dapat dibuat."))
    wanted = sorted(set(scopes))
    usable = {scope for scope, _label in registry.api_scopes_of(actor)}
    require(
        wanted and usable.issuperset(wanted),
        _("Pilih apa yang boleh dibuka kunci ini."),
        field="scopes",
        code="scopes_unknown",
    )
    require(name.strip(), _("Beri nama kunci ini, misalnya nama programnya."), field="name", code="name_missing")
    require(
        1 <= days <= settings.API_KEY_MAX_DAYS,
        _("Kunci berlaku paling lama %(days)d hari.") % {"days": settings.API_KEY_MAX_DAYS},
        field="days",
        code="days_outside",
    )
    User.objects.locked(actor)
    held = ApiKey.objects.filter(user=actor).live(now).count()
    require(
        held < settings.API_KEYS_PER_PERSON,
        _("Anda sudah punya %(most)d kunci. Cabut dahulu yang tidak dipakai.") % {"most": settings.API_KEYS_PER_PERSON},
        code="too_many_keys",
    )
    text = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        user=actor,
        name=name.strip()[:60],
        digest=_digest(text),
        start=text[:12],
        scopes=wanted,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    return key, text


@service
def revoke_key(*, actor: User, key: ApiKey, now: datetime) -> None:
    """The key stops working at once; a second call changes nothing. Raises: NotAllowed unless it is the actor's."""
    if key.user_id != actor.pk:
        raise NotAllowed(_("Hanya pemilik kunci yang dapat mencabutnya."))
    revoke_all(user=actor, now=now, only=key)


def revoke_all(*, user: User, now: datetime, only: ApiKey | None = None) -> None:
    """Every key of this person stops working at once (`only`: that one)."""
    keys = ApiKey.objects.filter(user=user, revoked_at__isnull=True)
    (keys.filter(pk=only.pk) if only else keys).update(revoked_at=now)


def find_key(text: str, now: datetime) -> ApiKey | None:
    """The live key that reads `text`, with its person; None when there is none or its person's account is closed."""
    found: ApiKey | None = (
        ApiKey.objects.live(now).filter(digest=_digest(text), user__is_active=True).select_related("user").first()
    )
    return found


def note_use(key: ApiKey, now: datetime) -> None:
    """The key was used now."""
    if key.last_used_at is None or clock.is_over(key.last_used_at + USED_AGAIN, now):
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
