"""What personal data is processed for: the office's own data."""

from django.contrib import admin

from epeken.core.web.admin import DatedAdmin
from umkm.consents.models import ProcessingPurpose


@admin.register(ProcessingPurpose)
class ProcessingPurposeAdmin(DatedAdmin):
    list_display = ("code", "title", "basis", "valid_from", "valid_until")
    list_filter = ("basis",)
    worded = ("title", "text", "source")
