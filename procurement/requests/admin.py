"""Read-only admin page of requests."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as __
from unfold.admin import TabularInline

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.i18n.words import rupiah
from epeken.core.web.admin import end_column
from procurement.requests.models import PurchaseRequest, RequestLine


class RequestLineInline(TabularInline):
    model = RequestLine
    fields = ["name", "seller", "quantity", "unit", "price", "amount", "dropped_reason"]
    readonly_fields = fields
    extra = 0
    hide_title = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(PurchaseRequest)
class PurchaseRequestAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "agency", "requester", "state", "total_words", "submitted_at"]
    list_filter = ["state", "agency"]
    list_select_related = ["agency", "requester"]
    search_fields = ["number", "title", "requester__name"]
    inlines = [RequestLineInline]
    exclude = ["deliver_at"]
    readonly_fields = [end_column("deliver_at", __("barang tiba paling lambat"))]

    @admin.display(description=__("jumlah"), ordering="total")
    def total_words(self, obj: PurchaseRequest) -> str:
        return rupiah(obj.total)
