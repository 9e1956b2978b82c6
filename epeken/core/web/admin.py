"""What the office's pages share: they read numbers and days as every form does; where services decide, they show."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, InternalError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.forms import Field
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from psycopg2 import errorcodes
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import INPUT_CLASSES, SELECT_CLASSES, TEXTAREA_CLASSES, UnfoldAdminTextInputWidget

from epeken.core import clock, sources
from epeken.core.editing import ChangedMeanwhile, check_unchanged, shown_of
from epeken.core.errors import DomainError, RuleBroken
from epeken.core.i18n.times import full_date, long_end
from epeken.core.i18n.words import rupiah
from epeken.core.money import RupiahField
from epeken.core.phones import phone_words
from epeken.core.quantity import QuantityField, percent, plain
from epeken.core.web.editing import tell_changes
from epeken.core.web.forms import (
    DayFormField,
    DecimalFormField,
    LineField,
    QuantityFormField,
    RupiahFormField,
    WholeFormField,
)

NUMBERS: "dict[type[models.Field[Any, Any]], type[Field]]" = {
    RupiahField: RupiahFormField,
    QuantityField: QuantityFormField,
    models.DecimalField: DecimalFormField,
    models.IntegerField: WholeFormField,
    models.DateField: DayFormField,
}

# How a number is told where it is not a form's: the words, and the type they take. Django writes 1250000 and 12,000.
TOLD: "dict[type[models.Field[Any, Any]], tuple[Callable[[Any], str], type[Any]]]" = {
    RupiahField: (rupiah, int),
    models.DecimalField: (plain, Decimal),
}
WRITTEN = re.compile(r"-?\d+([.,]\d+)?", flags=re.ASCII)


SOURCES = ("source", "basis")  # fields that say what a row rests on


def _told(field: "models.Field[Any, Any]") -> tuple[Callable[[Any], str], type[Any]] | None:
    if field.name == "rate" and isinstance(field, models.DecimalField):
        return percent, Decimal
    return next((TOLD[kind] for kind in type(field).__mro__ if kind in TOLD), None)


def _is_end(field: "models.Field[Any, Any]") -> bool:
    """Whether a moment is the end of a period, by its name: `due_at`, `answer_due_at`, `deliver_at`, `held_until`."""
    return isinstance(field, models.DateTimeField) and field.name.endswith(("due_at", "deliver_at", "_until"))


class ValuesTold:
    """Lists and read-only fields tell money, quantities, rates, deadlines and sources as every other page does."""

    model: Any
    not_ends: tuple[str, ...] = ()  # what is named like a deadline and is none

    def get_list_display(self, request: HttpRequest) -> Any:
        told = self._ends() | {
            field.name: value_column(field)
            for field in self.model._meta.fields
            if _told(field) or field.name in SOURCES
        }
        columns = super().get_list_display(request)  # type: ignore[misc]
        return [told.get(column, column) for column in columns]

    def _ends(self) -> dict[Any, Any]:
        return {
            field.name: _end_of(field)
            for field in self.model._meta.fields
            if _is_end(field) and field.name not in self.not_ends
        }

    @property
    def readonly_preprocess_fields(self) -> dict[str, Callable[[str], str]]:
        """Unfold's hook, by the name of a field: what it would write in, what is shown out."""
        told = {field.name: _told(field) for field in self.model._meta.fields}
        found: dict[str, Callable[[str], str]] = {name: partial(_retold, *how) for name, how in told.items() if how}
        return found | {field.name: sources.told for field in self.model._meta.fields if field.name in SOURCES}


def _retold(words: Callable[[Any], str], number: type[Any], written: str) -> str:
    """`1250000`, `12,000` or, where there is none, the dash, which stays."""
    return words(number(written.replace(",", "."))) if WRITTEN.fullmatch(written) else written


@cache
def value_column(field: "models.Field[Any, Any]") -> Any:
    """Money, a quantity, a rate or a source in a list, as people write it."""
    found = _told(field)
    words = found[0] if found is not None else sources.told

    @admin.display(description=field.verbose_name, ordering=field.name)
    def shown(row: models.Model) -> str | None:
        value = getattr(row, field.name)
        return None if value is None else words(value)

    return shown


@cache
def _end_of(field: "models.Field[Any, Any]") -> Any:
    return end_column(field.name, field.verbose_name)


def end_column(name: str, label: Any) -> Any:
    """The end of a period in a list or on a page, as people are told it: a field of its own would show the moment after
    it."""

    @admin.display(description=label, ordering=name)
    def told(row: models.Model) -> str | None:
        end = getattr(row, name)
        return None if end is None else long_end(end)

    return told


def phone_column(name: str, label: Any) -> Any:
    """A telephone number in a list or on a page, as people read it."""

    @admin.display(description=label, ordering=name)
    def shown(row: models.Model) -> str:
        return phone_words(getattr(row, name))

    return shown


def post_only(view: Any) -> Any:
    """405 for anything but POST."""

    def wrapped(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        answer: HttpResponse = view(self, request, *args, **kwargs)
        return answer

    return wrapped


def due_words(moment: datetime | None) -> str:
    """A deadline in a list, marked once it has passed; a dash for none."""
    if moment is None:
        return "–"
    words = long_end(moment)
    if clock.is_over(moment, clock.now()):
        return format_html('<span class="decision__late">{} · {}</span>', words, _("lewat tenggat"))
    return words


def refused_by_database(problem: Exception) -> DomainError:
    """The sentence for what constraints and triggers refuse; anything else of the database is raised as it is."""
    code = getattr(problem.__cause__, "pgcode", None)
    if isinstance(problem, ProtectedError | RestrictedError) or code == errorcodes.FOREIGN_KEY_VIOLATION:
        return RuleBroken(_("Data ini tidak dapat dihapus: masih dipakai data lain."), code="still_used")
    if isinstance(problem, IntegrityError):
        return RuleBroken(
            _("Data ini bertentangan dengan yang baru disimpan orang lain. Muat ulang halaman, lalu periksa."),
            code="conflict",
        )
    if code == errorcodes.RAISE_EXCEPTION:
        return RuleBroken(_("Catatan ini tidak boleh diubah atau dihapus."), code="unchangeable")
    raise problem


class _OnlyIds:
    """An id that is none leaves nothing chosen when the form comes back; Django's own fails on it."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if self._is_id(one)], attr)  # type: ignore[misc]

    def _is_id(self, value: Any) -> bool:
        try:
            self.field.remote_field.model._meta.pk.to_python(value)  # type: ignore[attr-defined]
        except ValidationError:
            return False
        return True


class ReadableAutocomplete(_OnlyIds, AutocompleteSelect):
    pass


class ReadableAutocompleteMultiple(_OnlyIds, AutocompleteSelectMultiple):
    pass


def _frame(widget: forms.Widget) -> None:
    """A box a form brought itself looks like those the theme makes: without its classes it has no frame at all."""
    if widget.attrs.get("class") or isinstance(widget, AutocompleteMixin):
        return
    kinds: list[tuple[type[forms.Widget], list[str]]] = [
        (forms.Textarea, TEXTAREA_CLASSES), (forms.Select, SELECT_CLASSES), (forms.TextInput, INPUT_CLASSES),
        (forms.NumberInput, INPUT_CLASSES), (forms.DateInput, INPUT_CLASSES), (forms.DateTimeInput, INPUT_CLASSES),
        (forms.EmailInput, INPUT_CLASSES), (forms.URLInput, INPUT_CLASSES),
    ]  # fmt: skip
    ticks = forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple
    found = next((classes for kind, classes in kinds if isinstance(widget, kind)), None)
    if found is not None and not isinstance(widget, ticks):
        widget.attrs["class"] = " ".join(found)


class ComparedForm(forms.ModelForm):
    """What `HouseAdmin.get_form` adds to every form: no save over a newer one, no constraint left to the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _frame(field.widget)
        self.current = model_to_dict(self.instance, fields=list(self.fields)) if self.instance.pk else {}

    @property
    def shown(self) -> str:
        return str(self.data.get("shown", "")) if self.is_bound else shown_of(self.current)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        wanted = {name: value for name, value in values.items() if name in self.current}
        try:
            check_unchanged(self.shown, self.current, wanted)
        except ChangedMeanwhile as problem:
            tell_changes(self, problem)
        return values

    def _post_clean(self) -> None:
        """Constraints over fields the form does not have too: Django leaves those to the database, which only fails."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as problem:
                self.add_error(None, problem)

    def _update_errors(self, errors: ValidationError) -> None:
        """Django's Indonesian says of what is there already that it is not."""
        for error in getattr(errors, "error_dict", {}).get(NON_FIELD_ERRORS, []):
            if error.code == "unique_together":
                error.message = _("%(model_name)s dengan %(field_labels)s ini sudah ada.")
        super()._update_errors(errors)  # type: ignore[misc]


def _without(listed: list[Any], names: tuple[str, ...]) -> list[Any]:
    """The nested list of a deletion without the lines that begin so."""
    kept = [_without(one, names) if isinstance(one, list) else one for one in listed]
    return [one for one in kept if one != [] and not (names and isinstance(one, str) and one.startswith(names))]


class HouseAdmin(ValuesTold, ModelAdmin):
    """The base of every page of the office."""

    change_form_before_template = "core/web/_shown.html"
    list_horizontal_scrollbar_top = True  # a wide table's bar is not below its ninety-ninth row
    show_full_result_count = False  # every list says "Tampilkan semua"; what all would be is counted by nobody
    show_facets = admin.ShowFacets.NEVER  # a queue's filter counts by itself

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Locked while a form is compared with it and written."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST" and transaction.get_connection().in_atomic_block:
            found.refresh_from_db(from_queryset=self.model._base_manager.select_for_update(of=("self",), no_key=True))
        return found

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A deadline nobody may change here is told as in the list: its field would show the moment after it."""
        sets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return sets
        ends = self._ends()
        return [
            (title, {**given, "fields": [ends.get(name, name) for name in given["fields"]]}) for title, given in sets
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form)(form.__name__, (ComparedForm, form), {"__module__": form.__module__})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ReadableAutocomplete(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ReadableAutocompleteMultiple(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Without the rows that only tie two others together: they have no name a person knows. What is still used is
        told as that, not as a right that the person lacks."""
        listed, counts, missing, protected = super().get_deleted_objects(objs, request)
        ties = [field.remote_field.through._meta for field in self.opts.many_to_many]
        names = tuple(f"{capfirst(str(tie.verbose_name))}: " for tie in ties if tie.auto_created)
        plurals = [str(tie.verbose_name_plural) for tie in ties]
        counts = {name: count for name, count in counts.items() if str(name) not in plurals}
        return _without(listed, names), counts, set() if protected else missing, protected

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What somebody else wrote between the check of a form and its save is found by checking it again."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, InternalError) as problem:
            if isinstance(problem, InternalError):
                raise refused_by_database(problem) from problem
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, InternalError) as problem:
            raise refused_by_database(problem) from problem

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new row never overwrites one with the same key that somebody else added just before."""
        obj.save(force_insert=not change)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except (IntegrityError, InternalError) as problem:
            raise refused_by_database(problem) from problem

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method == "POST" and request.POST.get("action") == "delete_selected":
            # The history of the deletions is written before them.
            try:
                with transaction.atomic():
                    return self._changelist_view(request, extra_context)
            except (IntegrityError, InternalError) as problem:
                raise refused_by_database(problem) from problem
        return self._changelist_view(request, extra_context)

    def _changelist_view(self, request: HttpRequest, extra_context: Any) -> HttpResponse:
        """Titled by what it lists; Django's own title is an order to choose a row."""
        title = capfirst(str(self.opts.verbose_name_plural))
        try:
            return super().changelist_view(request, {"title": title, **(extra_context or {})})
        except OverflowError:
            # A year no calendar holds: Django's own answer to a condition it cannot read.
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")

    def formfield_for_dbfield(self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if type(db_field) is models.DateTimeField or db_field.choices:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        if type(db_field) is models.CharField:
            kwargs["form_class"] = LineField
        if db_field.name in SOURCES:
            kwargs.setdefault("help_text", _("Akhiri dengan [?] selama belum dikonfirmasi."))
        if isinstance(db_field, models.TimeField):
            clock_box = {"type": "time", "class": " ".join(INPUT_CLASSES)}
            kwargs["widget"] = forms.TimeInput(format="%H:%M", attrs=clock_box)
        kind = next((NUMBERS[kind] for kind in type(db_field).__mro__ if kind in NUMBERS), None)
        if kind is not None:
            kwargs["form_class"] = kind
            if kind is not DayFormField:
                kwargs["widget"] = UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class DatedForm(forms.ModelForm):
    """A row holds from a day to come, and ends no earlier than today: by the others was judged already."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        today, first, last = clock.today(), values.get("valid_from"), values.get("valid_until")
        if "valid_from" in self.fields and first is not None and first <= today:
            earliest = full_date(today + timedelta(days=1))
            told = _("Mulai paling cepat %(day)s: menurut yang berlaku sampai hari ini sudah ada yang diputuskan.")
            self.add_error("valid_from", told % {"day": earliest})
        if "valid_until" in self.changed_data and "valid_from" not in self.fields and last is not None and last < today:
            told = _("Berakhir paling cepat %(day)s: yang sudah lewat tidak ditulis ulang.")
            self.add_error("valid_until", told % {"day": full_date(today)})
        return values


class DatedAdmin(HouseAdmin):
    """Rows with the days they hold. One that has begun stays what it was: it is ended, and a new one begins."""

    form = DatedForm
    worded: tuple[str, ...] = ("source",)  # what only tells about a row, and may be mended at any time

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shown = [str(name) for name in super().get_readonly_fields(request, obj)]
        if obj is None or not self.has_begun(obj):
            return shown
        is_over = not clock.is_valid_on(obj, clock.today())
        still_open = self.worded if is_over else (*self.worded, "valid_until")
        names = [field.name for field in self.model._meta.fields if field.editable and not field.primary_key]
        return [*shown, *(name for name in names if name not in (*still_open, *shown))]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and not self.has_begun(obj) and super().has_delete_permission(request, obj)

    def has_begun(self, row: Any) -> bool:
        begun: bool = row.valid_from <= clock.today()
        return begun


class FinalDecision:
    """Beside HouseAdmin, before it: a page whose one button decides for good. The button says so, and so does the
    answer."""

    change_form_template = "core/web/decide.html"
    decide_label: Any
    decided: Any

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kw: Any) -> HttpResponse:
        context["decide_label"] = self.decide_label
        answer: HttpResponse = super().render_change_form(request, context, *args, **kw)  # type: ignore[misc]
        return answer

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, self.decided)
        return redirect(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_changelist")


class ReadOnlyInline(ValuesTold, TabularInline):
    """Rows to look at. Its columns tell each row; the row's own name would tell them twice, events in codes."""

    extra = 0
    hide_title = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ServiceAdmin(HouseAdmin):
    """A page that shows and whose changes are services."""

    list_fullwidth = True

    class Media:
        css = {"all": ["css/admin/decision.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
