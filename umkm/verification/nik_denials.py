"""A registration with the NIK of another shop: that shop's owners hear of it, and may say that it was not them."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from epeken.core.errors import InvalidMove, NotAllowed
from epeken.core.services import service
from epeken.users.models import User
from umkm.findings import CheckResult
from umkm.sellers.models import Seller, SellerMember
from umkm.verification import evidence, notices
from umkm.verification.findings import failed
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
    takes note of before approving, and verifiers hear of it. Saying it twice changes nothing.

    Raises: NotAllowed, InvalidMove once the case is decided. Locks: Seller, VerificationCase.
    """
    seller = Seller.objects.locked().get(pk=case.seller_id)
    case = VerificationCase.objects.locked().get(pk=case.pk)
    case.seller = seller
    shop = shop_of(actor, case)
    if shop is None:
        raise NotAllowed(_("Hanya pemilik toko lain dengan NIK yang sama yang dapat menyangkalnya."))
    if case.state not in OPEN_STATES:
        raise InvalidMove(_("Pendaftaran itu sudah diputus. Hubungi dinas dengan membawa KTP."))
    before = _denials(case, shop).first()
    if before is not None:
        return before
    finding = failed("nik_denied", shop=str(shop))
    found: CaseCheck = case.checks.create(
        code=CODE, finding=finding.code, parameters={**finding.parameters, "shop_pk": shop.pk},
        result=CheckResult.FAIL, at=now,
    )  # fmt: skip
    notices.nik_denied(case, shop, now=now)
    return found
