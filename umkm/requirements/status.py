"""What a shop meets, what it lacks, and who has to act: the one answer of the applicant's list, the area's page, the
verifier's page, sending and approval. Changes nothing.

Which requirements: of a registration that is written, those of today; of one that was sent, those of the day it was
sent; of an open shop, those in force today that were asked when it was approved, and those that say they hold for open
shops too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import require
from umkm.area_checks.models import AreaCheck, AreaStage
from umkm.area_checks.states import AreaCheckState
from umkm.catalogue.models import Product
from umkm.catalogue.states import ProductState
from umkm.findings import CheckResult
from umkm.requirements.models import Requirement, RequirementKey, RequirementWaiver
from umkm.requirements.states import Means, OfficerFinding, WhoActs
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.verification import checks, evidence
from umkm.verification.models import CaseCheck, SellerDocument, VerificationCase
from umkm.verification.states import SellerDocumentKind

WRITTEN = (SellerState.DRAFT, SellerState.SENT_BACK)
OFFERED = (ProductState.SUBMITTED, ProductState.PUBLISHED, ProductState.HIDDEN, ProductState.LAPSED)
RIGHT = (AreaCheckState.AGREED, AreaCheckState.KEPT)


@dataclass(frozen=True)
class RequirementStatus:
    """`is_asked`: it stands in the way while it is unmet. `place`: whose turn it is where an area acts. `found`: who
    found it and how. `document`: the one that was brought, where it asks for one."""

    requirement: Requirement
    is_asked: bool
    is_met: bool
    who: WhoActs
    why: str = ""
    place: str = ""
    found: str = ""
    waiver: RequirementWaiver | None = None
    document: SellerDocument | None = None

    @property
    def is_lacking(self) -> bool:
        return self.is_asked and not self.is_met and self.waiver is None


def status_of(seller: Seller, day: date) -> list[RequirementStatus]:
    """In the order of the page. `day`: today, by which papers hold and waivers excuse."""
    case = seller.cases.order_by("-pk").first()
    is_written = seller.state in WRITTEN
    is_open = not is_written and (case is None or case.decided_at is not None)
    sent_at = None if is_written else case.opened_at if case is not None else seller.approved_at
    asked_on = day if sent_at is None else clock.local_date(sent_at)
    rows = list(Requirement.objects.in_force(seller.kind, day if is_open else asked_on).select_related("category"))
    before = _required_on(seller, asked_on) if is_open else set()
    facts = _Facts(seller, None if is_written else case, day, rows)
    waivers = {one.key: one for one in RequirementWaiver.objects.counting(seller, day)}
    found = []
    for row in rows:
        is_asked = row.required and facts.is_relevant(row)
        if is_open:
            is_asked = is_asked and (row.key in before or row.is_asked_of_existing(day))
        is_met, who, why, place, told = facts.look(row)
        waiver = waivers.get(row.key) if row.waivable else None
        document = facts.documents.get(row.subject)
        found.append(RequirementStatus(row, is_asked, is_met, who, why, place, told, waiver, document))
    return found


def lacking(found: Iterable[RequirementStatus], means: Means | None = None) -> list[RequirementStatus]:
    return [one for one in found if one.is_lacking and means in (None, one.requirement.means)]


def require_met(found: Iterable[RequirementStatus]) -> None:
    """Raises: RuleBroken `requirement_unmet` naming what is neither met nor waived."""
    missing = lacking(found)
    require(
        not missing,
        _("Belum terpenuhi: %(names)s. Kembalikan untuk dilengkapi, catat temuan Anda, atau minta pengecualian.")
        % {"names": ", ".join(one.requirement.label for one in missing)},
        code="requirement_unmet",
    )


def _required_on(seller: Seller, day: date) -> set[RequirementKey]:
    rows = Requirement.objects.in_force(seller.kind, day).filter(required=True)
    return {(subject, category) for subject, category in rows.values_list("subject", "category")}


Look = tuple[bool, WhoActs, str, str, str]  # is met, who acts, why not, place, who found it


class _Facts:
    """What is known of one shop; each kind of fact is read once, and only when a requirement asks for it."""

    def __init__(self, seller: Seller, case: VerificationCase | None, day: date, rows: Sequence[Requirement]) -> None:
        """`case`: the round that was sent; None while a registration is written, and of a shop without one."""
        self.seller, self.case, self.day = seller, case, day
        self.is_written = seller.state in WRITTEN
        asked = {row.means for row in rows}
        documents = seller.documents.current() if Means.ATTESTED in asked else SellerDocument.objects.none()
        self.documents = {document.kind: document for document in documents}
        self.checks: list[CaseCheck] = list(case.checks.all()) if case and Means.COMPUTED in asked else []
        verified = case is not None and Means.VERIFIED in asked
        self.findings = (
            {one.subject: one for one in case.requirement_findings.select_related("found_by")}
            if case and verified
            else {}
        )
        self.areas: list[AreaCheck] = (
            list(case.area_checks.select_related("kelurahan__kecamatan", "officer").order_by("pk"))
            if case and verified
            else []
        )
        self.offered = self._offered([row.category_id for row in rows if row.category_id])

    def _offered(self, categories: list[int]) -> set[int]:
        """Of the categories those of which, or below which, the shop offers goods."""
        if not categories:
            return set()
        goods = Product.objects.filter(seller=self.seller, state__in=OFFERED)
        below = goods.filter(Q(category__in=categories) | Q(category__parent__in=categories))
        pairs = below.order_by().values_list("category", "category__parent").distinct()
        return {pk for pair in pairs for pk in pair if pk in categories}

    def is_relevant(self, row: Requirement) -> bool:
        return row.category_id is None or row.category_id in self.offered

    def look(self, row: Requirement) -> Look:
        if row.means == Means.ATTESTED:
            return self._brought(row.subject)
        return self._computed(row.subject) if row.means == Means.COMPUTED else self._seen(row.subject)

    def _brought(self, subject: str) -> Look:
        if subject not in SellerDocumentKind.values:
            is_there = getattr(self.seller, subject) not in (None, "")
            return is_there, WhoActs.SELLER, "" if is_there else _("belum diisi"), "", ""
        document = self.documents.get(subject)
        if document is None:
            return False, WhoActs.SELLER, _("belum ada"), "", ""
        is_over = document.expires_on is not None and document.expires_on < self.day
        return not is_over, WhoActs.SELLER, _("masa berlakunya habis") if is_over else "", "", ""

    def _computed(self, code: str) -> Look:
        """A finding that wants a look is met once a verifier took note of it; what is wrong is put right or waived."""
        if self.case is None:
            words = _("diperiksa sesudah dikirim") if self.is_written else ""
            return not self.is_written, WhoActs.SYSTEM, words, "", ""
        rows = [row for row in self.checks if row.code == code]
        if not rows:
            # A check that is newer than the round has nothing to say about it.
            is_new = self.case.checked_at is not None
            return is_new, WhoActs.SYSTEM, "" if is_new else _("sedang diperiksa"), "", ""
        if any(row.result == CheckResult.FAIL for row in rows) and self._fails_still(code):
            return False, WhoActs.SELLER, _("tidak sesuai"), "", ""
        is_open = self.case.decided_at is None
        if is_open and any(row.result == CheckResult.WARN and row.acknowledged_at is None for row in rows):
            return False, WhoActs.OFFICE, _("ada temuan yang belum dilihat"), "", ""
        return True, WhoActs.SYSTEM, "", "", ""

    def _fails_still(self, code: str) -> bool:
        """A shop that is open may have put it right since: looked at again."""
        if self.case is None or self.case.decided_at is None:
            return True
        among = [check for check in checks.CHECKS if check.__name__ == code]
        found = checks.run(evidence.gather(self.seller, self.day), among)
        return any(finding.result == CheckResult.FAIL for _code, finding in found)

    def _seen(self, subject: str) -> Look:
        found = self.findings.get(subject)
        if found is not None:
            return True, WhoActs.OFFICE, "", "", f"{found.found_by}: {found.note}"
        if subject == OfficerFinding.PLACE_SEEN:
            right = next((area for area in self.areas if area.state in RIGHT), None)
            if right is not None:
                return True, WhoActs.AREA, "", right.place, right.place
            running = next((area for area in self.areas if area.state == AreaCheckState.RUNNING), None)
            if running is not None:
                return False, WhoActs.AREA, _("sedang diperiksa"), running.place, ""
            if self.is_written and AreaStage.objects.in_force(self.seller.kind, self.day).exists():
                return False, WhoActs.AREA, _("diperiksa sesudah dikirim"), "", ""
        if self.is_written:
            return False, WhoActs.OFFICE, _("diperiksa sesudah dikirim"), "", ""
        return False, WhoActs.OFFICE, _("belum dicatat petugas"), "", ""
