"""Admin page of how papers are numbered, with what the next one would bear."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from epeken.core import clock
from epeken.core.web.admin import DatedAdmin, DatedForm
from procurement.agencies.models import Agency
from procurement.numbering import patterns
from procurement.numbering.models import NumberForm
from procurement.numbering.numbers import preview


class NumberFormForm(DatedForm):
    def clean_pattern(self) -> str:
        pattern: str = self.cleaned_data["pattern"].strip()
        if not patterns.is_whole(pattern):
            self.add_error(
                "pattern",
                _("Bentuk nomor memuat {urut} dan {tahun} masing-masing sekali; selain itu hanya {bulan} dan {kode}."),
            )
        return pattern


@admin.register(NumberForm)
class NumberFormAdmin(DatedAdmin):
    """A form that is entered holds from tomorrow at the earliest: what it makes of the numbers is seen before."""

    form = NumberFormForm
    list_display = ["kind", "agency", "pattern", "next_number", "valid_from", "valid_until", "source"]
    list_filter = ["kind", "agency"]
    list_select_related = ["agency"]
    search_fields = ["agency__name", "pattern", "source"]
    autocomplete_fields = ["agency"]
    readonly_fields = ["next_number"]

    @admin.display(description=gettext_lazy("nomor berikutnya"))
    def next_number(self, row: Any) -> str:
        """Of the department, or of the first one of the city."""
        agency = row.agency if row.agency_id else Agency.objects.first()
        if agency is None or not row.pattern:
            return "–"
        day = max(clock.today(), row.valid_from)
        number = preview(agency, row, day)
        return number if row.agency_id else _("%(number)s, di %(agency)s") % {"number": number, "agency": agency}
