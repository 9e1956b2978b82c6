"""Who is told what about a negotiation. Rows only; the messages leave after the commit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.i18n.messages import END, RUPIAH, TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.services import mark_done, notify
from epeken.users.models import User
from procurement.negotiations.models import Negotiation
from procurement.negotiations.states import NegotiationState
from procurement.requests import officers
from umkm.sellers.policies import members_of

KINDS = {
    "negotiation.asked_seller": notice(
        _("%(who)s menawar harga Anda"),
        _(
            "Tawarannya %(total)s untuk %(title)s. "
            "Terima, tawar lagi, atau tetap pada harga Anda paling lambat %(due)s."
        ),
        who=TEXT,
        total=RUPIAH,
        title=TEXT,
        due=END,
    ),
    "negotiation.asked_buyer": notice(
        _("%(who)s menjawab tawaran untuk %(title)s"),
        _("Tawarannya %(total)s. Terima, tawar lagi, atau hentikan paling lambat %(due)s."),
        who=TEXT,
        title=TEXT,
        total=RUPIAH,
        due=END,
    ),
    "negotiation.answer_near": notice(
        _("Tawaran untuk %(title)s segera lewat batas jawaban"),
        _("Jawab paling lambat %(due)s. Tanpa jawaban tidak ada yang disepakati."),
        title=TEXT,
        due=END,
    ),
    "negotiation.silent": notice(
        _("Tawaran untuk %(title)s tidak dijawab %(who)s"),
        _("Batasnya %(due)s. Tidak ada yang disepakati; Anda boleh menghentikan negosiasinya."),
        title=TEXT,
        who=TEXT,
        due=END,
    ),
    "negotiation.agreed": notice(
        _("Harga untuk %(title)s disepakati dengan %(who)s"),
        _("Jumlahnya %(total)s, hanya untuk permintaan ini dan selama permintaan ini ditahan."),
        title=TEXT,
        who=TEXT,
        total=RUPIAH,
    ),
    "negotiation.refused": notice(
        _("%(who)s tetap pada penawarannya untuk %(title)s"),
        _("Harga di permintaan tidak berubah. Risalahnya tersimpan."),
        who=TEXT,
        title=TEXT,
    ),
    "negotiation.withdrawn": notice(
        _("%(who)s menghentikan negosiasi untuk %(title)s"),
        _("Harga penawaran Anda tidak berubah. Anda tidak perlu berbuat apa-apa."),
        who=TEXT,
        title=TEXT,
    ),
    "negotiation.ended": notice(
        _("Negosiasi untuk %(title)s berakhir"),
        _("Permintaannya tidak lagi menunggu keputusan. Tidak ada yang disepakati dan Anda tidak perlu menjawab."),
        title=TEXT,
    ),
}


def asked(negotiation: Negotiation, total: int, *, now: datetime) -> None:
    """The side whose turn it is now; the one that answered is asked no more."""
    _answered(negotiation, now)
    title, due = negotiation.request.title, negotiation.due_at
    about = negotiation.asked_at.isoformat()
    if negotiation.state == NegotiationState.WITH_SELLER:
        who = negotiation.request.agency.name
        _tell(
            _sellers(negotiation), negotiation, "asked_seller", now, about, who=who, total=total, title=title, due=due
        )
    else:
        who = negotiation.seller.name
        _tell(
            _officers(negotiation, now),
            negotiation,
            "asked_buyer",
            now,
            about,
            who=who,
            title=title,
            total=total,
            due=due,
        )


def answer_near(negotiation: Negotiation, *, now: datetime) -> None:
    assert negotiation.due_at is not None
    people = _turn(negotiation, now)
    about, title = negotiation.due_at.isoformat(), negotiation.request.title
    _tell(people, negotiation, "answer_near", now, about, title=title, due=negotiation.due_at)


def silent(negotiation: Negotiation, *, now: datetime) -> None:
    """The side that waits; once for each end."""
    assert negotiation.due_at is not None
    request = negotiation.request
    if negotiation.state == NegotiationState.WITH_SELLER:
        people, who = _officers(negotiation, now), negotiation.seller.name
    else:
        people, who = _sellers(negotiation), request.agency.name
    about = negotiation.due_at.isoformat()
    _tell(people, negotiation, "silent", now, about, title=request.title, who=who, due=negotiation.due_at)


def agreed(negotiation: Negotiation, *, total: int, actor: User, now: datetime) -> None:
    """Both sides and the requester, except the person who accepted."""
    _answered(negotiation, now)
    request = negotiation.request
    title = request.title
    buyers = [person for person in [request.requester, *_officers(negotiation, now)] if person.pk != actor.pk]
    sellers = [person for person in _sellers(negotiation) if person.pk != actor.pk]
    _tell(buyers, negotiation, "agreed", now, title=title, who=negotiation.seller.name, total=total)
    _tell(sellers, negotiation, "agreed", now, title=title, who=request.agency.name, total=total)


def stopped(negotiation: Negotiation, *, actor: User, now: datetime) -> None:
    _answered(negotiation, now)
    request = negotiation.request
    if negotiation.state == NegotiationState.REFUSED:
        people = [request.requester, *_officers(negotiation, now)]
        _tell(people, negotiation, "refused", now, who=negotiation.seller.name, title=request.title)
    else:
        _tell(_sellers(negotiation), negotiation, "withdrawn", now, who=request.agency.name, title=request.title)


def ended(negotiation: Negotiation, *, now: datetime) -> None:
    """The shop: who of the department sent the request back or withdrew it knows."""
    _answered(negotiation, now)
    _tell(_sellers(negotiation), negotiation, "ended", now, title=negotiation.request.title)


def _answered(negotiation: Negotiation, now: datetime) -> None:
    """Nobody is asked for an answer any more."""
    kinds = ("asked_seller", "asked_buyer", "answer_near", "silent")
    mark_done(*(_key(negotiation, kind) for kind in kinds), now=now)


def _turn(negotiation: Negotiation, now: datetime) -> list[User]:
    is_sellers = negotiation.state == NegotiationState.WITH_SELLER
    return _sellers(negotiation) if is_sellers else _officers(negotiation, now)


def _sellers(negotiation: Negotiation) -> list[User]:
    return members_of(negotiation.seller_id)


def _officers(negotiation: Negotiation, now: datetime) -> list[User]:
    return officers.people_of(negotiation.request, clock.local_date(now))


def _key(negotiation: Negotiation, kind: str) -> str:
    return f"negotiation-{negotiation.pk}-{kind}-"


def _tell(
    people: Iterable[User], negotiation: Negotiation, kind: str, now: datetime, about: str = "", **parameters: Any
) -> None:
    notify(
        people,
        kind=f"negotiation.{kind}",
        url=reverse("procurement:negotiation-detail", args=[negotiation.number]),
        key=f"{_key(negotiation, kind)}{about}",
        now=now,
        **parameters,
    )
