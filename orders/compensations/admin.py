"""Admin pages of compensations: read only, head and treasurer decide."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.admin import ReadOnlyInline, end_column
from orders.compensations.models import (
    Compensation,
    CompensationEvent,
    CompensationPayment,
    CompensationReversal,
    CompensationReversalEvent,
)
from orders.orders.admin import EventInline


class CompensationEvents(EventInline):
    model = CompensationEvent


class CompensationPayments(ReadOnlyInline):
    model = CompensationPayment
    fields = readonly_fields = ("method", "reference", "paid_on", "amount", "line", "recorded_by", "proof_page")

    @admin.display(description=_("bukti"))
    def proof_page(self, row: CompensationPayment) -> str:
        address = reverse("orders:compensation-proof", args=[row.compensation.number, row.pk])
        return format_html('<a href="{}">{}</a>', address, _("Lihat buktinya"))


@admin.register(Compensation)
class CompensationAdmin(ReadOnlyAdmin):
    list_display = ("number", "order", "state", "amount", "line", end_column("due_at", _("batas bayar")))
    list_filter = ("state",)
    search_fields = ("number", "order__number", "payments__reference")
    list_select_related = ("order", "line")
    date_hierarchy = "agreed_at"
    exclude = ("reminded_for",)
    inlines = (CompensationPayments, CompensationEvents)


class CompensationReversalEvents(EventInline):
    model = CompensationReversalEvent


@admin.register(CompensationReversal)
class CompensationReversalAdmin(ReadOnlyAdmin):
    list_display = (
        "payment", "state", "reason", "asked_by", "decided_by", "asked_at", end_column("due_at", _("batas keputusan")),
    )  # fmt: skip
    list_filter = ("state", "reason")
    search_fields = ("payment__compensation__number", "payment__compensation__order__number", "payment__reference")
    list_select_related = ("payment__compensation__order", "asked_by", "decided_by")
    date_hierarchy = "asked_at"
    exclude = ("proof", "proof_type", "proof_sha256", "reminded_for")
    inlines = (CompensationReversalEvents,)
