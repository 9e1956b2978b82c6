"""Admin pages of cancellations: read only, the two sides decide."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from epeken.core.admin import ReadOnlyAdmin
from orders.cancellations.models import Cancellation, CancellationEvent
from orders.orders.admin import EventInline


class CancellationEvents(EventInline):
    model = CancellationEvent


@admin.register(Cancellation)
class CancellationAdmin(ReadOnlyAdmin):
    list_display = ("order", "state", "reason", "by_seller", "was_accepted", "asked_at", "due_at")
    list_filter = ("state", "reason", "by_seller", "was_accepted")
    search_fields = ("order__number", "order__seller__name")
    list_select_related = ("order",)
    date_hierarchy = "asked_at"
    exclude = ("evidence", "evidence_type", "evidence_sha256", "reminded_for")
    readonly_fields = ("evidence_page",)
    inlines = (CancellationEvents,)

    @admin.display(description=_("bukti ganti rugi"))
    def evidence_page(self, row: Cancellation) -> str:
        if not row.evidence:
            return "–"
        address = reverse("orders:cancellation-evidence", args=[row.order.number, row.pk])
        return format_html('<a href="{}">{}</a>', address, _("Lihat buktinya"))
