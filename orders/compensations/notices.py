"""Whose turn an agreed compensation is, and that it was paid."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import LAST_DAY, RUPIAH, TEXT
from epeken.notifications.kinds import notice
from epeken.users.models import User
from orders.compensations.models import Compensation
from orders.orders.notices import buyers, done, officers, sellers, tell_at
from procurement.agencies.states import OfficerRole

KINDS = {
    "cancellation.compensation_agreed": notice(
        _("Tunjuk mata anggaran ganti rugi %(amount)s untuk %(shop)s"),
        _("Disetujui saat pesanan %(number)s batal. Bendahara membayarnya sesudah itu, paling lambat %(due)s."),
        amount=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "cancellation.compensation_charged": notice(
        _("Bayar ganti rugi %(amount)s kepada %(shop)s"),
        _("Mata anggarannya sudah ditunjuk kepala dinas. Bayar dan catat buktinya paling lambat %(due)s."),
        amount=RUPIAH,
        shop=TEXT,
        due=LAST_DAY,
    ),
    "cancellation.compensation_paid": notice(
        _("Ganti rugi %(amount)s untuk pesanan %(number)s sudah dibayar"),
        _("Buktinya ada di halaman ganti rugi."),
        amount=RUPIAH,
        number=TEXT,
    ),
}


def agreed(row: Compensation, *, now: datetime) -> None:
    order = row.order
    said = {"shop": order.seller.name, "number": order.number, "due": row.due_at}
    _tell(officers(order, now, OfficerRole.HEAD), row, "cancellation.compensation_agreed", now, **said)


def charged(row: Compensation, *, now: datetime) -> None:
    """Once, whichever line it is charged to in the end: the page says which."""
    order = row.order
    done(order, now, "cancellation.compensation_agreed", about=row.pk)
    said = {"shop": order.seller.name, "due": row.due_at}
    _tell(officers(order, now, OfficerRole.TREASURER), row, "cancellation.compensation_charged", now, **said)


def paid(row: Compensation, *, now: datetime) -> None:
    order = row.order
    done(order, now, "cancellation.compensation_charged", about=row.pk)
    people = [*sellers(order), *buyers(order), *officers(order, now, OfficerRole.HEAD)]
    _tell(people, row, "cancellation.compensation_paid", now, number=order.number)


def _tell(people: Iterable[User], row: Compensation, kind: str, now: datetime, **said: Any) -> None:
    address = reverse("orders:compensation-detail", args=[row.number])
    tell_at(address, people, row.order, kind, now, row.pk, amount=row.amount, **said)
