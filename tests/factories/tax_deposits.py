"""Deposits of withheld tax, through the service."""

from datetime import date, datetime
from typing import Any

from epeken.core.clock import local_date
from epeken.core.idempotency import new_key
from orders.billing.states import TaxKind
from orders.tax_deposits import services
from orders.tax_deposits.models import TaxDeposit
from orders.tax_deposits.querysets import to_deposit
from tests.kept_steps import kept
from tests.umkm.pictures import photo

NTPN = "A1B2C3D4E5F6G7H8"


def open_of(office: Any, kind: str = TaxKind.PPH22) -> dict[int, int]:
    """By tax line what is still to be deposited."""
    found = to_deposit(invoice__order__agency=office.agency, kind=kind)
    return {line.pk: line.left for line in found}


def chosen_of(deposit: TaxDeposit) -> dict[int, int]:
    return {line.tax_line_id: line.amount for line in deposit.lines.all()}


@kept
def deposited(office: Any, now: datetime, **over: Any) -> TaxDeposit:
    """Of PPh 22 of September 2026, all that is open unless `chosen` says otherwise."""
    chosen = over.pop("chosen", None)
    chosen = open_of(office) if chosen is None else chosen
    given: dict[str, Any] = {
        "actor": office.treasurer, "agency": office.agency, "kind": TaxKind.PPH22, "period": date(2026, 9, 1),
        "chosen": chosen, "billing_code": "820260900000001", "ntpn": NTPN, "deposited_on": local_date(now),
        "amount": sum(chosen.values()), "file": photo(77), "key": new_key(), "now": now, **over,
    }  # fmt: skip
    return services.record_deposit(**given)
