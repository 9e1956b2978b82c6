"""What the office's pages share: they read numbers and days as every form does; where services decide, they show."""

from typing import Any

from django.db import models
from django.forms import Field
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
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


class HouseAdmin(ModelAdmin):
    """The base of every page of the office."""

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
        css = {"all": ["css/admin/case_page.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
