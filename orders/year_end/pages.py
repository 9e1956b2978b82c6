"""What the lists and the page of a decision say about the end of the budget year."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock, exports
from epeken.core.i18n.times import left_words, long_date, long_end, working_days
from epeken.core.i18n.words import rupiah
from orders.billing import charges
from orders.billing.models import Invoice
from orders.orders import status
from orders.year_end import rules
from orders.year_end.commitments import HeldBudget, OpenCommitment, OpenTotals
from orders.year_end.ending import last_day_of
from orders.year_end.notices import page_of
from orders.year_end.states import YearEndChoice
from orders.year_end.waiting import listed_until, opens_on
from procurement.budgets.models import BudgetLine
from procurement.frames.models import ApprovalFrame
from procurement.requests import policies
from procurement.requests.models import PurchaseRequest


def lead(found: OpenTotals, held: Sequence[HeldBudget], day: date) -> str:
    """How much is open, or when the list opens."""
    if not found.listed and not held and listed_until(day) < day.year:
        words = {"day": long_date(opens_on(day.year)), "last": long_date(last_day_of(day.year))}
        return _("Daftar tahun ini dibuka %(day)s. Anggaran membayar sampai %(last)s.") % words
    return _(
        "%(count)s pesanan belum selesai senilai %(amount)s, %(undecided)s belum diputus; %(running)s lain menurut "
        "tenggatnya dibayar tahun ini; %(requests)s permintaan atau kerangka masih menahan %(held)s."
    ) % {
        "count": found.listed,
        "amount": rupiah(found.amount),
        "undecided": found.undecided,
        "running": found.running,
        "requests": len(held),
        "held": rupiah(sum(one.amount for one in held)),
    }


def with_list(orders: QuerySet[Any]) -> QuerySet[Any]:
    """What a row reads of its order: the parties, the headline, the decisions."""
    return orders.select_related("agency", "seller", "request__line", "commitment").prefetch_related(
        "lines", "deliveries", Prefetch("invoices", Invoice.objects.with_lacks()), "cancellations", "disputes",
        "remedies", "year_end_decisions",
    )  # fmt: skip


def head() -> list[dict[str, Any]]:
    return [
        {"text": pgettext("satu", "Pesanan")},
        {"text": _("Keadaan")},
        {"text": _("Keputusan")},
        {"text": _("Belum dibayar"), "n": True},
    ]


def rows(found: Iterable[OpenCommitment], now: datetime, *, named: bool = False) -> list[dict[str, Any]]:
    """For `components/table.html`. `named`: with the department."""
    return [
        {
            "cells": [
                {
                    "text": row.order.title or row.order.number,
                    "href": page_of(row.order),
                    "note": ", ".join([
                        row.order.number, *([row.order.agency.short_name] if named and row.order.agency else []),
                        row.order.seller.name, _("anggaran %(year)s") % {"year": row.year},
                    ]),
                },
                {"text": status.headline_of(row.order), "label": _("Keadaan")},
                {"text": decision_words(row), "note": turn_words(row, now), "label": _("Keputusan")},
                {"text": rupiah(row.amount), "n": True, "label": _("Belum dibayar")},
            ]
        }
        for row in found
    ]  # fmt: skip


def told(day: date) -> str:
    """What is decided here, by whom, and what follows when nobody does."""
    words = {
        "last": long_date(last_day_of(listed_until(day))),
        "decide": working_days(rules.DECIDE.on(day)),
        "climb": working_days(rules.CLIMB.on(day)),
    }
    return (
        _(
            "Yang menurut tenggatnya tidak dibayar sampai %(last)s diputus PPK dalam %(decide)s, lalu "
            "kepala dinas dalam %(climb)s, dihitung sejak hari yang tertulis; sesudahnya inspektorat "
            "diberi tahu. Sesudah %(last)s anggarannya tidak membayar lagi: yang belum dikirim tidak dikirim, "
            "yang sudah diterima menjadi utang."
        )
        % words
    )


def held_head() -> list[dict[str, Any]]:
    return [
        {"text": _("Permintaan atau kerangka")},
        {"text": _("Keadaan")},
        {"text": _("Yang dilakukan")},
        {"text": pgettext("anggaran", "Ditahan"), "n": True},
    ]


def held_rows(found: Iterable[HeldBudget], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "cells": [
                {"text": one.row.title or one.row.number, "href": _page_of(one.row), "note": one.row.number},
                {"text": one.row.get_state_display(), "label": _("Keadaan")},
                {
                    "text": _to_do(one.row),
                    "note": _("anggarannya ditahan, %(left)s") % {"left": left_words(one.until, now).lower()}
                    if one.until
                    else "",
                    "label": _("Yang dilakukan"),
                },
                {"text": rupiah(one.amount), "n": True, "label": pgettext("anggaran", "Ditahan")},
            ]
        }
        for one in found
    ]


def _page_of(row: PurchaseRequest | ApprovalFrame) -> str:
    name = "frame-detail" if isinstance(row, ApprovalFrame) else "request-detail"
    return reverse(f"procurement:{name}", args=[row.number])


def _to_do(row: PurchaseRequest | ApprovalFrame) -> str:
    if isinstance(row, ApprovalFrame):
        return _("Pakai sisanya atau akhiri kerangkanya")
    if policies.holds_award(row):
        return _("Kirim draf pemenangnya atau buang")
    return _("Terbitkan surat pesanan atau tarik")


def decision_words(row: OpenCommitment) -> str:
    if row.is_to_carry:
        return _("Utang, belum dibebankan ke anggaran baru")
    return row.decided or _("Belum diputus")


def turn_words(row: OpenCommitment, now: datetime) -> str:
    """Who is asked now and until when; "" of what is decided."""
    if row.level is None:
        return ""
    assert row.waits_since is not None
    since = long_date(clock.local_date(row.waits_since))
    if row.due is None:
        return _("sudah sampai ke inspektorat, menunggu sejak %(since)s") % {"since": since}
    words = {"who": row.level.label, "left": left_words(row.due, now), "since": since}
    return _("%(who)s, %(left)s, menunggu sejak %(since)s") % words


def facts(row: OpenCommitment) -> list[dict[str, Any]]:
    """For `components/facts.html`."""
    found = [
        {"label": _("Penjual"), "value": row.order.seller.name},
        {"label": _("Keadaan"), "value": status.headline_of(row.order)},
        {"label": _("Tahun anggaran"), "value": str(row.year)},
        {"label": _("Belum dibayar"), "value": rupiah(row.amount)},
        {"label": _("Keputusan"), "value": decision_words(row)},
    ]
    if row.order.amend_due_at is not None:
        told = _("menunggu jawaban, belum memutuskan apa pun")
        found.append({"label": _("Usul perubahan"), "value": told})
    if row.level is not None and row.due is not None:
        found.append({"label": str(row.level.label), "value": _("paling lambat %(end)s") % {"end": long_end(row.due)}})
    if row.level is not None and row.due is None:
        found.append({"label": str(row.level.label), "value": _("sudah diberi tahu")})
    return found


def said(row: OpenCommitment) -> list[dict[str, Any]]:
    """What was decided so far, the newest first; for `components/facts.html`."""
    return [
        {
            "label": long_date(clock.local_date(one.decided_at)),
            "value": _words(one.choice, one.finish_by),
            "note": f"{one.decided_by}, {one.get_decided_as_display()}: {one.reason}",
        }
        for one in row.order.year_end_decisions.select_related("decided_by").order_by("-pk")
    ]


def act_title(act: str) -> str:
    """Of a decision in the order's history. `act`: the choice, and after a colon the day it names."""
    choice, _colon, day = act.partition(":")
    return _("Akhir tahun anggaran: %(choice)s") % {"choice": _words(choice, date.fromisoformat(day) if day else None)}


def _words(choice: str, finish_by: date | None) -> str:
    if finish_by is not None:
        return _("diselesaikan dan dibayar paling lambat %(day)s") % {"day": long_date(finish_by)}
    return {
        YearEndChoice.DEBT: _("diakui utang, dibayar dari DPA tahun berikutnya"),
        YearEndChoice.WITHDRAWN: _("keputusan ditarik"),
    }[YearEndChoice(choice)]


def earlier_lines(invoice: Invoice) -> dict[int, BudgetLine]:
    """The budget lines the order of the invoice was issued on, by pk."""
    goods = invoice.delivery.lines.select_related("order_line").order_by("pk")
    return BudgetLine.objects.select_related("account").in_bulk(charges.as_ordered(invoice, goods))


def file_head() -> list[str]:
    return [
        _("Tahun anggaran"), _("Dinas"), _("Nomor surat pesanan"), _("Nama"), _("Penjual"), _("Keadaan"),
        _("Belum dibayar"), _("Keputusan"), _("Alasan"), _("Diputus oleh"), _("Giliran"), _("Sejak"), _("Tenggat"),
    ]  # fmt: skip


def file_cells(row: OpenCommitment) -> list[exports.Cell]:
    order, decision = row.order, row.decision
    return [
        exports.Number(row.year), order.agency.short_name if order.agency else "", order.number, order.title,
        order.seller.name,
        status.headline_of(order), row.amount, decision_words(row), decision.reason if decision else "",
        str(decision.get_decided_as_display()) if decision else "", str(row.level.label) if row.level else "",
        clock.local_date(row.waits_since) if row.waits_since else None, clock.last_day(row.due) if row.due else None,
    ]  # fmt: skip
