"""Whose withheld tax a line is, as one bukti potong states it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from orders.billing.states import TaxKind


@dataclass(frozen=True)
class Taxpayer:
    """What every line of one bukti potong has in common. `npwp` as on the bill: of a seller whose NPWP changed since,
    earlier bills stay with the earlier one. Two shops of one NPWP have a bukti potong each, since each reads only its
    own. `period`: the month of the bill's last payment."""

    agency_pk: int
    seller_pk: int
    npwp: str
    kind: TaxKind
    rate: Decimal
    period: date


def taxpayer_of(line: Any) -> Taxpayer:
    """Of a tax line read by `querysets.to_slip` with its bill, order and the seller as on the bill."""
    order = line.invoice.order
    return Taxpayer(
        order.agency_id, order.seller_id, line.invoice.seller_party.npwp, TaxKind(line.kind), line.rate,
        line.paid_on.replace(day=1),
    )  # fmt: skip
