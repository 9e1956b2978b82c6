from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core import registry
from epeken.core.web.forms import HouseForm


class PreferencesForm(HouseForm):
    """Ticked areas send an e-mail; the inbox always fills."""

    areas = forms.MultipleChoiceField(
        label=_("Kirim surel untuk"),
        required=False,
        choices=registry.notification_areas,
        widget=forms.CheckboxSelectMultiple,
    )

    def muted(self) -> set[str]:
        return {area for area, _label in registry.notification_areas()} - set(self.cleaned_data["areas"])
