"""Bukti potong, through the service."""

from datetime import datetime
from typing import Any

from epeken.core.clock import local_date
from epeken.core.idempotency import new_key
from orders.tax_slips import services
from orders.tax_slips.models import TaxSlip
from orders.tax_slips.querysets import to_slip
from tests.kept_steps import kept
from tests.umkm.pictures import photo

NUMBER = "2609A1B2C"


def open_of(office: Any, **of: Any) -> dict[int, int]:
    """By tax line the income tax of which no bukti potong speaks."""
    return {line.pk: line.amount for line in to_slip(invoice__order__agency=office.agency, **of)}


@kept
def recorded(office: Any, now: datetime, **over: Any) -> TaxSlip:
    """Of all that is open unless `chosen` says otherwise."""
    given: dict[str, Any] = {
        "actor": office.treasurer, "agency": office.agency, "chosen": over.pop("chosen", None) or open_of(office),
        "number": NUMBER, "dated_on": local_date(now), "file": photo(78), "key": new_key(), "now": now, **over,
    }  # fmt: skip
    return services.record_slip(**given)
