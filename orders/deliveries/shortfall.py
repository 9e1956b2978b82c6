"""What of a delivery is not accepted, and why, in one sentence for notices and pages: kept in notices as amounts, told
in the reader's language."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core.i18n.messages import Format
from epeken.core.quantity import grouped
from orders.deliveries.models import DeliveryLine
from umkm.catalogue.states import Unit

# So many kinds of goods are named, and so much of each reason: a notice is read on a phone.
NAMED = 3
REASON = 80


class NotAccepted(NamedTuple):
    """One kind of goods of which less is kept than was sent; `reason` as the receiver wrote it, or ""."""

    name: str
    unit: str
    sent: Decimal
    kept: Decimal
    reason: str


def of_lines(lines: Iterable[DeliveryLine]) -> list[NotAccepted]:
    """Of counted lines with their order lines; empty where all is kept."""
    return [
        NotAccepted(line.order_line.name, line.order_line.unit, line.sent, line.kept, line.remark)
        for line in lines
        if line.refused > 0
    ]


def _keep(shorts: Any) -> list[list[str]]:
    if not all(isinstance(short, NotAccepted) for short in shorts):
        raise TypeError(f"Expected what is short, not {shorts!r}")
    return [[one.name, one.unit, str(one.sent), str(one.kept), one.reason] for one in shorts]


def _show(kept: list[list[str]]) -> str:
    """`29 dari 30 kardus Air diterima, 1 tidak: bocor; 2 barang lain juga kurang`."""
    told = [
        words_of(NotAccepted(name, unit, Decimal(sent), Decimal(good), reason))
        for name, unit, sent, good, reason in kept[:NAMED]
    ]
    more = len(kept) - NAMED
    if more > 0:
        words = ngettext("%(count)d barang lain juga kurang", "%(count)d barang lain juga kurang", more)
        told.append(words % {"count": more})
    return "; ".join(told)


def words_of(short: NotAccepted) -> str:
    """`29 dari 30 kardus Air diterima, 1 tidak: bocor`."""
    said = {
        "good": grouped(short.kept),
        "goods": f"{Unit(short.unit).counted(short.sent)} {short.name}",
        "bad": grouped(short.sent - short.kept),
        "reason": _cut(short.reason),
    }
    if not short.reason:
        return _("%(good)s dari %(goods)s diterima, %(bad)s tidak") % said
    return _("%(good)s dari %(goods)s diterima, %(bad)s tidak: %(reason)s") % said


def _cut(reason: str) -> str:
    reason = reason.rstrip(" .")
    return reason if len(reason) <= REASON else f"{reason[:REASON].rsplit(' ', 1)[0]}…"


# What is short of a delivery, as a part of a sentence.
SHORT = Format(
    _keep, _show, [NotAccepted("Air minum 600 ml", Unit.CARTON, Decimal(30), Decimal(29), "Satu kardus bocor")]
)
