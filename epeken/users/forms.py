"""Account forms: allauth's behaviour, our words. Order of fields is the order on the page."""

import logging
from typing import Any

from allauth.account import forms as account
from allauth.core import context, ratelimit
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTOTPForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from epeken.core.web.editing import EditForm
from epeken.core.web.forms import LineField, PhoneFormField, name_what_is_asked
from epeken.core.web.wards import WardField
from epeken.users import devices

logger = logging.getLogger(__name__)


def _plain(form: forms.Form, **labels: Any) -> None:
    """Our labels; no placeholders, which vanish when one starts to write."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label
    name_what_is_asked(form)


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=_("Surel"), password=_("Kata sandi"))
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignUpForm(account.SignupForm):
    name = LineField(label=_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneFormField(required=False, help_text=_("Untuk dihubungi penjual atau kurir tentang pesanan Anda."))

    field_order = ["name", "email", "phone", "password1"]

    def try_save(self, request: HttpRequest) -> Any:
        """A known address takes as long as an unknown one, of which the password is hashed."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=_("Surel"), password1=_("Kata sandi"))
        self.fields["password1"].help_text = _(
            "Paling sedikit 10 huruf atau angka. Kalimat pendek lebih mudah diingat."
        )


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=_("Surel"))


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1=_("Kata sandi baru"), password2=_("Tulis sekali lagi"))
        self.fields["password1"].help_text = _("Paling sedikit 10 huruf atau angka.")


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self,
            oldpassword=_("Kata sandi sekarang"),
            password1=_("Kata sandi baru"),
            password2=_("Tulis sekali lagi"),
        )
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = _("Paling sedikit 10 huruf atau angka.")


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1=_("Kata sandi baru"), password2=_("Tulis sekali lagi"))
        self.fields["password1"].help_text = _("Paling sedikit 10 huruf atau angka.")


class AddEmailForm(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=_("Surel baru"))


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password=_("Kata sandi"))
        self.fields["password"].help_text = ""


def _code(form: forms.Form, label: Any) -> None:
    _plain(form, code=label)
    form.fields["code"].widget.attrs.update({"inputmode": "numeric", "autocomplete": "one-time-code"})


class LoggedCode:
    """A refused code is in the log: somebody who knows the password tries to get past the second factor."""

    user: Any

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except forms.ValidationError:
            logger.warning("Account %s: a code of the second factor was refused", self.user.pk)
            raise
        return code


class AuthenticateForm(LoggedCode, mfa.AuthenticateForm):
    def clean_code(self) -> str:
        """On a known device the guesses of others do not count, as long as its own stay few."""
        device = devices.known_device(context.request, self.user.email)
        if device and ratelimit.consume(context.request, action="login_failed", key=f"mfa-device-{device}"):
            ratelimit.clear(context.request, action="login_failed", key=f"mfa-auth-user-{self.user.pk}")
        code: str = super().clean_code()
        return code

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Kode"))


class ReauthenticateCodeForm(LoggedCode, mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Kode"))


class ActivateTOTPForm(BaseActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Kode enam angka"))


class ProfileForm(EditForm):
    name = LineField(label=_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneFormField(required=False)
    kelurahan = WardField(
        label=_("Kelurahan tempat Anda tinggal"),
        required=False,
        empty_label=_("Belum dipilih"),
        help_text=_("Dipakai untuk mendahulukan penjual di dekat Anda."),
    )
