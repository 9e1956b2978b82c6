"""The officer awards to the best ranked offer, or passes over it for a reason; the award is a draft of a purchase."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, RuleBroken, require
from epeken.core.i18n.words import rupiah
from epeken.core.numbers import next_number
from epeken.core.reasons import LEAST_REASON
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from procurement.agencies.policies import holders, memberships
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetLine
from procurement.quotations import facts, notices, outcome, policies, rules
from procurement.quotations.models import OfferPassing, Quotation, QuotationOffer
from procurement.quotations.services.publishing import locked, office_of
from procurement.quotations.states import PASSABLE, OfferObstacle, PassReason
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.services import awards, drafts
from procurement.requests.services.copies import copy_request, event_kept
from umkm.sellers.models import Seller


@service
def pass_over(
    *, actor: User, quotation: Quotation, offer: QuotationOffer, reason: str, note: str, key: str, now: datetime
) -> OfferPassing:
    """The best offer left is not awarded, for a reason its facts do not deny; the next one is the best. Once per key.

    Raises: NotAllowed, SamePerson, OwnShop, InvalidMove, RuleBroken. Locks: Quotation.
    """
    who, note = f"user:{actor.pk}", note.strip()[:300]
    body = {"pass over": offer.pk, "reason": reason, "note": note}
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return OfferPassing.objects.get(offer=offer)
    quotation = locked(quotation)
    quotation.machine.after(quotation.state, "award")
    office_of(actor, quotation, now)
    offer = _best(quotation, offer)
    require(reason in dict(PASSABLE), _("Pilih alasannya."), field="reason", code="reason_missing")
    require(
        len(note) >= LEAST_REASON,
        _("Jelaskan dengan paling sedikit %(count)s huruf; penjualnya membaca penjelasan ini.")
        % {"count": LEAST_REASON},
        field="note",
        code="note_short",
    )
    found = facts.hindrance_now(quotation, offer, _tied(quotation, actor), now)
    is_unreal = facts.is_price_unreal(quotation, offer, clock.local_date(now))
    _check_reason(reason, found, is_unreal=is_unreal)
    passing = OfferPassing.objects.create(offer=offer, reason=reason, note=note, actor=actor, at=now)
    idempotency.settle(person=who, key=key, result=str(passing.pk))
    return passing


@service
def award_quotation(
    *, actor: User, quotation: Quotation, offer: QuotationOffer, key: str, now: datetime
) -> PurchaseRequest:
    """The best offer left has won; a draft of the requester asks for its goods at its prices. Once per key.

    `offer`: the best on the page that posts. Its money is held for the draft (`requests.services.awards`); goods and
    cap room are when it is sent, as with every request.
    Raises: NotAllowed, SamePerson, OwnShop, InvalidMove, RuleBroken. Locks: BudgetLine, Quotation, PurchaseRequest.
    """
    who = f"user:{actor.pk}"
    if (number := idempotency.claim(person=who, key=key, body={"award": offer.pk})) is not None:
        return PurchaseRequest.objects.get(number=number)
    line = BudgetLine.objects.locked().get(pk=quotation.line_id)
    quotation = locked(quotation)
    quotation.machine.after(quotation.state, "award")
    office = office_of(actor, quotation, now)
    offer = _best(quotation, offer)
    found = facts.hindrance_now(quotation, offer, _tied(quotation, actor), now)
    if found is not None:
        raise RuleBroken(
            _("%(why)s Lewati penawaran ini dengan alasan itu, lalu tetapkan yang berikutnya.") % {"why": found.text},
            code="award_unable",
        )
    require(
        offer.total <= line.available,
        _("Sisa anggaran %(left)s, sedangkan penawaran ini %(total)s. Minta revisi pagu, atau batalkan.")
        % {"left": rupiah(line.available), "total": rupiah(offer.total)},
        code="budget_short",
    )
    if expired := outcome.why_expired(quotation, now):
        raise RuleBroken(expired, code="offers_expired")
    draft = _draft(quotation, offer, actor, now)
    if draft.line_id == line.pk:  # the requester may have charged what this one continues to another line
        until = outcome.valid_until(quotation)
        awards.hold_award(request=draft, line=line, amount=offer.total, until=until, actor=actor, now=now)
    move(quotation, "award", actor=actor, now=now, acted_as=office, note=draft.number, due_at=None, closed_at=now)
    notices.awarded(quotation, offer, now=now)
    idempotency.settle(person=who, key=key, result=draft.number)
    return draft


@service
def reopen_quotation(*, actor: User, quotation: Quotation, note: str, key: str, now: datetime) -> Quotation:
    """The award came to nothing through its seller: the next offer in rank may win. Once per key.

    The winner's offer is passed over with what happened; every bidder is told, and the time to decide runs anew.
    Raises: NotAllowed, SamePerson, OwnShop, InvalidMove, RuleBroken. Locks: Quotation.
    Source: Perpres 16/2018 jo. 12/2021 (the next in rank takes the place of a winner who withdraws).
    """
    who, note = f"user:{actor.pk}", note.strip()[:300]
    if idempotency.claim(person=who, key=key, body={"reopen": quotation.pk, "note": note}) is not None:
        return Quotation.objects.get(pk=quotation.pk)
    quotation = locked(quotation)
    quotation.machine.after(quotation.state, "reopen")
    office = office_of(actor, quotation, now)
    winner = best_left(quotation)
    assert winner is not None
    request, tied = outcome.last_request(quotation), _tied(quotation, actor)
    found = outcome.outcome_of(quotation, request, winner, tied, now)
    require(found.fell, found.stands, code="award_stands")
    if expired := outcome.why_expired(quotation, now):
        raise RuleBroken(expired, code="offers_expired")
    require(
        quotation.offers.left().exclude(pk=winner.pk).exists(),
        _("Tidak ada penawar lain dalam urutan. Batalkan permintaan penawaran ini, lalu cari penjual lain."),
        code="nobody_next",
    )
    require(
        len(note) >= LEAST_REASON,
        _("Jelaskan dengan paling sedikit %(count)s huruf; semua penawar membaca penjelasan ini.")
        % {"count": LEAST_REASON},
        field="note",
        code="note_short",
    )
    with translation.override("id"):  # it stands on documents
        fell = outcome.outcome_of(quotation, request, winner, tied, now).fell
    passed = f"{fell}. {note}"[:300]
    OfferPassing.objects.create(offer=winner, reason=PassReason.FELL_THROUGH, note=passed, actor=actor, at=now)
    due = clock.due_after_working_days(now, rules.DECIDE.on(clock.local_date(now)))
    due = min(due, outcome.valid_until(quotation))
    move(quotation, "reopen", actor=actor, now=now, acted_as=office, note=passed, due_at=due, closed_at=None)
    notices.reopened(quotation, winner, now=now)
    idempotency.settle(person=who, key=key, result=quotation.number)
    return quotation


def best_left(quotation: Quotation) -> QuotationOffer | None:
    """The best ranked offer nobody passed over."""
    found: QuotationOffer | None = quotation.offers.left().select_related("seller").first()
    return found


def _best(quotation: Quotation, shown: QuotationOffer) -> QuotationOffer:
    best = best_left(quotation)
    if best is None or best.pk != shown.pk:
        raise InvalidMove(_("Urutan yang tersisa sudah berubah sejak halaman ini dibuka. Muat ulang halaman."))
    return best


def _tied(quotation: Quotation, actor: User) -> frozenset[int]:
    return policies.tied_shops(policies.people_who_ask(quotation, actor))


def _check_reason(reason: str, found: facts.Hindrance | None, *, is_unreal: bool) -> None:
    """Raises RuleBroken when the facts deny it, or say another one."""
    facts_say = {None: PassReason.SPECIFICATION, OfferObstacle.RELATED: PassReason.RELATED}.get(
        found.code if found else None, PassReason.UNABLE
    )
    if found is None and reason == PassReason.PRICE:
        require(
            is_unreal,
            _("Harganya tidak jauh di bawah harga toko itu atau penawaran berikutnya. Pilih alasan lain."),
            field="reason",
            code="reason_denied",
        )
        return
    if found is None and reason != PassReason.SPECIFICATION:
        raise RuleBroken(
            _("Menurut catatan hari ini penjual ini sanggup dan tidak terkait. Pilih alasan lain."),
            field="reason",
            code="reason_denied",
        )
    if found is not None and reason != facts_say:
        raise RuleBroken(
            _("%(why)s Pilih alasan “%(reason)s”.") % {"why": found.text, "reason": facts_say.label},
            field="reason",
            code="reason_denied",
        )


def _draft(quotation: Quotation, offer: QuotationOffer, actor: User, now: datetime) -> PurchaseRequest:
    """Of the requester, or of another one of the department when that appointment ended."""
    day = clock.local_date(now)
    requester = quotation.requester
    if OfficerRole.REQUESTER not in memberships(requester, quotation.agency_id, day):
        others = [one for one in holders(quotation.agency_id, OfficerRole.REQUESTER, day) if one.pk != actor.pk]
        require(
            others,
            _("Belum ada pemesan yang ditunjuk di dinas ini. Minta admin menunjuknya, lalu tetapkan lagi."),
            code="no_requester",
        )
        requester = others[0]
    seller = Seller.objects.get(pk=offer.seller_id)
    cost = {"delivery_cost": offer.delivery_cost, "quoted_cost": offer.delivery_cost}
    way = RequestSeller(seller=seller, **{**drafts.as_delivered(seller), **cost})
    lines = [
        RequestLine(
            product=price.product,
            note=price.line.specification[:200],
            **{
                **drafts.as_sold(price.product, price.line.quantity),
                "price": price.price,
                "tier_from": None,
                "amount": price.amount,
                "quoted_price": price.price,
            },
        )
        for price in offer.prices.select_related("product__seller", "line")
    ]
    if (earlier := outcome.last_request(quotation)) is not None:
        return _continued(earlier, quotation, offer, way, lines, requester, actor, now)
    with translation.override("id"):  # it stands on documents
        purpose = _("Hasil permintaan penawaran %(number)s") % {"number": quotation.number}
    draft = PurchaseRequest.objects.create(
        agency=quotation.agency, requester=requester, number=next_number("PM", day.year), line=quotation.line,
        title=quotation.title, purpose=purpose,
        deliver_at=offer.deliver_at, delivery_place=quotation.delivery_place,
        delivery_kelurahan=quotation.delivery_kelurahan, created_at=now, from_quotation=quotation,
    )  # fmt: skip
    begin(draft, actor=actor, now=now)
    way.request = draft
    way.save()
    for line in lines:
        line.request = draft
    RequestLine.objects.bulk_create(lines)
    return draft


def _continued(
    earlier: PurchaseRequest, quotation: Quotation, offer: QuotationOffer, way: RequestSeller,
    lines: list[RequestLine], requester: User, actor: User, now: datetime,
) -> PurchaseRequest:  # fmt: skip
    """What the requester had written for the winner before goes on for the next: event, place and files."""
    earlier = PurchaseRequest.objects.locked().select_related("agency").get(pk=earlier.pk)
    part = earlier.sellers.filter(unfilled_at__isnull=False).first()
    return copy_request(
        actor=actor, request=earlier, sellers=[way], lines=lines, deliver_at=offer.deliver_at,
        event_at=event_kept(earlier, offer.deliver_at), now=now, requester=requester,
        sourced_again_from=part, from_quotation=quotation,
    )  # fmt: skip
