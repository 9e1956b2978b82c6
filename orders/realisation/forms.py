"""Days and department of a list of what was paid."""

from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField
from orders.billing.forms import AgencyFilter


class RealisationFilter(AgencyFilter):
    field_order = ("sejak", "sampai", "dinas")
    sejak = DayFormField(label=_("Dibayar sejak"), required=False)
    sampai = DayFormField(label=_("Sampai"), required=False)
