"""Read-only admin pages of deliveries."""

from django.contrib import admin

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.admin import ReadOnlyInline
from orders.deliveries.models import Delivery, DeliveryEvent, DeliveryLine
from orders.orders.admin import EventInline


class DeliveryEvents(EventInline):
    model = DeliveryEvent


class DeliveryLines(ReadOnlyInline):
    model = DeliveryLine
    fields = ("order_line", "sent", "arrived", "accepted", "covered", "remark")
    readonly_fields = fields


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("number", "order", "state", "carrier", "shipped_at", "arrived_at", "bast_number", "is_on_time")
    list_filter = ("state", "is_on_time", "shipped_at")
    search_fields = ("number", "bast_number", "order__number", "order__seller__name")
    list_select_related = ("order",)
    inlines = (DeliveryLines, DeliveryEvents)
