"""What the page of warnings says: counts by outcome, rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import exports
from epeken.core.i18n.times import brief_time
from procurement.guards.models import GuardFinding
from procurement.guards.states import GuardKind, Outcome


def counts(found: QuerySet[GuardFinding]) -> dict[str, Any]:
    """For `components/table.html`: by kind, how many ended how. One query."""
    numbers = {(kind, outcome): n for kind, outcome, n in _grouped(found)}
    head: list[dict[str, Any]] = [
        {"text": _("Peringatan")},
        *({"text": outcome.label, "n": True} for outcome in Outcome),
    ]
    head.append({"text": _("Jumlah"), "n": True})
    rows = []
    for kind in GuardKind:
        row = [numbers.get((kind.value, outcome.value), 0) for outcome in Outcome]
        cells: list[dict[str, Any]] = [{"text": kind.label}]
        cells += [{"text": n, "n": True, "label": o.label} for n, o in zip(row, Outcome, strict=True)]
        rows.append({"cells": [*cells, {"text": sum(row), "n": True, "label": _("Jumlah")}]})
    return {"head": head, "rows": rows}


def false_share(found: QuerySet[GuardFinding]) -> str:
    """Of the warnings an officer judged, how many were wrong: `3 dari 8`; empty when none was judged."""
    by_outcome: dict[str, int] = {}
    for _kind, outcome, n in _grouped(found):
        by_outcome[outcome] = by_outcome.get(outcome, 0) + n
    judged = sum(by_outcome.get(o, 0) for o in (Outcome.ACCEPTED, Outcome.FALSE_ALARM, Outcome.CONFIRMED))
    if not judged:
        return ""
    return _("%(wrong)d dari %(judged)d peringatan yang dinilai ternyata keliru.") % {
        "wrong": by_outcome.get(Outcome.FALSE_ALARM, 0),
        "judged": judged,
    }


def rows(found: Any) -> list[dict[str, Any]]:
    """For `components/table.html`."""
    return [
        {
            "cells": [
                {
                    "text": finding.request.number,
                    "href": reverse("procurement:request-detail", args=[finding.request.number]),
                    "note": _told(finding.chosen_at, finding.request.agency.short_name),
                },
                {"text": finding.words},
                {
                    "text": finding.get_choice_display(),
                    "note": f"{finding.chosen_by}. {finding.reason}".strip(),
                    "label": _("Pilihan pemesan"),
                },
                {
                    "text": finding.get_outcome_display(),
                    "note": str(finding.answered_by or finding.get_owner_role_display()),
                    "label": _("Hasil"),
                },
            ]
        }
        for finding in found
    ]


def row_head() -> list[dict[str, Any]]:
    return [{"text": text} for text in (_("Permintaan"), _("Peringatan"), _("Pilihan pemesan"), _("Hasil"))]


def file_head() -> list[str]:
    return [
        _("Waktu"), _("Dinas"), _("Permintaan"), _("Peringatan"), _("Kalimat"), _("Jumlah"), _("Ambang"),
        _("Pilihan pemesan"), _("Pemesan"), pgettext("peringatan", "Alasan"), _("Yang menjawab"), _("Hasil"),
        _("Dijawab oleh"), _("Dijawab"),
    ]  # fmt: skip


def file_cells(finding: Any) -> Sequence[exports.Cell]:
    return [
        finding.chosen_at, finding.request.agency.short_name, finding.request.number, finding.get_kind_display(),
        finding.words, finding.amount, finding.threshold, finding.get_choice_display(), str(finding.chosen_by),
        finding.reason, finding.get_owner_role_display(), finding.get_outcome_display(),
        str(finding.answered_by or ""), finding.answered_at,
    ]  # fmt: skip


def _grouped(found: QuerySet[GuardFinding]) -> list[tuple[str, str, int]]:
    return list(found.order_by().values_list("kind", "outcome").annotate(Count("pk")))


def _told(at: datetime, agency: str) -> str:
    return f"{brief_time(at)}, {agency}"
