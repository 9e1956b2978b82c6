"""Who is told what about disputes."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from epeken.core.clock import local_date
from epeken.core.i18n.messages import LAST_DAY, TEXT, TOLD
from epeken.core.i18n.times import long_end
from epeken.notifications.kinds import notice
from epeken.users.models import User
from orders.disputes import policies, terms
from orders.disputes.models import Dispute
from orders.orders.models import Order
from orders.orders.notices import done, everyone, officers, sellers, tell, tell_at
from orders.remedies import rooms
from procurement.agencies.policies import inspectors
from procurement.agencies.states import OfficerRole

DECIDE = "orders.decide_dispute"

KINDS = {
    "dispute.opened": notice(
        _("Keluhan pada pesanan %(number)s"), _("Jawab paling lambat %(due)s."), number=TEXT, due=LAST_DAY
    ),
    # To the side that complains, and to those who look on: who is to answer.
    "dispute.seller_asked": notice(
        _("Keluhan pada pesanan %(number)s"),
        _("%(shop)s menjawab paling lambat %(due)s."),
        number=TEXT,
        shop=TEXT,
        due=LAST_DAY,
    ),
    "dispute.buyer_asked": notice(
        _("Keluhan pada pesanan %(number)s"), _("Pembeli menjawab paling lambat %(due)s."), number=TEXT, due=LAST_DAY
    ),
    "dispute.answered": notice(_("Keluhan pesanan %(number)s dijawab"), "%(answer)s", number=TEXT, answer=TEXT),
    "dispute.offered": notice(
        _("Keluhan pesanan %(number)s dijawab dengan tawaran"),
        _("%(offer)s Ambil atau tolak dari halaman pesanan. Tanpa itu petugas kota memutus paling lambat %(due)s."),
        number=TEXT,
        offer=TOLD,
        due=LAST_DAY,
    ),
    "dispute.unanswered": notice(
        _("Keluhan pesanan %(number)s tidak dijawab sampai batasnya"),
        _("Petugas kota memutus paling lambat %(due)s. Jawaban masih bisa dikirim sebelum itu."),
        number=TEXT,
        due=LAST_DAY,
    ),
    "dispute.answer_near": notice(
        _("Keluhan pesanan %(number)s menunggu jawaban Anda"),
        _("Jawab paling lambat %(due)s. Bila lewat, petugas kota memutus tanpa jawaban Anda."),
        number=TEXT,
        due=LAST_DAY,
    ),
    "dispute.to_decide": notice(
        _("Keluhan pesanan %(number)s menunggu putusan"),
        _("Putuskan paling lambat %(due)s."),
        number=TEXT,
        due=LAST_DAY,
    ),
    "dispute.decide_near": notice(
        _("Batas memutus keluhan pesanan %(number)s hampir tiba"),
        _("Putuskan paling lambat %(due)s. Bila lewat, keterlambatannya dicatat."),
        number=TEXT,
        due=LAST_DAY,
    ),
    "dispute.not_decided": notice(
        _("Keluhan pesanan %(number)s belum diputus petugas kota"),
        _("Batasnya %(due)s. Bila tidak diputus sampai %(end)s, keluhan berakhir tanpa hasil."),
        number=TEXT,
        due=LAST_DAY,
        end=LAST_DAY,
    ),
    "dispute.stays_open": notice(
        _("Keluhan penjual pesanan %(number)s belum diputus petugas kota"),
        _("Batasnya %(due)s. Keluhan ini tetap terbuka sampai diputus."),
        number=TEXT,
        due=LAST_DAY,
    ),
    "dispute.lapsed": notice(
        _("Keluhan pesanan %(number)s berakhir tanpa putusan"),
        _("Tidak diputus sampai %(end)s: tidak ada yang harus diganti, dan hitungan waktu berjalan lagi."),
        number=TEXT,
        end=LAST_DAY,
    ),
    "dispute.settled": notice(
        _("Keluhan pesanan %(number)s selesai"), "%(result)s %(decision)s", number=TEXT, result=TOLD, decision=TEXT
    ),
    "dispute.offer_taken": notice(
        _("Tawaran untuk keluhan pesanan %(number)s diambil"), "%(result)s", number=TEXT, result=TOLD
    ),
}


ASKED = (
    "dispute.opened", "dispute.seller_asked", "dispute.buyer_asked", "dispute.answer_near", "dispute.offered",
)  # fmt: skip
FOR_CITY = (
    "dispute.unanswered",
    "dispute.to_decide",
    "dispute.decide_near",
    "dispute.not_decided",
    "dispute.stays_open",
)


def deciders(order: Order, now: datetime) -> list[User]:
    """The people of the city hall who may decide about the order."""
    found = ModelBackend().with_perm(DECIDE, include_superusers=False).filter(is_staff=True).order_by("pk")
    return [person for person in found if not policies.is_party(person, order, local_date(now))]


def above(order: Order, now: datetime) -> list[User]:
    """Who hears that those did not decide: of a department's order its head and the inspectorate."""
    if order.agency_id is None:
        return []
    return list(dict.fromkeys([*officers(order, now, OfficerRole.HEAD), *inspectors()]))


def dispute_opened(dispute: Dispute, *, now: datetime) -> None:
    order = dispute.order
    people = [person for person in everyone(order, now) if person.pk != dispute.opened_by_id]
    shop = sellers(order)
    of_shop = [person for person in people if person in shop]
    others = [person for person in people if person not in shop]
    said: dict[str, Any] = {"about": dispute.pk, "number": order.number, "due": dispute.due_at}
    if dispute.opened_by_seller:
        tell(others, order, "dispute.opened", now, **said)
        tell(of_shop, order, "dispute.buyer_asked", now, **said)
    else:
        tell(of_shop, order, "dispute.opened", now, **said)
        tell(others, order, "dispute.seller_asked", now, shop=order.seller.name, **said)


def dispute_unanswered(dispute: Dispute, *, now: datetime) -> None:
    """Both sides."""
    order = dispute.order
    done(order, now, *ASKED, about=dispute.pk)
    said = {"number": order.number, "due": dispute.decide_due_at}
    tell(everyone(order, now), order, "dispute.unanswered", now, about=dispute.pk, **said)
    _tell_deciders(dispute, "dispute.to_decide", now)


def dispute_answered(dispute: Dispute, *, now: datetime) -> None:
    order = dispute.order
    done(order, now, *ASKED, about=dispute.pk)
    about, said = dispute.pk, {"number": order.number}
    if terms.offer_of(dispute) is not None:
        told = partial(terms.offered_words, order.seller.name, dispute)
        tell([dispute.opened_by], order, "dispute.offered", now, about, offer=told, due=dispute.decide_due_at, **said)
    else:
        tell([dispute.opened_by], order, "dispute.answered", now, about, answer=dispute.answer, **said)
    _tell_deciders(dispute, "dispute.to_decide", now)


def answer_near(dispute: Dispute, *, now: datetime) -> None:
    """The side that is asked."""
    order, shop = dispute.order, sellers(dispute.order)
    people = [one for one in everyone(order, now) if one not in shop] if dispute.opened_by_seller else shop
    tell(people, order, "dispute.answer_near", now, about=dispute.pk, number=order.number, due=dispute.due_at)


def decision_near(dispute: Dispute, *, now: datetime) -> None:
    _tell_deciders(dispute, "dispute.decide_near", now)


def dispute_not_decided(dispute: Dispute, *, now: datetime) -> None:
    """First those who decide, then also who is above them."""
    kind, more = "dispute.stays_open", {}
    if dispute.ends_at is not None:
        kind, more = "dispute.not_decided", {"end": dispute.ends_at}
    _tell_deciders(dispute, kind, now, **more)
    if dispute.climbs > 1:
        said: dict[str, Any] = {"number": dispute.order.number, "due": dispute.decide_due_at, **more}
        tell(above(dispute.order, now), dispute.order, kind, now, about=f"{dispute.pk}:{dispute.climbs}", **said)


def dispute_lapsed(dispute: Dispute, *, now: datetime) -> None:
    """Both sides, and everybody who was told that it waits."""
    order = dispute.order
    done(order, now, *ASKED, *FOR_CITY, about=dispute.pk)
    said = {"number": order.number, "end": dispute.ends_at}
    people = dict.fromkeys([*everyone(order, now), *above(order, now)])
    tell(people, order, "dispute.lapsed", now, about=dispute.pk, **said)
    hall = [person for person in deciders(order, now) if person not in people]
    tell_at(_admin_page(dispute), hall, order, "dispute.lapsed", now, dispute.pk, **said)


def dispute_decided(
    dispute: Dispute, given: terms.DisputeTerms, *, due: datetime | None, written: str, now: datetime
) -> None:
    """Both sides: what it came to, with figures, until when (`due`) where somebody is to do something, and what whoever
    settled it wrote; "" where they took an offer without a word."""
    order, people = dispute.order, everyone(dispute.order, now)
    done(order, now, *ASKED, *FOR_CITY, about=dispute.pk)
    said = {"number": order.number, "result": partial(_result, dispute, given, due)}
    if written:
        tell(people, order, "dispute.settled", now, about=dispute.pk, decision=written, **said)
    else:
        tell(people, order, "dispute.offer_taken", now, about=dispute.pk, **said)


def _result(dispute: Dispute, given: terms.DisputeTerms, due: datetime | None) -> str:
    """A replacement says its own end."""
    told = terms.words(dispute.order.seller.name, given, refunded=rooms.refunded_by(dispute))
    if due is None or given.until is not None:
        return told
    return f"{told} {gettext('Paling lambat %(end)s.') % {'end': long_end(due)}}"


def _tell_deciders(dispute: Dispute, kind: str, now: datetime, **more: Any) -> None:
    """Again when it was answered after its time, and each time that they are late."""
    order, about = dispute.order, f"{dispute.pk}:{dispute.state}:{dispute.climbs}"
    said: dict[str, Any] = {"number": order.number, "due": dispute.decide_due_at, **more}
    tell_at(_admin_page(dispute), deciders(order, now), order, kind, now, about, **said)


def _admin_page(dispute: Dispute) -> str:
    return reverse("admin:orders_dispute_change", args=[dispute.pk])
