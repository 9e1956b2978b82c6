"""allauth's pages under Indonesian paths. The names are allauth's own: it reverses them."""

from collections.abc import Callable
from functools import wraps

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from epeken.users import codes, signing_up


def _where_codes_are_sent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if not codes.are_sent():
            raise Http404
        return view(request)

    return answer


letter_sent = never_cache(signing_up.LetterSent.as_view())

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/kode/", _where_codes_are_sent(account.request_login_code), name="account_request_login_code"),
    path("masuk/kode/tulis/", account.confirm_login_code, name="account_confirm_login_code"),
    path("keluar/", signing_up.keeping_what_was_typed(account.logout), name="account_logout"),
    path("daftar/", account.signup, name="account_signup"),
    path("tidak-aktif/", account.account_inactive, name="account_inactive"),
    path("pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("surel/", account.email, name="account_email"),
    path("surel/konfirmasi/", letter_sent, name="account_email_verification_sent"),
    re_path(r"^surel/konfirmasi/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    # Whoever finds a browser open does not take the account along: the password comes first.
    path("nomor/", _where_codes_are_sent(reauthentication_required(account.change_phone)), name="account_change_phone"),
    path("nomor/kode/", signing_up.verify_phone, name="account_verify_phone"),
    path("sandi/ganti/", account.password_change, name="account_change_password"),
    path("sandi/buat/", account.password_set, name="account_set_password"),
    path("sandi/lupa/", account.password_reset, name="account_reset_password"),
    path("sandi/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^sandi/lupa/kunci/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sandi/lupa/selesai/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("langkah-kedua/", mfa.index, name="mfa_index"),
    path("langkah-kedua/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("langkah-kedua/pastikan/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("langkah-kedua/pasang/", totp.activate_totp, name="mfa_activate_totp"),
    path("langkah-kedua/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("langkah-kedua/cadangan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("langkah-kedua/cadangan/baru/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("langkah-kedua/cadangan/unduh/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
