"""A registration with the NIK of another shop: that shop's owners hear of it, may say that it was not them, and take
that back."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from epeken.core.errors import InvalidMove, NotAllowed
from epeken.core.services import service
from epeken.users.models import User
from umkm.findings import CheckResult
from umkm.sellers.models import Seller, SellerMember
from umkm.verification import evidence, notices
from umkm.verification.findings import failed, warned
from umkm.verification.models import CaseCheck, VerificationCase
from umkm.verification.states import OPEN_STATES

CODE = "duplicate_nik"


def owners_elsewhere(seller: Seller) -> list[SellerMember]:
    """Who owns another shop with this NIK today and is no member of this one, by shop."""
    today = SellerMember.objects.filter(until__isnull=True)
    owners = today.filter(seller__in=evidence.sharing(seller)["nik_shared"], role=SellerMember.Role.OWNER)
    inside = today.filter(seller=seller).values("user")
    return list(owners.exclude(user__in=inside).select_related("user", "seller").order_by("seller_id", "user_id"))


def shop_of(user: User, case: VerificationCase) -> Seller | None:
    """The shop whose NIK the person may say was used without them."""
    return next((one.seller for one in owners_elsewhere(case.seller) if one.user_id == user.pk), None)


def is_denied(case: VerificationCase, shop: Seller) -> bool:
    """By an owner of the shop."""
    return _denials(case, shop).exists()


def may_take_back(user: User, case: VerificationCase, shop: Seller) -> bool:
    """Whoever denied it themselves, once, until the case is decided."""
    return (
        case.state in OPEN_STATES
        and _denials(case, shop).filter(parameters__person_pk=user.pk).exists()
        and not _took_back(user, case)
    )


def _took_back(user: User, case: VerificationCase) -> bool:
    return case.events.filter(action="take_denial_back", actor=user).exists()


def _denials(case: VerificationCase, shop: Seller) -> QuerySet[CaseCheck]:
    """By the number of the shop, which keeps its number whatever it is called; denials of before it was kept say only
    the name."""
    by_name = Q(parameters__shop=str(shop), parameters__shop_pk__isnull=True)
    return case.checks.filter(Q(parameters__shop_pk=shop.pk) | by_name, code=CODE, finding="nik_denied")


def tell_owners(case: VerificationCase, now: datetime) -> None:
    """Each of them once for the case."""
    for one in owners_elsewhere(case.seller):
        notices.nik_used(case, one.user, one.seller, now=now)


@service
def deny_nik(*, actor: User, case: VerificationCase, now: datetime) -> CaseCheck:
    """The owner of another shop with the NIK of the registration says that it was not them: a finding that a verifier
    takes note of before approving, and verifiers hear of it. Saying it twice changes nothing; after it was taken back
    it may be said again.

    Raises: NotAllowed, InvalidMove once the case is decided. Locks: Seller, VerificationCase.
    """
    case, shop = _open_case(actor, case)
    before = _denials(case, shop).first()
    if before is not None:
        return before
    finding = failed("nik_denied", shop=str(shop))
    found: CaseCheck = case.checks.create(
        code=CODE, finding=finding.code, result=CheckResult.FAIL, at=now,
        parameters={**finding.parameters, "shop_pk": shop.pk, "person_pk": actor.pk},
    )  # fmt: skip
    _note_event(case, "deny_nik", actor, now)
    notices.nik_denied(case, shop, now=now)
    return found


@service
def take_denial_back(*, actor: User, case: VerificationCase, now: datetime) -> CaseCheck:
    """Whoever denied by mistake says so: the finding stays, says both, and waits for a verifier anew; verifiers and
    every owner of the denying shop hear of it.

    Once for each person and case, so that nobody holds up a registration by turns; a later denial stands. Raises:
    NotAllowed, InvalidMove once the case is decided. Locks: Seller, VerificationCase.
    """
    case, shop = _open_case(actor, case)
    denial = _denials(case, shop).filter(parameters__person_pk=actor.pk).first()
    if denial is None:
        raise NotAllowed(_("Hanya yang menyangkalnya sendiri yang dapat menarik sangkalan itu."))
    if _took_back(actor, case):
        raise InvalidMove(_("Sangkalan kedua tidak dapat ditarik sendiri. Hubungi dinas dengan membawa KTP."))
    finding = warned("nik_denial_taken_back", shop=str(shop), denied=denial.at, taken_back=now)
    denial.finding, denial.result, denial.at = finding.code, finding.result, now
    denial.parameters = {**denial.parameters, **finding.parameters}
    denial.acknowledged_by, denial.acknowledged_at = None, None
    denial.save()
    _note_event(case, "take_denial_back", actor, now)
    owners = [one.user for one in owners_elsewhere(case.seller) if one.seller_id == shop.pk]
    notices.nik_denial_taken_back(case, shop, actor, owners, now=now)
    return denial


def _open_case(actor: User, case: VerificationCase) -> tuple[VerificationCase, Seller]:
    """The case, locked, and whose NIK it is by the actor. Raises: NotAllowed, InvalidMove."""
    seller = Seller.objects.locked().get(pk=case.seller_id)
    case = VerificationCase.objects.locked().get(pk=case.pk)
    case.seller = seller
    shop = shop_of(actor, case)
    if shop is None:
        raise NotAllowed(_("Hanya pemilik toko lain dengan NIK yang sama yang dapat menyangkalnya."))
    if case.state not in OPEN_STATES:
        raise InvalidMove(_("Pendaftaran itu sudah diputus. Hubungi dinas dengan membawa KTP."))
    return case, shop


def _note_event(case: VerificationCase, action: str, actor: User, now: datetime) -> None:
    case.events.create(action=action, from_state=case.state, to_state=case.state, actor=actor, at=now)
