"""Tax papers of a shop, through the services."""

from datetime import date, datetime, timedelta
from typing import Any

from epeken.core import clock
from epeken.core.idempotency import new_key
from tests.factories import umkm as make
from tests.kept_steps import kept
from tests.umkm.pictures import photo
from umkm.sellers.models import Seller
from umkm.tax_papers import services
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.states import TaxPaperKind

SHOWN = datetime(2026, 1, 5, 9, tzinfo=clock.ZONE)
NUMBERS: dict[str, str] = {
    TaxPaperKind.CERTIFICATE: "KET-00123/PP55/2026", TaxPaperKind.STATEMENT: "SP-12/2026", TaxPaperKind.PKP: "S-77PKP",
}  # fmt: skip


@kept
def sent(seller: Seller, kind: str = "certificate", *, now: datetime = SHOWN, **over: Any) -> TaxPaper:
    """Waits for a verifier. Valid from the day it was sent; a certificate for two years, a statement to New Year."""
    today = clock.local_date(now)
    given: dict[str, Any] = {
        "actor": seller.members.get(until__isnull=True, role="owner").user, "seller": seller, "kind": kind,
        "number": NUMBERS.get(kind, "1"), "issued_on": today, "valid_from": today,
        "valid_until": today + timedelta(days=700) if kind == TaxPaperKind.CERTIFICATE else None,
        "file": photo(41), "key": new_key(), "now": now, **over,
    }  # fmt: skip
    return services.submit_paper(**given)


@kept
def shown(seller: Seller, kind: str = "certificate", *, now: datetime = SHOWN, **over: Any) -> TaxPaper:
    """Verified."""
    officer = over.pop("officer", None) or make.make_staff("umkm.verify_seller")
    paper = sent(seller, kind, now=now, **over)
    services.open_paper(actor=officer, paper=paper, now=now)
    return services.verify_paper(actor=officer, paper=paper, now=now)


@kept
def ended(paper: TaxPaper, last_day: date, *, now: datetime) -> TaxPaper:
    officer = make.make_staff("umkm.verify_seller")
    return services.end_paper(actor=officer, paper=paper, last_day=last_day, note="Dicabut kantor pajak", now=now)
