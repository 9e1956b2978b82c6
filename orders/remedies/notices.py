"""Who is told what about goods that come again and money that is returned."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import END, LAST_DAY, RUPIAH, SENTENCE, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.users.models import User
from orders.disputes.notices import above, deciders
from orders.disputes.states import DisputeOutcome
from orders.orders.notices import buyers, done, officers, sellers, tell, tell_at
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind, RemedyState
from procurement.agencies.states import OfficerRole
from umkm.catalogue.states import Unit

KINDS = {
    "dispute.remedy_near": notice(
        _("Batas memenuhi keputusan pesanan %(number)s hampir tiba"),
        _("%(what)s, paling lambat %(due)s."),
        number=TEXT,
        what=choice(RemedyKind),
        due=END,
    ),
    "dispute.remedy_check_near": notice(
        _("Periksa yang dicatat penjual untuk pesanan %(number)s"),
        _("%(what)s. Bila tidak dijawab sampai %(due)s, dianggap sudah diterima."),
        number=TEXT,
        what=choice(RemedyKind),
        due=LAST_DAY,
    ),
    "dispute.remedy_recorded": notice(
        _("Penjual mencatat: %(what)s untuk pesanan %(number)s"),
        _("Periksa dan jawab paling lambat %(due)s. Tanpa jawaban, dianggap sudah diterima."),
        what=choice(RemedyKind),
        number=TEXT,
        due=LAST_DAY,
    ),
    "dispute.remedy_contested": notice(
        _("Pembeli membantah: %(what)s untuk pesanan %(number)s"),
        _("%(objection)s Petugas kota memutus."),
        what=choice(RemedyKind),
        number=TEXT,
        objection=SENTENCE,
    ),
    "dispute.remedy_to_rule": notice(
        _("Bantahan pesanan %(number)s menunggu putusan"),
        _("Putuskan paling lambat %(due)s."),
        number=TEXT,
        due=LAST_DAY,
    ),
    "dispute.remedy_rule_near": notice(
        _("Batas memutus bantahan pesanan %(number)s hampir tiba"),
        _("Putuskan paling lambat %(due)s. Bila lewat, keterlambatannya dicatat."),
        number=TEXT,
        due=LAST_DAY,
    ),
    "dispute.remedy_not_ruled": notice(
        _("Bantahan pesanan %(number)s belum diputus petugas kota"),
        _("Batasnya %(due)s. Bila tidak diputus sampai %(end)s, catatan penjual berlaku."),
        number=TEXT,
        due=LAST_DAY,
        end=LAST_DAY,
    ),
    "dispute.remedy_returned": notice(
        _("Belum terpenuhi: %(what)s untuk pesanan %(number)s"),
        _("%(ruling)s Penuhi paling lambat %(due)s."),
        what=choice(RemedyKind),
        number=TEXT,
        ruling=SENTENCE,
        due=LAST_DAY,
    ),
    "dispute.remedy_ended": notice(
        _("%(what)s untuk pesanan %(number)s selesai"),
        "%(state)s.",
        what=choice(RemedyKind),
        number=TEXT,
        state=choice(RemedyState),
    ),
    "dispute.remedy_overdue": notice(
        _("Uang %(amount)s untuk pesanan %(number)s belum dikembalikan"),
        _("Batasnya lewat dan %(shop)s masih harus mengembalikannya. Petugas kota melihatnya."),
        amount=RUPIAH,
        number=TEXT,
        shop=TEXT,
    ),
    "dispute.remedy_lapsed": notice(
        _("Barang pengganti pesanan %(number)s tidak datang dengan baik"),
        _("Batasnya lewat. Sebagai gantinya: %(outcome)s, %(amount)s."),
        number=TEXT,
        outcome=choice(DisputeOutcome),
        amount=RUPIAH,
    ),
    "dispute.remedy_lost": notice(
        _("Barang pengganti pesanan %(number)s tidak datang dengan baik"),
        _("Batasnya lewat. Tagihannya sudah dibayar, jadi tidak ada yang bisa dipotong."),
        number=TEXT,
    ),
    "dispute.remedy_unbilled": notice(
        _("Barang pengganti pesanan %(number)s tidak datang dengan baik"),
        _("Batasnya lewat dan barangnya tidak ditunggu lagi. Yang ditolak dahulu memang belum ditagih."),
        number=TEXT,
    ),
    "dispute.remedy_short": notice(
        _("Barang pengganti pesanan %(number)s belum semuanya baik"),
        _("Masih kurang %(goods)s. Kirim lagi paling lambat %(due)s; sesudah itu tidak ditunggu."),
        number=TEXT,
        goods=TEXT,
        due=END,
    ),
}


TO_RULE = ("dispute.remedy_to_rule", "dispute.remedy_rule_near", "dispute.remedy_not_ruled")


def recorded(remedy: Remedy, *, now: datetime) -> None:
    _done(remedy, now, "dispute.remedy_near", "dispute.remedy_returned", "dispute.remedy_overdue")
    assert remedy.due_at is not None
    tell(_receivers(remedy, now), remedy.order, "dispute.remedy_recorded", now, **_about(remedy), due=remedy.due_at)


def contested(remedy: Remedy, *, now: datetime) -> None:
    _checked(remedy, now)
    tell(
        sellers(remedy.order),
        remedy.order,
        "dispute.remedy_contested",
        now,
        **_about(remedy),
        objection=remedy.objection,
    )
    _tell_deciders(remedy, "dispute.remedy_to_rule", now)


def ruling_near(remedy: Remedy, *, now: datetime) -> None:
    _tell_deciders(remedy, "dispute.remedy_rule_near", now)


def not_ruled(remedy: Remedy, *, now: datetime) -> None:
    """First those who rule, then also who is above them."""
    _tell_deciders(remedy, "dispute.remedy_not_ruled", now, end=remedy.ends_at)
    if remedy.climbs > 1:
        said: dict[str, Any] = {"number": remedy.order.number, "due": remedy.decide_due_at, "end": remedy.ends_at}
        people, about = above(remedy.order, now), f"{_key(remedy)}:{remedy.climbs}"
        tell(people, remedy.order, "dispute.remedy_not_ruled", now, about=about, **said)


def _tell_deciders(remedy: Remedy, kind: str, now: datetime, **more: Any) -> None:
    """Each time that they are late, again."""
    order, url = remedy.order, reverse("admin:orders_remedy_change", args=[remedy.pk])
    said: dict[str, Any] = {"number": order.number, "due": remedy.decide_due_at, **more}
    tell_at(url, deciders(order, now), order, kind, now, f"{_key(remedy)}:{remedy.climbs}", **said)


def returned(remedy: Remedy, *, now: datetime) -> None:
    _done(remedy, now, *TO_RULE)
    said = {**_about(remedy), "ruling": remedy.ruling, "due": remedy.due_at}
    tell([*sellers(remedy.order), *_receivers(remedy, now)], remedy.order, "dispute.remedy_returned", now, **said)


def ended(remedy: Remedy, *, actor: User | None, now: datetime) -> None:
    """Both sides, except the person who did it."""
    _checked(remedy, now)
    _done(remedy, now, *TO_RULE)
    people = [*sellers(remedy.order), *_receivers(remedy, now)]
    others = [person for person in people if actor is None or person.pk != actor.pk]
    tell(others, remedy.order, "dispute.remedy_ended", now, **_about(remedy), state=remedy.state)


def overdue(remedy: Remedy, *, now: datetime) -> None:
    order = remedy.order
    said = {"amount": remedy.amount, "number": order.number, "shop": order.seller.name}
    people = [*sellers(order), *_receivers(remedy, now)]
    tell(people, order, "dispute.remedy_overdue", now, about=_key(remedy), **said)


def sent_again(remedy: Remedy, *, now: datetime) -> None:
    """Who had to send need no reminder any more; the delivery tells the rest."""
    _done(remedy, now, "dispute.remedy_near", "dispute.remedy_short")


def came_again(remedy: Remedy, *, actor: User | None, now: datetime) -> None:
    """The result of goods that were sent again: all came right, or what is still missing, with the end."""
    if remedy.state == RemedyState.CAME:
        ended(remedy, actor=actor, now=now)
        return
    assert remedy.order_line is not None
    assert remedy.due_at is not None
    said: dict[str, Any] = {
        "about": _key(remedy),
        "number": remedy.order.number,
        "goods": f"{Unit(remedy.order_line.unit).counted(remedy.left)} {remedy.order_line.name}",
        "due": remedy.due_at,
    }
    tell(sellers(remedy.order), remedy.order, "dispute.remedy_short", now, **said)


def lapsed(remedy: Remedy, given: Sequence[Remedy], *, now: datetime) -> None:
    """Also whoever answers for the department, and its treasurers: less is to be paid. `given`: the money in place."""
    _done(remedy, now, "dispute.remedy_near", "dispute.remedy_short")
    order = remedy.order
    people = [*sellers(order), *_receivers(remedy, now), *officers(order, now, OfficerRole.TREASURER, OfficerRole.HEAD)]
    said: dict[str, Any] = {"number": order.number}
    kind = "dispute.remedy_lost" if remedy.invoiced_left else "dispute.remedy_unbilled"
    if given:
        kind = "dispute.remedy_lapsed"
        said |= {"outcome": given[0].kind, "amount": sum(one.amount for one in given)}
    tell(dict.fromkeys(people), order, kind, now, about=_key(remedy), **said)


def near(remedy: Remedy, *, now: datetime) -> None:
    """Whoever has to act hears that the time ends."""
    is_recorded = remedy.state == RemedyState.RECORDED
    people = _receivers(remedy, now) if is_recorded else sellers(remedy.order)
    kind = "dispute.remedy_check_near" if is_recorded else "dispute.remedy_near"
    assert remedy.due_at is not None
    tell(people, remedy.order, kind, now, **_about(remedy), due=remedy.due_at)


def _receivers(remedy: Remedy, now: datetime) -> list[User]:
    order = remedy.order
    return list(dict.fromkeys([*buyers(order), *officers(order, now, OfficerRole.RECEIVER)]))


def _about(remedy: Remedy) -> dict[str, Any]:
    return {"about": _key(remedy), "number": remedy.order.number, "what": remedy.kind}


def _key(remedy: Remedy) -> str:
    """An act that comes again after the city returned it is told again."""
    return f"{remedy.pk}:{remedy.waits_since.isoformat()}"


def _checked(remedy: Remedy, now: datetime) -> None:
    _done(remedy, now, "dispute.remedy_recorded", "dispute.remedy_check_near")


def _done(remedy: Remedy, now: datetime, *kinds: str) -> None:
    for kind in kinds:
        done(remedy.order, now, kind, about=remedy.pk)
