from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from epeken.core import registry
from epeken.core.web.forms import HouseForm, LineField
from epeken.users.models import User

DAYS = [(30, _("30 hari")), (90, _("90 hari")), (180, _("180 hari")), (365, _("1 tahun"))]


class ApiKeyForm(HouseForm):
    name = LineField(label=_("Nama kunci"), max_length=60, help_text=_("Misalnya nama program yang memakainya."))
    scopes = forms.MultipleChoiceField(
        label=_("Boleh membuka"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Pilih apa yang boleh dibuka kunci ini.")},
    )
    days = forms.TypedChoiceField(
        label=_("Berlaku selama"), choices=[day for day in DAYS if day[0] <= settings.API_KEY_MAX_DAYS], coerce=int
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = registry.api_scopes_of(person)  # type: ignore[attr-defined]
