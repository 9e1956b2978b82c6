"""Reads of requests for quotation. None of them reads a sealed offer, nor how many there are."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from epeken.core import clock
from epeken.core.models import LockingQuerySet
from epeken.users.models import User
from procurement.agencies.querysets import OfAgencyQuerySet
from procurement.quotations.states import PUBLIC, WITH_DEPARTMENT, NotInvited, QuotationState
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import ProductState
from umkm.sellers.models import Seller
from umkm.sellers.policies import own_shops
from umkm.sellers.states import SellerState


class QuotationQuerySet(OfAgencyQuerySet):
    def public(self) -> Self:
        """What anybody may know of."""
        return self.filter(state__in=PUBLIC)

    def invited(self, user: User) -> Self:
        """Those to which a shop of the person is invited."""
        from procurement.quotations.models import Invitation

        shops = Invitation.objects.invited().filter(quotation=OuterRef("pk"), seller__in=own_shops(user))
        return self.public().filter(Exists(shops))

    def answerable_first(self, now: datetime) -> Self:
        """Those that still take offers by their end, then the others, the latest first."""
        takes = Q(clock.running("closes_at", now), state=QuotationState.PUBLISHED)
        rank = Case(When(takes, then=0), default=1)
        return self.alias(rank=rank).order_by(
            "rank", Case(When(takes, then="closes_at")).asc(nulls_last=True), "-closes_at", "-pk"
        )

    def without_offer_of(self, seller: Seller, now: datetime) -> Self:
        """Still taking offers, the shop is invited, and none of the shop's counts. For the shop's own people."""
        from procurement.quotations.models import Invitation, SealedOffer

        asked = Invitation.objects.invited().filter(quotation=OuterRef("pk"), seller=seller)
        last = SealedOffer.objects.filter(quotation=OuterRef("pk"), seller=seller).order_by("-version")
        mine = Subquery(last.values("sealed")[:1])
        found = self.published().filter(clock.running("closes_at", now)).filter(Exists(asked))
        return found.annotate(own_offer=mine).filter(Q(own_offer__isnull=True) | Q(own_offer=""))

    def with_department(self) -> Self:
        """Drafts to publish or to write anew, questions to answer, opened offers to decide on and awards that came to
        nothing; which office, `policies.binding_office` says, and until when a question is answered,
        `questions.takes_answers`."""
        from procurement.quotations.models import QuotationQuestion
        from procurement.requests.models import RequestSeller

        asked = Exists(QuotationQuestion.objects.unanswered().filter(quotation=OuterRef("pk")))
        fallen = Exists(RequestSeller.objects.fallen().filter(request__from_quotation=OuterRef("pk")))
        return self.filter(
            Q(state__in=WITH_DEPARTMENT)
            | Q(asked, state=QuotationState.PUBLISHED)
            | Q(fallen, state=QuotationState.AWARDED)
        )

    def published(self) -> Self:
        return self.filter(state=QuotationState.PUBLISHED)

    def to_open(self, now: datetime) -> Self:
        """Published, and the time for offers is over."""
        return self.published().filter(clock.over("closes_at", now))

    def opened(self) -> Self:
        return self.filter(state=QuotationState.OPENED)

    def to_lapse(self, now: datetime) -> Self:
        """Opened, and the time to decide is over."""
        return self.opened().filter(clock.over("due_at", now))

    def with_page(self) -> Self:
        related = ("agency", "requester", "publisher", "line__account", "category", "delivery_kelurahan__kecamatan")
        return self.select_related(*related).prefetch_related("lines", "areas")


class InvitationQuerySet(LockingQuerySet):
    def invited(self) -> Self:
        return self.filter(reason="")


class OfferQuerySet(QuerySet[Any]):
    def left(self) -> Self:
        """Ranked and not passed over; the best first."""
        return self.filter(rank__isnull=False, passing__isnull=True).order_by("rank")


class QuestionQuerySet(QuerySet[Any]):
    def unanswered(self) -> Self:
        return self.filter(answers__isnull=True)


def candidates(category: Category, units: Iterable[str], areas: Any, tied: Any) -> Any:
    """Every shop that ever put up goods of the category, with `not_invited`: '' or the first reason why not.

    `units`: in which the goods are asked for, of all of which the shop must have some on show; `areas`: codes of
    districts, none for the whole city; `tied`: pks of shops of those who ask.
    """
    goods = Product.objects.filter(seller=OuterRef("pk")).filter(of_category(category))
    place = Q(kelurahan__kecamatan__in=areas) | Q(kelurahan__isnull=True, food_court__kecamatan__in=areas)
    cases = [
        When(~Q(state=SellerState.ACTIVE), then=Value(NotInvited.NOT_ACTIVE)),
        *(
            When(~Exists(goods.filter(state=ProductState.PUBLISHED, unit=unit)), then=Value(NotInvited.NO_GOODS))
            for unit in sorted(units)
        ),
        *([When(~place | Q(kelurahan__isnull=True, food_court__isnull=True), then=Value(NotInvited.ELSEWHERE))]
          if areas else []),
        When(pk__in=list(tied), then=Value(NotInvited.RELATED)),
    ]  # fmt: skip
    return Seller.objects.filter(Exists(goods)).annotate(not_invited=Case(*cases, default=Value(""))).order_by("pk")


def of_category(category: Category) -> Q:
    """Over goods: of the category or, when it is a parent, of one of its children."""
    return Q(category=category) | Q(category__parent=category)


def goods_for(seller: Seller, quotation: Any) -> QuerySet[Product]:
    """The shop's goods on show that may be offered."""
    found: QuerySet[Product] = (
        Product.objects.for_sale().filter(of_category(quotation.category), seller=seller).order_by("name", "pk")
    )
    return found
