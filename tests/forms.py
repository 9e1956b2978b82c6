"""Every form of the product, and every field in it, for rules that hold for a whole kind of field."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils.module_loading import import_string

from epeken.users.models import User

APPS = ("epeken", "umkm", "procurement", "orders")


def _below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def every_form() -> list[type[forms.BaseForm]]:
    """All form classes of ours; those the library uses in our name too. Fields made per row are not among them."""
    assert get_resolver().url_patterns  # every view, and with it every form, is imported
    for path in [*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()]:
        import_string(path)
    ours = {kind for kind in _below(forms.BaseForm) if kind.__module__.split(".")[0] in APPS}
    return sorted(ours, key=lambda kind: f"{kind.__module__}.{kind.__qualname__}")


def every_field() -> list[tuple[str, forms.Field]]:
    """(form.field, field) of all forms and of all pages of the office."""
    found: list[tuple[str, forms.Field]] = [
        (f"{form.__qualname__}.{name}", field)
        for form in every_form()
        if not issubclass(form, forms.ModelForm)  # the office's pages build their fields anew, below
        for name, field in getattr(form, "base_fields", {}).items()
    ]
    request = RequestFactory().get("/admin/")
    request.user = User(is_active=True, is_staff=True, is_superuser=True)
    for model, page in admin.site._registry.items():
        if model.__module__.split(".")[0] not in APPS:
            continue
        for column in model._meta.get_fields():
            if not getattr(column, "editable", False) or not hasattr(column, "formfield") or column.many_to_many:
                continue
            field: Any = page.formfield_for_dbfield(column, request=request)
            if field is not None:
                found.append((f"admin.{model.__name__}.{column.name}", field))
    return found
