"""Account forms: allauth's behaviour, our words. Order of fields is the order on the page."""

import logging
from copy import deepcopy
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import signup
from allauth.core import context, ratelimit
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTOTPForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from epeken.core.errors import RuleBroken
from epeken.core.phones import read_mobile
from epeken.core.web.editing import EditForm
from epeken.core.web.forms import LineField, PhoneFormField, name_what_is_asked
from epeken.core.web.wards import WardField
from epeken.users import codes, devices, passwords, signing_up
from epeken.users.logins import LONGEST
from epeken.users.models import User

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
    login = LineField(
        label=_("Surel atau nomor ponsel"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The library puts its own in place of ours.
        self.fields["login"] = deepcopy(self.base_fields["login"])
        _plain(self, password=_("Kata sandi"))
        self.fields["password"].help_text = ""


class SignUpForm(account.SignupForm):
    """With an address the number is for being called; without one it is the way in, and a code is sent to it."""

    name = LineField(label=_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneFormField(required=False, help_text=_("Untuk dihubungi penjual atau kurir tentang pesanan Anda."))

    field_order = ["name", "phone", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"] = deepcopy(self.base_fields["phone"])
        self.takes_either = codes.are_sent()
        if self.takes_either:
            self.fields["phone"].help_text = _("Tanpa surel, Anda masuk dengan nomor ini; kami mengirim kode ke sana.")
            self.fields["email"].required = False
            self.fields["email"].help_text = _("Boleh kosong bila nomor telepon diisi.")
        self.initial.update(signing_up.typed(context.request))
        _plain(self, email=_("Surel"), password1=_("Kata sandi"))
        self.fields["password1"].help_text = f"{passwords.length_words()} {_('Kalimat pendek lebih mudah diingat.')}"

    def _clean_phone(self) -> None:
        email, phone = self.cleaned_data.get("email"), self.cleaned_data.get("phone")
        if email or self.errors:
            return
        if not phone:
            told = _("Isi nomor ponsel atau surel. Salah satu saja cukup.")
            self.add_error("phone", forms.ValidationError(told, code="no_way_in"))
            return
        try:
            self.cleaned_data["phone"] = read_mobile(phone)
        except RuleBroken as problem:
            self.add_error("phone", forms.ValidationError(problem.message, code=problem.code))
        else:
            super()._clean_phone()

    def clean(self) -> Any:
        cleaned = super().clean()
        if not self.errors and not self.cleaned_data["email"]:
            _count_text(self.cleaned_data["phone"])
        return cleaned

    def try_save(self, request: HttpRequest) -> Any:
        """A known address or number takes as long as an unknown one, of which the password is hashed, and gets the
        same answer: it goes the way of what would have been confirmed."""
        signing_up.keep_typed(request, {**self.cleaned_data, "next": request.POST.get("next")})
        if not self.account_already_exists:
            return super().try_save(request)
        make_password(self.cleaned_data["password1"])
        email = self.cleaned_data["email"] or None
        phone = None if email else self.cleaned_data["phone"]
        return None, signup.prevent_enumeration(request, email=email, phone=phone)


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=_("Surel"))


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1=_("Kata sandi baru"), password2=_("Tulis sekali lagi"))
        self.fields["password1"].help_text = passwords.length_words()


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
        self.fields["password1"].help_text = passwords.length_words()


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1=_("Kata sandi baru"), password2=_("Tulis sekali lagi"))
        self.fields["password1"].help_text = passwords.length_words()


class AddEmailForm(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=_("Surel baru"))


def _opened(given: dict[str, Any]) -> dict[str, Any]:
    """The library hands a form the code it keeps, which is sealed."""
    return {**given, "code": codes.opened(given["code"])} if "code" in given else given


def _count_text(phone: str) -> None:
    if not codes.may_be_sent(context.request, phone):
        raise get_adapter().validation_error("rate_limited")


class RequestCodeForm(account.RequestLoginCodeForm):
    """A code to sign in with. The answer is the same whether an account has the number."""

    _user: User | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        self.fields["phone"].required = True
        _plain(self, phone=_("Nomor ponsel"))

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        _count_text(phone)
        self._user = codes.account_for(phone)
        return phone


class ConfirmCodeForm(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **_opened(kwargs))
        _code(self, _("Kode dari pesan"))


class VerifyPhoneForm(account.VerifyPhoneForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **_opened(kwargs))
        _code(self, _("Kode dari pesan"))


class ChangePhoneForm(account.ChangePhoneForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, phone=_("Nomor ponsel baru"))
        if self.user is not None and self.phone is None:
            self.fields["phone"].initial = self.user.phone  # the one they are called at

    def clean_phone(self) -> str:
        phone: str = super().clean_phone()
        _count_text(phone)
        return phone


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
        device = devices.device_of(context.request, self.user)
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

    def __init__(self, *args: Any, is_phone_fixed: bool = False, **kwargs: Any) -> None:
        """`is_phone_fixed`: the person signs in with it, and changes it on a page of its own."""
        super().__init__(*args, **kwargs)
        if is_phone_fixed:
            del self.fields["phone"]
