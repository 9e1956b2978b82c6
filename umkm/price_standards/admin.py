"""Admin pages of the unit-price standard: import of a decree, its prices, and the goods they speak of."""

from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.quantity import grouped
from epeken.core.web.admin import DatedForm, HouseAdmin, ServiceAdmin
from epeken.core.web.file_import import FileImport
from epeken.users.fetch import person
from umkm.price_standards import imports, services
from umkm.price_standards.forms import ConfirmPricesForm, PriceFileForm
from umkm.price_standards.models import PriceDecree, StandardMatch, StandardPrice
from umkm.price_standards.standards import in_force


@admin.register(PriceDecree)
class PriceDecreeAdmin(FileImport, ServiceAdmin):
    """Decrees are imported and stay as they were taken."""

    form = DatedForm
    file_form = PriceFileForm
    confirm_form = ConfirmPricesForm
    import_columns = imports.COLUMNS
    import_template = "umkm/price_standards/import.html"
    import_title = __("Impor standar harga satuan")
    change_list_template = "admin/import_export/change_list_import.html"
    list_display = ["number", "decree_on", "valid_from", "valid_until", "count_words", "taken_by", "taken_at"]
    list_select_related = ["taken_by"]
    search_fields = ["number"]
    readonly_fields = ["number", "decree_on", "valid_from", "taken_by", "taken_at"]
    fields = ["number", "decree_on", "valid_from", "valid_until", "taken_by", "taken_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(count=Count("prices"))

    def has_import_permission(self, request: HttpRequest) -> bool:
        return person(request).has_perm("umkm.add_pricedecree")

    def preview_file(self, values: dict[str, Any]) -> imports.PricePreview:
        services.check_decree(values["decree"], values["decree_on"], values["valid_from"], clock.now())
        return imports.preview(imports.read_prices(values["file"].read()), values["valid_from"])

    def preview_rows(self, values: dict[str, Any]) -> imports.PricePreview:
        return imports.preview(imports.PriceFile(values["wanted"], [], []), values["valid_from"])

    def take(self, request: HttpRequest, values: dict[str, Any]) -> HttpResponse:
        made = services.take_decree(actor=person(request), now=clock.now(), **values)
        count = len(values["wanted"])
        told = ngettext("%(n)d harga dari %(number)s tersimpan.", "%(n)d harga dari %(number)s tersimpan.", count)
        messages.success(request, told % {"n": count, "number": made.number})
        return redirect("admin:umkm_pricedecree_change", made.pk)

    @admin.display(description=__("jumlah barang"), ordering="count")
    def count_words(self, obj: Any) -> str:
        return grouped(Decimal(obj.count))


@admin.register(StandardPrice)
class StandardPriceAdmin(ServiceAdmin):
    """Prices of all decrees, to look up."""

    list_display = ["code", "name", "price", "words", "unit", "account", "decree"]
    list_filter = ["decree", "unit"]
    list_select_related = ["decree"]
    search_fields = ["code", "name", "account"]
    fields = readonly_fields = ["decree", "code", "name", "words", "unit", "size", "price", "account"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(StandardMatch)
class StandardMatchAdmin(HouseAdmin):
    """Which goods a code speaks of."""

    list_display = ["code", "name", "category", "product"]
    list_select_related = ["category", "product"]
    search_fields = ["code", "category__name", "product__name"]
    autocomplete_fields = ["category", "product"]

    @admin.display(description=__("nama di keputusan"))
    def name(self, obj: StandardMatch) -> str:
        row = in_force(clock.today()).filter(code=obj.code).first()
        return row.name if row else _("belum ada di keputusan yang berlaku")
