"""Who is told what about a request for quotation. Nothing told before the opening comes from an offer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.i18n.messages import COUNT, END, LAST_DAY, RUPIAH, SENTENCE, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.notifications.services import mark_done, notify
from epeken.users.models import User
from procurement.agencies.policies import holders
from procurement.quotations import policies, questions
from procurement.quotations.models import (
    Invitation,
    OfferPassing,
    Quotation,
    QuotationAnswer,
    QuotationOffer,
    QuotationQuestion,
)
from procurement.quotations.states import OfferObstacle, PassReason, QuotationCancelReason, QuotationState
from umkm.sellers.policies import members_by_shop

KINDS = {
    "quotation.invited": notice(
        _("%(who)s meminta penawaran Anda untuk %(title)s"),
        _("Kirim penawaran tersegel paling lambat %(due)s. Tidak ada yang dapat membacanya sebelum itu."),
        who=TEXT,
        title=TEXT,
        due=END,
    ),
    "quotation.returned": notice(
        _("Draf permintaan penawaran %(title)s dikembalikan kepada Anda"),
        _("“%(note)s” Perbaiki lalu simpan; sesudah itu drafnya di meja pejabat lagi."),
        title=TEXT,
        note=TEXT,
    ),
    "quotation.publish_near": notice(
        _("Permintaan penawaran %(title)s belum diumumkan"),
        _("Supaya penjual cukup waktu menawar, umumkan paling lambat %(due)s, atau mundurkan batas penawarannya."),
        title=TEXT,
        due=END,
    ),
    "quotation.answer_near": notice(
        _("Pertanyaan tentang %(title)s belum dijawab"),
        _("“%(question)s” Jawab paling lambat %(due)s; sesudah itu tidak ada jawaban lagi."),
        title=TEXT,
        question=TEXT,
        due=END,
    ),
    "quotation.published": notice(
        _("Permintaan penawaran %(title)s diumumkan"),
        _("Penawaran dibuka sistem pada %(due)s."),
        title=TEXT,
        due=END,
    ),
    "quotation.closing_near": notice(
        _("Batas penawaran untuk %(title)s segera lewat"),
        _("Penawaran dapat dikirim, diganti, atau ditarik sampai %(due)s."),
        title=TEXT,
        due=END,
    ),
    "quotation.asked": notice(
        _("Penjual bertanya tentang %(title)s"),
        _("“%(question)s” Jawab paling lambat %(due)s; semua penjual yang diundang membacanya."),
        title=TEXT,
        question=TEXT,
        due=END,
    ),
    "quotation.answered": notice(
        _("Dinas menjawab pertanyaan tentang %(title)s"),
        _("“%(question)s” Jawabannya: %(answer)s"),
        title=TEXT,
        question=TEXT,
        answer=SENTENCE,
    ),
    "quotation.opened_buyer": notice(
        _("Penawaran untuk %(title)s sudah dibuka"),
        _("Tetapkan pemenangnya paling lambat %(due)s. Sesudah itu permintaan penawaran ini berakhir tanpa pemenang."),
        title=TEXT,
        due=LAST_DAY,
    ),
    "quotation.opened_seller": notice(
        _("Penawaran Anda untuk %(title)s sudah dibuka"),
        _("%(who)s memutuskan paling lambat %(due)s."),
        title=TEXT,
        who=TEXT,
        due=LAST_DAY,
    ),
    "quotation.decision_near": notice(
        _("Pemenang untuk %(title)s belum ditetapkan"),
        _("Putuskan paling lambat %(due)s. Sesudah itu permintaan penawaran ini berakhir tanpa pemenang."),
        title=TEXT,
        due=LAST_DAY,
    ),
    "quotation.cancelled": notice(
        _("Permintaan penawaran %(title)s dibatalkan"),
        _("Alasannya: %(reason)s. %(note)s"),
        title=TEXT,
        reason=choice(QuotationCancelReason),
        note=SENTENCE,
    ),
    "quotation.won": notice(
        _("Penawaran Anda untuk %(title)s menang"),
        _("Jumlahnya %(total)s. Surat pesanan menyusul setelah disetujui; belum ada yang perlu dikirim."),
        title=TEXT,
        total=RUPIAH,
    ),
    "quotation.lost": notice(
        _("Penawaran Anda untuk %(title)s tidak terpilih"),
        _("Peringkat Anda %(rank)s dengan %(own)s. Pemenangnya menawar %(total)s."),
        title=TEXT,
        rank=COUNT,
        own=RUPIAH,
        total=RUPIAH,
    ),
    "quotation.passed": notice(
        _("Penawaran Anda untuk %(title)s dilewati"),
        _("Peringkat Anda %(rank)s. Alasannya: %(reason)s. %(note)s Pemenangnya menawar %(total)s."),
        title=TEXT,
        rank=COUNT,
        reason=choice(PassReason),
        note=SENTENCE,
        total=RUPIAH,
    ),
    "quotation.dropped": notice(
        _("Penawaran Anda untuk %(title)s gugur"),
        _("Alasannya: %(reason)s. %(note)s Pemenangnya menawar %(total)s."),
        title=TEXT,
        reason=choice(OfferObstacle),
        note=SENTENCE,
        total=RUPIAH,
    ),
    "quotation.reopened": notice(
        _("Pemenang %(title)s tidak jadi; penawar berikutnya dapat menang"),
        _("%(note)s %(who)s memutuskan paling lambat %(due)s."),
        title=TEXT,
        note=SENTENCE,
        who=TEXT,
        due=LAST_DAY,
    ),
    "quotation.awarded": notice(
        _("Pemenang untuk %(title)s ditetapkan: %(who)s"),
        _("Jumlahnya %(total)s. Drafnya menunggu Anda kirim ke pejabat."),
        title=TEXT,
        who=TEXT,
        total=RUPIAH,
    ),
}
SHOP = "procurement:quotation-offer"
DESK = "procurement:quotation-detail"


def returned(quotation: Quotation, note: str, *, now: datetime) -> None:
    about = quotation.events.count()  # each time
    _tell([quotation.requester], quotation, "returned", DESK, now, about=about, title=quotation.title, note=note)


def handed_in(quotation: Quotation, *, now: datetime) -> None:
    """Saved by its requester, or given up."""
    _done(quotation, "returned", "publish_near", now=now)


def publish_near(quotation: Quotation, end: datetime, *, now: datetime) -> None:
    """The officers who may publish the draft, or the requester while it lies there; once for each end."""
    people = _officers(quotation, now) if quotation.state == QuotationState.DRAFT else [quotation.requester]
    about = int(end.timestamp())
    _tell(people, quotation, "publish_near", DESK, now, about=about, title=quotation.title, due=end)


def published(quotation: Quotation, *, now: datetime) -> None:
    _done(quotation, "publish_near", now=now)
    _tell([quotation.requester], quotation, "published", DESK, now, title=quotation.title, due=quotation.closes_at)


def invited(quotation: Quotation, *, now: datetime) -> None:
    title, who = quotation.title, quotation.agency.name
    _tell(_invited(quotation), quotation, "invited", SHOP, now, who=who, title=title, due=quotation.closes_at)


def closing_near(quotation: Quotation, *, now: datetime) -> None:
    people = _invited(quotation)
    _tell(people, quotation, "closing_near", SHOP, now, title=quotation.title, due=quotation.closes_at)


def asked(question: QuotationQuestion, *, now: datetime) -> None:
    """The officers who decide; who asked is told to nobody."""
    quotation = question.quotation
    said = {"title": quotation.title, "question": question.text, "due": questions.answer_until(quotation)}
    _tell(_officers(quotation, now), quotation, "asked", DESK, now, about=question.pk, **said)


def answer_near(question: QuotationQuestion, *, now: datetime) -> None:
    """The officers who decide; once for each question."""
    quotation = question.quotation
    said = {"title": quotation.title, "question": question.text, "due": questions.answer_until(quotation)}
    _tell(_officers(quotation, now), quotation, "answer_near", DESK, now, about=question.pk, **said)


def answered(quotation: Quotation, answer: QuotationAnswer, *, now: datetime) -> None:
    """Every invited shop, whoever asked."""
    question = answer.question
    mark_done(*(_key(quotation, kind, question.pk) for kind in ("asked", "answer_near")), now=now)
    said = {"title": quotation.title, "question": question.text, "answer": answer.text}
    _tell(_invited(quotation), quotation, "answered", SHOP, now, about=answer.pk, **said)


def opened(quotation: Quotation, *, now: datetime) -> None:
    """The officers who decide and the requester; and those whose offer was opened."""
    _done(quotation, "invited", "closing_near", "asked", "answer_near", now=now)
    title, due = quotation.title, quotation.due_at
    _tell([quotation.requester, *_officers(quotation, now)], quotation, "opened_buyer", DESK, now, title=title, due=due)
    who = quotation.agency.name
    for _offer, people in _bidders(quotation):
        _tell(people, quotation, "opened_seller", SHOP, now, title=title, who=who, due=due)


def decision_near(quotation: Quotation, *, now: datetime) -> None:
    assert quotation.due_at is not None
    about = int(quotation.due_at.timestamp())  # another one once the next in rank may win
    title, due = quotation.title, quotation.due_at
    _tell(_officers(quotation, now), quotation, "decision_near", DESK, now, about=about, title=title, due=due)


def cancelled(quotation: Quotation, *, now: datetime) -> None:
    """Every invited shop, bidder or not, and the department's own people."""
    kinds = ("publish_near", "invited", "closing_near", "asked", "answer_near", "opened_buyer", "decision_near")
    _done(quotation, *kinds, now=now)
    said: dict[str, Any] = {"title": quotation.title, "reason": quotation.cancel_reason, "note": quotation.cancel_note}
    _tell(_invited(quotation), quotation, "cancelled", SHOP, now, **said)
    _tell([quotation.requester, *_officers(quotation, now)], quotation, "cancelled", DESK, now, **said)


def awarded(quotation: Quotation, winner: QuotationOffer, *, now: datetime) -> None:
    """The winner; each other bidder, with what it may know: its own rank, why, and the winning total."""
    _done(quotation, "opened_buyer", "opened_seller", "decision_near", now=now)
    title, total = quotation.title, winner.total
    passed = {row.offer_id: row for row in OfferPassing.objects.filter(offer__quotation=quotation)}
    for offer, people in _bidders(quotation):
        passing = passed.get(offer.pk)
        if offer.pk == winner.pk:
            _tell(people, quotation, "won", SHOP, now, about=winner.pk, title=title, total=total)
        elif offer.obstacle:
            said = {"reason": offer.obstacle, "note": offer.obstacle_note, "total": total}
            _tell(people, quotation, "dropped", SHOP, now, about=winner.pk, title=title, **said)
        elif passing is not None:
            said = {"rank": offer.rank, "reason": passing.reason, "note": passing.note, "total": total}
            _tell(people, quotation, "passed", SHOP, now, about=winner.pk, title=title, **said)
        else:
            said = {"rank": offer.rank, "own": offer.total, "total": total}
            _tell(people, quotation, "lost", SHOP, now, about=winner.pk, title=title, **said)
    who = winner.seller_name
    _tell([quotation.requester], quotation, "awarded", DESK, now, about=winner.pk, title=title, who=who, total=total)


def reopened(quotation: Quotation, winner: QuotationOffer, *, now: datetime) -> None:
    """Whoever offered, the fallen winner too, and the requester. `quotation`: just reopened."""
    _done(quotation, "awarded", now=now)
    passing = OfferPassing.objects.get(offer=winner)
    said = {"title": quotation.title, "note": passing.note, "who": quotation.agency.name, "due": quotation.due_at}
    people = [person for _offer, members in _bidders(quotation) for person in members]
    _tell(people, quotation, "reopened", SHOP, now, about=winner.pk, **said)
    _tell([quotation.requester], quotation, "reopened", DESK, now, about=winner.pk, **said)


def _bidders(quotation: Quotation) -> list[tuple[QuotationOffer, list[User]]]:
    """Each opened offer, with everybody of its shop. Two queries."""
    offers = list(quotation.offers.all())
    people = members_by_shop(offer.seller_id for offer in offers)
    return [(offer, people[offer.seller_id]) for offer in offers]


def _invited(quotation: Quotation) -> list[User]:
    """Everybody of an invited shop. One query."""
    sellers = Invitation.objects.invited().filter(quotation=quotation).values("seller")
    today = User.objects.filter(shop_memberships__seller__in=sellers, shop_memberships__until__isnull=True)
    return list(today.distinct().order_by("pk"))


def _officers(quotation: Quotation, now: datetime) -> list[User]:
    day = clock.local_date(now)
    people = holders(quotation.agency_id, policies.needed_office(quotation, day), day)
    return [person for person in people if person.pk != quotation.requester_id]


def _done(quotation: Quotation, *kinds: str, now: datetime) -> None:
    mark_done(*(_key(quotation, kind) for kind in kinds), now=now)


def _key(quotation: Quotation, kind: str, about: int | None = None) -> str:
    """`about`: which of several of the kind. No key is the beginning of another."""
    return f"quotation-{quotation.pk}-{kind}-" + ("" if about is None else f"{about}-")


def _tell(
    people: Iterable[User],
    quotation: Quotation,
    kind: str,
    route: str,
    now: datetime,
    *,
    about: int | None = None,
    **parameters: Any,
) -> None:
    notify(
        people,
        kind=f"quotation.{kind}",
        url=reverse(route, args=[quotation.number]),
        key=_key(quotation, kind, about),
        now=now,
        **parameters,
    )
