"""What the scorecard of a department says, and the table of all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import exports
from epeken.core.i18n.times import brief_date
from epeken.core.web.sorting import Column
from orders.scorecards import choosing, deciding, obeying, paying, receiving
from orders.scorecards.figures import Case, Family, Figure, Holidays, Span, Value
from procurement.agencies.models import Agency

FAMILIES: tuple[Family, ...] = (
    paying.FAMILY, receiving.FAMILY, deciding.FAMILY, choosing.FAMILY, obeying.FAMILY,
)  # fmt: skip
FIGURES: Mapping[str, Figure] = {figure.code: figure for family in FAMILIES for figure in family.figures}
NONE = "–"  # nothing to measure


@dataclass(frozen=True)
class Section:
    """Figures of one family, as `components/facts.html` wants them."""

    title: str
    rows: list[dict[str, Any]]


def sections(agency: Agency, span: Span, now: datetime) -> list[Section]:
    found = []
    for family in FAMILIES:
        measured = family.measure([agency.pk], span, now)
        rows = [_fact(figure, measured[figure.code].get(agency.pk), agency, span) for figure in family.figures]
        found.append(Section(str(family.title), rows))
    return found


def _fact(figure: Figure, value: Value | None, agency: Agency, span: Span) -> dict[str, Any]:
    row = {"label": figure.label, "value": value.words if value else NONE, "note": figure.text}
    return row | {"href": address(figure, agency, span)} if value else row


def address(figure: Figure, agency: Agency, span: Span) -> str:
    """Where the rows behind the figure stand."""
    return reverse("orders:scorecard-cases", args=[figure.code]) + query(agency, span)


def query(agency: Agency, span: Span) -> str:
    chosen = {"dinas": agency.pk, "tahun": span.year, "triwulan": span.quarter}
    return "?" + urlencode({name: value for name, value in chosen.items() if value is not None})


def case_head() -> list[dict[str, Any]]:
    return [{"text": text} for text in (_("Nomor"), _("Catatan"), _("Tanggal"), _("Nilai"))]


def case_rows(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """For `components/table.html`."""
    return [
        {
            "cells": [
                {"text": case.title or case.number, "href": case.href, "note": case.number},
                {"text": case.note, "label": _("Catatan")},
                {"text": brief_date(case.day) if case.day else "", "nowrap": True, "label": _("Tanggal")},
                {"text": case.words, "label": _("Nilai")},
            ]
        }
        for case in cases
    ]


def case_file_head() -> list[str]:
    return [_("Nomor"), _("Nama"), _("Catatan"), _("Tanggal"), _("Nilai")]


def case_cells(figure: Figure, holidays: Holidays, row: Any) -> list[exports.Cell]:
    case = figure.case(row, holidays)
    return [case.number, case.title, case.note, case.day, case.cell]


@dataclass(frozen=True)
class Compared:
    """A department with its figures, by code."""

    agency: Agency
    values: dict[str, Value]


def compared(agencies: Sequence[Agency], families: Iterable[Family], span: Span, now: datetime) -> list[Compared]:
    """As many queries as the families need, however many departments there are."""
    found: dict[int, dict[str, Value]] = {agency.pk: {} for agency in agencies}
    for family in families:
        for code, values in family.measure(list(found), span, now).items():
            for agency, value in values.items():
                found[agency][code] = value
    return [Compared(agency, found[agency.pk]) for agency in agencies]


def in_order(rows: list[Compared], asked: str) -> list[Compared]:
    """By the figure the address asks for, departments without it last."""
    code = asked.removeprefix("-")
    measured = [row for row in rows if code in row.values]
    if not measured:
        return rows
    measured.sort(key=lambda row: row.values[code].number, reverse=asked.startswith("-"))
    return [*measured, *(row for row in rows if code not in row.values)]


def columns(family: Family) -> list[Column]:
    return [Column(_("Dinas")), *(Column(str(one.short), one.code, n=True) for one in family.figures)]


def comparison_rows(rows: Iterable[Compared], family: Family, span: Span) -> list[dict[str, Any]]:
    """For `components/table.html`."""
    return [
        {
            "cells": [
                {"text": row.agency.short_name, "href": reverse("orders:scorecard") + query(row.agency, span)},
                *(_cell(figure, row, span) for figure in family.figures),
            ]
        }
        for row in rows
    ]


def _cell(figure: Figure, row: Compared, span: Span) -> dict[str, Any]:
    value = row.values.get(figure.code)
    cell = {"text": value.words if value else NONE, "n": True, "label": figure.short}
    return cell | {"href": address(figure, row.agency, span)} if value else cell


def file_head() -> list[str]:
    return [_("Dinas"), _("Masa"), *(str(figure.label) for figure in FIGURES.values())]


def file_cells(row: Compared, span: Span) -> list[exports.Cell]:
    values = [row.values.get(code) for code in FIGURES]
    return [row.agency.short_name, span.words, *(value.number if value else None for value in values)]
