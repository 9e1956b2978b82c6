"""Form base: Indonesian money input, idempotency token, domain errors shown at their field."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.errors import DomainError, RuleBroken
from epeken.core.idempotency import new_key
from epeken.core.money import MAX_RUPIAH
from epeken.core.phones import read_phone


class RupiahFormField(forms.IntegerField):
    """Accepts `27500`, `27.500`, `Rp 27.500`; gives an int. A fraction is refused, not rounded."""

    default_error_messages = {
        "invalid": _("Tulis jumlah rupiah tanpa sen, misalnya 27.500."),
        "max_value": _("Jumlah ini terlalu besar."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", MAX_RUPIAH)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            text = re.sub(r"^rp\.?\s*", "", value.strip(), flags=re.IGNORECASE)
            if re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
                text = text.replace(".", "")
            if text and not re.fullmatch(r"-?\d{1,18}", text, flags=re.ASCII):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
            value = text
        return super().to_python(value)


class QuantityFormField(forms.DecimalField):
    """Accepts a decimal comma or point."""

    default_error_messages = {"invalid": _("Tulis jumlah dengan angka, misalnya 2 atau 0,5.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 3)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().replace(",", ".")
            if value and not re.fullmatch(r"-?\d{1,12}(\.\d{1,9})?", value, flags=re.ASCII):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class PhoneFormField(forms.CharField):
    """Accepts a telephone number as people write it; gives it in E.164. See `core.phones`."""

    TYPED = 24  # characters, with every space and dash

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Nomor telepon"))
        kwargs.setdefault("max_length", self.TYPED)
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return read_phone(text)
        except RuleBroken as problem:
            raise forms.ValidationError(problem.message, code=problem.code) from None


class HouseForm(forms.Form):
    """The base of every form. `refuse(error)` shows a DomainError where it belongs."""

    required_css_class = "is-required"

    def refuse(self, error: DomainError) -> None:
        field = error.field if error.field in self.fields else None
        self.add_error(field, forms.ValidationError(error.message, code=error.code))


class KeyedForm(HouseForm):
    """For money and stock: carries the idempotency key in `key`."""

    key = forms.RegexField(
        regex=r"^[0-9a-f]{32}$",
        widget=forms.HiddenInput,
        error_messages={"invalid": _("Formulir ini rusak. Muat ulang halaman."), "required": _("Muat ulang halaman.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("key", new_key())
