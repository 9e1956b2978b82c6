"""The office's page of imports of sellers: upload, what would be made, progress, and taking a whole import back."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from epeken.core import clock, exports
from epeken.core.errors import DomainError
from epeken.core.files.uploads import file_response
from epeken.core.ids import read_id
from epeken.core.web.admin import ServiceAdmin, post_only
from epeken.users.fetch import person
from umkm.assisted.policies import may_assist, place_codes
from umkm.imports.progress import AT_WORK, counts_of, facts
from umkm.seller_imports import files, pages, rules, services
from umkm.seller_imports.forms import ListForm
from umkm.seller_imports.models import SellerImport
from umkm.seller_imports.states import SellerRowOutcome, SellerRowPlan

PAGE_SIZE = 50


@admin.register(SellerImport)
class SellerImportAdmin(ServiceAdmin):
    list_display = ("uploaded_at", "file_name", "told_state", "reason")
    list_display_links = ("uploaded_at", "file_name")
    search_fields = ("file_name", "reason")
    list_per_page = 50
    ordering = ("-pk",)
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_assist(person(request), clock.today())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SellerImport]:
        found: QuerySet[SellerImport] = SellerImport.objects.visible_to(person(request), clock.now())
        return found

    @admin.display(description=__("Keadaan"), ordering="state")
    def told_state(self, row: SellerImport) -> str:
        return str(row.get_state_display())

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("contoh/", view(self.template), name="umkm_sellerimport_template"),
            path("<int:pk>/kesalahan/", view(self.problems), name="umkm_sellerimport_problems"),
            path("<int:pk>/jalankan/", view(self.confirm), name="umkm_sellerimport_confirm"),
            path("<int:pk>/hentikan/", view(self.cancel), name="umkm_sellerimport_cancel"),
            path("<int:pk>/kembalikan/", view(self.undo), name="umkm_sellerimport_undo"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        post = request.method == "POST"
        form = ListForm(request.POST if post else None, request.FILES if post else None)
        if post and form.is_valid():
            try:
                made = services.upload_list(actor=person(request), now=clock.now(), **form.cleaned_data)
            except DomainError as problem:
                form.refuse(problem)
            else:
                return redirect("admin:umkm_sellerimport_change", made.pk)
        context = {
            **self._base(request, _("Impor daftar penjual")),
            "decision_label": _("Unggah berkas"),
            "form": form,
            "columns": files.explained(),
        }
        return render(request, "umkm/seller_imports/list_add.html", context, status=422 if form.errors else 200)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self._desk(request, self._found(request, read_id(object_id)))

    @post_only
    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._act(request, pk, services.confirm_list, _("Impor berjalan. Halaman ini boleh ditutup."))

    @post_only
    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._act(request, pk, services.cancel_list, _("Impor dihentikan; tidak ada warga yang dikirimi pesan."))

    @post_only
    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._act(request, pk, services.undo_list, _("Impor sedang dikembalikan."))

    def template(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        data = files.template(person(request), clock.today())
        return file_response(data, content_type=exports.XLSX, filename="contoh-impor-penjual.xlsx")

    def problems(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is wrong, by row and column, as a file of the kind the list came in."""
        one = self._found(request, pk)
        write = exports.as_csv if one.file_kind == "csv" else exports.as_xlsx
        return write("kesalahan", ["baris", "kolom", "kesalahan"], files.problem_rows(one))

    def _act(self, request: HttpRequest, pk: int, service: Callable[..., Any], said: str) -> HttpResponse:
        one = self._found(request, pk)
        try:
            service(actor=person(request), seller_import=one, now=clock.now())
        except DomainError as problem:
            return self._desk(request, self._found(request, pk), error=problem)
        messages.success(request, said)
        return redirect("admin:umkm_sellerimport_change", pk)

    def _found(self, request: HttpRequest, pk: int) -> SellerImport:
        """One of those the officer sees. Raises: Http404."""
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _base(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.model._meta}

    def _desk(self, request: HttpRequest, one: SellerImport, *, error: DomainError | None = None) -> HttpResponse:
        counts = counts_of(one, services.RUN_KINDS)
        rows = one.rows.select_related("kelurahan", "assisted").order_by("number")
        chosen = request.GET.get("baris", "")
        if chosen in SellerRowPlan.values:
            rows = rows.filter(plan=chosen)
        elif chosen in SellerRowOutcome.values:
            rows = rows.filter(outcome=chosen)
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            **self._base(request, one.file_name),
            "import": one,
            "is_at_work": one.state in AT_WORK,
            "counts": counts,
            "facts": facts(counts, SellerRowPlan, SellerRowOutcome),
            "answers": pages.answers_of(one),
            "unasked": one.rows.filter(outcome=SellerRowOutcome.DONE, asked_at=None).count(),
            "texts": rules.TEXTS.on(clock.today()),
            "can_undo": one.machine.allows(one.state, "undo") and counts.left_to_undo,
            "file_problems": one.problems.exclude(number__in=one.rows.values("number"))[:50],
            "has_problems": one.problems.exists(),
            "tabs": [
                {"value": each.value, "text": each.label, "count": number, "on": each.value == chosen}
                for each in SellerRowPlan
                if (number := counts.plans[each])
            ],
            "page": page,
            "rows": pages.rows_of(one, page, place_codes(person(request), clock.today())),
            "error": error,
        }
        status = 200 if error is None else error.status
        return render(request, "umkm/seller_imports/list_page.html", context, status=status)
