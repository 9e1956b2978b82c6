"""What the office's pages share: they read numbers and days as every form does; where services decide, they show."""

from typing import Any

from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Field
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from epeken.core.money import RupiahField
from epeken.core.quantity import QuantityField
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


def post_only(view: Any) -> Any:
    """405 for anything but POST."""

    def wrapped(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        answer: HttpResponse = view(self, request, *args, **kwargs)
        return answer

    return wrapped


class ReadableAutocomplete(AutocompleteSelect):
    """An id that is none leaves nothing chosen when the form comes back; Django's own fails on it."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if self._is_id(one)], attr)

    def _is_id(self, value: Any) -> bool:
        try:
            self.field.remote_field.model._meta.pk.to_python(value)
        except ValidationError:
            return False
        return True


class HouseAdmin(ModelAdmin):
    """The base of every page of the office."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ReadableAutocomplete(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except OverflowError:
            # A year no calendar holds: Django's own answer to a condition it cannot read.
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")

    def formfield_for_dbfield(self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if type(db_field) is models.DateTimeField or db_field.choices:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        if type(db_field) is models.CharField:
            kwargs["form_class"] = LineField
        kind = next((NUMBERS[kind] for kind in type(db_field).__mro__ if kind in NUMBERS), None)
        if kind is not None:
            kwargs["form_class"] = kind
            if kind is not DayFormField:
                kwargs["widget"] = UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


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
