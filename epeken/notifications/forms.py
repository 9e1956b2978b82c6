from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core import registry
from epeken.core.web.forms import HouseForm
from epeken.users.models import User


class PreferencesForm(HouseForm):
    """Ticked areas send an e-mail; the inbox always fills. `muted`: the silent areas so far. Of what the person does
    not hear of nothing is asked, and nothing changes."""

    areas = forms.MultipleChoiceField(label=_("Kirim surel untuk"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, person: User, muted: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = muted
        self.shown = registry.notification_areas_of(person)
        self.fields["areas"].choices = self.shown  # type: ignore[attr-defined]
        self.initial["areas"] = [area for area, _label in self.shown if area not in muted]

    def muted(self) -> set[str]:
        shown = {area for area, _label in self.shown}
        return (self.before - shown) | (shown - set(self.cleaned_data["areas"]))
