"""Admin pages of budget lines and account codes, with import."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from import_export import fields, resources, widgets
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV, XLSX
from unfold.contrib.import_export.forms import ExportForm

from epeken.core import clock
from epeken.core.exports import safe
from epeken.core.i18n.words import rupiah
from epeken.core.web.admin import HouseAdmin, ReadOnlyInline
from epeken.core.web.file_import import FileImport
from epeken.core.web.forms import DayFormField, LineField
from epeken.users.fetch import person
from procurement.agencies.models import Agency
from procurement.budgets import ceilings, imports, pages, services
from procurement.budgets.forms import BudgetFileForm, ConfirmForm
from procurement.budgets.models import Account, BudgetLine, CeilingRevision


@admin.register(Account)
class AccountAdmin(HouseAdmin):
    list_display = ["code", "name", "usual_event"]
    search_fields = ["code", "name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Account | None = None) -> list[str]:
        """The code is the row's key: another code would be another row beside it."""
        return ["code"] if obj else []


class BudgetLineForm(forms.ModelForm):
    """A ceiling is set with the decree that says so, and lowered no further than to what is used."""

    decree = LineField(label=__("Nomor keputusan (DPA atau perubahannya)"), max_length=40, required=False)
    decree_on = DayFormField(label=__("Tanggal keputusan"), required=False)

    class Meta:
        model = BudgetLine
        fields = ["agency", "year", "activity_code", "activity_name", "account", "rup_id", "pagu"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        line = self.instance
        # The instance already holds what is typed; `initial` is what the line holds.
        if "pagu" not in values or (line.pk and values["pagu"] == self.initial["pagu"]):
            return values
        for name, text in (("decree", _("Tulis nomor keputusannya.")), ("decree_on", _("Isi tanggal keputusannya."))):
            if not values.get(name) and name not in self.errors:
                self.add_error(name, text)
        if line.pk and (refusal := ceilings.below_used(line, values["pagu"])):
            self.add_error("pagu", refusal)
        return values


class OfficeCSV(CSV):
    """Semicolons, as Excel with Indonesian settings writes and opens it."""

    def export_data(self, dataset: Any, **kwargs: Any) -> Any:
        return super().export_data(dataset, delimiter=";", **kwargs)


class TextWidget(widgets.CharWidget):
    """What a spreadsheet would run as a formula leaves with an apostrophe."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return safe(super().render(value, obj, **kwargs))


class BudgetLineResource(resources.ModelResource):
    """Columns as the import reads them: what leaves can come back."""

    agency = fields.Field("agency", "kode_opd", widget=widgets.ForeignKeyWidget(Agency, "code"))
    year = fields.Field("year", "tahun")
    activity_code = fields.Field("activity_code", "kode_sub_kegiatan", widget=TextWidget())
    activity_name = fields.Field("activity_name", "nama_sub_kegiatan", widget=TextWidget())
    account = fields.Field("account", "kode_rekening", widget=widgets.ForeignKeyWidget(Account, "code"))
    rup_id = fields.Field("rup_id", "id_rup", widget=TextWidget())
    pagu = fields.Field("pagu", "pagu")

    class Meta:
        model = BudgetLine
        fields = ["agency", "year", "activity_code", "activity_name", "account", "rup_id", "pagu"]


class RevisionInline(ReadOnlyInline):
    model = CeilingRevision
    fields = ["reference", "decree_on", "pagu_delta", "pagu_after", "actor", "at"]
    readonly_fields = fields
    ordering = ["-pk"]


@admin.register(BudgetLine)
class BudgetLineAdmin(FileImport, ExportMixin, HouseAdmin):
    """What was reserved, ordered and paid is the ledger's; here only the ceiling and the codes change."""

    file_form = BudgetFileForm
    confirm_form = ConfirmForm
    import_columns = imports.COLUMNS
    import_template = "procurement/budgets/import.html"
    import_title = __("Impor pagu dari berkas DPA")

    form = BudgetLineForm
    resource_classes = [BudgetLineResource]
    export_form_class = ExportForm
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    formats = [XLSX, OfficeCSV]
    to_encoding = "utf-8-sig"
    inlines = [RevisionInline]
    list_display = ["activity_name", "agency", "year", "account_code", "rup_id", "pagu", "left_words"]
    list_filter = ["agency", "year"]
    list_select_related = ["agency", "account"]
    search_fields = ["activity_name", "activity_code", "account__code", "rup_id"]
    autocomplete_fields = ["agency", "account"]
    readonly_fields = ["reserved", "committed", "realised"]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and self.has_add_permission(request)

    def preview_file(self, values: dict[str, Any]) -> pages.Preview:
        return _preview(imports.read_budget(values["file"].read()), values["decree_on"])

    def preview_rows(self, values: dict[str, Any]) -> pages.Preview:
        return _preview(imports.BudgetFile(values["wanted"], [], []), values["decree_on"])

    def take(self, request: HttpRequest, values: dict[str, Any]) -> HttpResponse:
        changes = services.take_ceilings(actor=person(request), now=clock.now(), **values)
        told = ", ".join(f"{kind.label.lower()} {number}" for kind, number in ceilings.counts(changes))
        messages.success(request, _("Pagu tersimpan: %(told)s.") % {"told": told})
        return redirect("admin:procurement_budgetline_changelist")

    def get_export_formats(self) -> list[Any]:
        return list(self.formats)

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        return f"pagu-{clock.today().isoformat()}.{file_format.get_extension()}"

    def get_readonly_fields(self, request: HttpRequest, obj: BudgetLine | None = None) -> list[str]:
        fixed = ["agency", "year", "account"] if obj and obj.entries.exists() else []
        return [*self.readonly_fields, *fixed]

    def has_delete_permission(self, request: HttpRequest, obj: BudgetLine | None = None) -> bool:
        used = obj is None or obj.entries.exists() or obj.requests.exists()
        return not used and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: BudgetLine, form: Any, change: bool) -> None:
        """The ceiling goes through the ledger, with its decree."""
        before = form.initial.get("pagu", 0) if change else 0
        typed, obj.pagu = obj.pagu, before
        super().save_model(request, obj, form, change)
        if typed == before and change:
            return
        services.revise_ceiling(
            actor=person(request),
            line=obj,
            pagu=typed,
            decree=form.cleaned_data["decree"],
            decree_on=form.cleaned_data["decree_on"],
            now=clock.now(),
        )

    @admin.display(description=__("kode rekening"), ordering="account")
    def account_code(self, obj: BudgetLine) -> str:
        return obj.account_id

    @admin.display(description=__("sisa"))
    def left_words(self, obj: BudgetLine) -> str:
        return rupiah(obj.available)


def _preview(read: imports.BudgetFile, decree_on: date) -> pages.Preview:
    return pages.preview(read, decree_on, clock.today())
