"""Admin pages of reversals: read only, treasurer and head decide."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.admin import end_column
from orders.orders.admin import EventInline
from orders.reversals.models import PaymentReversal, PaymentReversalEvent


class PaymentReversalEvents(EventInline):
    model = PaymentReversalEvent


@admin.register(PaymentReversal)
class PaymentReversalAdmin(ReadOnlyAdmin):
    list_display = (
        "payment", "state", "reason", "asked_by", "decided_by", "asked_at", end_column("due_at", _("batas keputusan")),
    )  # fmt: skip
    list_filter = ("state", "reason")
    search_fields = ("payment__invoice__number", "payment__invoice__order__number", "payment__reference")
    list_select_related = ("payment__invoice__order", "asked_by", "decided_by")
    date_hierarchy = "asked_at"
    exclude = ("proof", "proof_type", "proof_sha256", "reminded_for")
    readonly_fields = ("proof_page",)
    inlines = (PaymentReversalEvents,)

    @admin.display(description=_("bukti"))
    def proof_page(self, row: PaymentReversal) -> str:
        if not row.proof:
            return "–"
        address = reverse("orders:reversal-proof", args=[row.number, row.pk])
        return format_html('<a href="{}">{}</a>', address, _("Lihat buktinya"))
