"""What a person changes about their own account."""

import logging
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from epeken.core import editing
from epeken.core.errors import NotAllowed, RuleBroken, require
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

    `shown`: what the page that posts showed (`core.editing`). Raises: RuleBroken `phone_invalid` and
    `phone_signs_in`, ChangedMeanwhile. Locks: User.
    """
    if values.get("phone"):
        values = {**values, "phone": read_phone(values["phone"])}
    row = User.objects.select_for_update(of=("self",), no_key=True).select_related("kelurahan").get(pk=actor.pk)
    wanted = {name: values[name] for name in PROFILE if name in values}
    require(
        row.phone_verified_at is None or wanted.get("phone", row.phone) == row.phone,
        _("Anda masuk dengan nomor ini. Ganti lewat halaman “Nomor ponsel”: nomor yang baru dipastikan dengan kode."),
        field="phone",
        code="phone_signs_in",
    )
    editing.check_unchanged(shown, written(row), wanted)
    User.objects.filter(pk=row.pk).update(**wanted)


def written(user: User) -> dict[str, Any]:
    """What a person wrote about themselves, by field of PROFILE."""
    return {name: getattr(user, name) for name in PROFILE}


@service
def confirm_phone(*, user: User, phone: str, now: datetime) -> str:
    """The person signs in with this number from now on: they wrote the code that was sent to it. Returns the number
    it takes the place of, '' if there was none.

    Raises: RuleBroken `phone_taken`. Locks: User.
    """
    row = User.objects.locked(user)
    if row.phone == phone and row.phone_verified_at is not None:
        return ""
    try:
        with transaction.atomic():
            User.objects.filter(pk=row.pk).update(phone=phone, phone_verified_at=now)
    except IntegrityError:
        raise RuleBroken(
            _("Nomor ini sudah dipakai untuk masuk ke akun lain. Masuk dengan akun itu, atau pakai nomor lain."),
            field="phone",
            code="phone_taken",
        ) from None
    user.phone, user.phone_verified_at = phone, now
    logger.info("Account %s signs in with a number confirmed now", row.pk)
    return row.phone if row.phone_verified_at is not None else ""


@service
def prepare_account(*, phone: str, name: str, language: str) -> None:
    """Whoever holds the number may sign in with a code sent to it. Nothing where somebody signs in with it already, or
    an account waits for them. The caller sees to it that nobody else prepares one for the number. Locks: nothing.
    """
    if User.objects.signing_in_with(phone) is None and not User.objects.prepared_for(phone).exists():
        User.objects.create_user(email="", phone=phone, name=name, language=language)


@service
def forget_prepared(*, phone: str) -> None:
    """The account that waited for the holder of the number is gone; one they came to stays. Locks: nothing."""
    User.objects.prepared_for(phone).delete()


@service
def release_phone(*, actor: User, user: User) -> None:
    """Nobody signs in to the account with its number any more: the number was lost, or is somebody else's by now.
    Whoever is signed in to that account is signed out.

    Raises: NotAllowed, RuleBroken `no_other_way_in`. Locks: User.
    """
    if actor.pk == user.pk or not actor.has_perm("users.change_user"):
        raise NotAllowed(_("Nomor untuk masuk hanya dapat dilepas oleh pengelola lain."))
    row = User.objects.locked(user)
    require(
        bool(row.email),
        _("Akun ini belum punya surel, jadi tidak ada jalan masuk lain. Isi surel pemiliknya dahulu."),
        code="no_other_way_in",
    )
    User.objects.filter(pk=row.pk).update(phone_verified_at=None)
    sessions.end_other_sessions(user=row, kept=None)
    logger.info("Account %s no longer signs in with its number, by account %s", row.pk, actor.pk)


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
