"""The list of requests: its rows, its columns and its file."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock, exports
from epeken.core.i18n.times import brief_date
from epeken.core.i18n.words import rupiah
from epeken.core.web.sorting import Column
from procurement.budgets.models import BudgetLine
from procurement.requests import policies
from procurement.requests.models import PurchaseRequest
from procurement.requests.pages import deadlines
from procurement.requests.pages.requests import tag
from procurement.requests.states import LIVE, RequestState

DECIDED = (RequestState.APPROVED, RequestState.ORDERED)
ABSENT = {"text": "–", "empty": True}  # of a cell without a value


def list_columns() -> list[Column]:
    return [
        Column(_("Kegiatan"), "kegiatan", "title"),
        Column(_("Acara"), "acara", "event_day"),
        Column(_("Tenggat"), "tenggat", "due_at"),
        Column(_("Keadaan")),
        Column(pgettext("uang", "Jumlah"), "jumlah", "total_now", n=True),
    ]


def list_rows(found: Iterable[Any], now: datetime) -> list[dict[str, Any]]:
    """`found`: `with_step` and `with_total_now`."""
    rows = []
    for row in found:
        words, kind = tag(row.state, row.task, is_empty=row.is_empty)
        rows.append(
            {
                "cells": [
                    {
                        "text": row.title,
                        "href": reverse("procurement:request-detail", args=[row.number]),
                        "note": f"{row.number} · {row.requester}",
                    },
                    {"label": _("Acara"), "nowrap": True} | _event_day(row),
                    {"label": _("Tenggat"), "nowrap": True} | _due_day(row, now),
                    {"text": words, "tag": True, "kind": kind},
                    {"n": True} | ({"text": rupiah(row.total_now)} if row.total_now else ABSENT) | _approved(row),
                ]
            }
        )
    return rows


def file_head() -> list[str]:
    return [
        _("Nomor permintaan"), _("Kegiatan"), _("Keperluan"), _("Pemesan"), _("Mata anggaran"), _("Kode rekening"),
        _("ID RUP"), _("Acara"), _("Barang tiba paling lambat"), _("Dikirim untuk disetujui"),
        _("Tenggat keputusan"), _("Barang ditahan sampai"), _("Keadaan"), _("Jumlah disetujui"),
        _("Jumlah sekarang"),
    ]  # fmt: skip


def file_cells(row: Any) -> list[exports.Cell]:
    """`row`: `with_step` and `with_total_now`."""
    return [
        row.number,
        row.title,
        row.purpose,
        str(row.requester),
        *(
            "; ".join(dict.fromkeys(getattr(line, name) for line in _payers(row)))
            for name in ("activity_name", "account_id", "rup_id")
        ),
        row.event_at,
        clock.told_end(row.deliver_at) if row.deliver_at else None,
        row.submitted_at,
        clock.told_end(row.due_at) if row.due_at and row.state == RequestState.SUBMITTED else None,
        clock.told_end(row.held_until) if row.held_until and _holds(row) else None,
        tag(row.state, row.task, is_empty=row.is_empty)[0],
        row.total if row.state in DECIDED else None,
        row.total_now if row.state in DECIDED else row.total_now or None,
    ]


def _approved(row: Any) -> dict[str, Any]:
    """The sum as it was approved, where the orders came to another."""
    if row.state != RequestState.ORDERED or row.total == row.total_now:
        return {}
    return {"note": _("disetujui %(amount)s") % {"amount": rupiah(row.total)}}


def _holds(row: PurchaseRequest) -> bool:
    """Whether something is held for it, also while it waits for a decision."""
    return row.state in LIVE or policies.holds_award(row)


def _payers(row: PurchaseRequest) -> list[BudgetLine]:
    """Its own budget line first, and every other its goods are charged to. `row`: its lines prefetched."""
    named = [row.line, *(line.charged_to for line in row.lines.all() if line.dropped_at is None)]
    return list({line.pk: line for line in named if line is not None}.values())


def _due_day(row: PurchaseRequest, now: datetime) -> dict[str, Any]:
    """Until when it is decided; once approved, until when its goods are held: the cell says which."""
    if row.due_at is None:
        return ABSENT
    return {"text": brief_date(clock.last_day(row.due_at)), "note": deadlines.item(row, now).get("left", "")}


def _event_day(request: PurchaseRequest) -> dict[str, Any]:
    if request.event_at is not None:
        return {"text": brief_date(request.event_at)}
    return {"text": brief_date(clock.last_day(request.deliver_at))} if request.deliver_at else ABSENT
