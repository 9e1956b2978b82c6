"""Numbers of a department's agenda, without gaps and without doubles: called by the act that makes the paper."""

from datetime import date

from django.utils.translation import gettext as _

from epeken.core.errors import require
from epeken.core.numbers import last_serial, next_serial
from procurement.agencies.models import Agency
from procurement.numbering import patterns
from procurement.numbering.models import NumberForm
from procurement.numbering.states import NumberedPaper


def take_number(agency: Agency | None, kind: NumberedPaper, day: date) -> str:
    """The next one; "" where the department numbers these papers itself, or nobody's department buys. The sequence is
    locked until the transaction ends, so what is rolled back leaves no gap and two papers never share a number."""
    form = NumberForm.objects.in_force(agency, kind, day) if agency is not None else None
    if agency is None or form is None:
        return ""
    serial = next_serial(series=_series(agency, form), year=day.year, first=form.first)
    return patterns.written(form.pattern, agency.code, serial, day)


def preview(agency: Agency, form: NumberForm, day: date) -> str:
    """What the next paper would bear, were the form in force on the day."""
    last = last_serial(_series(agency, form), day.year)
    return patterns.written(form.pattern, agency.code, form.first if last is None else last + 1, day)


def check_typed(agency: Agency, kind: NumberedPaper, number: str, day: date) -> None:
    """A number of the office's own is none of the sequence. Raises: RuleBroken."""
    form = NumberForm.objects.in_force(agency, kind, day)
    require(
        form is None or not patterns.is_written_so(number, form.pattern, agency.code),
        _("Nomor berbentuk %(form)s diberikan sendiri menurut urutannya. Kosongkan, atau tulis nomor lain.")
        % {"form": form.pattern if form else ""},
        field="office_number",
        code="number_of_sequence",
    )


def _series(agency: Agency, form: NumberForm) -> str:
    return f"{agency.pk}:{patterns.series_of(form.pattern, agency.code)}"
