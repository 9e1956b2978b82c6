"""What the page that pays several invoices under one number says."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core.i18n.words import rupiah
from epeken.users.models import User
from orders.billing import pages, policies, sides
from orders.billing.models import Payment
from orders.billing.querysets import InvoiceQuerySet
from orders.deliveries.policies import received_among


def with_page(found: InvoiceQuerySet) -> Any:
    """What a row reads, the first to fall due at the top."""
    return found.with_list().select_related("order__request__line", "seller_party").order_by("due_at", "pk")


def rows_of(found: Iterable[Any], user: User, now: datetime) -> list[pages.TickedRow]:
    """`found`: `with_page`."""
    invoices = list(found)
    holidays = pages.holidays_of(invoices, now)
    orders = {row.order.pk for row in invoices}
    # Asked once for all of them, not for each.
    received, approved = received_among(user, orders), sides.approved_among(user, orders)
    rows = []
    for row in invoices:
        sides.keep(row.order, user, received=received, approved=approved)
        side = policies.other_side_of_treasurer(user, row.order)
        said = _("Anda %(side)s pada pembelian ini, jadi bendahara lain yang membayarnya.")
        rows.append(
            pages.TickedRow(
                **pages.TickedRow.facts(row, now, holidays),
                value=f"{row.pk}:{row.outstanding}",
                blocked=said % {"side": side} if side else "",
            )
        )
    return rows


def recorded_words(made: Sequence[Payment]) -> str:
    """What was recorded: how many payments of what sum, and of which bills that was the rest. `made`: with their
    invoices."""
    words = {"count": len(made), "sum": rupiah(sum(one.amount for one in made))}
    said = ngettext(
        "%(count)s pembayaran dicatat, seluruhnya %(sum)s. Penjualnya sudah diberi tahu.",
        "%(count)s pembayaran dicatat, seluruhnya %(sum)s. Penjualnya sudah diberi tahu.",
        len(made),
    )
    rests = [one for one in made if one.amount < one.invoice.net]
    if not rests:
        return said % words
    text = _("%(number)s: sisa %(amount)s dari %(net)s")
    told = [
        text % {"number": one.invoice.number, "amount": rupiah(one.amount), "net": rupiah(one.invoice.net)}
        for one in rests
    ]
    return f"{said % words} {_('Yang sudah dibayar sebagian: %(rests)s.') % {'rests': '; '.join(told)}}"
