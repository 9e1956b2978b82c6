"""Decisions of the rule, kept, and a sample of them looked at by curators."""

import secrets
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, require
from epeken.core.services import service
from epeken.users.models import User
from umkm.automatic import rules
from umkm.automatic.models import AutomaticDecision
from umkm.automatic.states import Verdict
from umkm.catalogue import listing
from umkm.catalogue.models import ChangeProposal, Product
from umkm.market_prices.references import MarketPrice


@service
def record_decision(
    *, product: Product, proposal: ChangeProposal | None, market: MarketPrice, now: datetime
) -> AutomaticDecision:
    """The rule let it on show, not an officer. Which are in the sample nobody can foresee. Locks: nothing."""
    every = rules.SAMPLE_EVERY.on(clock.local_date(now))
    return AutomaticDecision.objects.create(
        product=product,
        proposal=proposal,
        decided_at=now,
        price=product.price,
        median=market.median,
        is_sample=every > 0 and secrets.randbelow(every) == 0,
    )


@service
def judge_decision(*, actor: User, decision: AutomaticDecision, verdict: str, now: datetime) -> AutomaticDecision:
    """A curator looked at what the rule let on show. Found wrong, the shop's goods wait for curators again.

    The goods stay on show until a curator takes them down. Raises: NotAllowed, InvalidMove, RuleBroken.
    Locks: AutomaticDecision.
    """
    row: AutomaticDecision = AutomaticDecision.objects.locked().select_related("product__seller").get(pk=decision.pk)
    listing.check_curator(actor, row.product)
    require(verdict in Verdict.values, _("Pilih benar atau keliru."), field="verdict", code="verdict_unknown")
    if row.verdict:
        raise InvalidMove(_("Keputusan ini sudah diperiksa."))
    AutomaticDecision.objects.filter(pk=row.pk).update(verdict=verdict, judged_by=actor, judged_at=now)
    row.refresh_from_db()
    return row
