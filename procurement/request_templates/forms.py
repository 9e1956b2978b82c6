"""Shape and text of keeping, changing and using a template."""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from epeken.core.clock import ZONE, is_working_day
from epeken.core.i18n.times import long_date
from epeken.core.quantity import grouped
from epeken.core.web.editing import EditForm
from epeken.core.web.forms import DayFormField, KeyedForm, LineField, QuantityFormField, WholeFormField
from procurement.budgets.models import Account
from procurement.request_templates import pages
from procurement.request_templates.models import RequestTemplate, TemplateLine
from procurement.request_templates.states import ActivityKind
from umkm.catalogue.states import Unit


class ClockFormField(forms.TimeField):
    """An hour of the day, by the browser's own picker or written out."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid": _("Tulis jam, misalnya 09.00.")}
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], error_messages=wrong, **kwargs)


def _people(**kwargs: Any) -> WholeFormField:
    return WholeFormField(min_value=1, max_value=100_000, suffix=_("orang"), **kwargs)


def _purpose() -> forms.CharField:
    return forms.CharField(
        label=_("Keperluan"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu kalimat; dibaca pejabat yang menyetujui."),
    )  # fmt: skip


class SaveTemplateForm(KeyedForm):
    name = LineField(
        label=_("Nama template"), max_length=80, help_text=_("Misalnya rapat 60 orang. Dibaca semua pejabat dinas ini.")
    )
    activity = forms.ChoiceField(label=_("Jenis kegiatan"), choices=ActivityKind.choices)


class UseTemplateForm(KeyedForm):
    """What for, when, for how many, where; everything else stands in the template."""

    title = LineField(
        label=_("Nama kegiatan"), max_length=120,
        help_text=_("Jumlah orang di nama template mengikuti jumlah peserta di bawah."),
    )  # fmt: skip
    purpose = _purpose()
    day = DayFormField(label=_("Tanggal"))
    hour = ClockFormField(label=_("Jam mulai"))
    attendees = _people(label=_("Jumlah peserta"), required=False)
    place = LineField(label=_("Tempat acara"), max_length=160, required=False)

    def __init__(self, *args: Any, template: RequestTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        self.fields["attendees"].required = any(line.is_per_person for line in template.lines.all())
        if not self.is_bound:
            self.initial["title"] = template.name
            self.initial["purpose"] = template.purpose
            self.initial["hour"] = template.usual_hour
            self.initial["attendees"] = template.attendees
            self.initial["place"] = template.place

    def clean_title(self) -> str:
        """Of a template's own name, `Rapat 50 orang`, the number is that of the people this time."""
        title: str = self.cleaned_data["title"]
        usual, people = self.template.attendees, self.data.get("attendees", "").replace(".", "")
        if title != self.template.name or not usual or not people.isdecimal():
            return title
        return re.sub(rf"(?<!\d){usual}(?!\d)", people[:6], title)

    def doubts(self) -> list[str]:
        """What the draft would say that may not be meant: a number in its title that is not the people, a day off."""
        typed = self.cleaned_data
        people, found = typed["attendees"], []
        said = {int(number) for number in re.findall(r"\d+", typed["title"].replace(".", ""))}
        if people and self.template.attendees in said and people not in said:
            text = gettext("Nama kegiatannya “%(title)s”, sedangkan pesertanya %(people)s orang.")
            found.append(text % {"title": typed["title"], "people": grouped(Decimal(people))})
        if not is_working_day(typed["day"]):
            found.append(gettext("%(day)s bukan hari kerja.") % {"day": long_date(typed["day"])})
        return found

    def wanted(self) -> dict[str, Any]:
        """What `use_template` takes."""
        typed = self.cleaned_data
        return {
            "title": typed["title"],
            "purpose": typed["purpose"],
            "event_at": datetime.combine(typed["day"], typed["hour"], tzinfo=ZONE),
            "attendees": typed["attendees"],
            "place": typed["place"],
            "key": typed["key"],
        }


class ChangeTemplateForm(EditForm):
    """Fields per line: `amount_<pk>`, `each_<pk>`, `drop_<pk>`."""

    name = LineField(label=_("Nama template"), max_length=80)
    activity = forms.ChoiceField(label=_("Jenis kegiatan"), choices=ActivityKind.choices)
    purpose = _purpose()
    usual_hour = ClockFormField(label=_("Jam biasanya"), required=False)
    attendees = _people(label=_("Jumlah peserta biasanya"), required=False)
    place = LineField(label=_("Tempat acara"), max_length=160, required=False)
    account = forms.ModelChoiceField(
        label=_("Kode rekening"),
        queryset=Account.objects.all(),
        required=False,
        empty_label=_("Dipilih di drafnya"),
    )

    def __init__(self, *args: Any, lines: Iterable[TemplateLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            words = {"name": pages.line_words(line)["name"]}
            self.fields[f"amount_{line.pk}"] = QuantityFormField(
                label=_("Banyaknya %(name)s") % words, suffix=Unit(line.unit).plural
            )
            self.fields[f"each_{line.pk}"] = forms.BooleanField(label=_("per orang"), required=False)
            self.fields[f"drop_{line.pk}"] = forms.BooleanField(label=_("Keluarkan dari template"), required=False)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "words": pages.line_words(line),
                "amount": self[f"amount_{line.pk}"],
                "each": self[f"each_{line.pk}"],
                "drop": self[f"drop_{line.pk}"],
            }
            for line in self.lines
        ]

    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in super().typed().items() if not name.startswith("drop_")}

    @property
    def dropped(self) -> frozenset[int]:
        return frozenset(line.pk for line in self.lines if self.cleaned_data.get(f"drop_{line.pk}"))
