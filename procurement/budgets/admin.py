"""Admin pages of budget lines and account codes, with import."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from import_export import fields, resources, widgets
from import_export.admin import ImportExportModelAdmin
from import_export.formats.base_formats import CSV, XLSX
from unfold.contrib.import_export.forms import ExportForm, ImportForm

from epeken.core.exports import safe
from epeken.core.i18n.words import rupiah
from epeken.core.text import clean_line
from epeken.core.web.admin import HouseAdmin
from epeken.core.web.forms import RupiahFormField
from procurement.agencies.models import Agency
from procurement.budgets.models import Account, BudgetLine


@admin.register(Account)
class AccountAdmin(HouseAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Account | None = None) -> list[str]:
        """The code is the row's key: another code would be another row beside it."""
        return ["code"] if obj else []


class BudgetLineForm(forms.ModelForm):
    """A ceiling may be lowered to what is used, and no further: told with the figures."""

    class Meta:
        model = BudgetLine
        fields = ["agency", "year", "activity_code", "activity_name", "account", "rup_id", "pagu"]

    def clean_pagu(self) -> int:
        pagu: int = self.cleaned_data["pagu"]
        line = self.instance
        used = line.reserved + line.committed + line.realised
        if pagu < used:
            raise forms.ValidationError(
                _("Pagu paling sedikit %(used)s: ditahan %(reserved)s, dipesan %(committed)s, dibayar %(realised)s."),
                code="pagu_used",
                params={
                    "used": rupiah(used),
                    "reserved": rupiah(line.reserved),
                    "committed": rupiah(line.committed),
                    "realised": rupiah(line.realised),
                },
            )
        return pagu


class RupiahWidget(widgets.Widget):
    """`48.000.000` or 48000000 in, whole rupiah out; cents are refused, not rounded."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        if isinstance(value, float | int) and not isinstance(value, bool) and value == int(value):
            value = str(int(value))  # a spreadsheet keeps every number as a float
        cleaned: int | None = RupiahFormField(required=True).clean(value)
        return cleaned

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class OfficeCSV(CSV):
    """Semicolons out, as Excel with Indonesian settings writes and opens it; commas, semicolons or tabs in."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Any:
        head = in_stream.split("\n", 1)[0] if isinstance(in_stream, str) else ""
        return super().create_dataset(in_stream, delimiter=max(",;\t", key=head.count), **kwargs)

    def export_data(self, dataset: Any, **kwargs: Any) -> Any:
        return super().export_data(dataset, delimiter=";", **kwargs)


class TextWidget(widgets.CharWidget):
    """Text as a form reads it; what a spreadsheet would run as a formula leaves with an apostrophe."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return clean_line(super().clean(value, row, **kwargs) or "")

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
class BudgetLineAdmin(HouseAdmin, ImportExportModelAdmin):
    """What was reserved, ordered and paid is the ledger's; here only the ceiling and the codes change."""

    form = BudgetLineForm
    resource_classes = [BudgetLineResource]
    import_form_class = ImportForm
    export_form_class = ExportForm
    formats = [XLSX, OfficeCSV]
    to_encoding = "utf-8-sig"
    list_display = ["activity_name", "agency", "year", "account_code", "rup_id", "pagu", "left_words"]
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

    @admin.display(description=__("kode rekening"), ordering="account")
    def account_code(self, obj: BudgetLine) -> str:
        return obj.account_id

    @admin.display(description=__("sisa"))
    def left_words(self, obj: BudgetLine) -> str:
        return rupiah(obj.available)
