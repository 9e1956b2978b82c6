"""Admin page of the rules for further signatures."""

from django.contrib import admin

from epeken.core.web.admin import DatedAdmin
from procurement.signatures.models import ApprovalRule


@admin.register(ApprovalRule)
class ApprovalRuleAdmin(DatedAdmin):
    """Dated rows: what changes ends, and a new row begins."""

    list_display = ["office", "position", "agency", "category", "above", "valid_from", "valid_until", "source"]
    list_filter = ["office", "agency"]
    list_select_related = ["agency", "category"]
    search_fields = ["agency__name", "category__name", "source"]
    autocomplete_fields = ["agency", "category"]
