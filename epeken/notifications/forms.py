from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm


class PreferencesForm(HouseForm):
    """Ticked areas send an e-mail; the inbox always fills."""

    areas = forms.MultipleChoiceField(
        label=_("Kirim surel untuk"),
        required=False,
        choices=lambda: settings.NOTIFICATION_AREAS,
        widget=forms.CheckboxSelectMultiple,
    )

    def muted(self) -> set[str]:
        return {area for area, _label in settings.NOTIFICATION_AREAS} - set(self.cleaned_data["areas"])
