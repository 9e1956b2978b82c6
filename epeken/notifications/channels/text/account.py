"""What accounts say by text. Each is one short sentence with its way out: a text is paid for by its length."""

from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from epeken.core import clock
from epeken.notifications.channels.attempts import GIVE_UP_AFTER
from epeken.notifications.channels.text.services import keep_text
from epeken.users import codes
from epeken.users.adapters import AccountAdapter
from epeken.users.models import User

# Letters to an account whose owner may not have caused them. Without an address they come as a text.
BY_TEXT = {
    "account/email/password_changed": __("Kata sandi akun e-Peken Anda diganti."),
    "account/email/new_device": __("Akun e-Peken Anda masuk dari perangkat yang belum dikenal."),
    "mfa/email/totp_activated": __("Langkah kedua akun e-Peken Anda dipasang."),
    "mfa/email/totp_deactivated": __("Langkah kedua akun e-Peken Anda dilepas."),
}


class TextingAdapter(AccountAdapter):
    def send_verification_code_sms(self, user: User, phone: str, code: str, **more: Any) -> None:
        said = _("Kode e-Peken: %(code)s. Berlaku %(minutes)d menit. Jangan berikan kepada siapa pun, juga petugas.")
        minutes = app_settings.LOGIN_BY_CODE_TIMEOUT // 60
        self._send(phone, said % {"code": codes.opened(code), "minutes": minutes}, timedelta(minutes=minutes))

    def send_unknown_account_sms(self, phone: str, **more: Any) -> None:
        """Somebody wanted to sign in with this number and cannot: only who holds the number reads why."""
        account = User.objects.signing_in_with(phone)
        if account is None:
            said = _("Nomor ini belum punya akun e-Peken. Bukan Anda? Abaikan saja. Daftar: %(link)s")
            page = "account_signup"
        elif account.is_active:
            said = _("Akun e-Peken Anda masuk dengan kata sandi, bukan kode. Bukan Anda? Abaikan saja. %(link)s")
            page = "account_login"
        else:
            said = _("Akun e-Peken dengan nomor ini tidak aktif. Hubungi kami: %(link)s")
            page = "support"
        self._send(phone, said % {"link": _link(page)})

    def send_account_already_exists_sms(self, phone: str) -> None:
        said = _("Nomor ini sudah punya akun e-Peken. Bukan Anda? Abaikan saja. Masuk dengan kode: %(link)s")
        self._send(phone, said % {"link": _link("account_request_login_code")})

    def tell_old_number(self, user: User, old: str) -> None:
        with translation.override(user.language):
            said = _("Akun e-Peken Anda kini masuk dengan nomor lain. Bukan Anda? Hubungi kami: %(link)s")
            self._send(old, said % {"link": _link("support")})
        self.send_notification_mail("account/email/phone_changed", user)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        super().send_notification_mail(template_prefix, user, *args, **kwargs)
        said = BY_TEXT.get(template_prefix)
        if said and not user.email and user.phone_verified_at is not None:
            with translation.override(user.language):
                ask = _("Bukan Anda? Hubungi kami: %(link)s") % {"link": _link("support")}
                self._send(user.phone, f"{said} {ask}")

    def _send(self, phone: str, text: str, lasts: timedelta = GIVE_UP_AFTER) -> None:
        if codes.are_sent():
            keep_text(phone=phone, text=text, now=clock.now(), lasts=lasts)


def _link(name: str) -> str:
    return settings.SITE_URL.rstrip("/") + reverse(name)
