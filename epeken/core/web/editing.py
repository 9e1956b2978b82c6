"""Forms over a row that others edit too: what they carry, and how a save that came too late is shown."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from epeken.core.editing import ChangedMeanwhile, shown_of, was_shown
from epeken.core.errors import DomainError
from epeken.core.i18n.times import clock_words, long_date, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import plain
from epeken.core.web.forms import CompoundFormField, HouseForm, LineField, RupiahFormField

LONGEST = 160  # characters of a value in a sentence


class EditForm(HouseForm):
    """`current`: the row's values by field, as the page shows them; the service gets them back as `shown`."""

    shown = LineField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, current: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["shown"] = shown_of(current)

    def typed(self) -> dict[str, Any]:
        """What was typed, by field of the row."""
        return {name: value for name, value in self.cleaned_data.items() if name != "shown"}

    def refuse(self, error: DomainError) -> None:
        if isinstance(error, ChangedMeanwhile):
            tell_changes(self, error)
        else:
            super().refuse(error)


def kept_quietly(said: str, form: EditForm) -> HttpResponse:
    """The answer to a form that saves itself; the header carries what the page shows from now on."""
    answer = HttpResponse(said, content_type="text/plain; charset=utf-8")
    answer["X-Shown"] = form.initial["shown"]
    return answer


def tell_changes(form: forms.BaseForm, error: ChangedMeanwhile) -> None:
    """Both values of each field the person changed; the newer value of each they left alone, already in its place.

    The form then carries the newer values as shown: sent once more, it is saved.
    """
    shown = form.data.get(form.add_prefix("shown"), "")
    data = form.data.copy() if isinstance(form.data, QueryDict) else QueryDict(mutable=True)
    form.data = data
    left: list[str] = []
    for name, value in error.current.items():
        field = form.fields.get(name)
        if field is None:
            continue
        words = {"label": field.label or name, "now": _words(field, value)}
        if name in form.cleaned_data and was_shown(shown, name, form.cleaned_data[name]):
            left.append(_("%(label)s: sekarang “%(now)s”") % words)
            _put(data, form.add_prefix(name), field, value)
        else:
            form.add_error(
                name, _("Di tempat lain baru disimpan “%(now)s”. Simpan lagi bila isian Anda yang benar.") % words
            )
    form.add_error(None, error.message)
    if left:
        form.add_error(
            None, _("Yang tidak Anda ubah sudah memakai isi terbaru. %(fields)s.") % {"fields": "; ".join(left)}
        )
    data[form.add_prefix("shown")] = _newer(shown, error.current)


def _newer(shown: str, current: Mapping[str, Any]) -> str:
    kept = [part for part in shown.split() if part.partition(":")[0] not in current]
    return " ".join([*kept, shown_of(current)])


def _put(data: QueryDict, key: str, field: forms.Field, value: Any) -> None:
    """The value as the browser would send it."""
    widget, prepared = field.widget, field.prepare_value(value)
    if isinstance(field, CompoundFormField):
        field.fill(data, key, value)
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(key, None)
        if prepared:
            data[key] = "on"
    elif isinstance(widget, forms.SelectMultiple | forms.CheckboxSelectMultiple):
        data.setlist(key, [str(each) for each in prepared or []])
    else:
        text = widget.format_value(prepared)
        data[key] = "" if text is None else str(text[0] if isinstance(text, list) and text else text or "")


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("Ya") if value else _("Tidak")
    if isinstance(field, CompoundFormField):
        return Truncator(field.words(value)).chars(LONGEST)
    if value in (None, ""):
        return _("kosong")
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(field.label_from_instance(each) for each in value) or _("kosong")
    if isinstance(field, forms.ModelChoiceField):
        choices = field.queryset.all() if field.queryset is not None else []
        found = value if hasattr(value, "pk") else next((row for row in choices if row.pk == value), None)
        return str(field.label_from_instance(found)) if found else str(value)
    if isinstance(field, forms.ChoiceField):
        return ", ".join(
            _label(field, each) for each in (value if isinstance(field, forms.MultipleChoiceField) else [value])
        )
    return Truncator(_text(field, value)).chars(LONGEST)


def _text(field: forms.Field, value: Any) -> str:
    if isinstance(field, RupiahFormField):
        return rupiah(value)
    if isinstance(value, datetime):
        return long_time(value)
    if isinstance(value, date):
        return long_date(value)
    if hasattr(value, "hour"):
        return clock_words(value)
    return plain(value) if isinstance(value, Decimal) else str(value)


def _label(field: Any, value: Any) -> str:
    key = str(getattr(value, "pk", value))
    for code, label in field.choices:
        pairs = label if isinstance(label, list | tuple) else [(code, label)]
        for each, words in pairs:
            if str(each) == key:
                return str(words)
    return key
