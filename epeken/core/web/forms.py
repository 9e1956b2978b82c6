"""Form base: Indonesian money input, idempotency token, domain errors shown at their field."""

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from epeken.core.errors import DomainError, RuleBroken
from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.core.money import MAX_RUPIAH, read_rupiah
from epeken.core.phones import is_stored, phone_words, read_mobile, read_phone
from epeken.core.quantity import UNREAD, grouped, plain, read_quantity
from epeken.core.text import clean_line


class LineField(forms.CharField):
    """One line of text, as `core.text.clean_line` leaves it."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_line(value) if isinstance(value, str) else value)


def _number_box(inputmode: str) -> forms.TextInput:
    """Plain text, never `type=number`: that one swallows a comma and hands `1.000` on as it likes."""
    return forms.TextInput(attrs={"inputmode": inputmode, "autocomplete": "off"})


class _ToldBound:
    """A sentence that tells a bound as people write it, whichever validator refuses: the form's or the model's, whose
    refusals a model form puts into the words of its field."""

    def __init__(self, text: str | Promise, written: Callable[[Any], str]) -> None:
        self.text, self.written = text, written

    def __mod__(self, params: Mapping[str, Any]) -> str:
        return str(self.text) % {"bound": self.written(params["limit_value"])}

    def __str__(self) -> str:
        return str(self.text)


class _Bounded(forms.IntegerField):
    """A number beyond its bound is refused in our words, with the bound as people write it; Django's say neither."""

    default_error_messages = {
        "min_value": _("Paling sedikit %(bound)s."),
        "max_value": _("Paling banyak %(bound)s."),
        "max_decimal_places": _("Paling banyak %(max)s angka di belakang koma."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        told: dict[str, Any] = self.error_messages
        for code in ("min_value", "max_value"):
            told[code] = _ToldBound(told[code], self.written)

    def written(self, bound: Any) -> str:
        """A bound in a sentence."""
        return grouped(Decimal(bound))


class RupiahFormField(_Bounded):
    """Accepts what `core.money.read_rupiah` reads; gives an int. A fraction is refused, not rounded.

    `prefix` and, of the fields below, `suffix` stand beside the box (`components/field.html`).
    """

    prefix = "Rp"

    default_error_messages = {
        "invalid": _("Tulis jumlah rupiah tanpa sen, misalnya 27.500."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", MAX_RUPIAH)
        kwargs.setdefault("widget", _number_box("numeric"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and value.strip():
            value = read_rupiah(value)
            if value is None:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def written(self, bound: Any) -> str:
        return rupiah(bound)

    def prepare_value(self, value: Any) -> Any:
        return rupiah(value).removeprefix("Rp") if isinstance(value, int) else value


class WholeFormField(_Bounded):
    """A count: `1000` or `1.000`. Django's own field reads `1.000` as 1."""

    default_error_messages = {
        "invalid": _("Tulis angka bulat, misalnya 12."),
    }

    def __init__(self, *, suffix: str | Promise = "", **kwargs: Any) -> None:
        kwargs.setdefault("widget", _number_box("numeric"))
        super().__init__(**kwargs)
        self.suffix = suffix

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and value.strip():
            text = value.strip()
            if not re.fullmatch(r"-?(\d{1,18}|[1-9]\d{0,2}(\.\d{3}){1,5})", text, flags=re.ASCII):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
            value = text.replace(".", "")
        return super().to_python(value)


class DecimalFormField(_Bounded, forms.DecimalField):
    """Accepts what `core.quantity.read_quantity` reads; shows it the same way."""

    default_error_messages = {
        "max_digits": _("Paling banyak %(max)s angka seluruhnya."),
        "max_whole_digits": _("Paling banyak %(max)s angka di depan koma."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", _number_box("decimal"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                value = read_quantity(value)
            except RuleBroken as problem:
                raise forms.ValidationError(problem.message, code=problem.code) from None
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value


class QuantityFormField(DecimalFormField):
    """How much of something; `suffix` is its unit. `whole`: it is counted, so what cannot be read is asked for as
    such."""

    def __init__(self, *, suffix: str | Promise = "", whole: bool = False, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 12, "decimal_places": 3, **kwargs})
        self.suffix = suffix
        self.unread = WholeFormField.default_error_messages["invalid"] if whole else UNREAD

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as problem:
            if problem.code != "number_invalid":
                raise
            raise forms.ValidationError(self.unread, code=problem.code) from None


class CoordinateFormField(_Bounded, forms.DecimalField):
    """Degrees, with a decimal point or comma, as a map app or an Indonesian writes them. No grouping."""

    default_error_messages = {"invalid": _("Tulis derajat dengan angka, misalnya -7,257.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=9, decimal_places=6, widget=_number_box("decimal"), **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            value = value.strip().replace("\u2212", "-").replace(",", ".")
            if not re.fullmatch(r"-?\d{1,3}(\.\d{1,20})?", value, flags=re.ASCII):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
            whole, _point, decimals = value.partition(".")
            value = f"{whole}.{decimals[:6]}"  # a map writes fifteen decimals; six are ten centimetres
        return super().to_python(value)


DAYS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y"]


YEARS = range(1900, 2101)  # an hour of the year 1 or 9999 cannot be counted in another zone


class DayFormField(forms.DateField):
    """A day: ISO from the browser's picker, else day, month, year, in every language of the page."""

    default_error_messages = {"invalid": _("Tulis tanggal, misalnya 24-09-2026.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(input_formats=DAYS, **kwargs)

    def to_python(self, value: Any) -> Any:
        day = super().to_python(value)
        if day is not None and day.year not in YEARS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class MomentFormField(forms.DateTimeField):
    """Day and hour in the city, by the browser's own picker or written out."""

    default_error_messages = {"invalid": _("Isi tanggal dan jam, misalnya 24-09-2026 08.30.")}
    PICKER = "%Y-%m-%dT%H:%M"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateTimeInput(format=self.PICKER, attrs={"type": "datetime-local"}))
        hours = ["%H:%M", "%H:%M:%S", "%H.%M"]
        formats = [f"{day}{gap}{hour}" for day in DAYS for gap in ("T", " ") for hour in hours]
        super().__init__(input_formats=[self.PICKER, *formats], **kwargs)

    def to_python(self, value: Any) -> Any:
        wrong = forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            moment = super().to_python(value)
        except OverflowError:
            raise wrong from None
        if moment is not None and moment.year not in YEARS:
            raise wrong
        return moment


class PhoneFormField(LineField):
    """Accepts a telephone number as people write it; gives it in E.164. See `core.phones`."""

    TYPED = 24  # characters, with every space and dash
    read = staticmethod(read_phone)

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
            return self.read(text)
        except RuleBroken as problem:
            raise forms.ValidationError(problem.message, code=problem.code) from None

    def prepare_value(self, value: Any) -> Any:
        """A stored number as people read it; what was typed is handed back as it was."""
        return phone_words(value) if is_stored(value) else value


class MobileFormField(PhoneFormField):
    """A number to which a code can be sent."""

    read = staticmethod(read_mobile)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "label": _("Nomor ponsel")})


class PaperFormField(forms.FileField):
    """A photo or a PDF. A service looks inside."""

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        kinds = "image/jpeg,image/png,image/webp,application/pdf"
        hint = format_lazy(_("Foto atau PDF, paling besar {most} MB."), most=settings.UPLOAD_MAX_BYTES // 1024**2)
        said = format_lazy("{hint} {more}", hint=hint, more=help_text) if help_text else hint
        super().__init__(help_text=said, widget=forms.FileInput(attrs={"accept": kinds}), **kwargs)


class TableFormField(forms.FileField):
    """A table as office programs write them. A service reads it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}), **kwargs)


class ArchiveFormField(forms.FileField):
    """A ZIP, too large to be kept while the rest of its form is put right. A service looks inside."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": ".zip"}), **kwargs)


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosFormField(forms.FileField):
    """Several pictures at once; gives the list of uploads. A service says how many it takes, and looks inside."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            data = [None] if self.required else []
        return [super(PhotosFormField, self).clean(upload, initial) for upload in data]


_NO_CHOICE = [
    kind.default_error_messages["invalid_choice"]
    for kind in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField, forms.ModelMultipleChoiceField)
]


def name_what_is_asked(form: forms.BaseForm) -> None:
    """A refusal of a field in our words: what lacks by its name, the length, the choice; Django's own sentences name
    neither the field nor the way out."""
    for field in form.fields.values():
        said = field.error_messages
        if field.label and said.get("required") == forms.Field.default_error_messages["required"]:
            said["required"] = _asked(field, str(field.label))
        if isinstance(field, forms.CharField):
            said.setdefault("max_length", _("Paling banyak %(limit_value)s huruf; sekarang %(show_value)s."))
            said.setdefault("min_length", _("Paling sedikit %(limit_value)s huruf; sekarang %(show_value)s."))
        if said.get("invalid_choice") in _NO_CHOICE:
            said["invalid_choice"] = _("Pilihan ini tidak ada. Pilih dari daftar.")
        if isinstance(field, forms.EmailField):
            said.setdefault("invalid", _("Tulis alamat surel yang lengkap, misalnya nama@contoh.id."))


def _asked(field: forms.Field, label: str) -> str:
    if label.endswith("?"):
        return str(_("Jawab pertanyaan ini."))
    if isinstance(field, forms.BooleanField):
        return str(_("Centang pernyataan ini."))
    verb = _("Pilih %(label)s.") if isinstance(field, forms.ChoiceField | forms.FileField) else _("Isi %(label)s.")
    # An abbreviation at the beginning keeps its capitals.
    return str(verb % {"label": label[:1].lower() + label[1:] if label[1:2].islower() else label})


class CompoundFormField(forms.Field):
    """One value in several boxes."""

    @abstractmethod
    def words(self, value: Any) -> str:
        """What it holds, in a sentence."""

    @abstractmethod
    def fill(self, data: QueryDict, key: str, value: Any) -> None:
        """`data` holds the value as the browser would send it."""


class HouseForm(forms.Form):
    """The base of every form. `refuse(error)` shows a DomainError where it belongs."""

    required_css_class = "is-required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept: dict[str, list[Any]] = {}  # by field, files the page holds for the next time (`kept_uploads`)

    def full_clean(self) -> None:
        name_what_is_asked(self)
        super().full_clean()

    def refuse(self, error: DomainError) -> None:
        field = error.field if error.field in self.fields else None
        self.add_error(field, forms.ValidationError(error.message, code=error.code))

    def tell(self, problems: Iterable[DomainError]) -> None:
        """All of them in one answer, each at its field, where the field says nothing yet. Called by `clean`."""
        for problem in problems:
            if problem.field in self.fields and problem.field not in self.errors:
                self.refuse(problem)


class FilterForm(HouseForm):
    """Conditions of a list, from its address. Each value that cannot be read is left out by itself, and said; of two
    days the wrong way round the second."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = found.get("sejak"), found.get("sampai")
        if since and until and until < since:
            self.add_error("sampai", _("Tanggal ini lebih awal daripada tanggal mulainya."))
        return self.cleaned_data

    def read(self) -> dict[str, Any]:
        """The values that can be used."""
        self.is_valid()
        return self.cleaned_data

    @property
    def active(self) -> int:
        """How many conditions are in use."""
        return sum(value not in (None, "", [], False) for value in self.read().values())

    @property
    def left_out(self) -> list[str]:
        """A sentence for each value that is not used."""
        return [
            _("%(label)s “%(typed)s” tidak dipakai. %(why)s")
            % {"label": self.fields[name].label or name, "typed": self._typed(name), "why": problems[0]}
            for name, problems in self.errors.items()
        ]

    def check_file(self) -> None:
        """A file does not show what was left out of it. Raises: RuleBroken `filter_unread`."""
        for sentence in self.left_out:
            raise RuleBroken(sentence, code="filter_unread")

    def _typed(self, name: str) -> str:
        """As people read it: a browser sends a day in figures."""
        data: Any = self.data
        values = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        field = self.fields[name]
        if isinstance(field, DayFormField):
            with suppress(forms.ValidationError):
                return ", ".join(full_date(day) for value in values if (day := field.to_python(value)) is not None)
        return ", ".join(str(value) for value in values)[:60]


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


class JudgedForm(KeyedForm):
    """Where something is wrong, says what else is: `problems` of what could be read. Without a fault of the boxes the
    service judges alone, since a second sending of the same key is its to know."""

    @abstractmethod
    def problems(self, data: Mapping[str, Any]) -> Iterable[DomainError]:
        """What is wrong with what could be read, each at its field."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            self.tell(self.problems(data))
        return data

    def refuse(self, error: DomainError) -> None:
        super().refuse(error)
        self.tell(self.problems(self.cleaned_data))
