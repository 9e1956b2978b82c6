"""The dates of a draft: row by row, or made at once out of a rhythm."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.editing import ChangedMeanwhile
from epeken.core.errors import DomainError
from epeken.core.web.editing import EditForm
from epeken.core.web.forms import HouseForm, LineField, MomentFormField, QuantityFormField, WholeFormField
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.schedules import reading, services
from procurement.schedules.models import ScheduledDay
from procurement.schedules.services import PlannedDay
from umkm.catalogue.states import Unit

SPARE = 2  # empty rows below those that are written
EVERY = {7: _("setiap minggu"), 14: _("setiap dua minggu"), 1: _("setiap hari")}


class ScheduleForm(EditForm):
    """One row per date: tiba-<n>, tempat-<n>, banyak-<n>-<line pk>. A row without a moment is none."""

    def __init__(self, *args: Any, request: PurchaseRequest, lines: Sequence[RequestLine], **kwargs: Any) -> None:
        current = services.written(request)
        super().__init__(*args, current={"schedule": sorted(current.items())}, **kwargs)
        self.lines = lines
        count = self.data.get("rows", "") if self.is_bound else ""
        written = int(count) if count.isdecimal() and len(count) < 3 else request.scheduled_days + SPARE
        self.rows = range(written)
        for n in self.rows:
            self.fields[f"tiba-{n}"] = MomentFormField(label=_("Tiba paling lambat"), required=False)
            self.fields[f"tempat-{n}"] = LineField(
                label=_("Tempat lain"), max_length=200, required=False, help_text=_("Kosong: alamat antar permintaan.")
            )
            for line in lines:
                self.fields[f"banyak-{n}-{line.pk}"] = QuantityFormField(
                    label=line.name, min_value=0, required=False, suffix=Unit(line.unit).plural
                )
        self.initial.update(current)

    def refuse(self, error: DomainError) -> None:
        """Dates have no name that stays, so a save that came too late is told as a whole; sent once more, it counts."""
        HouseForm.refuse(self, error)
        if isinstance(error, ChangedMeanwhile):
            data = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
            data["shown"] = self.initial["shown"]
            self.data = data

    def shown_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "n": n + 1,
                "deliver_at": self[f"tiba-{n}"],
                "place": self[f"tempat-{n}"],
                "amounts": [self[f"banyak-{n}-{line.pk}"] for line in self.lines],
            }
            for n in self.rows
        ]

    def days(self) -> list[PlannedDay]:
        data = self.cleaned_data
        return [
            PlannedDay(
                data[f"tiba-{n}"],
                {line.pk: data[f"banyak-{n}-{line.pk}"] or Decimal(0) for line in self.lines},
                data[f"tempat-{n}"],
            )
            for n in self.rows
            if data[f"tiba-{n}"] is not None
        ]


def _rhythm_of(days: Sequence[ScheduledDay]) -> dict[str, Any]:
    """How often and how many times, as far as the dates that are written show."""
    if len(days) < 2:
        return {}
    apart = (clock.last_day(days[1].deliver_at) - clock.last_day(days[0].deliver_at)).days
    return {"times": len(days), **({"every": apart} if apart in EVERY else {})}


class RhythmForm(HouseForm):
    """How often, how many times, and how much each time: setiap-<line pk>."""

    first = MomentFormField(label=_("Tanggal dan jam pertama"))
    every = forms.TypedChoiceField(label=_("Berulang"), choices=list(EVERY.items()), coerce=int)
    times = WholeFormField(label=_("Berapa kali"), min_value=2, max_value=999)

    def __init__(self, *args: Any, request: PurchaseRequest, lines: Sequence[RequestLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        days = reading.days_of(request)
        each = {amount.line_id: amount.quantity for amount in days[0].amounts.all()} if days else {}
        self.initial = {**_rhythm_of(days), "first": reading.first_due(request), **self.initial}
        for line in lines:
            self.fields[f"setiap-{line.pk}"] = QuantityFormField(
                label=line.name,
                min_value=0,
                initial=each.get(line.pk, Decimal(0)) if days else line.quantity,
                suffix=Unit(line.unit).plural,
                help_text=_("Setiap kali datang."),
            )

    def amount_fields(self) -> list[forms.BoundField]:
        return [self[f"setiap-{line.pk}"] for line in self.lines]

    def days(self) -> list[PlannedDay]:
        data = self.cleaned_data
        first: datetime = data["first"]
        amounts = {line.pk: data[f"setiap-{line.pk}"] for line in self.lines}
        return services.repeated(first, data["every"], data["times"], amounts)
