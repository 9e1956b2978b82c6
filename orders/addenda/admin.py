"""Admin pages of addenda: read only, the two sides decide."""

from django.contrib import admin

from epeken.core.admin import ReadOnlyAdmin
from orders.addenda.models import Addendum, AddendumEvent
from orders.orders.admin import EventInline


class AddendumEvents(EventInline):
    model = AddendumEvent


@admin.register(Addendum)
class AddendumAdmin(ReadOnlyAdmin):
    list_display = ("order", "number", "state", "by_seller", "earlier_total", "total", "asked_at", "due_at")
    list_filter = ("state", "by_seller")
    search_fields = ("order__number", "order__seller__name", "number")
    list_select_related = ("order",)
    date_hierarchy = "asked_at"
    exclude = ("reminded_for",)
    inlines = (AddendumEvents,)
