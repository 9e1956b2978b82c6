"""Rooms of departments: appointments with dates, budget lines with import, the record of requests."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from import_export import fields, resources, widgets
from import_export.admin import ImportExportModelAdmin
from import_export.formats.base_formats import CSV, XLSX
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.import_export.forms import ExportForm, ImportForm

from epeken.core import clock
from epeken.core.admin import ReadOnlyAdmin
from epeken.core.errors import DomainError
from epeken.core.exports import safe
from epeken.core.forms import RupiahFormField
from epeken.core.words import rupiah
from procurement.models import Account, Agency, AgencyMember, BudgetLine, PurchaseRequest, RequestLine
from procurement.services import agencies


class InForceFilter(admin.SimpleListFilter):
    title = __("berlaku")
    parameter_name = "berlaku"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ya", _("Berlaku hari ini")), ("tidak", _("Tidak berlaku hari ini"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = AgencyMember.objects.on(clock.local_date(clock.now())).values("pk")
        if self.value() == "ya":
            return queryset.filter(pk__in=today)
        return queryset.exclude(pk__in=today) if self.value() == "tidak" else queryset


@admin.register(Agency)
class AgencyAdmin(ModelAdmin):
    list_display = ["name", "short_name", "code", "kelurahan"]
    list_select_related = ["kelurahan__kecamatan"]
    search_fields = ["name", "short_name", "code"]
    autocomplete_fields = ["kelurahan"]


class AppointmentForm(forms.ModelForm):
    """Asks what the service asks, and shows its refusal at the field."""

    actor: Any = None

    class Meta:
        model = AgencyMember
        fields = ["agency", "user", "role", "decree", "valid_from", "valid_until"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wanted = {"agency", "user", "role", "valid_from"}
        if self.instance.pk is None and wanted <= data.keys():
            try:
                agencies.check_overlap(
                    agency=data["agency"],
                    user=data["user"],
                    role=data["role"],
                    valid_from=data["valid_from"],
                    valid_until=data.get("valid_until"),
                )
            except DomainError as problem:
                raise forms.ValidationError({problem.field or NON_FIELD_ERRORS: problem.message}) from problem
        return data


@admin.register(AgencyMember)
class AgencyMemberAdmin(ModelAdmin):
    """An appointment is made and ended; it is never rewritten or erased."""

    form = AppointmentForm
    list_display = ["user", "role", "agency", "decree", "valid_from", "valid_until"]
    list_filter = [InForceFilter, "role", "agency"]
    list_select_related = ["user", "agency"]
    search_fields = ["user__name", "user__email", "agency__name", "decree"]
    autocomplete_fields = ["agency", "user"]
    date_hierarchy = "valid_from"
    actions = ["end_today"]

    def get_readonly_fields(self, request: HttpRequest, obj: AgencyMember | None = None) -> list[str]:
        return ["agency", "user", "role", "decree", "valid_from", "valid_until"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: AgencyMember | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: AgencyMember, form: Any, change: bool) -> None:
        if change:
            return
        made = agencies.appoint_officer(
            actor=request.user,
            agency=obj.agency,
            user=obj.user,
            role=obj.role,
            decree=obj.decree,
            valid_from=obj.valid_from,
            valid_until=obj.valid_until,
            now=clock.now(),
        )
        obj.pk = made.pk

    @admin.action(description=__("Akhiri penunjukan hari ini"), permissions=["change"])
    def end_today(self, request: HttpRequest, queryset: Any) -> None:
        now = clock.now()
        for appointment in queryset:
            try:
                agencies.end_appointment(
                    actor=request.user, appointment=appointment, last_day=clock.local_date(now), now=now
                )
            except DomainError as problem:
                messages.error(request, f"{appointment}: {problem.message}")
            else:
                messages.success(request, _("%(who)s berlaku sampai hari ini.") % {"who": appointment})


@admin.register(Account)
class AccountAdmin(ModelAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]


class RupiahWidget(widgets.Widget):
    """`48.000.000` or 48000000 in, whole rupiah out; cents are refused, not rounded."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        if isinstance(value, float | int) and not isinstance(value, bool) and value == int(value):
            value = str(int(value))  # a spreadsheet keeps every number as a float
        cleaned: int | None = RupiahFormField(required=True).clean(value)
        return cleaned

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class TextWidget(widgets.CharWidget):
    """Text that a spreadsheet would run as a formula leaves with an apostrophe."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return safe(super().render(value, obj, **kwargs))


class BudgetLineResource(resources.ModelResource):
    """Lines are matched by department, year, activity, account and RUP: importing a file twice changes nothing."""

    agency = fields.Field("agency", "kode_opd", widget=widgets.ForeignKeyWidget(Agency, "code"))
    year = fields.Field("year", "tahun", widget=widgets.IntegerWidget())
    activity_code = fields.Field("activity_code", "kode_sub_kegiatan", widget=TextWidget())
    activity_name = fields.Field("activity_name", "nama_sub_kegiatan", widget=TextWidget())
    account = fields.Field("account", "kode_rekening", widget=widgets.ForeignKeyWidget(Account, "code"))
    rup_id = fields.Field("rup_id", "id_rup", widget=TextWidget())
    pagu = fields.Field("pagu", "pagu", widget=RupiahWidget())

    class Meta:
        model = BudgetLine
        fields = ["agency", "year", "activity_code", "activity_name", "account", "rup_id", "pagu"]
        import_id_fields = ["agency", "year", "activity_code", "account", "rup_id"]
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True


@admin.register(BudgetLine)
class BudgetLineAdmin(ModelAdmin, ImportExportModelAdmin):
    """What was reserved, ordered and paid is the ledger's; here only the ceiling and the codes change."""

    resource_classes = [BudgetLineResource]
    import_form_class = ImportForm
    export_form_class = ExportForm
    formats = [XLSX, CSV]
    list_display = ["activity_name", "agency", "year", "account_id", "rup_id", "pagu_words", "left_words"]
    list_filter = ["agency", "year"]
    list_select_related = ["agency", "account"]
    search_fields = ["activity_name", "activity_code", "account__code", "rup_id"]
    autocomplete_fields = ["agency", "account"]
    readonly_fields = ["reserved", "committed", "realised"]

    def get_import_formats(self) -> list[Any]:
        return list(self.formats)

    def get_export_formats(self) -> list[Any]:
        return list(self.formats)

    def get_readonly_fields(self, request: HttpRequest, obj: BudgetLine | None = None) -> list[str]:
        fixed = ["agency", "year", "account"] if obj and obj.entries.exists() else []
        return [*self.readonly_fields, *fixed]

    def has_delete_permission(self, request: HttpRequest, obj: BudgetLine | None = None) -> bool:
        used = obj is None or obj.entries.exists() or obj.requests.exists()
        return not used and super().has_delete_permission(request, obj)

    @admin.display(description=__("pagu"), ordering="pagu")
    def pagu_words(self, obj: BudgetLine) -> str:
        return rupiah(obj.pagu)

    @admin.display(description=__("sisa"))
    def left_words(self, obj: BudgetLine) -> str:
        return rupiah(obj.available)


class RequestLineInline(TabularInline):
    model = RequestLine
    fields = ["name", "seller", "quantity", "unit", "price", "amount", "dropped_reason"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(PurchaseRequest)
class PurchaseRequestAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "agency", "requester", "state", "total_words", "submitted_at"]
    list_filter = ["state", "agency"]
    list_select_related = ["agency", "requester"]
    search_fields = ["number", "title", "requester__name"]
    inlines = [RequestLineInline]

    @admin.display(description=__("jumlah"), ordering="total")
    def total_words(self, obj: PurchaseRequest) -> str:
        return rupiah(obj.total)
