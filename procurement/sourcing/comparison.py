"""Sentences an approver reads before deciding: what to weigh, then what is in order. Refusals: requests/refusals."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core.i18n.words import rupiah
from epeken.core.web.templatetags.uang import tanggal
from procurement.guards import prices
from procurement.guards.states import GuardKind
from procurement.negotiations.models import Negotiation
from procurement.negotiations.states import FINISHED, NegotiationState
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.states import ChoiceReason, RequestState
from procurement.requests.unfilled import said
from procurement.sourcing import reasons
from procurement.sourcing.models import SheetOffer
from procurement.sourcing.sheets import ComparedGoods, Comparison

NOTHING: Mapping[int, Negotiation] = {}
ORDER = {"now": 0, "ok": 1}


def warnings(
    request: PurchaseRequest,
    held: RequestContents,
    sheet: Comparison | None,
    now: datetime,
    negotiated: Mapping[int, Negotiation] = NOTHING,
) -> list[dict[str, str]]:
    """Items for `components/warns.html`, what weighs most first.

    `sheet`: as it was kept when the request was sent; `negotiated`: of `results.of_request`."""
    found = [
        *_compared(sheet, held, negotiated),
        *_market(request, held),
        *({"kind": "now", "text": text} for text in prices.uncompared_notes(held).values()),
        *_continued(request, held),
        *_prices(held, negotiated),
        _held(),
        _requester(request, now),
    ]
    return sorted(found, key=lambda item: ORDER[item["kind"]])


def to_weigh(request: PurchaseRequest, held: RequestContents, sheet: Comparison | None) -> list[str]:
    """Of a request that is not sent yet: what its approver would have to weigh, the warnings of the guards aside."""
    found = [*_continued(request, held), *_compared(sheet, held, NOTHING)]
    return [item["text"] for item in found if item["kind"] != "ok"]


def _held() -> dict[str, str]:
    return {
        "kind": "ok",
        "text": _("Stok atau kapasitas, ruang penjualan, dan anggarannya sudah ditahan untuk permintaan ini."),
    }


def _continued(request: PurchaseRequest, held: RequestContents) -> Iterator[dict[str, str]]:
    """What the part it continues was approved for, and how much more or less this is."""
    part = request.sourced_again_from
    if part is None:
        return
    lines = part.request.lines.filter(seller=part.seller_id, dropped_at__isnull=True)
    before = sum(lines.values_list("amount", flat=True)) + part.delivery_cost
    words = {"old": rupiah(before), "new": rupiah(held.total), "more": rupiah(abs(held.total - before))}
    if held.total > before:
        text = _("Untuk bagian ini dulu disetujui %(old)s, sekarang %(new)s: lebih %(more)s.")
    elif held.total < before:
        text = _("Untuk bagian ini dulu disetujui %(old)s, sekarang %(new)s: hemat %(more)s.")
    else:
        text = _("Untuk bagian ini dulu disetujui %(old)s, sekarang sama.")
    yield {
        "kind": "now" if held.total > before else "ok",
        "text": text % words,
        "note": _("Melanjutkan permintaan %(number)s: %(said)s.") % {"number": part.request.number, "said": said(part)},
    }


def _prices(held: RequestContents, negotiated: Mapping[int, Negotiation]) -> list[dict[str, str]]:
    """The price kept in the request against today's price. A negotiated one is told with its negotiation."""
    found = []
    agreed = {pk for pk, one in negotiated.items() if one.state == NegotiationState.AGREED}
    for line in held.kept:
        if line.seller_id in agreed and line.listed_now >= line.price:
            continue
        if line.price_now < line.price:
            found.append(
                {
                    "kind": "now",
                    "text": _("%(name)s dari %(shop)s sekarang dijual %(new)s, di permintaan ini %(old)s.")
                    % _price_words(line, line.listed_now),
                    "note": _("Kembalikan ke pemesan bila ingin memakai harga yang lebih murah."),
                }
            )
        elif line.quoted_price is None and line.listed_now > line.price:
            found.append(
                {
                    "kind": "ok",
                    "text": _("%(name)s dari %(shop)s naik menjadi %(new)s, tetapi harga di sini tetap %(old)s.")
                    % _price_words(line, line.listed_now),
                }
            )
    return found


def _price_words(line: RequestLine, price: int) -> dict[str, str]:
    return {"name": line.name, "shop": line.seller.name, "new": rupiah(price), "old": rupiah(line.price)}


def _market(request: PurchaseRequest, held: RequestContents) -> list[dict[str, str]]:
    """What is far above other sellers' prices today, without what the request's own warnings say already."""
    answered = set(request.findings.filter(kind=GuardKind.MARKET).values_list("key", flat=True))
    found = prices.market_notes(held) | prices.unanswered_notes(held, answered)
    return [{"kind": "now", "text": text} for text in found.values()]


def _compared(
    sheet: Comparison | None, held: RequestContents, negotiated: Mapping[int, Negotiation]
) -> list[dict[str, str]]:
    """Of the goods that are still wanted. A line an approver dropped stays on the sheet as it was drawn."""
    if sheet is None:
        return []
    wanted = {line.product_id for line in held.kept}
    return [
        _compared_goods(goods, chosen, negotiated)
        for goods in sheet.goods
        if (chosen := [offer for offer in goods.chosen if offer.product_id in wanted])
    ]


def _compared_goods(
    goods: ComparedGoods, chosen: list[SheetOffer], negotiated: Mapping[int, Negotiation]
) -> dict[str, str]:
    """Green only where the chosen is the cheapest of as many as the amount asks for."""
    words = {
        "goods": str(goods.goods),
        "shops": ", ".join(dict.fromkeys(offer.seller_name for offer in chosen)),
        "have": len(goods.owners),
        "needed": goods.asked,
    }
    link = {"href": "#perbandingan", "link": _("Lihat perbandingan")}
    explained = "; ".join(
        f"{offer.seller_name}: {explanation(offer)}" for offer in chosen if reasons.is_asked(goods, offer)
    )
    if goods.is_single:
        asked = [negotiated.get(offer.seller_id) for offer in chosen]
        if all(one is not None and one.state in FINISHED for one in asked):
            text = _(
                "%(goods)s: hanya %(shops)s yang sanggup seluruh jumlahnya pada hari itu, "
                "dan harganya sudah dinegosiasikan."
            )
        else:
            text = _(
                "%(goods)s: hanya %(shops)s yang sanggup seluruh jumlahnya pada hari itu, "
                "jadi harganya wajib dinegosiasikan."
            )
        return {"kind": "now", "text": text % words, "note": explained} | link
    said = ngettext(
        "%(goods)s dari %(shops)s: %(have)s pemilik yang tidak dipilih dibandingkan.",
        "%(goods)s dari %(shops)s: %(have)s pemilik yang tidak dipilih dibandingkan.",
        len(goods.owners),
    )
    text = said % words
    if goods.is_short:
        text += " " + _("Diminta %(needed)s; selain itu tidak ada yang sanggup.") % words
        text += f" {reasons.why_nothing_is_asked(goods)}".rstrip()
    if any(goods.is_dearer(offer) for offer in chosen):
        text += " " + _("Yang dipilih bukan yang termurah sekategori.")
        return {"kind": "now", "text": text, "note": explained} | link
    return {"kind": "now" if goods.is_short else "ok", "text": text} | link


def explanation(offer: SheetOffer) -> str:
    """The coded reason and the requester's own words."""
    return ". ".join(filter(None, [str(ChoiceReason(offer.reason).label) if offer.reason else "", offer.reason_note]))


def _requester(request: PurchaseRequest, now: datetime) -> dict[str, str]:
    since = now - timedelta(days=90)
    earlier = PurchaseRequest.objects.filter(
        agency=request.agency_id, requester=request.requester_id, submitted_at__gte=since
    ).exclude(pk=request.pk)
    states = list(earlier.values_list("state", flat=True))
    if not states:
        return {
            "kind": "ok",
            "text": _("Ini permintaan pertama %(who)s dalam 90 hari.") % {"who": request.requester},
        }
    good = sum(state in (RequestState.APPROVED, RequestState.ORDERED) for state in states)
    return {
        "kind": "ok",
        "text": _("%(who)s mengajukan %(count)s permintaan lain dalam 90 hari, %(good)s disetujui.")
        % {"who": request.requester, "count": len(states), "good": good},
        "note": _("Acara ini: %(day)s.") % {"day": tanggal(request.event_at)} if request.event_at else "",
    }
