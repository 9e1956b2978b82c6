"""The admin's import of a file, in two steps: first what it would do, then, by a second button, doing it."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from epeken.core.errors import DomainError
from epeken.core.files.tables import TableColumn
from epeken.core.web.forms import HouseForm
from epeken.core.web.signed_rows import SignedRowsForm


class FileImport:
    """Beside ModelAdmin. `file_form` has a `file`; a preview has `wanted`, `shown` and `can_take`.

    `import_template` extends `layouts/import.html`.
    """

    file_form: ClassVar[type[HouseForm]]
    confirm_form: ClassVar[type[SignedRowsForm]]
    import_columns: ClassVar[Sequence[TableColumn]]
    import_template: ClassVar[str]
    import_title: ClassVar[Any]

    model: Any
    admin_site: Any

    @abstractmethod
    def has_import_permission(self, request: HttpRequest) -> bool: ...

    @abstractmethod
    def preview_file(self, values: dict[str, Any]) -> Any:
        """Of the file form's values. Raises: DomainError."""

    @abstractmethod
    def preview_rows(self, values: dict[str, Any]) -> Any:
        """Of the confirmed form's values, as things are now."""

    @abstractmethod
    def take(self, request: HttpRequest, values: dict[str, Any]) -> HttpResponse:
        """Does what the preview showed. Raises: DomainError."""

    @property
    def import_name(self) -> str:
        return f"{self.model._meta.app_label}_{self.model._meta.model_name}_import"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.import_file)
        return [path("import/", view, name=self.import_name), *super().get_urls()]  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may = {"has_import_permission": self.has_import_permission(request)}
        answer: HttpResponse = super().changelist_view(request, {**may, **(extra_context or {})})  # type: ignore[misc]
        return answer

    def import_file(self, request: HttpRequest) -> HttpResponse:
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "lines" in request.POST:
            return self._take(request)
        form = self.file_form(request.POST or None, request.FILES or None)
        preview = None
        if request.method == "POST" and form.is_valid():
            try:
                preview = self.preview_file(form.cleaned_data)
            except DomainError as problem:
                form.refuse(problem)
        return self._import_page(request, form, preview)

    def _take(self, request: HttpRequest) -> HttpResponse:
        form = self.confirm_form(request.POST, actor=_who(request))
        if not form.is_valid():
            messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
            return redirect(f"admin:{self.import_name}")
        values = form.cleaned_data
        try:
            return self.take(request, values)
        except DomainError as problem:
            again = self.file_form(initial=values)
            return self._import_page(request, again, self.preview_rows(values), problem)

    def _import_page(
        self, request: HttpRequest, form: HouseForm, preview: Any = None, error: DomainError | None = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": self.import_title,
            "decision_label": _("Unggah berkas"),
            "opts": self.model._meta,
            "form": form,
            "columns": [column.name for column in self.import_columns],
            "preview": preview,
            "error": error,
        }
        if preview is not None and preview.can_take:
            who = _who(request)
            context["decision_label"] = _("Simpan atau unggah lagi")
            context["confirm"] = self.confirm_form.holding(preview.wanted, preview.shown, form, actor=who)
        is_refused = bool(form.errors) or error is not None or (preview is not None and not preview.can_take)
        return render(request, self.import_template, context, status=422 if is_refused else 200)


def _who(request: HttpRequest) -> int:
    """Whoever got past the permission is signed in."""
    found = request.user.pk
    assert found is not None
    return found
