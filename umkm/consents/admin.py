"""What personal data is processed for: the office's own data."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from epeken.core.web.admin import DatedAdmin
from umkm.consents.models import ProcessingPurpose


@admin.register(ProcessingPurpose)
class ProcessingPurposeAdmin(DatedAdmin):
    list_display = ("title", "told_basis", "valid_from", "valid_until")
    worded = ("title", "text", "source")

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        """Its name for machines is written once, and told to nobody afterwards."""
        return super().get_exclude(request, obj) if obj is None else ("code",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in super().get_readonly_fields(request, obj) if name != "code"]

    @admin.display(description=_("dasar pemrosesan"), ordering="basis")
    def told_basis(self, purpose: ProcessingPurpose) -> str:
        return str(purpose.get_basis_display())
