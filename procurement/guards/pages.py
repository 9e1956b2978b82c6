"""What the page of warnings says: counts by outcome, rows."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import exports
from epeken.core.i18n.times import brief_time, long_date
from epeken.core.i18n.words import rupiah
from epeken.core.money import share
from epeken.core.quantity import part_of, percent
from procurement.budgets.pages import Totals
from procurement.guards.models import GuardFinding
from procurement.guards.states import GuardKind, Outcome


def counts(found: QuerySet[GuardFinding]) -> dict[str, Any]:
    """For `components/table.html`: by kind that occurred, how many ended how. One query."""
    numbers = Counter({(kind, outcome): n for kind, outcome, n in _grouped(found)})
    heads = [
        (pgettext("keadaan", "Menunggu"), [Outcome.OPEN]),
        (_("Alasannya diterima"), [Outcome.ACCEPTED]),
        (_("Keliru"), [Outcome.FALSE_ALARM]),
        (_("Pelanggaran"), [Outcome.CONFIRMED]),
        (_("Tanpa penilaian"), [Outcome.RETURNED, Outcome.MERGED, Outcome.DROPPED]),
    ]
    rows = []
    for kind in GuardKind:
        row = [(label, sum(numbers[kind.value, each.value] for each in ends)) for label, ends in heads]
        if total := sum(n for _label, n in row):
            cells: list[dict[str, Any]] = [{"text": kind.label}]
            cells += [{"text": n, "n": True, "label": label.lower()} for label, n in row]
            rows.append({"cells": [*cells, {"text": total, "n": True}]})
    head: list[dict[str, Any]] = [{"text": _("Peringatan")}]
    head += [{"text": label, "n": True} for label, _ends in heads]
    return {"head": [*head, {"text": _("Semua"), "n": True}], "rows": rows}


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
        _("Waktu"), _("Dinas"), _("Permintaan"), _("Peringatan"), _("Kalimat"), pgettext("uang", "Jumlah"), _("Ambang"),
        _("Pilihan pemesan"), _("Pemesan"), _("Alasan"), _("Yang menjawab"), _("Hasil"),
        _("Dijawab oleh"), _("Dijawab"),
    ]  # fmt: skip


def file_cells(finding: Any) -> Sequence[exports.Cell]:
    return [
        finding.chosen_at, finding.request.agency.short_name, finding.request.number, finding.get_kind_display(),
        finding.words, finding.amount, finding.threshold, finding.get_choice_display(), str(finding.chosen_by),
        finding.reason, finding.get_owner_role_display(), finding.get_outcome_display(),
        str(finding.answered_by or ""), finding.answered_at,
    ]  # fmt: skip


def small_share(year: Totals, least: Decimal, number: int) -> dict[str, Any] | None:
    """What of the budget of the year `number` is bound or paid to micro and small businesses, as all sellers here are.

    `text`, `is_met`, and `lacks`: how much is missing, by when. None without a budget.
    Source: Perpres 16/2018 jo. 12/2021 jo. 46/2025.
    """
    so_far = small_part(year, least)
    if so_far is None:
        return None
    spent = year.committed + year.realised
    is_met = spent >= share(year.pagu, least)
    words = {
        "spent": rupiah(spent),
        "share": percent(so_far),
        "pagu": rupiah(year.pagu),
        "least": percent(least),
    }
    lacks = ""
    if missing := max(share(year.pagu, least) - spent, 0):
        lacks = _("Kurang %(missing)s sampai %(day)s.") % {
            "missing": rupiah(missing),
            "day": long_date(date(number, 12, 31)),
        }
    text = _("%(spent)s, %(share)s dari pagu %(pagu)s, dipesan atau dibayar ke usaha mikro dan kecil.") % words
    return {
        "text": text + " " + _("Setahun paling sedikit %(least)s.") % words,
        "is_met": is_met,
        "lacks": lacks,
    }


def small_part(year: Totals, least: Decimal) -> Decimal | None:
    """The part of `small_share`, a part of one; never rounded up to what is asked. None without a budget."""
    if not year.pagu:
        return None
    spent = year.committed + year.realised
    so_far = part_of(spent, year.pagu)
    if so_far >= least and spent < share(year.pagu, least):
        return part_of(spent, year.pagu, rounding=ROUND_DOWN)
    return so_far


def _grouped(found: QuerySet[GuardFinding]) -> list[tuple[str, str, int]]:
    return list(found.order_by().values_list("kind", "outcome").annotate(Count("pk")))


def _told(at: datetime, agency: str) -> str:
    return f"{brief_time(at)}, {agency}"
