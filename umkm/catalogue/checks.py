"""Automatic checks of goods a curator is about to decide on. Asked anew each time: words, prices and photos of others
change while goods wait."""

import json
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Q

from umkm.catalogue import banned
from umkm.catalogue.findings import MESSAGES
from umkm.catalogue.low_prices import is_far
from umkm.catalogue.models import ChangeProposal, CurationCheck, Product, ProductPhoto
from umkm.catalogue.names import same_name
from umkm.catalogue.states import CERTIFICATES, GONE, ProductState
from umkm.catalogue.tiers import dearer_at
from umkm.contacts import contacts_in
from umkm.findings import CheckResult, Finding
from umkm.market_prices.references import MarketPrice, PriceLevel, reference_of
from umkm.price_standards.models import StandardPrice
from umkm.price_standards.standards import standards_for, unit_words_of, words_of
from umkm.sellers import identifiers
from umkm.sellers.states import SellerKind, SellerState
from umkm.validity.periods import is_number_of, needs_pirt
from umkm.verification.alike import is_telling, near
from umkm.verification.checks import alike, pirt_finding
from umkm.verification.states import SellerDocumentKind

TWINS = 3  # goods named for one picture
# Of goods on show, what a curator sees before it changes: everything a buyer reads or a deadline counts by.
PROPOSED = (
    "name", "option_1", "option_2", "category", "description", "price", "tiers", "step", "minimum", "lead_days",
    "order_until", "keeps", "halal_number", "pirt_number",
)  # fmt: skip
_MOVING = frozenset({"low", "high", "median", "owners", "percent"})  # parameters that tell what others ask


@dataclass(frozen=True)
class AlikePhoto:
    """A picture of these goods, and one of another shop's goods that looks the same."""

    own: ProductPhoto
    twin: ProductPhoto


@dataclass(frozen=True)
class CheckedFinding:
    """`check`: who took note of it in this round, None while nobody did."""

    finding: Finding
    key: str
    check: CurationCheck | None

    @property
    def is_open(self) -> bool:
        return self.check is None


def checked_findings(product: Product, proposal: ChangeProposal | None, day: date) -> list[CheckedFinding]:
    """What is found in goods as they would be on show, with the proposal if there is one. Nine statements."""
    notes = product.checks.filter(round_at=round_of(product, proposal)).select_related("acknowledged_by")
    by_key = {note.key: note for note in notes}
    subject = as_proposed(product, proposal) if proposal else product
    told = list(findings_of(subject, day, is_change=proposal is not None))
    if proposal and is_far(subject.price, product.price, day):
        prices = {"price": subject.price, "before": product.price, "unit": product.unit}
        told.append(MESSAGES.warned("price_leap", **prices))
    if proposal:
        for _quantity, before, price in dearer_at(product.tiers, subject.tiers, subject.price):
            if is_far(price, before, day):
                told.append(MESSAGES.warned("price_leap", price=price, before=before, unit=product.unit))
    if proposal and product.state != ProductState.PUBLISHED:
        told += [
            MESSAGES.warned("number_taken_back", number=getattr(product, name))
            for name in CERTIFICATES
            if getattr(product, name) and not getattr(subject, name)
        ]
    found = {_key(finding): finding for finding in told}
    return [CheckedFinding(finding, key, by_key.get(key)) for key, finding in found.items()]


def _key(finding: Finding) -> str:
    """What others ask moves with all that is on show: the same price beyond it stays the same finding."""
    telling = {name: value for name, value in finding.parameters.items() if name not in _MOVING}
    return sha256(json.dumps([finding.code, telling], sort_keys=True).encode()).hexdigest()[:24]


def round_of(product: Product, proposal: ChangeProposal | None) -> datetime:
    """When these goods, or this change of them, came to the curators. What was looked at before does not count."""
    return proposal.created_at if proposal else product.submitted_at or product.created_at


def as_proposed(product: Product, proposal: ChangeProposal) -> Product:
    """A copy as the goods would be with the change."""
    changed = copy(product)
    for name in PROPOSED:
        setattr(changed, name, getattr(proposal, name))
    return changed


def findings_of(product: Product, day: date, *, is_change: bool = False) -> Iterator[Finding]:
    """Words, contacts, kind of seller, price, name in this shop, picture seen elsewhere, papers. Seven statements.

    `is_change`: of pictures only those that come with it are looked at; the others were, when they came.
    """
    pictures = list(product.photos.all())
    text = " ".join([product.name, product.description, *(photo.alt for photo in pictures)])
    for word in banned.found_in(text, day):
        found = MESSAGES.failed if word.level == "refuse" else MESSAGES.warned
        yield found("word_listed", word=word.word, reason=word.reason)
    if contacts := contacts_in(text):
        yield MESSAGES.warned("contact_inside", found=contacts)
    seller, category = product.seller, product.category
    if not category.allows(seller.kind):
        yield MESSAGES.failed("category_other_kind", kind=seller.kind)
    if seller.state != SellerState.ACTIVE:
        yield MESSAGES.warned("shop_not_active")
    if finding := market_finding(product, reference_of(product, day), day):
        yield finding
    if finding := standard_finding(product, *standards_for(product, day)):
        yield finding
    yield from _twice(product)
    photos = [photo for photo in pictures if photo.is_waiting or not is_change]
    yield from _photos(product, photos)
    if seller.kind == SellerKind.UMKM and category.for_kelontong and not category.is_food:
        yield MESSAGES.warned("maybe_resold")
    yield from _certificates(product, day)


def market_finding(product: Product, market: MarketPrice | None, day: date) -> Finding | None:
    """A price far from what other owners ask: by the dated limits above it, or below a third of it. `market`: of
    `reference_of` these goods."""
    if market is None:
        return None
    told = {"price": product.price, "unit": product.unit, **market.words}
    if market.level(product.price, day) != PriceLevel.USUAL:
        percent = market.percent_above(product.price)
        return MESSAGES.warned("price_above_market", percent=percent, goods=str(product.category), **told)
    return MESSAGES.warned("price_unusual", **told) if product.price * 3 < market.median else None


def standard_finding(product: Product, row: StandardPrice | None, other: StandardPrice | None) -> Finding | None:
    """A price above the city's unit-price standard of the day, or one that no standard in its unit speaks of. `row` and
    `other`: of `standards_for` these goods."""
    if row is not None and not row.allows(product.price):
        return MESSAGES.warned("price_above_standard", price=product.price, unit=product.unit, **words_of(row))
    return MESSAGES.warned("standard_other_unit", unit=product.unit, **unit_words_of(other)) if other else None


def _twice(product: Product) -> Iterator[Finding]:
    """Other goods of the shop with this very name, that are no variants of these: perhaps they were sent again."""
    others = Product.objects.filter(seller=product.seller).exclude(pk=product.pk)
    others = others.exclude(state__in=[ProductState.DRAFT, *GONE])
    if product.group_id is not None:
        others = others.exclude(group=product.group_id)
    twin = next((other for other in others.order_by("pk") if same_name(other.name, product.name)), None)
    if twin is not None:
        yield replace(MESSAGES.warned("name_twice", name=twin.name), named=twin)


def _photos(product: Product, photos: list[ProductPhoto]) -> Iterator[Finding]:
    """Goods of other shops with one of the pictures or one that looks the same, at most a few of each picture."""
    prints = [photo.dhash for photo in photos if photo.dhash]
    twins = (
        ProductPhoto.objects.filter(Q(sha256__in=[photo.sha256 for photo in photos]) | near(prints))
        .exclude(product__seller=product.seller)
        .select_related("product__seller")
        .order_by("pk")
    )
    told: Counter[int] = Counter()
    for twin in twins:
        same = [p for p in photos if _is_same(p, twin)]
        if all(told[p.pk] >= TWINS for p in same):
            continue
        told.update(p.pk for p in same)
        found = MESSAGES.warned("photo_elsewhere", shop=twin.product.seller.name, name=twin.product.name)
        yield replace(found, named=AlikePhoto(same[0], twin))


def _is_same(one: ProductPhoto, twin: ProductPhoto) -> bool:
    if one.sha256 == twin.sha256:
        return True
    return is_telling(one.dhash) and is_telling(twin.dhash) and alike(one.dhash, twin.dhash)


def _certificates(product: Product, day: date) -> Iterator[Finding]:
    """A grocery's goods bear the numbers of who made them, which are on no paper of the shop."""
    if product.pirt_number:
        finding = pirt_finding(product.pirt_number, day)
        if finding.result != CheckResult.PASS:
            yield finding
        elif product.seller.kind != SellerKind.KELONTONG:
            yield from _unlike(product, product.pirt_number, SellerDocumentKind.PIRT)
    elif needs_pirt(product) and product.seller.kind == SellerKind.UMKM:
        yield MESSAGES.warned("pirt_missing")
    if product.halal_number and not identifiers.is_halal(product.halal_number):
        yield MESSAGES.warned("halal_structure")
    elif product.halal_number and product.seller.kind != SellerKind.KELONTONG:
        yield from _unlike(product, product.halal_number, SellerDocumentKind.HALAL)


def _unlike(product: Product, number: str, kind: SellerDocumentKind) -> Iterator[Finding]:
    """A number that is on no paper of the shop a verifier saw. One statement."""
    papers = list(product.seller.documents.current().filter(kind=kind))
    if not any(is_number_of(number, paper) for paper in papers):
        numbers = ", ".join(paper.number for paper in papers if paper.number)
        code = f"{kind}_other_number" if numbers else f"{kind}_unseen"
        yield MESSAGES.warned(code, **({"numbers": numbers} if numbers else {}))
