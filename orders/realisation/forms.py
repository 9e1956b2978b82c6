"""Days and department of a list of what was paid."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, FilterForm
from procurement.agencies.models import Agency


class RealisationFilter(FilterForm):
    sejak = DayFormField(label=_("Dibayar sejak"), required=False)
    sampai = DayFormField(label=_("Sampai"), required=False)
    dinas = forms.ChoiceField(label=_("Dinas"), required=False)

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(agencies) < 2:
            del self.fields["dinas"]
            return
        field: Any = self.fields["dinas"]
        field.choices = [("", _("Semua")), *((str(one.pk), one.short_name) for one in agencies)]
