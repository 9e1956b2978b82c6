"""Gathers what the automatic checks look at. Reads only."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.db.models import Q, QuerySet, Value

from epeken.core.files.uploads import read_private
from epeken.users.models import User
from umkm.catalogue.models import Product
from umkm.catalogue.states import ProductState
from umkm.findings import CheckResult
from umkm.sanctions.models import Sanction
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.policies import related_shops
from umkm.sellers.querysets import letters_of, same_owner
from umkm.sellers.states import SellerState
from umkm.validity.rules import NOTICES
from umkm.verification import checks
from umkm.verification.alike import is_telling, near
from umkm.verification.checks import Check, CheckedDocument, Facts, alike
from umkm.verification.findings import MESSAGES
from umkm.verification.models import SellerDocument
from umkm.verification.pictures import figures_of
from umkm.verification.states import SellerDocumentKind

# Photos of a place; two identity cards look alike by nature and are compared byte for byte only.
PLACES = (SellerDocumentKind.SHOP_FRONT, SellerDocumentKind.PRODUCTION, SellerDocumentKind.STALL)
NAMED = 5
FIGURES_KEPT = 14 * 24 * 60 * 60  # seconds: longer than a registration waits to be decided
ON_SHELF = (ProductState.PUBLISHED, ProductState.LAPSED, ProductState.HIDDEN)
# Findings that name other shops.
SHARED = ("nik_shared", "bank_shared", "phone_shared", "address_shared", "name_shared")


def gather(seller: Seller, day: date, documents: list[SellerDocument] | None = None) -> Facts:
    """Of the shop as the row says, stored or not; its current documents unless others are given."""
    if documents is None:
        documents = list(seller.documents.current().order_by("pk"))
    goods = Product.objects.filter(seller=seller, state__in=ON_SHELF).exclude(halal_number="")
    shared = {code: tuple(str(other) for other in others[:NAMED]) for code, others in sharing(seller).items()}
    return Facts(
        day=day,
        kind=seller.kind,
        form=seller.form,
        nik=seller.nik,
        nib=seller.nib,
        npwp=seller.npwp,
        owner_name=seller.owner_name,
        bank_holder=seller.bank_holder,
        pin=_pin(seller),
        texts=(seller.name, seller.about),
        **_court(seller),
        papers=_papers(documents),
        same_nik=shared["nik_shared"],
        same_bank=shared["bank_shared"],
        same_phone=shared["phone_shared"],
        sanctioned=tuple(str(other) for other in sanctioned_shops(seller)[:NAMED]),
        same_address=shared["address_shared"],
        same_name=shared["name_shared"],
        goods_halal=tuple(goods.values_list("halal_number", flat=True).distinct().order_by("halal_number")[:NAMED]),
        is_pkp=seller.is_pkp,
        has_low_turnover=seller.has_low_turnover_statement,
        own_copies=own_copies(seller, documents),
        soon=day + timedelta(days=NOTICES[-1].on(day)),
        alike_photos=tuple(sorted(alike_documents(seller, documents))),
        **_officers(seller),
        owner_is_asn=seller.members.filter(role=SellerMember.Role.OWNER, until__isnull=True)
        .exclude(user__nip="")
        .exists(),
    )


def told_of_papers(documents: list[SellerDocument], day: date, language: str) -> list[str]:
    """What the automatic checks will find in these documents, as sentences for whoever brought them."""
    facts = Facts(day=day, kind="", papers=_papers(documents))
    return _told(facts, (checks.picture_quality, checks.expiry), language)


def told_before_sending(seller: Seller, day: date, language: str) -> list[str]:
    """What the applicant can put right before an officer looks; nothing of it refuses anybody."""
    account = Facts(day=day, kind=seller.kind, owner_name=seller.owner_name, bank_holder=seller.bank_holder)
    told = _told(account, (checks.bank_holder,), language) if seller.bank_holder else []
    return told + told_of_papers(list(seller.documents.current().order_by("pk")), day, language)


def _told(facts: Facts, among: tuple[Check, ...], language: str) -> list[str]:
    found = [one for _code, one in checks.run(facts, among) if one.result != CheckResult.PASS]
    return [MESSAGES.words(one.code, one.parameters, language) for one in found]


def _pin(seller: Seller) -> tuple[Decimal, Decimal] | None:
    if seller.latitude is None or seller.longitude is None:
        return None
    return seller.latitude, seller.longitude


def _court(seller: Seller) -> dict[str, Any]:
    """Where the stall's food court is, and where the applicant says it is."""
    if seller.food_court is None:
        return {}
    ward, district = seller.kelurahan, seller.food_court.kecamatan
    return {
        "court": seller.food_court.name,
        "court_district": district.name if district else "",
        "ward": ward.name if ward else "",
        "ward_district": ward.kecamatan.name if ward else "",
    }


def _officers(seller: Seller) -> dict[str, Any]:
    """Officers of any office with a fact in common that is kept: a phone number, a place in a shop of this owner, or a
    household. Where they live, their NIK and the devices they sign in with are not kept, so nothing is said of those.
    Who owns the shop today is told by another check."""
    own = seller.members.filter(until__isnull=True, role=SellerMember.Role.OWNER).values("user")
    people = User.objects.filter(Q(is_staff=True) | ~Q(nip=""), is_active=True).exclude(pk__in=own)
    called = people.filter(phone=seller.phone).order_by("pk") if seller.phone else people.none()
    belonged = SellerMember.objects.filter(seller__in=related_shops([seller]))
    in_shop = people.filter(pk__in=belonged.values("user")).order_by("pk")
    return {
        "officers_of_number": tuple(str(person) for person in called[:NAMED]),
        "officers_of_shop": tuple(str(person) for person in in_shop[:NAMED]),
    }


def sharing(seller: Seller) -> dict[str, QuerySet[Seller]]:
    """By finding, the other shops with the same number, account, phone, place or name, whatever stands between its
    letters."""
    others = Seller.objects.exclude(pk=seller.pk).exclude(state=SellerState.DRAFT).order_by("pk")
    letters = others.alias(letters=letters_of("name"))
    place = seller.address or seller.stall_number
    return {
        "nik_shared": others.filter(nik_index=seller.nik_index) if seller.nik_index else others.none(),
        "bank_shared": others.filter(bank_index=seller.bank_index) if seller.bank_index else others.none(),
        "phone_shared": others.filter(phone=seller.phone) if seller.phone else others.none(),
        "address_shared": others.filter(_same_place(seller)) if place else others.none(),
        "name_shared": letters.filter(letters=letters_of(Value(seller.name))) if seller.name else others.none(),
    }


def sanctioned_shops(seller: Seller) -> QuerySet[Seller]:
    """Other shops of the same owner, NIK or account with a sanction in force, also those that left, and those that a
    person with this NIK handed over."""
    theirs = same_owner([seller])
    if seller.nik_index:
        theirs |= Q(identity_changes__left_nik_index=seller.nik_index)
    sanctioned = Seller.objects.filter(pk__in=Sanction.objects.in_force().values("seller"))
    return sanctioned.filter(theirs).exclude(pk=seller.pk).distinct().order_by("pk")


def _same_place(seller: Seller) -> Q:
    if seller.food_court_id:
        return Q(food_court_id=seller.food_court_id, stall_number__iexact=seller.stall_number)
    return Q(kelurahan_id=seller.kelurahan_id, address__iexact=seller.address)


def _papers(documents: list[SellerDocument]) -> tuple[CheckedDocument, ...]:
    figures = _figures(documents)
    return tuple(_paper(document, *figures.get(_figures_key(document), (None, None))) for document in documents)


def _paper(document: SellerDocument, brightness: float | None, sharpness: float | None) -> CheckedDocument:
    return CheckedDocument(
        kind=document.kind,
        number=document.number,
        expires_on=document.expires_on,
        width=document.width,
        height=document.height,
        brightness=brightness,
        sharpness=sharpness,
    )


def _figures(documents: list[SellerDocument]) -> dict[str, tuple[float, float]]:
    """Mean brightness and variance of the Laplacian of each picture among them, by its key; of a PDF none. Kept by the
    file's digest: a page that is shown again decodes no photo again."""
    pictures = {_figures_key(one): one.file for one in documents if one.content_type.startswith("image/")}
    kept: dict[str, tuple[float, float]] = cache.get_many(pictures)
    new = {key: figures_of(read_private(file)) for key, file in pictures.items() if key not in kept}
    if new:
        cache.set_many(new, FIGURES_KEPT)
    return kept | new


def _figures_key(document: SellerDocument) -> str:
    return f"picture-figures:{document.sha256 or document.file}"


def own_copies(seller: Seller, documents: list[SellerDocument]) -> tuple[str, ...]:
    """Kinds under which the shop brought one of these very files besides, also once."""
    mine = seller.documents.filter(sha256__in=[document.sha256 for document in documents if document.sha256])
    kinds = {document.sha256: document.kind for document in documents}
    return tuple(sorted({other.kind for other in mine if other.kind != kinds[other.sha256]}))


def alike_documents(seller: Seller, documents: list[SellerDocument]) -> dict[tuple[str, str], SellerDocument]:
    """By kind and other shop: documents that shop brought too, and its photos of places that look like these."""
    theirs = SellerDocument.objects.current().exclude(seller=seller).exclude(seller__state=SellerState.DRAFT)
    found = {
        (document.kind, str(other.seller)): other
        for document in documents
        for other in theirs.filter(sha256=document.sha256).select_related("seller")[:NAMED]
    }
    photos = [d for d in documents if d.kind in PLACES and is_telling(d.dhash)]
    if photos:
        looks = theirs.filter(near(photo.dhash for photo in photos), kind__in=PLACES).order_by("pk")
        for other in looks.select_related("seller")[:NAMED]:
            for document in photos:
                if alike(document.dhash, other.dhash) and len(found) < NAMED:
                    found[document.kind, str(other.seller)] = other
    return found
