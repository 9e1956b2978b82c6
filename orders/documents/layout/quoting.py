"""The record of a request for quotation: what was asked of whom, what the opening found, who decided and why."""

from typing import Any

from epeken.core import clock
from epeken.core.i18n.times import full_time, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Event
from orders.documents.layout import facts
from orders.documents.layout.facts import Paper
from orders.documents.models import Document
from orders.documents.schedule import Trail
from procurement.quotations import questions, results
from procurement.quotations.models import Quotation, QuotationOffer, QuotationQuestion
from procurement.quotations.states import NotInvited, OfferObstacle, PassReason
from umkm.catalogue.states import Unit


def protocol(trail: Trail, document: Document) -> Paper:
    request = trail.order.request
    if request is None or request.from_quotation_id is None:
        raise ValueError("The request of this order buys no award.")
    found = Quotation.objects.with_page().prefetch_related("events").get(pk=request.from_quotation_id)
    offers = results.offers_of(found)
    winner = results.winner_in(offers, found)
    acts = {event.action: event for event in found.events.all()}
    paper = facts.base(
        document,
        title="Berita Acara Permintaan Penawaran",
        numbers=[f"Nomor {found.number}", f"Permintaan {request.number}"],
        head=facts.agency_head(trail.order.buyer_party),
    )
    paper.data |= {
        "facts": [
            ("Kegiatan", found.title),
            ("Kategori barang", found.category.name),
            ("Wilayah penjual", ", ".join(area.name for area in found.areas.all()) or "Seluruh kota"),
            ("Diumumkan", full_time(found.published_at) if found.published_at else "–"),
            ("Batas penawaran", full_time(found.closes_at)),
            ("Dibuka sistem", full_time(found.opened_at) if found.opened_at else "–"),
            ("Jumlah tertinggi", rupiah(found.ceiling) if found.ceiling is not None else "tidak ada"),
            ("Cara menentukan urutan", results.rule_words(found)),
            ("Diundang", _invited(found)),
        ],
        "goods": [
            {"name": line.name, "note": line.specification, "quantity": Unit(line.unit).counted(line.quantity)}
            for line in found.lines.all()
        ],
        "asked": [_asked(question) for question in questions.questions_of(found)],
        "offers": [_offer(offer) for offer in offers],
        "said": [said for offer in offers if (said := _said(offer))],
        "result": f"Pemenang: {winner.seller_name}, {rupiah(winner.total)} ({facts.words(winner.total)})."
        if winner
        else "",
        "signs": [_signed(acts.get("publish"), "Diumumkan"), _signed(acts.get("award"), "Ditetapkan")],
    }
    return paper


def _invited(found: Quotation) -> str:
    counts: dict[str, int] = {}
    for reason in found.invitations.values_list("reason", flat=True):
        counts[reason] = counts.get(reason, 0) + 1
    others = [f"{counts[reason]}: {reason.label.lower()}" for reason in NotInvited if reason in counts]
    said = f"{counts.get('', 0)} penjual"
    return f"{said}; tidak diundang {'; '.join(others)}" if others else said


def _asked(question: QuotationQuestion) -> dict[str, Any]:
    """Who asked stands nowhere."""
    return {
        "question": question.text,
        "at": long_time(question.at),
        "answers": [f"{answer.text} (dijawab {long_time(answer.at)})" for answer in question.answers.all()]
        or ["Tidak dijawab sampai batasnya."],
    }


def _offer(offer: QuotationOffer) -> dict[str, Any]:
    return {
        "rank": str(offer.rank) if offer.rank else "gugur",
        "points": f"nilai {offer.points}".replace(".", ",") if offer.points is not None else "",
        "shop": offer.seller_name,
        "sent": f"dikirim {long_time(offer.sent_at)}",
        "prices": [f"{row.line.name}: {rupiah(row.price)}" for row in offer.prices.all()],
        "fee": rupiah(offer.delivery_cost),
        "total": rupiah(offer.total),
        "deliver": long_time(clock.told_end(offer.deliver_at)) if offer.deliver_at else "–",
    }


def _said(offer: QuotationOffer) -> str:
    if offer.obstacle:
        return f"{offer.seller_name} gugur: {OfferObstacle(offer.obstacle).label}. {offer.obstacle_note}".strip()
    passing = results.passing_of(offer)
    if passing is not None and results.has_fallen(offer):
        return f"{offer.seller_name} semula menang. {passing.note}"
    if passing is not None:
        return f"{offer.seller_name} dilewati: {PassReason(passing.reason).label}. {passing.note}"
    return ""


def _signed(act: Event | None, verb: str) -> dict[str, Any]:
    return facts.signed(facts.office(act) if act else "Pejabat", act, verb)
