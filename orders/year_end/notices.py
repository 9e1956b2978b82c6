"""Who is told what about the end of the budget year."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import COUNT, END, RUPIAH, TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.models import Notification
from epeken.notifications.services import mark_done
from orders.orders.models import Order
from orders.orders.notices import done, officers, sellers, tell, tell_at
from orders.year_end.commitments import OpenCommitment
from orders.year_end.models import CarriedDebt
from orders.year_end.states import YearEndLevel
from procurement.agencies.policies import inspectors
from procurement.agencies.states import OfficerRole

KINDS = {
    "order.year_end": notice(
        _("Akhir tahun anggaran %(year)s: putuskan pesanan %(number)s"),
        _("%(amount)s belum dibayar. Putuskan paling lambat %(due)s; sesudahnya diteruskan."),
        year=COUNT,
        number=TEXT,
        amount=RUPIAH,
        due=END,
    ),
    "order.year_end_passed": notice(
        _("Akhir tahun anggaran %(year)s: pesanan %(number)s tidak diputus dinas"),
        _("%(agency)s belum memutuskan %(amount)s yang belum dibayar."),
        year=COUNT,
        number=TEXT,
        agency=TEXT,
        amount=RUPIAH,
    ),
    "order.year_end_carried": notice(
        _("Tagihan %(number)s dibayar dari anggaran %(year)s"),
        _("Utang tahun sebelumnya sudah dibebankan ke anggaran baru dan menunggu pembayaran."),
        number=TEXT,
        year=COUNT,
    ),
}
ASKED = ("order.year_end", "order.year_end_passed")


def asked(row: OpenCommitment, *, now: datetime) -> None:
    """Who is asked at this level, once for each wait. Nobody there: the next desk hears when its day comes."""
    assert row.waits_since is not None
    order = row.order
    about = f"{row.waits_since.date().isoformat()}:{row.level}"
    if row.level == YearEndLevel.INSPECTORATE:
        agency = str(order.agency)
        said = {"year": row.year, "number": order.number, "agency": agency, "amount": row.amount}
        tell_at(page_of(order), inspectors(), order, "order.year_end_passed", now, about, **said)
        return
    role = OfficerRole.PPK if row.level == YearEndLevel.PPK else OfficerRole.HEAD
    said = {"year": row.year, "number": order.number, "amount": row.amount, "due": row.due}
    tell_at(page_of(order), officers(order, now, role), order, "order.year_end", now, about, **said)


def decided(row: OpenCommitment, *, now: datetime) -> None:
    """Nobody is asked any more."""
    for kind in ASKED:
        done(row.order, now, kind)


def done_elsewhere(waiting: Iterable[OpenCommitment], *, now: datetime) -> None:
    """An order that waits for nobody now was paid, cancelled or decided by another act: nobody is asked any more."""
    still = {row.order.number for row in waiting}
    keys = Notification.objects.unread().filter(kind__in=ASKED).values_list("key", flat=True)
    over = {key.split(":")[1] for key in keys} - still
    if over:
        mark_done(*[f"{kind}:{number}:" for kind in ASKED for number in over], now=now)


def carried(debt: CarriedDebt, *, now: datetime) -> None:
    """The seller, and of the department whoever pays."""
    order = debt.invoice.order
    for kind in ASKED:
        done(order, now, kind)
    people = [*sellers(order), *officers(order, now, OfficerRole.TREASURER)]
    said = {"number": debt.invoice.number, "year": debt.to_year}
    tell(people, order, "order.year_end_carried", now, about=debt.pk, **said)


def page_of(order: Order) -> str:
    return reverse("orders:year-end-order", args=[order.number])
