"""Who is told what about a draw of turns. The list is public, so each seller on it may know all of it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import COUNT, END, REFERENCE, SENTENCE, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.notifications.services import mark_done, notify
from procurement.rotation import results
from procurement.rotation.models import RotationDraw, RotationEntrant
from procurement.rotation.states import DrawCancelReason
from umkm.sellers.policies import members_by_shop

KINDS = {
    "draw.announced": notice(
        _("%(shop)s ikut undian giliran %(number)s untuk %(goods)s"),
        _("%(who)s mengundi sesudah %(due)s. Tidak ada yang perlu Anda kirim; daftarnya dapat dibaca siapa pun."),
        shop=TEXT,
        number=TEXT,
        goods=REFERENCE,
        who=TEXT,
        due=END,
    ),
    "draw.turn": notice(
        _("Undian %(number)s memberi giliran kepada %(shop)s"),
        _(
            "Urutan %(place)s dari %(many)s. Ini belum pesanan: %(who)s masih meminta persetujuan, lalu surat pesanan "
            "datang kepada Anda. Bila Anda tidak sanggup lagi, giliran pindah ke urutan berikutnya."
        ),
        shop=TEXT,
        number=TEXT,
        place=COUNT,
        many=COUNT,
        who=TEXT,
    ),
    "draw.place": notice(
        _("Undian %(number)s sudah diundi: %(shop)s di urutan %(place)s dari %(many)s"),
        _("Giliran Anda datang bila semua yang di urutan sebelumnya tidak sanggup. Tidak ada yang perlu Anda kirim."),
        shop=TEXT,
        number=TEXT,
        place=COUNT,
        many=COUNT,
    ),
    "draw.passed": notice(
        _("Giliran %(shop)s di undian %(number)s terlewat"),
        _("Urutan %(place)s dari %(many)s. Sebabnya: %(why)s"),
        shop=TEXT,
        number=TEXT,
        place=COUNT,
        many=COUNT,
        why=SENTENCE,
    ),
    "draw.cancelled": notice(
        _("Undian %(number)s untuk %(goods)s dibatalkan sebelum diundi"),
        _("Alasannya: %(reason)s. Undian ini tidak diulang."),
        number=TEXT,
        goods=REFERENCE,
        reason=choice(DrawCancelReason),
    ),
}


def announced(draw: RotationDraw, *, now: datetime) -> None:
    """Everybody on the list."""
    told = {"goods": draw.category.name, "who": draw.request.agency.name, "due": draw.draw_from}
    for one, people in _listed(draw):
        _tell(people, draw, one, "announced", now, shop=one.seller.name, **told)


def drawn(draw: RotationDraw, *, now: datetime) -> None:
    """Everybody on the list: whose turn it is, who was passed over and why, and the others their place.

    Called again when a turn is passed on: what somebody was told before is not told once more.
    """
    mark_done(f"{_about(draw)}announced-", now=now)
    turn, many = results.chosen(draw), len(results.in_order(draw))
    for one, people in _listed(draw):
        place = {"shop": one.seller.name, "place": one.place.place, "many": many}
        if hasattr(one, "passed"):
            mark_done(f"{_about(draw)}turn-{one.pk}-", f"{_about(draw)}place-{one.pk}-", now=now)
            _tell(people, draw, one, "passed", now, why=one.passed.why, **place)
        elif one == turn:
            mark_done(f"{_about(draw)}place-{one.pk}-", now=now)
            _tell(people, draw, one, "turn", now, who=draw.request.agency.name, **place)
        else:
            _tell(people, draw, one, "place", now, **place)


def cancelled(draw: RotationDraw, *, now: datetime) -> None:
    """Everybody who was told that it would be drawn."""
    mark_done(f"{_about(draw)}announced-", now=now)
    for one, people in _listed(draw):
        goods = draw.category.name
        _tell(people, draw, one, "cancelled", now, goods=goods, reason=draw.cancel_reason)


def _listed(draw: RotationDraw) -> list[tuple[RotationEntrant, list[Any]]]:
    """Who takes part, with everybody who acts for the shop."""
    found = [one for one in draw.entrants.all() if one.number]
    people = members_by_shop(one.seller_id for one in found)
    return [(one, people[one.seller_id]) for one in found]


def _tell(
    people: list[Any], draw: RotationDraw, one: RotationEntrant, what: str, now: datetime, **parameters: Any
) -> None:
    notify(
        people,
        kind=f"draw.{what}",
        url=reverse("procurement:draw-detail", args=[draw.number]),
        key=f"{_about(draw)}{what}-{one.pk}-",
        now=now,
        number=draw.number,
        **parameters,
    )


def _about(draw: RotationDraw) -> str:
    return f"draw-{draw.pk}-"
