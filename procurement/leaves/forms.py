"""Shape and text of recording a leave and of ending it earlier."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, HouseForm, KeyedForm, LineField
from epeken.users.models import User
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import Capacity, OfficerRole, office_code, office_label


class LeaveForm(KeyedForm):
    """`offices`: of the person who is away; `people`: who may stand in."""

    first_day = DayFormField(label=_("Hari pertama cuti"))
    last_day = DayFormField(label=_("Hari terakhir cuti"))
    decree = LineField(
        label=_("Nomor surat cuti dan perintah pengganti"), max_length=80, help_text=_("Misalnya 800/123/2026.")
    )

    def __init__(self, *args: Any, offices: Sequence[AgencyMember], people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = [office for office in offices if office.role != OfficerRole.REQUESTER]
        self.people = {person.pk: person for person in people}
        choices = [("", _("Tidak perlu, pejabat lain memegangnya")), *((p.pk, str(p)) for p in people)]
        for office in self.offices:
            self.fields[f"stand_in_{office.pk}"] = forms.TypedChoiceField(
                label=office_label(office_code(office.role, Capacity.PLH)),
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
            )

    @property
    def stand_in_fields(self) -> list[Any]:
        return [self[f"stand_in_{office.pk}"] for office in self.offices]

    def stand_ins(self) -> dict[int, User]:
        """By the pk of the appointment; only of those that run on a day of the leave."""
        typed = self.cleaned_data
        wanted = {office.pk: typed[f"stand_in_{office.pk}"] for office in self.offices if self._runs(office)}
        return {pk: self.people[person] for pk, person in wanted.items() if person is not None}

    def _runs(self, office: AgencyMember) -> bool:
        ends = office.valid_until
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        return office.valid_from <= last and (ends is None or first <= ends)


class ShortenLeaveForm(HouseForm):
    last_day = DayFormField(label=_("Hari terakhir cuti"), help_text=_("Mulai hari berikutnya pejabatnya bertugas."))
