"""Late invoices that were brought to the city hall, for who looks after them and for the inspectorate: read only."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, every
from epeken.users.fetch import person
from orders.ladder.models import LateStep
from orders.ladder.policies import can_follow
from orders.ladder.states import LateLevel


def _stands_at(*levels: LateLevel) -> Any:
    def condition(user: Any, now: Any) -> Q:
        return Q(pk__in=LateStep.objects.last_of_late(now).filter(level__in=levels).values("pk"))

    return condition


QUEUE = (
    QueuePart(
        "",
        _("Sampai ke balai kota, belum dibayar"),
        _stands_at(LateLevel.OFFICE, LateLevel.INSPECTORATE),
        is_urgent=True,
    ),
    QueuePart("inspektorat", _("Sampai ke inspektorat"), _stands_at(LateLevel.INSPECTORATE), is_urgent=True),
    QueuePart("dinas", _("Masih di dinas"), _stands_at(LateLevel.TREASURER, LateLevel.HEAD), is_figure=False),
    QueuePart("semua", _("Semua"), every, is_figure=False),
)


@admin.register(LateStep)
class LateStepAdmin(QueuePage, ReadOnlyAdmin):
    """What was sent, to whom and with which figures; the page of the invoice says what comes next."""

    queue_parts = QUEUE
    queue_columns = ("subject", "told_agency", "told_level", "told_late")
    queue_order = ("due_on", "pk")
    list_display = ("invoice", "told_agency", "level", "outstanding", "days_late", "due_on", "sent_at", "sent_by")
    list_filter = (QueueFilter, "level")
    search_fields = ("invoice__number", "invoice__order__number", "invoice__order__seller__name")
    list_select_related = ("invoice__order__agency", "invoice__order__seller", "sent_by")
    date_hierarchy = "sent_at"
    readonly_fields = ("page",)

    def has_view_permission(self, request: HttpRequest, obj: LateStep | None = None) -> bool:
        return can_follow(person(request)) or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LateStep]:
        found: QuerySet[LateStep] = super().get_queryset(request)
        return found.select_related("invoice__order__agency", "invoice__order__seller", "delivery")

    @admin.display(description=_("dinas"))
    def told_agency(self, step: LateStep) -> str:
        return str(step.invoice.order.agency)

    @admin.display(description=_("surat dan langkah berikutnya"))
    def page(self, step: LateStep) -> SafeString:
        address = reverse("orders:late-invoice", args=[step.invoice.order.number, step.invoice.number])
        return format_html('<a href="{}">{}</a>', address, _("Lihat tagihannya"))

    def subject(self, step: LateStep) -> str:
        return f"{step.invoice}, {step.invoice.order.seller}"

    def told_level(self, step: LateStep) -> str:
        return step.get_level_display()

    def told_late(self, step: LateStep) -> str:
        days = clock.working_days_between(step.due_on, clock.today())
        return str(_("Terlambat %(days)s hari kerja") % {"days": days})
