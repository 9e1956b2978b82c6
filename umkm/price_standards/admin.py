"""Admin pages of the unit-price standard: import of a decree, its prices, and the goods they speak of."""

from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.quantity import grouped
from epeken.core.web.admin import HouseAdmin, ServiceAdmin
from epeken.users.fetch import person
from umkm.price_standards import imports, services
from umkm.price_standards.forms import ConfirmPricesForm, PriceFileForm
from umkm.price_standards.models import PriceDecree, StandardMatch, StandardPrice
from umkm.price_standards.standards import in_force


@admin.register(PriceDecree)
class PriceDecreeAdmin(ServiceAdmin):
    """Decrees are imported and stay as they were taken."""

    change_list_template = "admin/import_export/change_list_import.html"
    list_display = ["number", "decree_on", "valid_from", "valid_until", "count_words", "taken_by", "taken_at"]
    list_select_related = ["taken_by"]
    search_fields = ["number"]
    readonly_fields = ["number", "decree_on", "valid_from", "taken_by", "taken_at"]
    fields = ["number", "decree_on", "valid_from", "valid_until", "taken_by", "taken_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(count=Count("prices"))

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.import_file)
        return [path("import/", view, name="umkm_pricedecree_import"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may = {"has_import_permission": request.user.has_perm("umkm.add_pricedecree")}
        answer: HttpResponse = super().changelist_view(request, {**may, **(extra_context or {})})
        return answer

    def import_file(self, request: HttpRequest) -> HttpResponse:
        """First what the file says, then, by a second button, taking it."""
        if not request.user.has_perm("umkm.add_pricedecree"):
            raise PermissionDenied
        if request.method == "POST" and "lines" in request.POST:
            return self._take(request)
        form = PriceFileForm(request.POST or None, request.FILES or None)
        found: imports.PricePreview | None = None
        if request.method == "POST" and form.is_valid():
            try:
                read = imports.read_prices(form.cleaned_data["file"].read())
                found = imports.preview(read, form.cleaned_data["valid_from"])
            except DomainError as problem:
                form.refuse(problem)
        return self._import_page(request, form, found)

    def _take(self, request: HttpRequest) -> HttpResponse:
        form = ConfirmPricesForm(request.POST, actor=person(request).pk)
        if not form.is_valid():
            messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
            return redirect("admin:umkm_pricedecree_import")
        values = form.cleaned_data
        try:
            made = services.take_decree(actor=person(request), now=clock.now(), **values)
        except DomainError as problem:
            again = PriceFileForm(initial={name: values[name] for name in ("decree", "decree_on", "valid_from")})
            read = imports.PriceFile(values["wanted"], [], [])
            return self._import_page(request, again, imports.preview(read, values["valid_from"]), problem)
        count = len(values["wanted"])
        told = ngettext("%(n)d harga dari %(number)s tersimpan.", "%(n)d harga dari %(number)s tersimpan.", count)
        messages.success(request, told % {"n": count, "number": made.number})
        return redirect("admin:umkm_pricedecree_change", made.pk)

    def _import_page(
        self,
        request: HttpRequest,
        form: PriceFileForm,
        preview: imports.PricePreview | None = None,
        error: DomainError | None = None,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Impor standar harga satuan"),
            "opts": self.model._meta,
            "form": form,
            "columns": [column.name for column in imports.COLUMNS],
            "preview": preview,
            "error": error,
        }
        if preview is not None and preview.can_take:
            wanted = preview.read.wanted
            context["confirm"] = ConfirmPricesForm.holding(wanted, preview.shown, form, actor=person(request).pk)
        is_refused = bool(form.errors) or error is not None or (preview is not None and not preview.can_take)
        return render(request, "umkm/price_standards/import.html", context, status=422 if is_refused else 200)

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
    readonly_fields = ["decree", "code", "name", "words", "unit", "size", "price", "account"]


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
