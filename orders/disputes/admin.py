"""Admin pages of disputes, where the city's officer decides."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from epeken.core import clock
from epeken.core.admin import ReadOnlyAdmin
from epeken.core.i18n.words import rupiah
from epeken.core.web.admin import end_column
from epeken.users.fetch import person
from orders.disputes import policies, services
from orders.disputes.models import Dispute, DisputeEvent
from orders.disputes.states import DisputeState
from orders.orders.admin import EventInline


class DisputeEvents(EventInline):
    model = DisputeEvent


class DisputeDecisionForm(ModelForm):
    decision = forms.CharField(
        label=_("keputusan"),
        max_length=1000,
        widget=UnfoldAdminTextareaWidget,
        help_text=_("Kedua pihak membacanya. Hitungan waktu berjalan lagi sesudah diputus."),
    )

    class Meta:
        model = Dispute
        fields = ("decision",)


class WaitingFilter(admin.SimpleListFilter):
    title = _("keadaan")
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("menunggu", _("Belum diputus")), ("lewat", _("Lewat batas jawaban")), ("selesai", _("Diputus"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Dispute]) -> QuerySet[Dispute]:
        if self.value() == "menunggu":
            return queryset.exclude(state=DisputeState.DECIDED)
        if self.value() == "lewat":
            return queryset.filter(clock.over("due_at", clock.now()), state=DisputeState.OPENED)
        return queryset.filter(state=DisputeState.DECIDED) if self.value() == "selesai" else queryset


DUE = end_column("due_at", _("dijawab paling lambat"))


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    """Both sides' words, the order, and a decision."""

    form = DisputeDecisionForm
    list_display = ("order", "state", "opened_by", "opened_at", DUE)
    list_filter = (WaitingFilter,)
    search_fields = ("order__number", "order__seller__name", "complaint")
    list_select_related = ("order", "opened_by")
    ordering = ("state", "due_at")
    inlines = (DisputeEvents,)
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Dispute | None = None) -> bool:
        return policies.can_decide(person(request)) or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Dispute | None = None) -> bool:
        open_ = obj is None or obj.state != DisputeState.DECIDED
        return open_ and policies.can_decide(person(request))

    def get_fields(self, request: HttpRequest, obj: Dispute | None = None) -> list[Any]:
        told = ["order_page", "opened_by", "opened_at", "complaint", "answer", "answered_at", DUE]
        return [*told, "decision"]

    def get_readonly_fields(self, request: HttpRequest, obj: Dispute | None = None) -> list[Any]:
        told = [name for name in self.get_fields(request, obj) if name != "decision"]
        return told if self.has_change_permission(request, obj) else [*told, "decision"]

    @admin.display(description=_("pesanan"))
    def order_page(self, dispute: Dispute) -> SafeString:
        order = dispute.order
        url = reverse("admin:orders_order_change", args=[order.pk])
        return format_html('<a href="{}">{} · {}, {}</a>', url, order.number, order.subject, rupiah(order.total))

    def save_model(self, request: HttpRequest, obj: Dispute, form: Any, change: bool) -> None:
        """The service decides; a refusal becomes a page of its own."""
        dispute = Dispute.objects.get(pk=obj.pk)
        services.decide_dispute(
            actor=person(request), dispute=dispute, decision=form.cleaned_data["decision"], now=clock.now()
        )
