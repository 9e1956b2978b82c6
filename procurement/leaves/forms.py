"""Shape and text of recording a leave and of ending it earlier."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import DayFormField, HouseForm, KeyedForm, LineField
from epeken.users.models import User
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import Capacity, OfficerRole, office_code, office_label


class LeaveDaysForm(HouseForm):
    first_day = DayFormField(label=_("Hari pertama cuti"))
    last_day = DayFormField(label=_("Hari terakhir cuti"))


class LeaveForm(LeaveDaysForm, KeyedForm):
    """`offices`: of the person who is away; `people`: who may stand in; `barred`: by office, who of them may not on the
    days the page knows, and why. They are not offered, and who posts them all the same is told by the service."""

    decree = LineField(
        label=_("Nomor surat cuti dan perintah pengganti"), max_length=80, help_text=_("Misalnya 800/123/2026.")
    )

    def __init__(
        self,
        *args: Any,
        offices: Sequence[AgencyMember],
        people: Sequence[User],
        barred: Mapping[int, Mapping[int, str]],
        **kwargs: Any,
    ) -> None:
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
                help_text=self._barred_words(barred.get(office.pk, {})),
            )
            offered = [choice for choice in choices if choice[0] not in barred.get(office.pk, {})]
            self.fields[f"stand_in_{office.pk}"].widget.choices = offered

    def _barred_words(self, barred: Mapping[int, str]) -> str:
        named = [f"{self.people[pk]} ({why})" for pk, why in barred.items() if pk in self.people]
        return gettext("Tidak dapat dipilih: %(people)s.") % {"people": "; ".join(named)} if named else ""

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
