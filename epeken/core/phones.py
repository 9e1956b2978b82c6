"""Telephone numbers: read as people write them, stored in E.164 (`+6281234567890`), shown as people read them."""

import re
from typing import Any
from urllib.parse import quote, urlencode

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken

REGION = "ID"  # a number without country code is Indonesian
# Without this, letters would be read as keypad digits and words around a number would be skipped.
_WRITTEN = re.compile(r"\+?[0-9\s().\-/\u2010-\u2015]+", flags=re.ASCII)


def read_phone(text: str, *, field: str = "phone") -> str:
    """`0812-3456-7890`, `62812…`, `812…` or `+62 812…` becomes `+62812…`; a foreign number needs its country code.

    Raises: RuleBroken at `field` for what no telephone can have.
    """
    text = text.strip().replace("\u00a0", " ")
    if _WRITTEN.fullmatch(text):
        try:
            number = phonenumbers.parse(text, REGION)
        except phonenumbers.NumberParseException:
            pass
        else:
            if phonenumbers.is_valid_number(number):
                return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise RuleBroken(
        _("Nomor telepon ini tidak benar. Tulis seperti 0812 3456 7890."), field=field, code="phone_invalid"
    )


def read_mobile(text: str, *, field: str = "phone") -> str:
    """As `read_phone`, of a number that gets our texts. Raises: RuleBroken at `field`, also `phone_not_mobile`."""
    phone = read_phone(text, field=field)
    if not gets_texts(phone):
        raise RuleBroken(
            _("Kode hanya dapat dikirim ke nomor ponsel Indonesia. Pakai nomor ponsel, atau surel."),
            field=field,
            code="phone_not_mobile",
        )
    return phone


def gets_texts(stored: str) -> bool:
    """Whether a text of ours goes to this number: mobile, and of this country. Having texts sent abroad, where a
    share of their price goes to whoever asked for them, is a known fraud."""
    try:
        number = phonenumbers.parse(stored, REGION)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.region_code_for_number(number) == REGION and _is_mobile(number)


def phone_words(stored: str) -> str:
    """A stored number for a reader: `0812-3456-7890`, `(031) 5678901`; with country code when it is foreign."""
    if not stored:
        return ""
    try:
        number = phonenumbers.parse(stored, REGION)
    except phonenumbers.NumberParseException:
        return stored
    home = number.country_code == phonenumbers.country_code_for_region(REGION)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def whatsapp_url(stored: str, text: str) -> str:
    """Opens a chat with the text already written; '' where no mobile number is stored."""
    try:
        number = phonenumbers.parse(stored, REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not _is_mobile(number):
        return ""
    return f"https://wa.me/{number.country_code}{number.national_number}?{urlencode({'text': text}, quote_via=quote)}"


def _is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    mobile = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
    return phonenumbers.number_type(number) in mobile


def is_stored(value: object) -> bool:
    """Whether `read_phone` would have stored this."""
    try:
        return isinstance(value, str) and read_phone(value) == value
    except RuleBroken:
        return False


def check_stored(value: str) -> None:
    """Refuses what `read_phone` would not have stored."""
    try:
        same = read_phone(value) == value
    except RuleBroken as problem:
        raise ValidationError(problem.message, code=problem.code) from None
    if not same:
        raise ValidationError(_("Tulis nomor dengan kode negara, misalnya +6281234567890."), code="phone_invalid")


class PhoneField(models.CharField):
    """E.164 or empty; its form field reads what people type."""

    default_validators = [check_stored]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 16)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        from epeken.core.web.forms import PhoneFormField

        return super().formfield(**{"form_class": PhoneFormField, **kwargs, "max_length": PhoneFormField.TYPED})
