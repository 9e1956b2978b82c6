"""Words that mean the same goods: the office's own data."""

from django.contrib import admin

from epeken.core.web.admin import DatedAdmin
from umkm.discovery.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(DatedAdmin):
    list_display = ("said", "means", "valid_from", "valid_until")
    search_fields = ("said", "means")
