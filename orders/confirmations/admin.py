"""Admin pages of confirmations: read only, the seller and the treasurer act."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.admin import end_column
from orders.confirmations.models import SellerConfirmation, SellerConfirmationEvent
from orders.orders.admin import EventInline


class SellerConfirmationEvents(EventInline):
    model = SellerConfirmationEvent


@admin.register(SellerConfirmation)
class SellerConfirmationAdmin(ReadOnlyAdmin):
    list_display = (
        "order", "delivery", "payment", "state", "changed_at", end_column("due_at", _("batas jawaban")),
        end_column("trace_due_at", _("batas bendahara")),
    )  # fmt: skip
    list_filter = ("state",)
    search_fields = ("order__number", "delivery__bast_number", "payment__invoice__number")
    list_select_related = ("order", "delivery", "payment__invoice")
    date_hierarchy = "asked_at"
    exclude = ("reminded_for",)
    inlines = (SellerConfirmationEvents,)
