"""What the page of payments to be approved says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.users.models import User
from orders.billing import pages, policies, sides, taxes
from orders.billing.models import Invoice, InvoiceCheck, Payment, TaxLine
from orders.billing.querysets import IS_SENT, TO_SEND, InvoiceQuerySet
from orders.confirmations import pages as confirmations
from orders.confirmations.states import ConfirmationState
from orders.deliveries import shortfall
from orders.deliveries.models import DeliveryLine
from orders.deliveries.policies import received_among
from orders.documents.models import SlotWaiver
from umkm.sellers.policies import is_tied


@dataclass(frozen=True)
class ApprovalRow(pages.TickedRow):
    """`checks`: of its last check; none of one checked before they were kept. `taken_back`: the last of its payments
    that was reversed. `told`: what else to weigh: goods that were not accepted, the seller's word that is not there,
    papers that nobody asks for."""

    taxes: list[TaxLine]
    checks: list[InvoiceCheck]
    taken_back: Payment | None
    told: list[str]


@dataclass(frozen=True)
class ApprovalSum:
    count: int
    to_send: int  # whole rupiah
    records: int  # of these: all of the money was sent, and only its record is corrected


def with_page(found: InvoiceQuerySet) -> Any:
    """What a row reads, the first to fall due at the top."""
    return (
        found.with_list()
        .with_stamp()
        .select_related("order__request", "verifier", "delivery__confirmation", "correcting")
        .prefetch_related(
            Prefetch("tax_lines", TaxLine.objects.select_related("rule")),
            Prefetch("payments", Payment.objects.with_reversal()),
            Prefetch("delivery__lines", DeliveryLine.objects.select_related("order_line")),
            "order__waivers",
            Prefetch("checks", InvoiceCheck.objects.select_related("checked_by")),
        )
        .order_by("due_at", "pk")
    )


def sum_of(found: InvoiceQuerySet) -> ApprovalSum:
    corrected = Count("pk", filter=IS_SENT)
    return ApprovalSum(**found.aggregate(count=Count("pk"), to_send=Coalesce(Sum(TO_SEND), 0), records=corrected))


def lead(found: ApprovalSum) -> str:
    """How many wait and what is to be sent for them; "" of none."""
    if not found.count:
        return ""
    said = ngettext(
        "%(n)s tagihan sudah diperiksa bendahara, %(sent)s akan dikirim ke penjual.",
        "%(n)s tagihan sudah diperiksa bendahara, %(sent)s akan dikirim ke penjual.",
        found.count,
    ) % {"n": found.count, "sent": rupiah(found.to_send)}
    if not found.records:
        return said
    records = ngettext(
        "%(n)s di antaranya hanya catatan: uangnya sudah dikirim.",
        "%(n)s di antaranya hanya catatan: uangnya sudah dikirim.",
        found.records,
    )
    return f"{said} {records % {'n': found.records}}"


def rows_of(found: Iterable[Any], user: User, now: datetime) -> list[ApprovalRow]:
    """`found`: `with_page`."""
    invoices = list(found)
    holidays = pages.holidays_of(invoices, now)
    orders = {row.order.pk for row in invoices}
    # Asked once for all of them, not for each.
    received = received_among(user, orders)
    handled = sides.handled_among(user, orders)
    rows = []
    for row in invoices:
        sides.keep(row.order, user, received=received, handled=handled)
        rows.append(
            ApprovalRow(
                **pages.TickedRow.facts(row, now, holidays),
                value=f"{row.pk}:{row.stamp}",
                taxes=[line for line in taxes.in_force(row.tax_lines.all()) if line.amount],
                checks=row.last_checks,
                taken_back=_taken_back(row),
                told=_told(row),
                blocked=_blocked(user, row, now),
            )
        )
    return rows


def _told(row: Invoice) -> list[str]:
    lines = [shortfall.words_of(short) for short in shortfall.of_lines(row.delivery.lines.all())]
    word = getattr(row.delivery, "confirmation", None)
    if word is not None and word.state != ConfirmationState.CONFIRMED:
        lines.append(confirmations.words_of(word, is_own=False))
    return [*lines, *(_waived(one) for one in row.order.waivers.all())]


def _waived(one: SlotWaiver) -> str:
    return _("%(paper)s dikecualikan: %(reason)s (%(name)s, %(office)s)") % {
        "paper": one.get_kind_display(), "reason": one.note, "name": one.given_name,
        "office": one.get_acted_as_display(),
    }  # fmt: skip


def _taken_back(row: Invoice) -> Payment | None:
    if row.reversed_at is None:
        return None
    return max((one for one in row.payments.all() if one.reversed_at), key=lambda one: one.reversal.ended_at)


def _blocked(user: User, row: Invoice, now: datetime) -> str:
    if not policies.has_approver_role(user, row.order, clock.local_date(now)):
        return _("Menunggu persetujuan pejabat dinas itu.")
    side = policies.other_side_of_approver(user, row.order)
    if side is None and is_tied(user, row.order.seller):
        side = _("pengurus toko penjual atau toko lain pemiliknya")
    return _("Anda %(side)s pada pembelian ini, jadi orang lain yang menyetujuinya.") % {"side": side} if side else ""
