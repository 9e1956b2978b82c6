"""Admin pages of what decisions gave, where the city's officer rules on what a buyer contests."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from epeken.core import clock
from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.admin import FinalDecision, due_words, end_column
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, every
from epeken.users.fetch import person
from orders.disputes import policies
from orders.orders.admin import EventInline
from orders.remedies import services
from orders.remedies.models import Remedy, RemedyEvent
from orders.remedies.states import OPEN, RemedyState


class RemedyEvents(EventInline):
    model = RemedyEvent


class RulingForm(ModelForm):
    done = forms.ChoiceField(
        label=_("Putusan"),
        choices=[
            ("", _("Pilih putusannya")),
            ("yes", _("Penjual sudah memenuhinya")),
            ("no", _("Belum: penjual memenuhinya lagi")),
        ],
        widget=UnfoldAdminSelectWidget,
    )
    basis = forms.CharField(
        label=_("Dasar putusan"),
        max_length=300,
        widget=UnfoldAdminTextareaWidget,
        help_text=_("Kedua pihak membacanya."),
    )

    class Meta:
        model = Remedy
        fields = ()


QUEUE = (
    QueuePart("", _("Dibantah, menunggu putusan"), lambda user, now: Q(state=RemedyState.CONTESTED), is_urgent=True),
    QueuePart(
        "lewat-putusan",
        _("Lewat batas putusan"),
        lambda user, now: clock.over("decide_due_at", now) & Q(state=RemedyState.CONTESTED),
        is_urgent=True,
    ),
    QueuePart("lewat", _("Uang belum dikembalikan"), lambda user, now: Q(state=RemedyState.OVERDUE), is_urgent=True),
    QueuePart("terbuka", _("Belum selesai"), lambda user, now: Q(state__in=OPEN), is_figure=False),
    QueuePart("semua", _("Semua"), every, is_figure=False),
)


DUE = end_column("due_at", _("dipenuhi paling lambat"))
DECIDES = end_column("decide_due_at", _("diputus paling lambat"))
ENDS = end_column("ends_at", _("catatan penjual berlaku bila tidak diputus sampai"))


@admin.register(Remedy)
class RemedyAdmin(FinalDecision, QueuePage, ReadOnlyAdmin):
    """What the seller owes, their proof, the buyer's objection, and a ruling."""

    decide_label = _("Putuskan dan kabari kedua pihak")
    decided = _("Diputuskan. Kedua pihak dikabari.")
    queue_parts = QUEUE
    queue_columns = ("subject", "told_kind", "told_state", "due")
    form = RulingForm
    list_display = ("order", "kind", "state", "amount", "granted_at", DUE)
    list_filter = (QueueFilter, "kind")
    search_fields = ("order__number", "order__seller__name")
    list_select_related = ("order",)
    ordering = ("pk",)
    inlines = (RemedyEvents,)
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Remedy | None = None) -> bool:
        return policies.can_decide(person(request)) or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Remedy | None = None) -> bool:
        is_open = obj is None or obj.state == RemedyState.CONTESTED
        return is_open and policies.can_decide(person(request))

    def get_fields(self, request: HttpRequest, obj: Remedy | None = None) -> list[Any]:
        told = [
            "order", "kind", "state", "delivery", "order_line", "quantity", "amount", "applied", "granted_at", DUE,
            "refused", "came", "shipments", "told", "proof_page", "recorded_by", "recorded_at", "objection",
            DECIDES, ENDS,
        ]  # fmt: skip
        return [*told, "done", "basis"] if self.has_change_permission(request, obj) else [*told, "ruling", "ended_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Remedy | None = None) -> list[Any]:
        typed = ("done", "basis") if self.has_change_permission(request, obj) else ()
        return [name for name in self.get_fields(request, obj) if name not in typed]

    @admin.display(description=_("bukti penjual"))
    def proof_page(self, remedy: Remedy) -> SafeString | str:
        if not remedy.proof:
            return "–"
        address = reverse("orders:remedy-proof", args=[remedy.order.number, remedy.pk])
        return format_html('<a href="{}">{}</a>', address, _("Lihat buktinya"))

    @admin.display(description=_("surat jalan pengganti"))
    def shipments(self, remedy: Remedy) -> str:
        return ", ".join(delivery.number for delivery in remedy.shipments.all()) or "–"

    @admin.display(description=_("dipenuhi atau diputus paling lambat"))
    def due(self, remedy: Remedy) -> str:
        return due_words(remedy.decide_due_at if remedy.state == RemedyState.CONTESTED else remedy.due_at)

    def subject(self, remedy: Remedy) -> str:
        return str(remedy.order)

    def told_kind(self, remedy: Remedy) -> str:
        return remedy.get_kind_display()

    def told_state(self, remedy: Remedy) -> str:
        return remedy.get_state_display()

    def save_model(self, request: HttpRequest, obj: Remedy, form: Any, change: bool) -> None:
        """The service rules; a refusal becomes a page of its own."""
        services.rule(
            actor=person(request),
            remedy=Remedy.objects.get(pk=obj.pk),
            upheld=form.cleaned_data["done"] == "yes",
            ruling=form.cleaned_data["basis"],
            now=clock.now(),
        )
