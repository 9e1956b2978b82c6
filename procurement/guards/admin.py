"""Admin page of which goods an account pays for."""

from django.contrib import admin

from epeken.core.web.admin import DatedAdmin
from procurement.guards.models import AccountGoods


@admin.register(AccountGoods)
class AccountGoodsAdmin(DatedAdmin):
    """Dated rows: what changes ends, and a new row begins."""

    list_display = ["account", "category", "valid_from", "valid_until", "source"]
    list_filter = ["account"]
    list_select_related = ["account", "category"]
    search_fields = ["account__code", "account__name", "category__name"]
    autocomplete_fields = ["account", "category"]
