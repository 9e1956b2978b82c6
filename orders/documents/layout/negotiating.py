"""The minutes of a negotiation: every round, who offered it and when, the figures, and how it ended."""

from collections.abc import Sequence
from typing import Any

from epeken.core import clock
from epeken.core.i18n.times import full_time, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Event
from orders.documents import schedule
from orders.documents.layout import facts
from orders.documents.layout.facts import Paper
from orders.documents.models import Document
from orders.documents.schedule import Trail
from orders.orders.models import Order
from procurement.negotiations import results
from procurement.negotiations.models import Negotiation, NegotiationRound
from procurement.negotiations.states import NegotiationState, Side
from umkm.catalogue.states import Unit

VERBS = {
    "create": "Ditawarkan",
    "counter": "Ditawarkan",
    "accept": "Disepakati",
    "refuse": "Ditolak",
    "withdraw": "Dihentikan",
}


def minutes(trail: Trail, document: Document) -> Paper:
    request, found = trail.order.request, negotiated(trail.order)
    if request is None or found is None:
        raise ValueError("Nothing was negotiated for this order.")
    paper = facts.base(
        document,
        title="Berita Acara Negosiasi",
        numbers=[f"Nomor {found.number}", f"Permintaan {request.number}"],
        head=facts.agency_head(trail.order.buyer_party),
    )
    events = sorted(found.events.all(), key=lambda event: event.pk)
    acts = [event for event in events if event.action in ("create", "counter")]
    offer, *rounds = results.rounds_of(found)
    last = rounds[-1]
    seller = trail.order.seller_party
    paper.data |= {
        "facts": [
            ("Kegiatan", request.title),
            ("Penyedia", f"{seller.name}, {seller.owner_name}"),
            ("Permintaan dikirim", full_time(found.sent_at)),
            ("Negosiasi dibuka", full_time(found.opened_at)),
            ("Negosiasi selesai", full_time(found.closed_at) if found.closed_at else "–"),
            ("Hasil", str(NegotiationState(found.state).label)),
        ],
        "rounds": [
            _round("Penawaran awal", f"{seller.name}, di permintaan", offer, offer),
            *(
                _round(f"Putaran {one.number}", _who(one, act, seller.name), one, offer)
                for one, act in zip(rounds, acts, strict=True)
            ),
        ],
        "words": [f"Putaran {one.number}: “{one.words}”" for one in rounds if one.words],
        "result": _result(found, offer, last, events[-1]),
        "signs": [_signed(events, is_seller=True), _signed(events, is_seller=False)],
    }
    return paper


def negotiated(order: Order) -> Negotiation | None:
    """What was negotiated with the seller for this order, whatever came of it."""
    number = schedule.negotiation_number(order)
    every = order.request.negotiations.all() if order.request and number else ()
    return next((one for one in every if one.number == number), None)


def _round(title: str, who: str, one: NegotiationRound, offer: NegotiationRound) -> dict[str, Any]:
    total, before = results.total_of(one), results.total_of(offer)
    return {
        "title": title,
        "who": who,
        "prices": [
            f"{row.name}, {Unit(row.unit).counted(row.quantity)}: {rupiah(row.price)}" for row in one.prices.all()
        ],
        "fee": rupiah(one.delivery_cost),
        "total": rupiah(total),
        "less": f"turun {rupiah(before - total)} dari penawaran awal" if total < before else "",
        "deliver": long_time(clock.told_end(one.deliver_at)),
    }


def _who(one: NegotiationRound, act: Event, shop: str) -> str:
    """As they were when they offered it."""
    side = shop if one.side == Side.SELLER else facts.office(act)
    return f"{act.actor_name}, {side}, {full_time(one.at)}"


def _result(found: Negotiation, offer: NegotiationRound, last: NegotiationRound, end: Event) -> list[str]:
    total, before = results.total_of(last), results.total_of(offer)
    if found.state == NegotiationState.AGREED:
        said = [
            f"Disepakati {rupiah(total)} ({facts.words(total)}) dengan ongkos antar, tiba paling lambat "
            f"{long_time(clock.told_end(last.deliver_at))}. Penawaran awal {rupiah(before)}: hemat "
            f"{rupiah(before - total)}.",
            "Yang disepakati berlaku untuk permintaan ini saja. Harga toko bagi pembeli lain tidak berubah.",
        ]
    elif found.state == NegotiationState.REFUSED:
        said = [f"Penyedia tetap pada penawaran awal {rupiah(before)}."]
    elif last.side == Side.BUYER:
        said = [f"Penyedia tidak menjawab dalam waktunya. Penawaran awal {rupiah(before)} tetap berlaku."]
    else:
        said = [f"Dinas tidak menerima tawaran terakhir penyedia. Penawaran awal {rupiah(before)} tetap berlaku."]
    return [*said, *([f"Catatan: {end.note}"] if end.note else [])]


def _signed(events: Sequence[Event], *, is_seller: bool) -> dict[str, Any]:
    """The last act of one side; a shop that kept silent signs nothing."""
    mine = [event for event in events if (event.acted_as == Side.SELLER) is is_seller and event.action in VERBS]
    if not mine:
        return facts.sign("Penyedia", "–", note="tidak menjawab")
    act = mine[-1]
    return facts.signed("Penyedia" if is_seller else facts.office(act), act, VERBS[act.action])
