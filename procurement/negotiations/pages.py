"""What the pages of a negotiation say."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock
from epeken.core.i18n.times import brief_time, deadline_words, long_time, near_time
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.users.models import User
from procurement.negotiations import policies, results
from procurement.negotiations.models import Negotiation, NegotiationRound
from procurement.negotiations.states import FINISHED, LIVE, NegotiationState, Side
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import RequestState
from umkm.catalogue.states import Unit

TAGS = {
    NegotiationState.WITH_SELLER: "now",
    NegotiationState.WITH_BUYER: "now",
    NegotiationState.AGREED: "done",
    NegotiationState.REFUSED: "info",
    NegotiationState.WITHDRAWN: "",
    NegotiationState.ENDED: "",
}


@dataclass(frozen=True)
class NegotiationPage:
    tag: str
    state: str  # in the words of whoever reads it
    left: str
    is_late: bool
    facts: list[dict[str, Any]]
    head: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    outcome: str
    decision: dict[str, Any] | None  # of the side whose turn it is
    waits: str  # what the other side is waited for, and until when
    stop: str  # the address on which this person may end it; '' when they may not
    is_ordered: bool  # the surat pesanan that came of it may be looked for


def page(negotiation: Negotiation, viewer: User, now: datetime) -> NegotiationPage:
    side = policies.side_of(viewer, negotiation, clock.local_date(now))
    is_mine = policies.has_turn(negotiation, side)
    stops = policies.can_stop(negotiation, side, now)
    name = "procurement:negotiation-refuse" if side == Side.SELLER else "procurement:negotiation-withdraw"
    return NegotiationPage(
        tag=TAGS[NegotiationState(negotiation.state)],
        state=_("Menunggu jawaban Anda") if is_mine else str(NegotiationState(negotiation.state).label),
        left=deadline_words(_whose_answer(negotiation), negotiation.due_at, now) if negotiation.due_at else "",
        is_late=policies.is_silent(negotiation, now),
        facts=_facts(negotiation),
        head=[
            {"text": _("Putaran")},
            {"text": _("Tawaran")},
            {"text": _("Tiba")},
            {"text": pgettext("uang", "Jumlah"), "n": True},
        ],
        rows=round_rows(negotiation),
        outcome=outcome_words(negotiation),
        decision=decision(negotiation, now) if is_mine else None,
        waits="" if is_mine or negotiation.state not in LIVE else _waits(negotiation, now),
        stop=reverse(name, args=[negotiation.number]) if stops else "",
        is_ordered=negotiation.state in FINISHED
        and negotiation.request.state == RequestState.ORDERED
        and negotiation.sent_at == negotiation.request.submitted_at,
    )


def _whose_answer(negotiation: Negotiation) -> str:
    return _("Jawaban penjual") if negotiation.state == NegotiationState.WITH_SELLER else _("Jawaban dinas")


def round_rows(negotiation: Negotiation) -> list[dict[str, Any]]:
    """One row a round, for `components/table.html`; each says how it differs from the seller's first offer."""
    offer = results.first(negotiation)
    return [_round(negotiation, one, offer) for one in results.rounds_of(negotiation)]


def decision(negotiation: Negotiation, now: datetime) -> dict[str, Any]:
    """The card with the one decision: what is offered, and the three answers."""
    last, offer = results.last(negotiation), results.first(negotiation)
    request = negotiation.request
    is_sellers = negotiation.state == NegotiationState.WITH_SELLER
    total, before = results.total_of(last), results.total_of(offer)
    facts = [
        {"label": row.name, "value": _("%(count)s, %(price)s per %(unit)s") % {
            "count": Unit(row.unit).counted(row.quantity), "price": rupiah(row.price), "unit": Unit(row.unit).label,
        }, "note": _instead(row.price, results.prices_of(offer).get(row.product_id))}
        for row in last.prices.all()
    ]  # fmt: skip
    if offer.delivery_cost:
        facts.append(
            {
                "label": _("Ongkos antar"),
                "value": rupiah(last.delivery_cost),
                "note": _instead(last.delivery_cost, offer.delivery_cost),
            }
        )
    facts.append(
        {"label": _("Tiba paling lambat"), "value": results.told(last.deliver_at), "note": _moved(last, offer)}
    )
    facts.append({"label": pgettext("uang", "Jumlah"), "value": rupiah(total), "note": _instead(total, before)})
    if last.words:
        facts.append({"label": _("Kata-kata"), "value": last.words, "note": ""})
    due = negotiation.due_at or now
    return {
        "id": f"n{negotiation.pk}",
        "left": deadline_words(_("Jawaban Anda"), due, now),
        "until": _("sampai %(when)s") % {"when": near_time(clock.told_end(due), now)},
        "from": _("Negosiasi %(number)s, tawaran dari %(who)s")
        % {"number": negotiation.number, "who": request.agency.name if is_sellers else negotiation.seller.name},
        "title": request.title,
        "url": reverse("procurement:negotiation-detail", args=[negotiation.number]),
        "facts": facts,
        "number": negotiation.number,
        "round": last.number,
        "key": new_key(),
        "total": total,
        "is_sellers": is_sellers,
        "silence": _("Bila sampai %(when)s Anda belum menjawab, pihak lain boleh menghentikan negosiasi.")
        % {"when": near_time(clock.told_end(due), now)},
    }


def part_rows(
    request: PurchaseRequest, held: RequestContents, found: dict[int, Negotiation], *, can_open: bool, now: datetime
) -> list[dict[str, Any]]:
    """For `_parts.html`: of each seller of the request what was negotiated, and the way to it or to a first offer."""
    rows = []
    undone = results.undone(request) if can_open else {}
    for part in held.parts:
        negotiation, earlier = found.get(part.seller.pk), undone.get(part.seller.pk)
        if negotiation is not None:
            link = _("Jawab tawarannya") if can_open and negotiation.state == NegotiationState.WITH_BUYER else ""
            rows.append(
                {
                    "seller": part.seller.name,
                    "tag": str(NegotiationState(negotiation.state).label),
                    "kind": TAGS[NegotiationState(negotiation.state)],
                    "text": outcome_words(negotiation) or _waits(negotiation, now),
                    "href": reverse("procurement:negotiation-detail", args=[negotiation.number]),
                    "link": link or _("Lihat risalah"),
                }
            )
        elif can_open and part.kept:
            text = _("Penawarannya %(total)s.") % {"total": rupiah(part.total)}
            rows.append(
                {
                    "seller": part.seller.name,
                    "tag": _("Perlu dinegosiasikan lagi") if earlier else _("Belum dinegosiasikan"),
                    "kind": "now" if earlier else "",
                    "text": f"{text} {undone_words(earlier)}" if earlier else text,
                    "href": reverse("procurement:negotiation-create", args=[request.number, part.seller.pk]),
                    "link": _("Negosiasikan harganya"),
                }
            )
    return rows


def undone_words(negotiation: Negotiation) -> str:
    return _(
        "Hasil negosiasi %(number)s dengan %(shop)s, %(total)s, tidak berlaku lagi karena permintaannya dikembalikan."
    ) % {
        "number": negotiation.number,
        "shop": negotiation.seller.name,
        "total": rupiah(results.total_of(results.last(negotiation))),
    }


def outcome_words(negotiation: Negotiation) -> str:
    """How it ended, in one sentence with figures; '' while it runs."""
    offer, last = results.first(negotiation), results.last(negotiation)
    words = {
        "shop": negotiation.seller.name,
        "old": rupiah(results.total_of(offer)),
        "new": rupiah(results.total_of(last)),
        "less": rupiah(results.total_of(offer) - results.total_of(last)),
        "when": long_time(negotiation.closed_at) if negotiation.closed_at else "",
    }
    text = {
        NegotiationState.AGREED: _("Disepakati %(new)s pada %(when)s, penawaran awalnya %(old)s: hemat %(less)s."),
        NegotiationState.REFUSED: _("%(shop)s tetap pada penawaran %(old)s."),
        NegotiationState.WITHDRAWN: _("Dinas menghentikan negosiasi. Penawaran %(old)s tetap berlaku."),
        NegotiationState.ENDED: _("Permintaannya tidak lagi menunggu keputusan, jadi tidak ada yang disepakati."),
    }.get(NegotiationState(negotiation.state), "")
    return text % words


def offered_items(found: Iterable[Negotiation], now: datetime) -> list[dict[str, Any]]:
    """For `components/todo.html`: what a shop offered and its department has not answered. `found`: with its rounds."""
    return [
        {
            "title": one.request.title,
            "href": reverse("procurement:negotiation-detail", args=[one.number]),
            "note": ", ".join([one.number, one.request.agency.name, rupiah(results.total_of(results.last(one)))]),
            "left": deadline_words(_("Jawaban dinas"), one.due_at, now) if one.due_at else "",
        }
        for one in found
    ]


@dataclass(frozen=True)
class DeskNote:
    """What runs at a request on an officer's desk; `due`: until when an answer of this officer is waited for."""

    text: str
    due: datetime | None = None


def desk_notes(requests: Iterable[PurchaseRequest], answering: Collection[int], now: datetime) -> dict[int, DeskNote]:
    """By request pk, on whom each negotiation there waits. `answering`: pks of the requests whose offers the reader
    answers. One query."""
    live = Negotiation.objects.live().filter(request__in=list(requests)).select_related("seller").order_by("pk")
    found: dict[int, list[Negotiation]] = {}
    for negotiation in live:
        found.setdefault(negotiation.request_id, []).append(negotiation)
    return {pk: _desk_note(rows, pk in answering, now) for pk, rows in found.items()}


def _desk_note(rows: list[Negotiation], answers: bool, now: datetime) -> DeskNote:
    mine = [one.due_at for one in rows if answers and one.state == NegotiationState.WITH_BUYER and one.due_at]
    text = " ".join(_waits(one, now, is_readers=answers) for one in rows)
    return DeskNote(text, min(mine, default=None))


def _waits(negotiation: Negotiation, now: datetime, *, is_readers: bool = False) -> str:
    """`is_readers`: whoever reads it answers for the department."""
    if negotiation.due_at is None:
        return ""
    words = {"shop": negotiation.seller.name, "due": near_time(clock.told_end(negotiation.due_at), now)}
    is_sellers = negotiation.state == NegotiationState.WITH_SELLER
    if policies.is_silent(negotiation, now):
        text = _("%(shop)s tidak menjawab sampai %(due)s.") if is_sellers else _("Dinas tidak menjawab sampai %(due)s.")
    elif is_sellers:
        text = _("Menunggu jawaban %(shop)s sampai %(due)s.")
    elif is_readers:
        text = _("Tawaran %(shop)s menunggu jawaban Anda sampai %(due)s.")
    else:
        text = _("Tawaran %(shop)s menunggu jawaban dinas sampai %(due)s.")
    return text % words


def _facts(negotiation: Negotiation) -> list[dict[str, Any]]:
    request = negotiation.request
    offer = results.first(negotiation)
    goods = ", ".join(f"{Unit(row.unit).counted(row.quantity)} {row.name}" for row in offer.prices.all())
    ward = request.delivery_kelurahan
    return [
        {"label": _("Dinas"), "value": request.agency.name},
        {"label": _("Penjual"), "value": negotiation.seller.name},
        {"label": _("Barang"), "value": goods},
        {"label": _("Diantar ke"), "value": request.delivery_place or "–", "note": ward.full_name if ward else ""},
        {"label": _("Penawaran awal"), "value": rupiah(results.total_of(offer))},
        *_ended(negotiation),
    ]


def _ended(negotiation: Negotiation) -> list[dict[str, Any]]:
    """Who ended it, and where its minutes are. One query."""
    end = negotiation.events.order_by("-pk").first()
    if end is None or negotiation.state in LIVE:
        return []
    row = {
        "label": _("Disepakati oleh") if negotiation.state == NegotiationState.AGREED else _("Diakhiri oleh"),
        "value": str(end.actor or _("Sistem")),
        "note": brief_time(end.at),
    }
    minutes = _("Terbit bersama surat pesanannya, di berkas pesanan itu.")
    return [row, {"label": _("Berita acara"), "value": minutes}] if negotiation.state in FINISHED else [row]


def _round(negotiation: Negotiation, one: NegotiationRound, offer: NegotiationRound) -> dict[str, Any]:
    is_first = one.number == 0
    if is_first:
        who = _("Penawaran awal")
    else:
        name = negotiation.seller.name if one.side == Side.SELLER else negotiation.request.agency.short_name
        who = f"{one.number}. {name}"
    prices = [f"{row.name} {rupiah(row.price)}" for row in one.prices.all()]
    if offer.delivery_cost:
        prices.append(_("ongkir %(fee)s") % {"fee": rupiah(one.delivery_cost)})
    total, before = results.total_of(one), results.total_of(offer)
    return {
        "cells": [
            {
                "text": who,
                "note": ", ".join(filter(None, [str(one.actor) if one.actor else "", brief_time(one.at)])),
            },
            {"text": "; ".join(prices), "note": f"“{one.words}”" if one.words else ""},
            {
                "text": brief_time(clock.told_end(one.deliver_at)),
                "note": "" if is_first else _moved(one, offer),
                "label": _("Tiba"),
            },
            {
                "text": rupiah(total),
                "note": "" if is_first else _difference(total, before),
                "n": True,
                "label": pgettext("uang", "Jumlah"),
            },
        ]
    }


def _difference(total: int, before: int) -> str:
    if total == before:
        return _("sama dengan penawaran awal")
    return _("turun %(less)s dari penawaran awal") % {"less": rupiah(before - total)}


def _instead(now_is: int, before: int | None) -> str:
    if before is None or now_is == before:
        return _("seperti penawaran awal")
    return _("penawaran awal %(old)s") % {"old": rupiah(before)}


def _moved(one: NegotiationRound, offer: NegotiationRound) -> str:
    return (
        ""
        if one.deliver_at == offer.deliver_at
        else _("semula %(when)s") % {"when": brief_time(clock.told_end(offer.deliver_at))}
    )
