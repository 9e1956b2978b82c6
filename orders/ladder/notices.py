"""Who is told what about late invoices."""

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import COUNT, RUPIAH, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.users.models import User
from orders.billing import notices as billing_notices
from orders.billing.models import Invoice
from orders.ladder.models import LateStep
from orders.ladder.policies import FOLLOW
from orders.ladder.states import LateLevel
from orders.orders.notices import officers, sellers, tell_at
from procurement.agencies.policies import inspectors
from procurement.agencies.states import OfficerRole

KINDS = {
    "invoice.brought": notice(
        _("Tagihan %(number)s sudah sampai ke: %(level)s"),
        _("Terlambat %(days)s hari kerja, belum dibayar %(amount)s."),
        number=TEXT,
        level=choice(LateLevel),
        days=COUNT,
        amount=RUPIAH,
    ),
    "invoice.record_brought": notice(
        _("Catatan pembayaran tagihan %(number)s sudah sampai ke: %(level)s"),
        _("Menurut dinas %(amount)s sudah dikirim. Catatannya terlambat dibetulkan %(days)s hari kerja."),
        number=TEXT,
        level=choice(LateLevel),
        days=COUNT,
        amount=RUPIAH,
    ),
    "invoice.record_followed": notice(
        _("%(agency)s belum membetulkan catatan pembayaran %(amount)s ke %(shop)s"),
        _("Tagihan %(number)s, terlambat %(days)s hari kerja. Menurut dinas uangnya sudah dikirim."),
        agency=TEXT,
        shop=TEXT,
        number=TEXT,
        days=COUNT,
        amount=RUPIAH,
    ),
    "invoice.followed": notice(
        _("%(agency)s belum membayar %(shop)s: %(amount)s"),
        _("Tagihan %(number)s, terlambat %(days)s hari kerja."),
        agency=TEXT,
        shop=TEXT,
        number=TEXT,
        days=COUNT,
        amount=RUPIAH,
    ),
}


def step_taken(step: LateStep, *, now: datetime) -> None:
    """The desk itself; the seller, and of the department whoever pays and answers for it, hear how far it came."""
    told_again(step, now=now)
    order = step.invoice.order
    people = list(sellers(order))
    if step.level in (LateLevel.OFFICE, LateLevel.INSPECTORATE):
        people += officers(order, now, OfficerRole.TREASURER, OfficerRole.HEAD)
    elif step.level == LateLevel.HEAD:
        people += officers(order, now, OfficerRole.TREASURER)
    said: dict[str, Any] = {"number": step.invoice.number, "level": step.level, "days": step.days_late}
    about, url = f"{step.invoice_id}:{step.pk}", page_of(step.invoice)
    kind = "invoice.record_brought" if step.invoice.is_sent else "invoice.brought"
    tell_at(url, people, order, kind, now, about, amount=_amount(step), **said)


def told_again(step: LateStep, *, now: datetime) -> None:
    """Whoever holds the desk today, each once: a head appointed later hears of what is still unpaid."""
    invoice = step.invoice
    order = invoice.order
    if step.level == LateLevel.TREASURER:
        billing_notices.invoice_late(invoice, OfficerRole.TREASURER, now=now)
    elif step.level == LateLevel.HEAD:
        billing_notices.invoice_late(invoice, OfficerRole.HEAD, now=now)
    else:
        people = followers() if step.level == LateLevel.OFFICE else inspectors()
        said: dict[str, Any] = {"agency": str(order.agency), "shop": order.seller.name, "number": invoice.number}
        said |= {"days": step.days_late, "amount": _amount(step)}
        about, url = f"{invoice.pk}:{step.pk}", page_of(invoice)
        kind = "invoice.record_followed" if invoice.is_sent else "invoice.followed"
        tell_at(url, people, order, kind, now, about, **said)


def _amount(step: LateStep) -> int:
    """What is not paid, without a part that was sent and only has to be recorded rightly."""
    return step.invoice.owed or step.outstanding


def page_of(invoice: Invoice) -> str:
    return reverse("orders:late-invoice", args=[invoice.order.number, invoice.number])


def followers() -> list[User]:
    """The people of the city hall who look after late invoices."""
    return list(ModelBackend().with_perm(FOLLOW, include_superusers=False).filter(is_staff=True).order_by("pk"))
