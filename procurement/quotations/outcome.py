"""What became of an award: its purchase goes on, or it came to nothing and the next offer may win."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.i18n.times import long_date
from procurement.quotations import facts, rules
from procurement.quotations.models import Quotation, QuotationOffer
from procurement.quotations.states import QuotationState
from procurement.requests.models import PurchaseRequest, RequestSeller
from procurement.requests.states import ENDED, RequestState
from procurement.requests.unfilled import must_change_seller, said


@dataclass(frozen=True)
class AwardOutcome:
    """`request`: the last one that buys the award; `part`: its winner's part, once its order was closed without goods.

    `fell`: why the award came to nothing, without a full stop; else `stands` says why the next offer cannot win.
    """

    request: PurchaseRequest | None
    part: RequestSeller | None
    fell: str
    stands: str

    @property
    def is_running(self) -> bool:
        """Whether what was awarded is being bought, or was: no cancellation takes that back."""
        return _runs(self.request, self.part)


def outcome_of(
    quotation: Quotation,
    request: PurchaseRequest | None,
    winner: QuotationOffer,
    tied: Collection[int],
    now: datetime,
) -> AwardOutcome:
    """Of an award. `request`: of `last_request`; `tied`: pks of shops that are tied to those who decide."""
    if request is None:
        return AwardOutcome(None, None, "", _("Belum ada permintaan yang membeli hasil penetapan ini."))
    part = _unfilled(request)
    words = {"number": request.number, "shop": winner.seller_name}
    if request.state == RequestState.ORDERED:
        if part is None:
            return AwardOutcome(request, None, "", _("Pesanan ke %(shop)s masih berjalan atau sudah selesai.") % words)
        if not must_change_seller(part):
            text = _("%(said)s, bukan karena penjualnya. Batalkan permintaan penawaran ini bila tidak diperlukan lagi.")
            return AwardOutcome(request, part, "", text % {"said": said(part)})
        return AwardOutcome(request, part, said(part), "")
    found = facts.hindrance_now(quotation, winner, tied, now)
    if found is None and request.state == RequestState.LAPSED:
        return AwardOutcome(request, None, "", _("%(shop)s masih sanggup. Susun ulang permintaan %(number)s.") % words)
    if found is None and request.state in ENDED:
        text = _("%(shop)s masih sanggup; permintaan %(number)s berakhir bukan karena penjualnya. Batalkan bila perlu.")
        return AwardOutcome(request, None, "", text % words)
    if found is None:
        return AwardOutcome(request, None, "", _("Permintaan %(number)s masih berjalan.") % words)
    if request.state not in ENDED:
        text = _("%(why)s Permintaan %(number)s ditarik dahulu, baru penawar berikutnya dapat menang.")
        return AwardOutcome(request, None, "", text % {"why": found.text, **words})
    return AwardOutcome(request, None, found.text.rstrip("."), "")


def last_request(quotation: Quotation) -> PurchaseRequest | None:
    found: PurchaseRequest | None = quotation.requests.order_by("-pk").first()
    return found


def is_running(quotation: Quotation) -> bool:
    """As `AwardOutcome.is_running`; False before an award."""
    request = last_request(quotation) if quotation.state == QuotationState.AWARDED else None
    return _runs(request, _unfilled(request) if request is not None else None)


def _runs(request: PurchaseRequest | None, part: RequestSeller | None) -> bool:
    return request is not None and part is None and request.state not in ENDED


def valid_until(quotation: Quotation) -> datetime:
    """The moment from which no seller stands by an offer any more."""
    assert quotation.opened_at is not None
    opened_on = clock.local_date(quotation.opened_at)
    return clock.end_of(opened_on + timedelta(days=rules.VALID.on(opened_on)))


def validity_words(quotation: Quotation) -> str:
    """As it is told before the opening, and after it."""
    if quotation.opened_at is None:
        days = rules.VALID.on(clock.local_date(quotation.closes_at))
        return ngettext("%(n)s hari sesudah dibuka", "%(n)s hari sesudah dibuka", days) % {"n": days}
    return _("sampai %(day)s") % {"day": long_date(clock.last_day(valid_until(quotation)))}


def why_expired(quotation: Quotation, now: datetime) -> str:
    """'' while the sellers stand by their offers."""
    until = valid_until(quotation)
    if not clock.is_over(until, now):
        return ""
    return _("Penawaran berlaku sampai %(day)s. Umumkan permintaan penawaran baru.") % {
        "day": long_date(clock.last_day(until))
    }


def _unfilled(request: PurchaseRequest) -> RequestSeller | None:
    """A request of an award has one shop."""
    waits = request.sellers.filter(unfilled_at__isnull=False).select_related("seller")
    found: RequestSeller | None = waits.order_by("pk").first()
    return found
