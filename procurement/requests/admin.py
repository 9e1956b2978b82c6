"""Read-only admin page of requests."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as __

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.admin import ReadOnlyInline, end_column
from procurement.requests.models import PurchaseRequest, RequestLine


class RequestLineInline(ReadOnlyInline):
    model = RequestLine
    fields = ["name", "seller", "quantity", "unit", "price", "amount", "dropped_reason"]
    readonly_fields = fields


@admin.register(PurchaseRequest)
class PurchaseRequestAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "agency", "requester", "state", "total", "submitted_at"]
    list_filter = ["state", "agency"]
    list_select_related = ["agency", "requester"]
    search_fields = ["number", "title", "requester__name"]
    inlines = [RequestLineInline]
    exclude = ["deliver_at"]
    readonly_fields = [end_column("deliver_at", __("barang tiba paling lambat"))]
