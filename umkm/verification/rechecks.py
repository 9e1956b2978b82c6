"""What the checks that name other shops find again before an approval: what became so since they ran. Reads only."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from epeken.core import clock
from umkm.findings import CheckResult, Finding
from umkm.sanctions.models import Sanction
from umkm.sellers.models import Seller
from umkm.verification import checks, evidence
from umkm.verification.models import CaseCheck, VerificationCase

# Pictures stay as they were sent and are compared once.
AGAIN = (
    checks.duplicate_nik, checks.duplicate_bank, checks.sanctions, checks.duplicate_phone, checks.duplicate_address,
    checks.duplicate_name,
)  # fmt: skip


@dataclass(frozen=True)
class Since:
    """`row`: the very same finding from before, of which an officer may have taken note; it counts no more."""

    code: str
    finding: Finding
    row: CaseCheck | None


def found_since(seller: Seller, case: VerificationCase, now: datetime) -> list[Since]:
    """Findings that name a shop more than before, or a sanction given since. The caller holds the lock of both."""
    facts = evidence.gather(seller, clock.local_date(now), [])
    before = list(case.checks.exclude(result=CheckResult.PASS))
    found = []
    for code, finding in checks.run(facts, AGAIN):
        if finding.result == CheckResult.PASS:
            continue
        rows = [row for row in before if row.finding == finding.code]
        if _names_more(finding, rows) or (code == "sanctions" and _is_sanctioned_since(seller, rows)):
            same = next((row for row in rows if row.parameters == finding.parameters), None)
            if same is None or same.acknowledged_at is not None:
                found.append(Since(code, finding, same))
    return found


def _names_more(finding: Finding, rows: list[CaseCheck]) -> bool:
    """Two shops may have one name."""
    known: Counter[str] = Counter()
    for row in rows:
        known |= Counter(row.parameters["shops"])
    return bool(Counter(finding.parameters["shops"]) - known)


def _is_sanctioned_since(seller: Seller, rows: list[CaseCheck]) -> bool:
    """After an officer last took note of the others. While they took note of none, the finding is open anyway."""
    seen = [row.acknowledged_at for row in rows if row.acknowledged_at is not None]
    given = Sanction.objects.in_force().filter(seller__in=evidence.sanctioned_shops(seller))
    return bool(seen) and given.filter(given_at__gt=max(seen)).exists()
