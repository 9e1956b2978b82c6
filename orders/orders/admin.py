"""Read-only admin pages of orders."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.admin import ReadOnlyInline, end_column, phone_column
from orders.orders.models import Order, OrderEvent, OrderLine


class EventInline(ReadOnlyInline):
    fields = readonly_fields = ("at", "actor", "moved", "note")
    verbose_name_plural = _("riwayat")

    @admin.display(description=_("keadaan"))
    def moved(self, event: Any) -> str:
        """From and to, in the words of the machine's states."""
        words: dict[str, str] = dict(self.parent_model._meta.get_field("state").choices)
        states = dict.fromkeys(state for state in (event.from_state, event.to_state) if state)
        return " → ".join(str(words.get(state, state)) for state in states)


class OrderEvents(EventInline):
    model = OrderEvent


class OrderLines(ReadOnlyInline):
    model = OrderLine
    fields = ("name", "quantity", "unit", "price", "amount", "accepted_quantity", "accepted_amount")


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ("number", "subject", "seller", "buyer_name", "total", "state", "placed_at")
    list_filter = ("state", "channel", "close_reason", "placed_at")
    search_fields = ("number", "title", "seller__name", "agency__name", "request__number")
    list_select_related = ("seller", "agency", "buyer")
    date_hierarchy = "placed_at"
    inlines = (OrderLines, OrderEvents)
    exclude = ("recipient_phone", "deliver_at", "answer_due_at")
    readonly_fields = (
        phone_column("recipient_phone", _("telepon penerima")),
        end_column("deliver_at", _("tiba paling lambat")),
        end_column("answer_due_at", _("dijawab paling lambat")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        """With the lines: the subject of a person's order."""
        found: QuerySet[Order] = super().get_queryset(request).prefetch_related("lines")
        return found

    @admin.display(description=_("perihal"))
    def subject(self, order: Order) -> str:
        return order.subject

    @admin.display(description=_("pembeli"))
    def buyer_name(self, order: Order) -> str:
        return str(order.agency or order.buyer)
