"""The money that waits in each department: bills past their end, payments being taken back, bills a dispute stops, and
agreed compensations past theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core.i18n.words import rupiah
from orders.billing.models import Invoice
from orders.billing.querysets import TO_SEND
from orders.compensations.models import Compensation
from procurement.agencies.models import Agency

COMPENSATION = "ganti-rugi"  # agreed, and past its end


@dataclass(frozen=True)
class Waiting:
    """How many bills, and whole rupiah still to be sent to their sellers (`Invoice.to_send`)."""

    count: int = 0
    amount: int = 0


@dataclass(frozen=True)
class Told:
    """How many, with a note, and where the treasurer's page lists them: conditions of its address, and a part of it."""

    counted: str
    note: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    fragment: str = ""


def waiting(now: datetime) -> dict[int, dict[str, Waiting]]:
    """By department and state (of `billing.forms.InvoiceFilter`, where it is read in full, or COMPENSATION)."""
    invoices = Invoice.objects.all()
    found: dict[int, dict[str, Waiting]] = {}
    for state, rows in {
        "lewat": invoices.late(now),
        "dibatalkan": invoices.to_pay_again(),
        "sengketa": invoices.payable().disputed(),
    }.items():
        for agency, said in _sums(rows):
            found.setdefault(agency, {})[state] = said
    late = Compensation.objects.late(now).filter(correcting__isnull=True)  # the money of a correction was sent
    rows = late.order_by().values("order__agency").annotate(count=Count("pk"), sum=Sum("amount"))
    for row in rows:
        found.setdefault(row["order__agency"], {})[COMPENSATION] = Waiting(row["count"], row["sum"])
    return found


def _sums(rows: QuerySet[Any]) -> list[tuple[int, Waiting]]:
    """A complaint joined to its invoice would count it twice: the sums are made of the invoices alone."""
    alone = Invoice.objects.filter(pk__in=rows.order_by().values("pk")).order_by()
    found = alone.values("order__agency").annotate(count=Count("pk"), amount=Sum(TO_SEND))
    return [(row["order__agency"], Waiting(row["count"], row["amount"])) for row in found]


def table(now: datetime) -> dict[str, Any]:
    """For `components/table.html`: the city in all, then departments with anything of it."""
    found = waiting(now)
    agencies = Agency.objects.filter(pk__in=found).order_by("short_name")
    return {
        "caption": _("Uang yang menunggu, per dinas"),
        "head": [
            {"text": _("Dinas")},
            *({"text": text, "n": True} for text in _labels().values()),
        ],
        "rows": [_total(found.values()), *({"cells": _cells(agency, found[agency.pk])} for agency in agencies)]
        if found
        else [],
    }


def _labels() -> dict[str, str]:
    return {
        "lewat": _("Lewat batas bayar"),
        "dibatalkan": _("Pembayaran dibatalkan"),
        "sengketa": _("Terhenti karena keluhan"),
        COMPENSATION: _("Ganti rugi lewat batas"),
    }


def _cells(agency: Agency, of_states: dict[str, Waiting]) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = [{"text": agency.short_name, "nowrap": True}]
    for state, label in _labels().items():
        said = of_states.get(state)
        if said is None:
            cells.append({"text": "–", "n": True, "label": label, "empty": True})
            continue
        told = _told(state, said)
        address = f"{reverse('orders:treasurer')}?{urlencode({'dinas': agency.pk, **told.query})}{told.fragment}"
        # Of bills whose money was sent already the sum says nothing: their number leads there.
        texts = (
            {"text": rupiah(said.amount), "note": told.counted}
            if said.amount
            else {"text": told.counted, "note": told.note}
        )
        cells.append(texts | {"href": address, "n": True, "label": label})
    return cells


def _total(departments: Iterable[dict[str, Waiting]]) -> dict[str, Any]:
    rows = list(departments)
    cells: list[dict[str, Any]] = [{"text": _("Seluruh kota"), "nowrap": True}]
    for state, label in _labels().items():
        of_state = [row[state] for row in rows if state in row]
        said = Waiting(sum(one.count for one in of_state), sum(one.amount for one in of_state))
        told = _told(state, said)
        note = ", ".join(filter(None, [told.counted, told.note]))
        cells.append({"text": rupiah(said.amount), "note": note, "n": True, "label": label})
    return {"cells": cells}


def _told(state: str, said: Waiting) -> Told:
    count = said.count
    if state == COMPENSATION:
        # Compensations stand above the bills, where these are not searched.
        counted = ngettext("%(n)s ganti rugi", "%(n)s ganti rugi", count) % {"n": count}
        return Told(counted, fragment=f"#{COMPENSATION}")
    # A sum of nothing: the sellers have the money, only what was written of it is mended.
    is_sent = count > 0 and not said.amount
    return Told(
        ngettext("%(n)s tagihan", "%(n)s tagihan", count) % {"n": count},
        note=_("uangnya sudah dikirim, catatannya dibetulkan") if is_sent else "",
        query={"keadaan": state},
    )
