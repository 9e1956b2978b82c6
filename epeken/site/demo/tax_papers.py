"""Tax papers of the demo's shops: verified, but for one certificate the verifier has not seen yet."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from epeken.core.clock import local_date
from epeken.core.idempotency import new_key
from epeken.site.demo.shops import Shop
from epeken.users.models import User
from umkm.sellers.models import Seller
from umkm.tax_papers import services
from umkm.tax_papers.states import TaxPaperKind

UNSEEN = "Toko Lima Saudara"


def show_tax_papers(
    shop: Shop, seller: Seller, user: User, verifier: User, at: datetime, now: datetime, paper: Callable[..., Any]
) -> None:
    """What the shop said at its registration, with a paper each; the statement of this tax year and the next."""
    for kind, number, first, last in _papers(shop, seller.pk, local_date(at)):
        is_seen = shop.name != UNSEEN
        sent = at if is_seen else now - timedelta(hours=5)
        shown = services.submit_paper(
            actor=user, seller=seller, kind=kind, number=number, issued_on=min(first, local_date(at)), valid_from=first,
            valid_until=last, file=paper(TaxPaperKind(kind).label, shop.name, seller.pk * 7 + first.year), key=new_key(),
            now=sent,
        )  # fmt: skip
        if is_seen:
            services.open_paper(actor=verifier, paper=shown, now=at + timedelta(hours=19))
            services.verify_paper(actor=verifier, paper=shown, now=at + timedelta(hours=20))


def _papers(shop: Shop, number: int, day: date) -> list[tuple[str, str, date, date | None]]:
    found: list[tuple[str, str, date, date | None]] = []
    if shop.certificate:
        last = date(day.year + 2, 12, 31)
        found.append((TaxPaperKind.CERTIFICATE.value, f"KET-{number:05d}/PP55/{day.year}", day, last))
    if shop.statement:
        for year in (day.year, day.year + 1):
            found.append((TaxPaperKind.STATEMENT.value, f"SP-{number:03d}/{year}", date(year, 1, 1), None))
    if shop.pkp:
        found.append((TaxPaperKind.PKP.value, f"S-{number:04d}PKP/2024", date(2024, 3, 1), None))
    return found
