"""Windows on orders and money for the city's officers; the one thing decided here is a dispute."""

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
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget

from epeken.core import clock
from epeken.core.admin import ReadOnlyAdmin
from epeken.core.words import rupiah
from orders import policies
from orders.models import (
    Bill,
    BillEvent,
    Dispute,
    DisputeEvent,
    Order,
    OrderEvent,
    OrderLine,
    Payment,
    Receipt,
    ReceiptEvent,
    ReceiptLine,
    TaxLine,
    TaxRate,
)
from orders.services import disputes
from orders.states import DisputeState


class ReadOnlyInline(TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EventInline(ReadOnlyInline):
    fields = ("at", "actor", "action", "from_state", "to_state", "note")
    verbose_name_plural = _("riwayat")


class OrderEvents(EventInline):
    model = OrderEvent


class ReceiptEvents(EventInline):
    model = ReceiptEvent


class BillEvents(EventInline):
    model = BillEvent


class DisputeEvents(EventInline):
    model = DisputeEvent


class OrderLines(ReadOnlyInline):
    model = OrderLine
    fields = ("name", "quantity", "unit", "price", "amount", "accepted_quantity", "accepted_amount")


class ReceiptLines(ReadOnlyInline):
    model = ReceiptLine
    fields = ("order_line", "sent", "arrived", "accepted", "remark")


class TaxLines(ReadOnlyInline):
    model = TaxLine
    fields = ("kind", "base", "rate", "amount", "explanation")


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ("number", "title", "seller", "buyer_name", "sum", "state", "placed_at")
    list_filter = ("state", "channel", "close_reason", "placed_at")
    search_fields = ("number", "title", "seller__name", "agency__name", "request__number")
    list_select_related = ("seller", "agency", "buyer")
    date_hierarchy = "placed_at"
    inlines = (OrderLines, OrderEvents)

    @admin.display(description=_("pembeli"))
    def buyer_name(self, order: Order) -> str:
        return str(order.agency or order.buyer)

    @admin.display(description=_("jumlah"), ordering="total")
    def sum(self, order: Order) -> str:
        return rupiah(order.total)


@admin.register(Receipt)
class ReceiptAdmin(ReadOnlyAdmin):
    list_display = ("number", "order", "state", "carrier", "shipped_at", "arrived_at", "bast_number", "is_on_time")
    list_filter = ("state", "is_on_time", "shipped_at")
    search_fields = ("number", "bast_number", "order__number", "order__seller__name")
    list_select_related = ("order",)
    inlines = (ReceiptLines, ReceiptEvents)


@admin.register(Bill)
class BillAdmin(ReadOnlyAdmin):
    list_display = ("number", "order", "state", "due_at", "gross", "withheld", "net", "paid_at")
    list_filter = ("state", "due_at")
    search_fields = ("number", "kuitansi_number", "order__number", "order__seller__name")
    list_select_related = ("order",)
    inlines = (TaxLines, BillEvents)


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ("bill", "method", "reference", "paid_on", "amount", "recorded_by")
    list_filter = ("method", "paid_on")
    search_fields = ("reference", "bill__number", "bill__order__number")
    list_select_related = ("bill__order", "recorded_by")


@admin.register(TaxRate)
class TaxRateAdmin(ModelAdmin):
    """A rate that was in force stays what it was: it is ended, and a new one begins."""

    list_display = ("code", "name", "rate", "minimum", "valid_from", "valid_until")
    list_filter = ("code", "kind")
    search_fields = ("code", "name", "source")

    def get_readonly_fields(self, request: HttpRequest, obj: TaxRate | None = None) -> list[str]:
        if obj is None or obj.valid_from > clock.local_date(clock.now()):
            return []
        return [f.name for f in TaxRate._meta.fields if f.name not in ("id", "valid_until", "name", "source")]

    def has_delete_permission(self, request: HttpRequest, obj: TaxRate | None = None) -> bool:
        begun = obj is not None and obj.valid_from <= clock.local_date(clock.now())
        return obj is not None and not begun and super().has_delete_permission(request, obj)


class DecisionForm(ModelForm):
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
            return queryset.filter(state=DisputeState.OPENED, due_at__lt=clock.now())
        return queryset.filter(state=DisputeState.DECIDED) if self.value() == "selesai" else queryset


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    """Both sides' words, the order, and a decision."""

    form = DecisionForm
    list_display = ("order", "state", "opened_by", "opened_at", "due_at")
    list_filter = (WaitingFilter,)
    search_fields = ("order__number", "order__seller__name", "complaint")
    list_select_related = ("order", "opened_by")
    ordering = ("state", "due_at")
    inlines = (DisputeEvents,)
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Dispute | None = None) -> bool:
        return policies.can_decide(request.user) or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Dispute | None = None) -> bool:
        open_ = obj is None or obj.state != DisputeState.DECIDED
        return open_ and policies.can_decide(request.user)

    def get_fields(self, request: HttpRequest, obj: Dispute | None = None) -> list[str]:
        told = ["order_page", "opened_by", "opened_at", "complaint", "answer", "answered_at", "due_at"]
        return [*told, "decision"]

    def get_readonly_fields(self, request: HttpRequest, obj: Dispute | None = None) -> list[str]:
        told = [name for name in self.get_fields(request, obj) if name != "decision"]
        return told if self.has_change_permission(request, obj) else [*told, "decision"]

    @admin.display(description=_("pesanan"))
    def order_page(self, dispute: Dispute) -> SafeString:
        order = dispute.order
        url = reverse("admin:orders_order_change", args=[order.pk])
        return format_html('<a href="{}">{} · {}, {}</a>', url, order.number, order.title, rupiah(order.total))

    def save_model(self, request: HttpRequest, obj: Dispute, form: Any, change: bool) -> None:
        """The service decides; a refusal becomes a page of its own."""
        dispute = Dispute.objects.get(pk=obj.pk)
        disputes.decide_dispute(
            actor=request.user, dispute=dispute, decision=form.cleaned_data["decision"], now=clock.now()
        )
