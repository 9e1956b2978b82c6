"""Whether the rule lets goods on show: the shop, the goods, the price and the words, each by the rules of the day."""

from datetime import datetime, timedelta

from django.db.models import Q

from epeken.core import clock
from umkm.automatic import rules
from umkm.automatic.models import AutomaticDecision
from umkm.automatic.states import Verdict
from umkm.catalogue import checks
from umkm.catalogue.models import ChangeProposal, PriceChange, Product, ProductEvent, ProposalEvent
from umkm.identity.models import IdentityChange
from umkm.market_prices.references import MarketPrice, PriceLevel, reference_of
from umkm.sanctions.models import Sanction
from umkm.sanctions.states import SanctionState
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState

# Of goods on show, what the rule never lets change by itself: what they are, and what a certificate says of them.
# Tiers of the price too: what costs more from some quantity on is a rise that the price of one does not show.
LOOKED_AT = ("name", "category", "option_1", "option_2", "tiers", "keeps", "halal_number", "pirt_number")


def market_for(product: Product, proposal: ChangeProposal | None, now: datetime) -> MarketPrice | None:
    """The market's price against which the rule lets the goods, or a change of them, on show; None: a curator decides.

    Goods that others do not sell have no price to be held against, and wait.
    """
    day = clock.local_date(now)
    switch = rules.NEW_GOODS if proposal is None else rules.CHANGES
    if not switch.on(day) or not product.category.is_low_risk:
        return None
    if proposal is not None and not _is_small(product, proposal, now):
        return None
    subject = checks.as_proposed(product, proposal) if proposal else product
    market = reference_of(subject, day)
    if market is None or market.level(subject.price, day) != PriceLevel.USUAL:
        return None
    if checks.checked_findings(product, proposal, day) or not is_trusted(product.seller, now):
        return None
    return market


def is_trusted(seller: Seller, now: datetime) -> bool:
    """Old enough, with goods a curator approved, and neither warned, denied nor refused anything for a while."""
    day = clock.local_date(now)
    since = now - timedelta(days=rules.CLEAN_DAYS.on(day))
    age = timedelta(days=rules.SHOP_DAYS.on(day))
    if seller.state != SellerState.ACTIVE or seller.approved_at is None:
        return False
    # Trust is earned by a person: who takes a shop over begins anew.
    if not clock.is_over((seller.owner_since or seller.approved_at) + age, now):
        return False
    goods = ProductEvent.objects.filter(product__seller=seller)
    warned = Sanction.objects.filter(Q(state=SanctionState.IN_FORCE) | Q(given_at__gte=since), seller=seller)
    refused = (
        warned.exclude(state=SanctionState.SET_ASIDE),
        goods.filter(action__in=["reject", "send_back", "take_down"], at__gte=since),
        ProposalEvent.objects.filter(proposal__product__seller=seller, action="reject", at__gte=since),
        AutomaticDecision.objects.filter(product__seller=seller, verdict=Verdict.WRONG, judged_at__gte=since),
        IdentityChange.objects.held().filter(seller=seller),
    )
    if any(found.exists() for found in refused):
        return False
    seen = goods.filter(action="approve", actor__isnull=False).values("product").distinct().count()
    return seen >= rules.SEEN_LEAST.on(day)


def _is_small(product: Product, proposal: ChangeProposal, now: datetime) -> bool:
    """Neither another name, picture or certificate, nor far from the price that a curator last saw."""
    if any(getattr(proposal, name) != getattr(product, name) for name in LOOKED_AT):
        return False
    if product.photos.filter(is_waiting=True).exists():
        return False
    most = seen_price(product) * (1 + rules.PRICE_RISE.on(clock.local_date(now)))
    return proposal.price <= most


def seen_price(product: Product) -> int:
    """The price that was on show when a curator last decided over the goods: many small rises are one large one.

    Of goods that only the rule has let on show, the one they began with there.
    """
    by_curator = ProductEvent.objects.filter(product=product, action="approve", actor__isnull=False)
    applied = ProposalEvent.objects.filter(proposal__product=product, action="apply", actor__isnull=False)
    moments = [rows.order_by("-at").values_list("at", flat=True).first() for rows in (by_curator, applied)]
    seen = max((at for at in moments if at is not None), default=product.published_at)
    # The price before the first change since; without one it is today's.
    later = PriceChange.objects.filter(product=product).filter(Q(at__gt=seen) if seen else Q())
    first = later.order_by("pk").first()
    return first.old if first is not None else product.price
