"""Read-only admin pages of invoices and payments; dated tax rates and exemptions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from epeken.core import clock
from epeken.core.admin import ReadOnlyAdmin
from epeken.core.i18n.reference import in_language
from epeken.core.quantity import percent
from epeken.core.web.admin import DatedAdmin, DatedForm, ReadOnlyInline, end_column
from orders.billing import taxes
from orders.billing.models import (
    Commitment,
    CommitmentEvent,
    Invoice,
    InvoiceCheck,
    InvoiceEvent,
    Payment,
    TaxExemption,
    TaxLine,
    TaxRate,
)
from orders.billing.states import UNPAID, TaxKind
from orders.orders.admin import EventInline


class CommitmentEvents(EventInline):
    model = CommitmentEvent


@admin.register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin):
    list_display = ("order", "state", "amount", "settled_at", "voided_at")
    list_filter = ("state",)
    search_fields = ("order__number", "order__seller__name")
    list_select_related = ("order",)
    inlines = (CommitmentEvents,)


class InvoiceEvents(EventInline):
    model = InvoiceEvent


class TaxLines(ReadOnlyInline):
    model = TaxLine
    fields = ("kind", "base", "rate", "amount", "explanation", "basis")


class InvoiceChecks(ReadOnlyInline):
    model = InvoiceCheck
    fields = ("item", "by_system", "checked_by", "checked_at")


class Payments(ReadOnlyInline):
    model = Payment
    fields = ("method", "reference", "paid_on", "amount", "recorded_by", "recorded_at")


class DueFilter(admin.SimpleListFilter):
    title = _("tenggat")
    parameter_name = "tenggat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("lewat", _("Lewat tenggat")), ("berjalan", _("Masih dalam tenggat"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invoice]) -> QuerySet[Invoice]:
        now = clock.now()
        if self.value() == "lewat":
            return queryset.filter(pk__in=Invoice.objects.late(now).values("pk"))
        if self.value() == "berjalan":
            return queryset.filter(clock.running("due_at", now), state__in=UNPAID)
        return queryset


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    list_display = (
        "number",
        "order",
        "state",
        end_column("due_at", _("dibayar paling lambat")),
        "gross",
        "net",
        "paid",
    )
    list_filter = ("state", "hold_reason", DueFilter)
    search_fields = ("number", "kuitansi_number", "order__number", "order__seller__name")
    list_select_related = ("order",)
    inlines = (TaxLines, InvoiceChecks, Payments, InvoiceEvents)


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ("invoice", "method", "reference", "paid_on", "amount", "recorded_by")
    list_filter = ("method", "paid_on")
    search_fields = ("reference", "invoice__number", "invoice__order__number")
    list_select_related = ("invoice__order", "recorded_by")
    exclude = ("proof", "proof_type", "proof_sha256")
    readonly_fields = ("proof_page",)

    @admin.display(description=_("bukti"))
    def proof_page(self, payment: Payment) -> str:
        if not payment.proof:
            return "–"
        address = reverse("orders:payment-proof", args=[payment.invoice.order.number, payment.pk])
        return format_html('<a href="{}?lihat">{}</a>', address, _("Lihat buktinya"))


class CodedForm(DatedForm):
    """A row of a code that is read, of the kind of tax it is read for; no other would ever be used."""

    known: Mapping[str, TaxKind]
    code = forms.ChoiceField(label=_("Kode"), widget=UnfoldAdminSelectWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            found = self._meta.model.objects.filter(code__in=self.known).order_by("code", "-valid_from")
            names = {row.code: in_language(row.name) for row in found}
            told = [(code, names.get(code, code)) for code in sorted(self.known)]
            self.fields["code"].choices = [("", "---------"), *told]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        kind = self.known.get(values.get("code", ""))
        if kind is not None and "kind" in values and values["kind"] != kind:
            self.add_error("kind", _("Kode ini dibaca untuk %(kind)s. Pilih jenis itu.") % {"kind": kind.label})
        return values


class TaxRateForm(CodedForm):
    known = taxes.COMPUTED


class TaxExemptionForm(CodedForm):
    known = taxes.EXEMPTIONS


@admin.register(TaxRate)
class TaxRateAdmin(DatedAdmin):
    """A rate that was in force stays what it was: it is ended, and a new one begins."""

    form = TaxRateForm
    list_display = ("told_name", "told_rate", "minimum", "valid_from", "valid_until", "code")
    list_filter = ("code", "kind")
    search_fields = ("code", "name", "source")
    worded = ("name", "source")

    def get_fields(self, request: HttpRequest, obj: TaxRate | None = None) -> list[Any]:
        names = [field.name for field in TaxRate._meta.fields if not field.primary_key]
        begun = obj is not None and self.has_begun(obj)
        return ["told_rate" if name == "rate" and begun else name for name in names]

    def get_readonly_fields(self, request: HttpRequest, obj: TaxRate | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "told_rate"]

    @admin.display(description=_("nama"), ordering="name")
    def told_name(self, rate: TaxRate) -> str:
        return in_language(rate.name)

    @admin.display(description=_("tarif"), ordering="rate")
    def told_rate(self, rate: TaxRate) -> str:
        return percent(rate.rate)


@admin.register(TaxExemption)
class TaxExemptionAdmin(DatedAdmin):
    """Ended, an exemption holds no more and the tax is collected from the next day."""

    form = TaxExemptionForm
    list_display = ("told_name", "kind", "valid_from", "valid_until", "source")
    list_filter = ("kind",)
    search_fields = ("code", "name", "source")
    worded = ("name", "source")

    @admin.display(description=_("sebab tidak dipungut"), ordering="name")
    def told_name(self, exemption: TaxExemption) -> str:
        return in_language(exemption.name)
