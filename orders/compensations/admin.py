"""Admin pages of compensations: read only, head and treasurer decide."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.admin import end_column
from orders.compensations.models import Compensation, CompensationEvent
from orders.orders.admin import EventInline


class CompensationEvents(EventInline):
    model = CompensationEvent


@admin.register(Compensation)
class CompensationAdmin(ReadOnlyAdmin):
    list_display = ("number", "order", "state", "amount", "line", end_column("due_at", _("batas bayar")))
    list_filter = ("state",)
    search_fields = ("number", "order__number", "reference")
    list_select_related = ("order", "line")
    date_hierarchy = "agreed_at"
    exclude = ("proof", "proof_type", "proof_sha256")
    readonly_fields = ("proof_page",)
    inlines = (CompensationEvents,)

    @admin.display(description=_("bukti"))
    def proof_page(self, row: Compensation) -> str:
        if not row.proof:
            return "–"
        return format_html(
            '<a href="{}">{}</a>', reverse("orders:compensation-proof", args=[row.number]), _("Lihat buktinya")
        )
