"""Which papers the file of an order needs, dated; and those that were not asked for, read-only."""

from django.contrib import admin

from epeken.core.admin import ReadOnlyAdmin
from epeken.core.web.admin import DatedAdmin
from orders.documents.models import SlotRule, SlotWaiver


@admin.register(SlotRule)
class SlotRuleAdmin(DatedAdmin):
    """A paper that is asked for from a day on is asked of orders placed from that day on."""

    list_display = ["kind", "account_prefix", "event_kind", "is_required", "is_waivable", "valid_from", "valid_until"]
    list_filter = ["kind", "event_kind", "is_required"]
    search_fields = ["account_prefix", "source"]


@admin.register(SlotWaiver)
class SlotWaiverAdmin(ReadOnlyAdmin):
    list_display = ["order", "kind", "reason", "given_name", "acted_as", "given_at"]
    list_filter = ["kind", "reason", "acted_as"]
    search_fields = ["order__number", "given_name", "note"]
    list_select_related = ["order"]
