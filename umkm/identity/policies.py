"""Who may propose and judge changes of a shop's identity, and what each consists of."""

from copy import copy
from datetime import date, datetime

from django.db.models import Prefetch, Q

from epeken.users.models import User, Visitor
from umkm.identity.models import IdentityChange
from umkm.identity.states import ChangeState, IdentityKind
from umkm.requirements.models import Requirement
from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.sellers.policies import is_tied, ties_of
from umkm.sellers.querysets import same_owner
from umkm.sellers.states import SellerKind
from umkm.tax_papers.models import TaxPaper
from umkm.validity.rules import HAS_END
from umkm.verification.policies import can_verify
from umkm.verification.states import SellerDocumentKind

# Bills and payments depend on the account, and a new address would be told of everything that follows.
# What is asked for is the document itself, with its number and, where it has one, its last day.
PAPERS = {
    IdentityKind.NIB: SellerDocumentKind.NIB,
    IdentityKind.PIRT: SellerDocumentKind.PIRT,
    IdentityKind.HALAL: SellerDocumentKind.HALAL,
}
DELAYED = (IdentityKind.BANK, IdentityKind.CONTACT, IdentityKind.TRANSFER)
# What the person who takes a shop over writes, and what goes with them: what the earlier owner said of their own tax,
# household and consent is not theirs.
TYPED = ("owner_name", "nik", "phone", "email", *steps.BANK.fields, "nib", "npwp")
PERSONAL = (
    "low_income", "is_pkp", "has_low_turnover_statement", "has_final_tax_certificate", "consented_at", "owner_since",
)  # fmt: skip
APPROVED = Q(state=ChangeState.APPROVED)
TAKEN_PAPERS = (SellerDocumentKind.KTP, SellerDocumentKind.BANK_BOOK)


def fields_of(kind: str, seller: Seller) -> tuple[str, ...]:
    """The columns of the shop that a change of this kind is about."""
    if kind in PAPERS:
        # The number of the business is the shop's own too, so that both say the same.
        return ("nib",) if kind == IdentityKind.NIB else ()
    if kind == IdentityKind.BANK:
        return steps.BANK.fields
    if kind == IdentityKind.CONTACT:
        return ("phone", "email")
    if kind == IdentityKind.OWNER:
        return ("owner_name", "nik")
    if kind == IdentityKind.NPWP:
        return ("npwp",)
    if kind == IdentityKind.TRANSFER:
        return (*TYPED, *PERSONAL)
    if seller.kind == SellerKind.SWK:
        return ("food_court", "stall_number", "kelurahan")
    return ("address", "kelurahan", "latitude", "longitude")


def evidence_of(kind: str, seller: Seller) -> SellerDocumentKind:
    """What proves it."""
    if kind in PAPERS:
        return PAPERS[IdentityKind(kind)]
    if kind == IdentityKind.BANK:
        return SellerDocumentKind.BANK_BOOK
    if kind == IdentityKind.NPWP:
        return SellerDocumentKind.NPWP
    if kind == IdentityKind.PLACE:
        return SellerDocumentKind.STALL_LETTER if seller.kind == SellerKind.SWK else SellerDocumentKind.SHOP_FRONT
    return SellerDocumentKind.KTP


def must_end(kind: str, day: date) -> bool:
    """Whether a paper of this kind has a last day by the rule of `day`."""
    return bool(HAS_END[PAPERS[IdentityKind(kind)]].on(day))


def kinds_of(seller: Seller, day: date) -> list[IdentityKind]:
    """What the owner of a shop of this kind can have changed: of the papers those that are asked of it, or that it
    brought. A transfer is offered to somebody else."""
    asked = set(Requirement.objects.in_force(seller.kind, day).values_list("subject", flat=True))
    asked |= set(seller.documents.current().values_list("kind", flat=True))
    own = [kind for kind in IdentityKind if kind != IdentityKind.TRANSFER]
    return [kind for kind in own if kind not in PAPERS or PAPERS[kind] in asked]


def changed(change: IdentityChange) -> Seller:
    """The shop as it would be; not stored."""
    seller = copy(change.seller)
    steps.put_plain(seller, {value.field: value.new for value in change.values.all()})
    if change.kind == IdentityKind.TRANSFER:
        seller.owner = None  # whose it will be follows from their NIK and account alone
    return seller


def as_of(seller: Seller, moment: datetime) -> Seller:
    """The shop with the owner it had at `moment`, and what they showed of their tax; not stored. No query for a shop
    that did not pass to somebody else since."""
    if seller.owner_since is None or seller.owner_since <= moment:
        return seller
    passed = IdentityChange.objects.filter(seller=seller, kind=IdentityKind.TRANSFER, applied_at__gt=moment)
    change = passed.exclude(state=ChangeState.CANCELLED).order_by("applied_at")[0]
    shown = Prefetch("tax_papers", TaxPaper.objects.filter(uploaded_at__lt=change.applied_at))
    related = ("kelurahan__kecamatan", "food_court")
    found = Seller.objects.select_related(*related).prefetch_related(shown).get(pk=seller.pk)
    steps.put_plain(found, {value.field: value.old for value in change.values.all()})
    return found


def is_related(actor: Visitor, change: IdentityChange) -> bool:
    """Tied to the shop as it is or as it would be."""
    if is_tied(actor, change.seller) or (isinstance(actor, User) and actor.pk == change.successor_id):
        return True
    ties = ties_of(actor)
    return bool(ties) and Seller.objects.filter(same_owner([changed(change)]), pk__in=ties).exists()


def can_judge(actor: User, change: IdentityChange) -> bool:
    return can_verify(actor) and not is_related(actor, change)
