"""What the approver's page says: rows to decide, sums before and after."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from procurement.budgets import pages
from procurement.budgets.models import BudgetLine
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest
from procurement.requests.pages import deadlines
from procurement.requests.refusals import ApprovalRefusal
from procurement.requests.states import RequestState


def approval_items(
    found: Iterable[PurchaseRequest], now: datetime, view: str = "procurement:approval-detail"
) -> list[dict[str, Any]]:
    return [
        {
            "title": row.title,
            "href": reverse(view, args=[row.number]),
            "note": f"{row.number}, {row.requester}, {rupiah(row.total)}",
        }
        | deadlines.item(row, now)
        for row in found
    ]


def decision_sums(request: PurchaseRequest, held: RequestContents, dropped: set[int]) -> dict[str, Any]:
    """The money if these lines fall out: what is approved, and the budget before and after."""
    left = held.after_dropping(dropped)
    after = {charge.line.pk: charge for charge in left.charged(request.line)}
    asked = {charge.line.pk: charge for charge in held.charged(request.line)}
    return {
        "total": left.total,
        "delivery": sum(part.delivery_cost for part in held.parts if part.kept),  # as asked
        "sellers": sum(1 for part in left.parts if part.kept),
        "kept": len(left.kept),
        "of": len(held.kept),
        "lines": [
            _line_sums(charge.line, held.charges.get(pk, 0), left.charges.get(pk, 0))
            for pk, charge in (after | asked).items()
        ],
    }


def _line_sums(line: BudgetLine, held: int, wanted: int) -> dict[str, Any]:
    """One budget line before and after: `held` for the request as it was sent, `wanted` of it by the officer."""
    before = line.available + held
    bar = pages.status(line, this=held, is_held=True)
    parts = [*bar.parts[:3], {**bar.parts[3], "value": wanted}] if len(bar.parts) > 3 else bar.parts
    return {
        "line": line,
        "this": wanted,
        "before": before,
        "after": before - wanted,
        "parts": parts,
        "pagu": line.pagu,
        "label": _("Dari pagu %(pagu)s, permintaan ini mengambil %(total)s")
        % {"pagu": rupiah(line.pagu), "total": rupiah(wanted)},
    }


def said_before(request: PurchaseRequest) -> list[dict[str, str]]:
    """Why a frame did not approve it, and what was to be mended when it came back; for `components/warns.html`. One
    query."""
    told = request.events.filter(action__in=["submit", "send_back"]).order_by("-sequence")
    rows: list[dict[str, str]] = []
    for event in told[:2]:  # the last sending, and what it answered
        if event.action == "submit" and not rows and event.note:
            rows.append({"kind": "now", "text": event.note})
        elif event.action == "send_back":
            words = {"who": event.actor_name, "when": long_time(event.at), "note": event.note}
            text = _("Pernah dikembalikan %(who)s, %(when)s: “%(note)s”")
            if event.from_state == RequestState.APPROVED:
                text = _("Pernah disetujui, lalu dikembalikan %(who)s, %(when)s: “%(note)s”")
            rows.append({"kind": "now", "text": text % words})
    return rows


def rejecting_words(request: PurchaseRequest, note: str) -> str:
    """Before it is rejected: how much ends, what is freed, and what its requester reads."""
    words = {"number": request.number, "total": rupiah(request.total), "note": note.strip(), "who": request.requester}
    return (
        _(
            "Permintaan %(number)s senilai %(total)s berhenti di sini dan tidak dapat dibuka lagi. Anggaran dan barang "
            "yang ditahan dilepas. %(who)s membaca: “%(note)s”"
        )
        % words
    )


def blocks(found: Sequence[ApprovalRefusal]) -> dict[str, Any]:
    """What stands in the way of the button, for `_approval_blocks.html` and `_approval_button.html`."""
    return {"items": [refusal.item for refusal in found], "first": found[0].text if found else ""}


def later(found: Sequence[ApprovalRefusal]) -> list[dict[str, str]]:
    """For whoever signs: what the officer who decides afterwards has to settle; warnings have their own answers."""
    note = _("Diselesaikan pejabat yang memutuskan sesudah tanda tangan Anda.")
    return [
        {"kind": "now", "text": refusal.text, "note": note}
        for refusal in found
        # That a price has to be negotiated is said with its comparison (`sourcing.comparison`).
        if refusal.code not in ("guard_open", "split_unexplained", "hold_over", "deliver_past", "negotiation_owed")
    ]
