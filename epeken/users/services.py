"""What a person changes about their own account."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from epeken.core.errors import NotAllowed
from epeken.core.phones import read_phone
from epeken.users.api_keys import services as api_keys
from epeken.users.models import User


@transaction.atomic
def save_profile(*, actor: User, values: dict[str, Any]) -> None:
    """Name, phone and kelurahan are the given ones; other keys are ignored. Raises: RuleBroken `phone_invalid`."""
    if values.get("phone"):
        values = {**values, "phone": read_phone(values["phone"])}
    User.objects.filter(pk=actor.pk).update(**{k: values[k] for k in ("name", "phone", "kelurahan") if k in values})


@transaction.atomic
def remove_second_factor(*, actor: User, user: User, now: datetime) -> None:
    """Somebody lost their phone: authenticator and recovery codes are gone, API keys revoked, and they enrol again.

    Raises: NotAllowed unless `actor` is another person who may change users.
    """
    if actor.pk == user.pk or not actor.has_perm("users.change_user"):
        raise NotAllowed(_("Langkah kedua hanya dapat dihapus oleh pengelola lain."))
    if user.is_superuser and not actor.is_superuser:
        raise NotAllowed(_("Langkah kedua pengelola utama hanya dapat dihapus oleh pengelola utama lain."))
    Authenticator.objects.filter(user=user).delete()
    api_keys.revoke_all(user=user, now=now)


@transaction.atomic
def choose_language(*, actor: User, language: str) -> None:
    """Letters to this person are written in `language`, one of settings.LANGUAGES, from now on."""
    User.objects.filter(pk=actor.pk).update(language=language)
