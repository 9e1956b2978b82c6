"""Our words and our keys for what allauth does. Mail leaves through the outbox (notifications.channels.email)."""

import logging
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.secret import fernet
from epeken.core.web.forms import MobileFormField
from epeken.users import codes, devices, policies, services, signing_up
from epeken.users.logins import one_spelling
from epeken.users.models import User
from epeken.users.sessions import limits
from epeken.users.sessions import services as sessions
from epeken.users.sessions.pages import device_words

logger = logging.getLogger(__name__)


# The same whatever was written and whether it is known.
MISMATCH = _("Surel, nomor ponsel, atau kata sandi tidak cocok. Periksa isinya, lalu coba lagi.")


class AccountAdapter(DefaultAccountAdapter):
    """Sending texts is left to the channel (notifications.channels.text.account), which settings name."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Akun ini sedang tidak aktif. Hubungi pengelola e-Peken."),
        "duplicate_email": _("Surel ini sudah terpasang pada akun Anda."),
        "email_password_mismatch": MISMATCH,
        "phone_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "phone_taken": _("Nomor ini sudah dipakai untuk masuk ke akun lain. Masuk dengan akun itu."),
        "email_taken": _("Surel ini sudah dipakai akun lain. Pakai surel lain, atau masuk dengan akun itu."),
        "enter_current_password": _(
            "Kata sandi sekarang tidak cocok. Tulis ulang kata sandi yang Anda pakai saat ini."
        ),
        "incorrect_code": _("Kode tidak cocok. Tulis kode dari pesan yang terakhir."),
        "incorrect_password": _("Kata sandi tidak cocok. Coba lagi."),
        "invalid_password_reset": _("Tautan ini sudah tidak berlaku. Minta tautan baru."),
        "max_email_addresses": _("Akun ini paling banyak memiliki %d surel."),
        "too_many_login_attempts": _("Terlalu banyak percobaan masuk. Tunggu beberapa menit, lalu coba lagi."),
        "unverified_primary_email": _("Surel utama harus dikonfirmasi dahulu."),
        "same_as_current": _("Isi yang baru harus berbeda dari yang sekarang."),
        "rate_limited": _("Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> Any:
        user.name = form.cleaned_data["name"]
        user.phone = form.cleaned_data.get("phone", "")
        user.language = get_language() or settings.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """A known device has a counter of its own: guesses from elsewhere do not use it up."""
        login = one_spelling(credentials.get("email") or credentials.get("phone") or credentials.get("username", ""))
        device = devices.known_device(request, login)
        shared: str = super()._get_login_attempts_cache_key(request, email=login)
        return f"{shared}:{device}" if device else shared

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.account.stages.EmailVerificationStage": "epeken.users.stages.EmailStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def phone_form_field(self, **kwargs: Any) -> Any:
        return MobileFormField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """The number to sign in with and whether it was confirmed. One that is only for being called is none, unless
        the account has no other way in."""
        if user.phone and (user.phone_verified_at is not None or not user.email):
            return user.phone, user.phone_verified_at is not None
        return None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone = phone
        user.save(update_fields=["phone"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        old = services.confirm_phone(user=user, phone=phone, now=clock.now())
        if old:
            sessions.end_other_sessions(user=user, kept=self.request.session.session_key)
            self.tell_old_number(user, old)

    def tell_old_number(self, user: User, old: str) -> None:
        """The number no longer signs in to the account; whoever holds it hears so."""
        raise NotImplementedError

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.signing_in_with(one_spelling(phone))

    def generate_phone_verification_code(self, *, user: User, phone: str) -> str:
        """Sealed: the library keeps it in the session. `send_verification_code_sms` and the forms open it."""
        return codes.sealed_code()

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """One that waits for its confirmation; the account's own is exchanged, never taken away."""
        return email_address.email.lower() != email_address.user.email.lower()

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """A letter is often opened in another browser: what the person came for goes with the link."""
        link: str = super().get_email_confirmation_url(request, emailconfirmation)
        target = request.POST.get("next", "") if request else ""
        return f"{link}?{urlencode({'next': target})}" if target.startswith("/") and self.is_safe_url(target) else link

    def login(self, request: HttpRequest, user: User) -> None:
        request.is_first_sign_in = user.last_login is None  # type: ignore[attr-defined]
        super().login(request, user)
        request.session.pop(signing_up.TYPED, None)
        limits.begin(request.session, user, clock.now().timestamp())
        translation.activate(user.language)  # what is said of the sign-in itself
        devices.note_known(request, user)
        logger.info("Account %s signed in by %s", user.pk, "+".join(_ways(request, user)))

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> Any:
        response = super().post_login(request, user, **more)
        if not devices.device_of(request, user) and not getattr(request, "is_first_sign_in", True):
            device = device_words(request.headers.get("User-Agent", ""))
            self.send_notification_mail("account/email/new_device", user, {"device": device})
        devices.remember(response, user)
        return response

    def set_password(self, user: User, password: str) -> None:
        """A new password also opens the lock that wrong ones closed: whoever set it has shown who they are."""
        super().set_password(user, password)
        # One by one, and never without a name: that would open the locks of everybody.
        for name in user.sign_in_names:
            reset(username=name)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the account, whoever's browser the letter is sent from."""
        user = context.get("user")
        with translation.override(user.language if isinstance(user, User) else get_language()):
            super().send_mail(template_prefix, email, context)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Allauth tells a person here that their second factor changed: what is signed in elsewhere ends with it."""
        super().send_notification_mail(template_prefix, user, *args, **kwargs)
        if template_prefix.startswith("mfa/email/"):
            sessions.end_other_sessions(user=user, kept=self.request.session.session_key)
            logger.info("Second factor of account %s: %s", user.pk, template_prefix.removeprefix("mfa/email/"))

    def is_safe_url(self, url: str | None) -> bool:
        """An address that is none (`http://[::1`) is not safe either; the library fails at it."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("users:profile")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The authenticator's seed is as good as a password: it is encrypted at rest like identity numbers."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Matikan langkah kedua dahulu sebelum menambah surel."),
        "cannot_delete_authenticator": _("Tugas Anda mewajibkan langkah kedua, jadi tidak dapat dimatikan."),
        "cannot_generate_recovery_codes": _("Pasang aplikasi autentikator dahulu, baru kode cadangan dapat dibuat."),
        "incorrect_code": _("Kode tidak cocok. Tulis kode yang sedang tampil di aplikasi autentikator Anda."),
        "unverified_email": _("Konfirmasi surel Anda dahulu sebelum memasang langkah kedua."),
    }

    def encrypt(self, text: str) -> str:
        return fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user: User = authenticator.user
        return not policies.owes_second_factor(user)


def _ways(request: HttpRequest, user: User) -> list[str]:
    """`password`, `totp`, `recovery_codes`, `password_reset` …: what this sign-in was shown with."""
    return [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
