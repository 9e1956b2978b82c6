"""What a person changes about their own account."""

import logging
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from epeken.core import editing
from epeken.core.errors import NotAllowed
from epeken.core.phones import read_phone
from epeken.core.services import service
from epeken.users.api_keys import services as api_keys
from epeken.users.models import User
from epeken.users.sessions import services as sessions

logger = logging.getLogger(__name__)
PROFILE = ("name", "phone", "kelurahan")


@service
def save_profile(*, actor: User, values: dict[str, Any], shown: str | None = None) -> None:
    """Name, phone and kelurahan are the given ones; other keys are ignored.

    `shown`: what the page that posts showed (`core.editing`). Raises: RuleBroken `phone_invalid`, ChangedMeanwhile.
    Locks: User.
    """
    if values.get("phone"):
        values = {**values, "phone": read_phone(values["phone"])}
    row = User.objects.select_for_update(of=("self",), no_key=True).select_related("kelurahan").get(pk=actor.pk)
    wanted = {name: values[name] for name in PROFILE if name in values}
    editing.check_unchanged(shown, written(row), wanted)
    User.objects.filter(pk=row.pk).update(**wanted)


def written(user: User) -> dict[str, Any]:
    """What a person wrote about themselves, by field of PROFILE."""
    return {name: getattr(user, name) for name in PROFILE}


@service
def remove_second_factor(*, actor: User, user: User, now: datetime) -> None:
    """Somebody lost their phone: authenticator and recovery codes are gone, API keys revoked, and they enrol again.

    Whoever is signed in to that account is signed out.
    Raises: NotAllowed unless `actor` is another person who may change users.
    """
    if actor.pk == user.pk or not actor.has_perm("users.change_user"):
        raise NotAllowed(_("Langkah kedua hanya dapat dihapus oleh pengelola lain."))
    if user.is_superuser and not actor.is_superuser:
        raise NotAllowed(_("Langkah kedua pengelola utama hanya dapat dihapus oleh pengelola utama lain."))
    Authenticator.objects.filter(user=user).delete()
    api_keys.revoke_all(user=user, now=now)
    sessions.end_other_sessions(user=user, kept=None)
    logger.info("Second factor of account %s removed by account %s", user.pk, actor.pk)


@service
def choose_language(*, actor: User, language: str) -> None:
    """Letters to this person are written in `language`, one of settings.LANGUAGES, from now on."""
    User.objects.filter(pk=actor.pk).update(language=language)
