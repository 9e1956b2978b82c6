"""Templates the city offers to all departments. Those of departments are written at their own desks."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as __
from unfold.admin import TabularInline

from epeken.core import clock
from epeken.core.web.admin import HouseAdmin
from epeken.users.fetch import person
from procurement.request_templates.models import RequestTemplate, TemplateLine


class TemplateLineInline(TabularInline):
    """Kinds of goods, never a product: the city recommends no seller."""

    model = TemplateLine
    fields = ["category", "words", "unit", "amount", "is_per_person", "note"]
    extra = 0
    min_num = 1
    validate_min = True

    def has_delete_permission(self, request: HttpRequest, obj: RequestTemplate | None = None) -> bool:
        """To write a template is to take lines out of it: nothing refers to them."""
        return self.has_change_permission(request, obj)


@admin.register(RequestTemplate)
class RequestTemplateAdmin(HouseAdmin):
    list_display = ["name", "activity", "attendees", "account", "retired_at"]
    list_filter = ["activity"]
    list_select_related = ["account"]
    search_fields = ["name"]
    fields = ["name", "activity", "purpose", "usual_hour", "minutes_before", "place", "attendees", "account"]
    inlines = [TemplateLineInline]
    actions = ["retire"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(agency__isnull=True)

    def has_delete_permission(self, request: HttpRequest, obj: RequestTemplate | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: RequestTemplate, form: Any, change: bool) -> None:
        if not change:
            obj.created_by, obj.created_at = person(request), clock.now()
        super().save_model(request, obj, form, change)

    @admin.action(description=__("Berhenti ditawarkan"), permissions=["change"])
    def retire(self, request: HttpRequest, queryset: Any) -> None:
        queryset.filter(retired_at__isnull=True).update(retired_at=clock.now())
