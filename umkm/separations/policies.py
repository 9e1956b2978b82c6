"""Who decides on a separation, and what keeps two shops together whatever is said. Nobody decides on a shop they are
tied to or that they let onto the market themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.translation import gettext as _

from epeken.users.models import User
from umkm.appeals.policies import HEAD, holds
from umkm.assisted.policies import helpers_of
from umkm.identity.models import IdentityChangeEvent
from umkm.owners import ties
from umkm.owners.models import TieFact
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.policies import is_owner, tied_people
from umkm.separations.models import SeparationRequest
from umkm.separations.states import SeparationState
from umkm.verification.models import CaseEvent

OFFICER = "umkm.verify_seller"


@dataclass(frozen=True)
class Separation:
    """What a separation would do. `facts`: between the two shops; `leaving`, `staying`: the shops of the owner as they
    would be told apart; `obstacle`: why they cannot be, in words, "" where they can."""

    facts: list[TieFact]
    leaving: list[Seller]
    staying: list[Seller]
    obstacle: str


def separation_of(seller: Seller, other: Seller, shops: Sequence[Seller]) -> Separation:
    """`shops`: all of their common owner. The number both show counts for none of the shops that leave, so that an
    account of three shops can be contested by one of them."""
    separated = ties.separated_of(shops)
    facts = ties.facts_between(seller, other, separated)
    aside = seller.bank_index if TieFact.BANK in facts else ""
    leaving = ties.joined_by_facts(seller, shops, separated, aside=aside)
    staying = [shop for shop in shops if shop not in leaving]
    return Separation(facts, leaving, staying, _obstacle(other, facts, leaving, staying, separated))


def _obstacle(
    other: Seller, facts: list[TieFact], leaving: list[Seller], staying: list[Seller], separated: ties.Separated
) -> str:
    if TieFact.NIK in facts:
        return _(
            "NIK pemiliknya sama, jadi orangnya satu. Bila salah satu NIK salah ketik, betulkan di “Data yang "
            "diverifikasi” toko itu; setelah itu ikatannya dapat disanggah."
        )
    if other in leaving:
        between = [shop for shop in leaving if shop != other and ties.facts_between(shop, other, separated)]
        return _("Keduanya masih terikat lewat %(shop)s. Sanggah dahulu ikatan dengan toko itu.") % {
            "shop": between[0].name
        }
    if share_a_person(leaving, staying):
        return _(
            "Ada orang yang mengurus, pernah mengurus, atau serumah dengan pemilik di kedua pihak, jadi keduanya tetap "
            "dihitung satu pemilik."
        )
    return ""


def share_a_person(some: Sequence[Seller], others: Sequence[Seller]) -> bool:
    """Whether a person belongs or belonged to shops of both, or runs any shop with the NIK of an owner on the other
    side. Who belonged to a shop before it passed to its owner of today does not count."""
    people = [_people_of(side) for side in (some, others)]
    if people[0] & people[1]:
        return True
    numbers = [{shop.nik_index for shop in side} - {""} for side in (some, others)]
    return any(
        Seller.objects.filter(
            members__user__in=own, members__role=SellerMember.Role.OWNER, nik_index__in=foreign
        ).exists()
        for own, foreign in ((people[0], numbers[1]), (people[1], numbers[0]))
    )


def _people_of(shops: Sequence[Seller]) -> set[int]:
    todays = Q(seller__owner_since__isnull=True) | Q(since__gte=F("seller__owner_since")) | Q(until__isnull=True)
    return set(SellerMember.objects.filter(todays, seller__in=shops).values_list("user", flat=True))


def have_one_phone(some: Sequence[Seller], others: Sequence[Seller]) -> bool:
    """Told to the officer: a family may have one phone, so it proves nothing by itself."""
    return bool(({shop.phone for shop in some} & {shop.phone for shop in others}) - {""})


def is_own(actor: User, request: SeparationRequest) -> bool:
    """Whether the person owns the shop today and it was asked in their time: what an earlier owner asked is none of
    their successor's."""
    since = request.seller.owner_since
    return is_owner(actor, request.seller) and (since is None or request.filed_at >= since)


def permission_of(request: SeparationRequest) -> str:
    return HEAD if request.state == SeparationState.WITH_HEAD else OFFICER


def impartial(people: Iterable[User], request: SeparationRequest) -> list[User]:
    """Those of the people who may decide on it."""
    rows, shops = list(people), [request.seller, request.other]
    barred = tied_people(rows, shops) | _verified_by(shops)
    for shop in shops:
        barred |= helpers_of(shop)
    return [person for person in rows if person.pk not in barred]


def _verified_by(shops: Sequence[Seller]) -> set[int]:
    """Who approved their registration or a change of their identity, and with it what is contested."""
    cases = CaseEvent.objects.filter(action="approve", case__seller__in=shops)
    changes = IdentityChangeEvent.objects.filter(action="approve", change__seller__in=shops)
    return {pk for rows in (cases, changes) for pk in rows.values_list("actor", flat=True) if pk is not None}


def can_decide(actor: User, request: SeparationRequest) -> bool:
    return holds(actor, permission_of(request)) and bool(impartial([actor], request))
