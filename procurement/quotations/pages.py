"""What the pages of a request for quotation say: to the department, to an invited shop, to anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext, pgettext

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.i18n.times import brief_time, deadline_words, long_date, long_time, month_year, near_time
from epeken.core.i18n.words import rupiah
from epeken.users.models import User
from procurement.agencies.policies import holders
from procurement.guards import budget_fit
from procurement.quotations import outcome, policies, questions, results, terms
from procurement.quotations.models import (
    Invitation,
    Quotation,
    QuotationLine,
    QuotationLook,
    QuotationOffer,
    QuotationQuestion,
    SealedOffer,
)
from procurement.quotations.states import (
    OVER,
    WRITTEN,
    NotInvited,
    OfferObstacle,
    PassReason,
    QuotationCancelReason,
    QuotationState,
)
from procurement.requests import policies as requests_policies
from procurement.requests.models import PurchaseRequest
from umkm.catalogue import low_prices
from umkm.catalogue.names import share_a_word
from umkm.catalogue.states import Unit
from umkm.sellers.models import Seller

TAGS = {
    QuotationState.DRAFT: "",
    QuotationState.RETURNED: "now",
    QuotationState.PUBLISHED: "now",
    QuotationState.OPENED: "info",
    QuotationState.AWARDED: "done",
    QuotationState.CANCELLED: "no",
    QuotationState.DISCARDED: "",
}
NEAR = (__("kelurahan yang sama"), __("kecamatan yang sama"), __("kecamatan lain"))


@dataclass(frozen=True)
class DeskPage:
    tag: str
    left: str
    notes: list[dict[str, str]]
    facts: list[dict[str, Any]]
    goods_head: list[dict[str, Any]]
    goods: list[dict[str, Any]]
    invited: list[dict[str, Any]]
    head: list[dict[str, Any]]
    offers: list[dict[str, Any]]
    best: QuotationOffer | None  # which this person may award or pass over
    best_words: str
    looks: list[dict[str, Any]]
    asked: questions.AskedPage
    can_reopen: bool
    can_edit: bool
    can_copy: bool
    can_publish: bool
    can_return: bool
    can_cancel: bool


@dataclass(frozen=True)
class Award:
    """What an officer reads of an award that came to nothing; '' while it stands, or to whoever may not decide."""

    words: str = ""
    can_reopen: bool = False
    is_running: bool = False


def desk(quotation: Quotation, viewer: User, now: datetime) -> DeskPage:
    day = clock.local_date(now)
    offers = results.offers_of(quotation)
    binds = bool(policies.binding_office(viewer, quotation, day)) and policies.own_shop(viewer, offers) is None
    best = results.best_of(offers) if quotation.state == QuotationState.OPENED else None
    asked = questions.questions_of(quotation)
    made = outcome.last_request(quotation)
    award = _award_of(quotation, made, offers, viewer, binds, now)
    wrong = problems_of(quotation, now)
    is_draft = quotation.state == QuotationState.DRAFT
    return DeskPage(
        tag=TAGS[QuotationState(quotation.state)],
        left=left_of(quotation, now),
        notes=[
            *_wrong_notes(wrong),
            *_account_notes(quotation, day),
            *_cap_notes(quotation),
            *_desk_notes(quotation, offers, asked, made, award, viewer, binds, now),
        ],
        facts=facts(quotation),
        goods_head=goods_head(),
        goods=goods_rows(quotation),
        invited=invited_facts(quotation),
        head=_offers_head(quotation),
        offers=_offer_rows(quotation, offers),
        best=best if binds else None,
        best_words=_best_words(best),
        looks=_looks(quotation),
        asked=questions.page_of(quotation, asked, now, answers=binds),
        can_edit=policies.can_edit(viewer, quotation, day),
        can_copy=quotation.state in OVER and requests_policies.can_request(viewer, quotation.agency, day),
        can_publish=binds and is_draft and not wrong,
        can_return=binds and is_draft,
        can_reopen=award.can_reopen,
        can_cancel=binds and quotation.machine.allows(quotation.state, "cancel") and not award.is_running,
    )


def problems_of(quotation: Quotation, now: datetime) -> list[RuleBroken]:
    """Why the draft cannot be published as it is; of anything else nothing."""
    if quotation.state not in WRITTEN:
        return []
    return list(terms.problems({name: getattr(quotation, name) for name in terms.WRITABLE}, now))


def _wrong_notes(wrong: Iterable[RuleBroken]) -> Iterable[dict[str, str]]:
    for problem in wrong:
        yield {"kind": "no", "text": _("Belum dapat diumumkan. %(why)s") % {"why": problem.message}}


def _account_notes(quotation: Quotation, day: date) -> Iterable[dict[str, str]]:
    """Of a draft: the account pays for other kinds of goods, which the purchase would have to explain."""
    if quotation.state not in WRITTEN:
        return
    if fitting := budget_fit.other_goods(quotation.line.account_id, quotation.category, day):
        text = _(
            "%(account)s menurut tabel kota untuk %(fitting)s, bukan %(category)s. Ganti mata anggaran bila keliru."
        )
        words = {
            "account": quotation.line.account, "fitting": ", ".join(fitting), "category": quotation.category.title,
        }  # fmt: skip
        yield {"kind": "now", "text": text % words}


def _cap_notes(quotation: Quotation) -> Iterable[dict[str, str]]:
    if quotation.state in WRITTEN and (text := terms.above_cap(quotation.ceiling, quotation.closes_at)):
        yield {"kind": "now", "text": text}


def publishing_words(quotation: Quotation, invitations: Iterable[Invitation]) -> str:
    """Before it is published: who is told, until when they offer, up to how much."""
    invited = sum(not row.reason for row in invitations)
    words = {
        "count": invited,
        "until": long_time(clock.told_end(quotation.closes_at)),
        "ceiling": _("tidak ada") if quotation.ceiling is None else rupiah(quotation.ceiling),
    }
    text = ngettext(
        "%(count)d penjual yang memenuhi syarat diundang dan dapat menawar sampai %(until)s. Jumlah tertinggi: "
        "%(ceiling)s. Permintaan ini terbaca umum dan isinya tidak dapat diubah lagi.",
        "%(count)d penjual yang memenuhi syarat diundang dan dapat menawar sampai %(until)s. Jumlah tertinggi: "
        "%(ceiling)s. Permintaan ini terbaca umum dan isinya tidak dapat diubah lagi.",
        invited,
    )
    return " ".join(filter(None, [text % words, terms.above_cap(quotation.ceiling, quotation.closes_at)]))


def left_of(quotation: Quotation, now: datetime) -> str:
    """Until when it is published, offers are taken, or the winner is named: the words say which."""
    what, end = {
        QuotationState.PUBLISHED: (_("Penawaran"), quotation.closes_at),
        QuotationState.OPENED: (_("Penetapan pemenang"), quotation.due_at),
    }.get(QuotationState(quotation.state), ("", None))
    if quotation.state in WRITTEN:
        what, end = _("Pengumuman"), terms.publishable_until(quotation.closes_at, now)
    return deadline_words(what, end, now) if end else ""


def facts(quotation: Quotation, *, is_public: bool = False) -> list[dict[str, Any]]:
    areas = ", ".join(area.name for area in quotation.areas.all())
    place = f"{quotation.delivery_place}, {quotation.delivery_kelurahan}"
    rows = [
        {"label": _("Dinas"), "value": quotation.agency.name},
        {"label": _("Kategori barang"), "value": quotation.category.title},
        {"label": _("Wilayah penjual"), "value": areas or _("Seluruh kota")},
        {"label": _("Batas penawaran"), "value": long_time(clock.told_end(quotation.closes_at))},
        {"label": _("Barang tiba paling lambat"), "value": long_time(clock.told_end(quotation.deliver_at))},
        {"label": _("Diantar ke"), "value": place},
        {
            "label": _("Jumlah tertinggi"),
            "value": _("Tidak ada") if quotation.ceiling is None else rupiah(quotation.ceiling),
        },
        {"label": _("Cara menentukan urutan"), "value": results.rule_words(quotation)},
        {"label": _("Penawaran berlaku"), "value": outcome.validity_words(quotation)},
    ]
    if quotation.published_at is not None:
        asked, answered = (questions.ask_until(quotation), questions.answer_until(quotation))
        told = {"asked": brief_time(clock.told_end(asked)), "answered": brief_time(clock.told_end(answered))}
        words = _("sampai %(asked)s, dijawab sampai %(answered)s") % told
        rows.insert(4, {"label": _("Waktu bertanya"), "value": words})
    if not is_public:
        rows.insert(1, {"label": _("Mata anggaran"), "value": str(quotation.line)})
    return rows


def goods_head() -> list[dict[str, Any]]:
    return [{"text": _("Barang yang diminta")}, {"text": _("Spesifikasi")}, {"text": _("Banyaknya"), "n": True}]


def goods_rows(quotation: Quotation) -> list[dict[str, Any]]:
    return [
        {
            "cells": [
                {"text": line.name},
                {"text": line.specification, "label": _("Spesifikasi")},
                {"text": Unit(line.unit).counted(line.quantity), "n": True, "label": _("Banyaknya")},
            ]
        }
        for line in quotation.lines.all()
    ]


def invited_facts(quotation: Quotation) -> list[dict[str, Any]]:
    """How many were invited, and of the others how many for which reason. One query."""
    if quotation.published_at is None:
        return []
    counts = quotation.invitations.values("reason").order_by("reason").annotate(count=Count("pk"))
    by_reason = {row["reason"]: row["count"] for row in counts}
    rows = [{"label": _("Penjual yang diundang"), "value": by_reason.get("", 0)}]
    return rows + [{"label": reason.label, "value": by_reason[reason]} for reason in NotInvited if reason in by_reason]


def outcome_words(quotation: Quotation, offers: Iterable[QuotationOffer]) -> str:
    """`offers`: of `results.offers_of`."""
    winner = results.winner_in(offers, quotation)
    if winner is not None:
        return _("Pemenangnya %(shop)s dengan %(total)s.") % {
            "shop": winner.seller_name,
            "total": rupiah(winner.total),
        }
    if quotation.state == QuotationState.OPENED and any(results.has_fallen(offer) for offer in offers):
        return _("Pemenang pertama tidak jadi. Penawar berikutnya ditetapkan paling lambat %(due)s.") % {
            "due": long_date(clock.last_day(quotation.due_at)) if quotation.due_at else "–"
        }
    if quotation.state == QuotationState.CANCELLED:
        reason = QuotationCancelReason(quotation.cancel_reason).label
        return _("Dibatalkan: %(reason)s. %(note)s") % {"reason": reason, "note": quotation.cancel_note}
    return ""


def list_head() -> list[dict[str, Any]]:
    return [{"text": _("Kegiatan")}, {"text": _("Batas penawaran")}, {"text": _("Keadaan")}]


def list_rows(found: Iterable[Quotation], route: str, now: datetime, *, for_shop: bool = False) -> list[dict[str, Any]]:
    """`found`: with its agency. A shop is told the time left to offer, not the department's to award."""
    left = _left_to_offer if for_shop else left_of
    return [
        {
            "cells": [
                {"text": one.title, "href": reverse(route, args=[one.number]),
                 "note": f"{one.number} · {one.agency.short_name}"},
                {"text": brief_time(clock.told_end(one.closes_at)), "note": left(one, now), "nowrap": True,
                 "label": _("Batas penawaran")},
                {"text": QuotationState(one.state).label, "tag": True, "kind": TAGS[QuotationState(one.state)]},
            ]
        }
        for one in found
    ]  # fmt: skip


def _left_to_offer(quotation: Quotation, now: datetime) -> str:
    return left_of(quotation, now) if quotation.state == QuotationState.PUBLISHED else ""


def invitation_items(found: Iterable[Quotation], now: datetime) -> list[dict[str, Any]]:
    """For `components/todo.html`: what a shop may still offer on. `found`: with its agency."""
    return [
        {
            "title": one.title,
            "href": reverse("procurement:quotation-offer", args=[one.number]),
            "note": one.agency.name,
            "left": left_of(one, now),
        }
        for one in found
    ]


@dataclass(frozen=True)
class ShopPage:
    tag: str
    left: str
    note: dict[str, str]
    facts: list[dict[str, Any]]
    goods_head: list[dict[str, Any]]
    goods: list[dict[str, Any]]
    takes_offers: bool
    has_offer: bool
    asked: questions.AskedPage
    can_ask: bool


def shop_page(quotation: Quotation, seller: Seller, mine: SealedOffer | None, now: datetime) -> ShopPage:
    """`mine`: the shop's own sealed offer that counts; its figures are read by nobody before the opening."""
    takes = policies.takes_offers(quotation, now)
    return ShopPage(
        tag=TAGS[QuotationState(quotation.state)],
        left=left_of(quotation, now),
        note=_shop_note(quotation, seller, mine, takes, now),
        facts=[*facts(quotation, is_public=True), *(_room_facts(quotation, seller) if takes else [])],
        goods_head=goods_head(),
        goods=goods_rows(quotation),
        takes_offers=takes,
        has_offer=takes and mine is not None,
        asked=questions.page_of(quotation, questions.questions_of(quotation), now),
        can_ask=questions.takes_questions(quotation, now),
    )


def _room_facts(quotation: Quotation, seller: Seller) -> list[dict[str, Any]]:
    """Up to how much the shop may offer. Three queries."""
    from procurement.quotations.services.offering import room_left

    label = _("Sisa batas penjualan Anda, %(month)s") % {"month": month_year(quotation.closes_at)}
    note = _("Penawaran di atas ini tidak dapat dikirim.")
    return [{"label": label, "value": rupiah(max(room_left(quotation, seller), 0)), "note": note}]


def review_rows(form: Any) -> tuple[list[dict[str, Any]], str]:
    """Of a valid offer: its rows and total, for the page on which the seller checks it before it is sealed."""
    from procurement.quotations.services.offering import total_of

    terms = form.terms
    rows = []
    for line in form.lines:
        price = terms.goods[line.pk][1]
        rows.append(
            {
                "label": form.cleaned_data[f"product_{line.pk}"].name,
                "value": rupiah(price),
                "note": Unit(line.unit).counted(line.quantity),
            }
        )
    rows.append({"label": _("Ongkos antar"), "value": rupiah(terms.delivery_cost)})
    rows.append({"label": _("Barang tiba paling lambat"), "value": long_time(clock.told_end(terms.deliver_at))})
    if terms.words.strip():
        rows.append({"label": _("Kata-kata Anda"), "value": terms.words.strip()})
    return rows, rupiah(total_of(form.lines, terms))


def review_doubts(form: Any, day: date) -> dict[str, list[str]]:
    """Of the same offer: prices far below the shop's own (`low`), and goods whose names say nothing of what is asked
    for (`other`)."""
    from procurement.quotations.services.offering import offered_prices

    chosen = [(line, form.cleaned_data[f"product_{line.pk}"]) for line in form.lines]
    return {
        "low": list(low_prices.told(offered_prices(form.quotation, form.lines, form.seller, form.terms), day)),
        "other": [other_words(line, product.name) for line, product in chosen if not fits_name(line, product.name)],
    }


def fits_name(line: QuotationLine, name: str) -> bool:
    """Whether the name says any word of what was asked for; a hint, since sellers choose their own names."""
    return share_a_word(name, f"{line.name} {line.specification}")


def other_words(line: QuotationLine, name: str) -> str:
    return _("%(name)s: namanya tidak menyebut satu kata pun dari yang diminta, %(asked)s.") % {
        "name": name,
        "asked": line.name,
    }


def public_rows(quotation: Quotation, offers: Iterable[QuotationOffer]) -> list[dict[str, Any]]:
    """From the award on: every offer with its rank, total and fate."""
    return _offer_rows(quotation, offers)


def public_head(quotation: Quotation) -> list[dict[str, Any]]:
    return _offers_head(quotation)


def _best_words(best: QuotationOffer | None) -> str:
    if best is None:
        return ""
    return _("%(shop)s, peringkat %(rank)s, %(total)s") % {
        "shop": best.seller_name,
        "rank": best.rank,
        "total": rupiah(best.total),
    }


def _offers_head(quotation: Quotation) -> list[dict[str, Any]]:
    return [
        {"text": _("Penjual")},
        {"text": _("Peringkat")},
        {"text": _("Harga")},
        {"text": _("Janji tiba")},
        {"text": pgettext("uang", "Jumlah"), "n": True},
    ]


def _offer_rows(quotation: Quotation, offers: Iterable[QuotationOffer]) -> list[dict[str, Any]]:
    every = list(offers)
    winner = results.winner_in(every, quotation)
    return [_offer_row(quotation, offer, is_winner=offer == winner) for offer in every]


def _offer_row(quotation: Quotation, offer: QuotationOffer, *, is_winner: bool) -> dict[str, Any]:
    prices = [
        _("%(asked)s: %(name)s %(price)s")
        % {"asked": row.line.name, "name": row.name or row.product.name, "price": rupiah(row.price)}
        for row in offer.prices.all()
    ]
    if offer.delivery_cost:
        prices.append(_("ongkir %(fee)s") % {"fee": rupiah(offer.delivery_cost)})
    said = [f"“{offer.words}”"] if offer.words else []
    said += [
        other_words(row.line, row.name or row.product.name)
        for row in offer.prices.all()
        if not fits_name(row.line, row.name or row.product.name)
    ]
    rank = str(offer.rank) if offer.rank else _("Gugur")
    points = _("nilai %(points)s") % {"points": f"{offer.points}".replace(".", ",")} if offer.points else ""
    return {
        "cells": [
            {"text": offer.seller_name, "note": _("Pemenang") if is_winner else _fate(quotation, offer)},
            {"text": rank, "note": points, "label": _("Peringkat").lower()},
            {"text": "; ".join(prices) or "–", "note": " ".join(said), "label": _("Harga")},
            {
                "text": brief_time(clock.told_end(offer.deliver_at)) if offer.deliver_at else "–",
                "note": str(NEAR[offer.nearness]),
                "label": _("Janji tiba"),
            },
            {"text": rupiah(offer.total), "n": True, "label": pgettext("uang", "Jumlah")},
        ]
    }


def _fate(quotation: Quotation, offer: QuotationOffer) -> str:
    if offer.obstacle:
        label = OfferObstacle(offer.obstacle).label
        return f"{label}. {offer.obstacle_note}" if offer.obstacle_note else f"{label}."
    passing = results.passing_of(offer)
    if passing is not None and results.has_fallen(offer):
        return _("Semula menang. %(note)s") % {"note": passing.note}
    if passing is not None:
        return _("Dilewati: %(reason)s. %(note)s") % {
            "reason": PassReason(passing.reason).label,
            "note": passing.note,
        }
    return ""


def _looks(quotation: Quotation) -> list[dict[str, Any]]:
    rows = QuotationLook.objects.filter(quotation=quotation).select_related("person")
    return [{"label": str(row.person), "value": long_time(row.at)} for row in rows]


def _desk_notes(
    quotation: Quotation,
    offers: list[QuotationOffer],
    asked: list[QuotationQuestion],
    made: PurchaseRequest | None,
    award: Award,
    viewer: User,
    binds: bool,
    now: datetime,
) -> Iterable[dict[str, str]]:
    day = clock.local_date(now)
    state = quotation.state
    if state == QuotationState.DRAFT:
        people = holders(quotation.agency_id, policies.needed_office(quotation, day), day)
        names = ", ".join(person.name for person in people if person.pk != quotation.requester_id)
        if not binds and names:
            text = _("Belum diumumkan. Draf ini sudah di meja %(names)s, yang memeriksa lalu mengumumkannya.")
            yield {"text": text % {"names": names}}
        elif not names:
            office = policies.needed_office(quotation, day).label
            yield {"kind": "now", "text": _("Belum ada %(office)s yang dapat mengumumkannya.") % {"office": office}}
    elif state == QuotationState.RETURNED:
        event = quotation.events.filter(action="return").select_related("actor").latest("pk")
        back = {"who": event.actor, "when": near_time(event.at, now), "note": event.note}
        yield {"kind": "now", "text": _("Dikembalikan %(who)s pada %(when)s: “%(note)s”") % back}
    elif state == QuotationState.PUBLISHED:
        when = near_time(clock.told_end(quotation.closes_at), now)
        yield {
            "text": _(
                "Penawaran tersegel. Sistem membukanya sesudah %(when)s; sebelum itu isi dan banyaknya tidak dapat "
                "dilihat siapa pun."
            )
            % {"when": when}
        }
        waiting = sum(1 for question in asked if not question.answers.all())
        if waiting and questions.takes_answers(quotation, now):
            text = ngettext(
                "%(n)s pertanyaan belum dijawab. Jawab paling lambat %(due)s.",
                "%(n)s pertanyaan belum dijawab. Jawab paling lambat %(due)s.",
                waiting,
            )
            due = near_time(clock.told_end(questions.answer_until(quotation)), now)
            yield {"kind": "no", "text": text % {"n": waiting, "due": due}}
    elif state == QuotationState.OPENED:
        ranked = len(results.left_in(offers))
        text = ngettext("Dibuka %(n)s penawaran", "Dibuka %(n)s penawaran", len(offers)) % {"n": len(offers)}
        text += ", " + _("%(n)s dapat ditetapkan.") % {"n": ranked}
        due = long_date(clock.last_day(quotation.due_at)) if quotation.due_at else "–"
        yield {"kind": "now", "text": text + " " + _("Putuskan paling lambat %(due)s.") % {"due": due}}
        shop = policies.own_shop(viewer, offers)
        if shop is not None:
            yield {
                "kind": "no",
                "text": _("Anda terkait dengan %(shop)s, jadi keputusannya milik pejabat lain.") % {"shop": shop},
            }
    elif words := outcome_words(quotation, offers):
        link = {"href": reverse("procurement:request-detail", args=[made.number]), "link": made.number} if made else {}
        yield {"kind": "good" if state == QuotationState.AWARDED else "no", "text": words, **link}
        if award.words:
            yield {"kind": "now", "text": award.words}


def _award_of(
    quotation: Quotation,
    made: PurchaseRequest | None,
    offers: list[QuotationOffer],
    viewer: User,
    binds: bool,
    now: datetime,
) -> Award:
    winner = results.winner_in(offers, quotation)
    if winner is None or not binds:
        return Award()
    tied = policies.tied_shops(policies.people_who_ask(quotation, viewer))
    found = outcome.outcome_of(quotation, made, winner, tied, now)
    if not found.fell:
        return Award(is_running=found.is_running)
    left = results.left_in(offers)[1:]  # without the winner
    if expired := outcome.why_expired(quotation, now):
        return Award(f"{found.fell}. {expired}")
    if not left:
        text = _("%(fell)s. Tidak ada penawar lain dalam urutan: batalkan, lalu cari penjual lain.")
        return Award(text % {"fell": found.fell})
    text = _("%(fell)s. Berikutnya %(shop)s, peringkat %(rank)s dengan %(total)s.")
    next_one = {"shop": left[0].seller_name, "rank": left[0].rank, "total": rupiah(left[0].total)}
    return Award(text % {"fell": found.fell, **next_one}, can_reopen=True)


def _shop_note(
    quotation: Quotation, seller: Seller, mine: SealedOffer | None, takes: bool, now: datetime
) -> dict[str, str]:
    """What the shop's own people read: one sentence on where they stand."""
    if takes and mine is not None:
        return {
            "kind": "good",
            "text": _("Penawaran Anda tersegel sejak %(when)s. Sampai batasnya Anda boleh mengganti atau menariknya.")
            % {"when": long_time(mine.at)},
        }
    if takes:
        return {"text": _("Belum ada penawaran dari toko Anda. Isinya tidak dapat dibaca siapa pun sebelum dibuka.")}
    if quotation.state == QuotationState.PUBLISHED:
        return {"kind": "now", "text": _("Batas penawaran sudah lewat. Sistem sedang membuka penawaran.")}
    offers = results.offers_of(quotation)
    own = next((offer for offer in offers if offer.seller_id == seller.pk), None)
    winner = results.winner_in(offers, quotation)
    if quotation.state == QuotationState.CANCELLED:
        return {"kind": "no", "text": outcome_words(quotation, offers)}
    if own is None:
        return {"text": outcome_words(quotation, offers) or _("Penawaran sudah dibuka; toko Anda tidak menawar.")}
    if winner is None and (fate := _fate(quotation, own)):
        return {"text": f"{fate} {_('Dinas memutuskan penawar lain.')}"}
    if winner is None:
        text = _("Penawaran Anda %(total)s sudah dibuka dan menunggu keputusan dinas.")
        return {"text": text % {"total": rupiah(own.total)}}
    if winner.pk == own.pk:
        return {"kind": "good", "text": _("Penawaran Anda menang dengan %(total)s.") % {"total": rupiah(own.total)}}
    fate = _fate(quotation, own) or _("Peringkat Anda %(rank)s dengan %(own)s.") % {
        "rank": own.rank,
        "own": rupiah(own.total),
    }
    return {"text": f"{fate} {_('Pemenangnya menawar %(total)s.') % {'total': rupiah(winner.total)}}"}
