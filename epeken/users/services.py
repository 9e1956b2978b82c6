"""What a person changes about their own account."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.authtoken.models import Token

from epeken.core.errors import NotAllowed
from epeken.core.phones import read_phone
from epeken.users import policies
from epeken.users.models import User


@transaction.atomic
def save_profile(*, actor: User, values: dict[str, Any]) -> None:
    """Name, phone and kelurahan are the given ones; other keys are ignored. Raises: RuleBroken `phone_invalid`."""
    if values.get("phone"):
        values = {**values, "phone": read_phone(values["phone"])}
    User.objects.filter(pk=actor.pk).update(**{k: values[k] for k in ("name", "phone", "kelurahan") if k in values})


@transaction.atomic
def make_token(*, actor: User) -> str:
    """A fresh API key, the only one of this person; an older one stops working. Returns the key.

    Raises: NotAllowed when the person owes a second factor, because the key opens the same doors without asking.
    """
    if policies.owes_second_factor(actor) and not policies.has_second_factor(actor):
        raise NotAllowed(_("Pasang aplikasi autentikator dahulu, baru kunci API dapat dibuat."))
    revoke_token(actor=actor)
    token: Token = Token.objects.create(user=actor)
    return str(token.key)


@transaction.atomic
def revoke_token(*, actor: User) -> None:
    """The API key of this person stops working at once."""
    Token.objects.filter(user=actor).delete()


@transaction.atomic
def remove_second_factor(*, actor: User, user: User) -> None:
    """Somebody lost their phone: authenticator, recovery codes and API key are gone, and they enrol again.

    Raises: NotAllowed unless `actor` is another person who may change users.
    """
    if actor.pk == user.pk or not actor.has_perm("users.change_user"):
        raise NotAllowed(_("Langkah kedua hanya dapat dihapus oleh pengelola lain."))
    if user.is_superuser and not actor.is_superuser:
        raise NotAllowed(_("Langkah kedua pengelola utama hanya dapat dihapus oleh pengelola utama lain."))
    Authenticator.objects.filter(user=user).delete()
    revoke_token(actor=user)


@transaction.atomic
def choose_language(*, actor: User, language: str) -> None:
    """Letters to this person are written in `language`, one of settings.LANGUAGES, from now on."""
    User.objects.filter(pk=actor.pk).update(language=language)
