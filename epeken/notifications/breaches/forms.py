"""What who handles a breach writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm, KeyedForm, LineField, MomentFormField
from epeken.notifications.breaches.states import BreachedData


def _words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}))


class BreachForm(KeyedForm):
    found_at = MomentFormField(label=_("Sejak kapan diketahui"))
    happened_at = MomentFormField(label=_("Terjadi sejak kapan"))
    kinds = forms.MultipleChoiceField(
        label=_("Data yang terdampak"), choices=BreachedData, widget=forms.CheckboxSelectMultiple
    )
    what = _words(_("Apa yang terjadi, dan bagaimana"))
    handling = _words(_("Apa yang dilakukan untuk menangani dan memulihkannya"))
    advice = _words(_("Apa yang sebaiknya dilakukan orang yang terdampak"))

    def values(self) -> dict[str, Any]:
        """What `record_breach` takes."""
        found = dict(self.cleaned_data)
        found["data"] = found.pop("kinds")
        return found


class AffectedForm(HouseForm):
    addresses = forms.CharField(
        label=_("Alamat surel, satu per baris"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    everybody = forms.BooleanField(label=_("Semua yang punya akun"), required=False)


class ReportForm(HouseForm):
    reported_at = MomentFormField(label=_("Dilaporkan pada"))
    number = LineField(label=_("Nomor atau tanda terima laporan"), max_length=80)


class BreachCloseForm(HouseForm):
    note = _words(_("Hasil akhirnya"))
