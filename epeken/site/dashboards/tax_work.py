"""Withheld tax that is to be deposited: the treasurer's work, and what is late for the head and the inspectorate."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.i18n.times import short_date
from epeken.core.i18n.words import rupiah
from epeken.site.dashboards.work_lists import SHOWN, WorkList
from orders.tax_deposits import pages
from orders.tax_slips import pages as slips
from procurement.agencies.models import Agency


def to_deposit(agencies: Sequence[Agency], today: date) -> WorkList:
    """By kind and period, the first to fall due at the top."""
    return _list(_("Pajak yang harus disetor"), pages.owed(agencies, today), several=False)


def late_deposits(agencies: Sequence[Agency], today: date) -> WorkList:
    """What is not deposited after its last day."""
    found = [one for one in pages.owed(agencies, today) if one.is_late]
    return _list(_("Pajak yang terlambat disetor"), found, several=len(agencies) > 1)


def to_slip(agency: Agency, today: date) -> WorkList:
    """Bukti potong of months that are over and whose last day has come: the first to fall due at the top."""
    found = [one for one in slips.owed([agency], today) if one.due_on <= today]
    address = reverse("orders:tax-slip-list")
    items: list[dict[str, Any]] = [
        {
            "title": _("Bukti potong masa %(month)s") % {"month": one.period_words},
            "href": f"{address}?dinas={agency.pk}&bulan={one.period:%Y-%m}",
            "note": ngettext("%(n)s tagihan belum ada", "%(n)s tagihan belum ada", one.bills) % {"n": one.bills},
            "left": _("batas %(day)s") % {"day": short_date(one.due_on)},
            "now": True,
            "due": clock.end_of(one.due_on),
        }
        for one in found[:SHOWN]
    ]
    return WorkList(_("Bukti potong yang harus diterbitkan"), len(found), items, address, _("Buka bukti potong"))


def _list(title: str, found: list[pages.OwedTax], *, several: bool) -> WorkList:
    address = reverse("orders:tax-deposit-list")
    items: list[dict[str, Any]] = [
        {
            "title": _("%(kind)s masa %(month)s") % {"kind": one.label, "month": one.month},
            "href": f"{address}?dinas={one.agency.pk}",
            "note": ", ".join([
                *([one.agency.short_name] if several else []),
                ngettext("%(n)s tagihan", "%(n)s tagihan", one.bills) % {"n": one.bills},
                rupiah(one.amount),
            ]),
            "left": _("batas %(day)s") % {"day": short_date(one.due_on)},
            "due": clock.end_of(one.due_on),
            **({"now": True} if one.is_late else {}),
        }
        for one in found[:SHOWN]
    ]  # fmt: skip
    return WorkList(title, len(found), items, address, _("Buka setoran pajak"))
