"""What curators take note of before they approve."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import require
from epeken.core.services import service
from epeken.users.models import User
from umkm.catalogue import checks, listing
from umkm.catalogue.models import ChangeProposal, CurationCheck, Product
from umkm.findings import CheckResult, require_acknowledged


@service
def acknowledge_findings(
    *, actor: User, product: Product, keys: Collection[str], now: datetime, proposal: ChangeProposal | None = None
) -> list[CurationCheck]:
    """The actor took note of automatic findings (`CheckedFinding.key`) of goods, or of a proposed change of them.

    Who was first stays. Raises: NotAllowed, InvalidMove, RuleBroken `finding_gone` for one that is not found any more,
    `finding_final` for one that no note lifts. Locks: Product.
    """
    row: Product = Product.objects.locked().select_related("seller", "category").get(pk=product.pk)
    listing.check_curator(actor, row)
    change = ChangeProposal.objects.select_related("category").get(pk=proposal.pk, product=row) if proposal else None
    if change is None:
        row.machine.after(row.state, "approve")
    else:
        change.machine.after(change.state, "apply")
    by_key = {one.key: one for one in checks.checked_findings(row, change, clock.local_date(now))}
    require(
        keys and set(keys) <= by_key.keys(),
        _("Temuan ini sudah tidak ada atau berubah. Periksa lagi."),
        code="finding_gone",
    )
    found = [by_key[key] for key in dict.fromkeys(keys)]
    require(
        all(one.finding.result != CheckResult.FAIL for one in found),
        _("Temuan ini tidak dapat dilewati: kembalikan atau tolak."),
        code="finding_final",
    )
    round_at = checks.round_of(row, change)
    return [
        one.check
        or CurationCheck.objects.create(
            product=row,
            round_at=round_at,
            key=one.key,
            finding=one.finding.code,
            parameters=one.finding.parameters,
            acknowledged_by=actor,
            acknowledged_at=now,
        )
        for one in found
    ]


def require_curated(product: Product, proposal: ChangeProposal | None, *, now: datetime) -> None:
    """Call under the product's lock, before it shows. Raises RuleBroken `banned_word`, `category_not_for_kind`,
    `findings_open`."""
    subject = checks.as_proposed(product, proposal) if proposal else product
    listing.check_words(f"{subject.name} {subject.description}", now=now)
    listing.check_category(subject.seller, subject.category)
    rows = checks.checked_findings(product, proposal, clock.local_date(now))
    require_acknowledged(sum(row.is_open for row in rows))
