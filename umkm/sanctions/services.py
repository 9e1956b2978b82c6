"""Warnings and freezing: given in the order of the ladder, ended by the day or by an officer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.i18n.times import long_date
from epeken.core.numbers import next_number
from epeken.core.reasons import LEAST_REASON
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from umkm.sanctions import notices, policies, rules
from umkm.sanctions.models import Sanction, SanctionFact
from umkm.sanctions.policies import StatedFact
from umkm.sanctions.states import RESTS_ON, SanctionLevel, SanctionReason, SanctionState
from umkm.sellers import policies as sellers_policies
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState


@service
def sanction_shop(
    *, actor: User, seller: Seller, level: str, reason: str, note: str, facts: Sequence[StatedFact], now: datetime
) -> Sanction:
    """The shop gets the next warning, or leaves the market until the end of the freeze. Running orders go on.

    Only the next step of the ladder, and not before the days of the rule; a grave reason freezes at once. `facts`: what
    of the shop's record it rests on; a reason that speaks of orders names one at least.
    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller.
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    check_sanction(actor, seller, level, reason, note, facts, now)
    sanction = drafted(actor, seller, level, reason, note, now)
    sanction.number = next_number("ST", clock.local_date(now).year)
    sanction.save()
    SanctionFact.objects.bulk_create(
        SanctionFact(sanction=sanction, kind=one.kind, number=one.number, at=one.at, promised_at=one.promised_at)
        for one in facts
    )
    begin(sanction, actor=actor, now=now)
    if level == SanctionLevel.FREEZE:
        move(seller, "freeze", actor=actor, now=now, note=sanction.note, frozen_at=now)
    notices.sanction_given(sanction, now=now)
    return sanction


def check_sanction(
    actor: User, seller: Seller, level: str, reason: str, note: str, facts: Sequence[StatedFact], now: datetime
) -> None:
    """Whether the sanction may be given as it is written; changes nothing. Raises: NotAllowed, InvalidMove,
    RuleBroken."""
    _check_officer(actor, seller)
    require(reason in SanctionReason.values, _("Pilih alasannya."), field="reason", code="reason_missing")
    _note(note)
    if seller.state == SellerState.FROZEN:
        raise InvalidMove(_("Toko ini sudah dibekukan. Muat ulang halaman untuk melihat sampai kapan."))
    if seller.state != SellerState.ACTIVE:
        raise InvalidMove(_("Sanksi hanya dapat diberikan kepada toko yang aktif."))
    _check_ladder(seller, level, reason, now)
    needed = RESTS_ON.get(SanctionReason(reason), ())
    require(
        not needed or any(one.kind in needed for one in facts),
        _("Pilih dari catatan toko paling sedikit satu: %(what)s. Alasan ini bersandar padanya.")
        % {"what": ", ".join(str(kind.label) for kind in needed).lower()},
        field="facts",
        code="facts_missing",
    )


def drafted(actor: User, seller: Seller, level: str, reason: str, note: str, now: datetime) -> Sanction:
    """As it would be given now; without a number, and not stored."""
    day = clock.local_date(now)
    days = rules.IN_FORCE[SanctionLevel(level)].on(day)
    return Sanction(
        seller=seller, level=level, reason=reason, note=note.strip(), given_by=actor, given_as=rules.SIGNER.on(day),
        given_at=now, ends_at=clock.end_of(day + timedelta(days=days)),
        shop_name=seller.name, owner_name=seller.owner_name, address=seller.address or seller.place,
    )  # fmt: skip


@service
def lift_sanction(*, actor: User, sanction: Sanction, note: str, now: datetime) -> Sanction:
    """It ends before its day; a frozen shop sells again. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller,
    Sanction."""
    sanction = _locked(sanction)
    _check_officer(actor, sanction.seller)
    note = _note(note)
    if sanction.state != SanctionState.IN_FORCE:
        raise InvalidMove(_("Sanksi ini sudah tidak berlaku. Muat ulang halaman."))
    move(sanction, "lift", actor=actor, now=now, note=note, ended_at=now)
    _open_again(sanction, actor, note, now)
    notices.sanction_lifted(sanction, note=note, now=now)
    return sanction


@service
def end_sanction(*, sanction: Sanction, now: datetime) -> Sanction:
    """Once its last day is over; a frozen shop sells again without anybody asking. Else it stays as it is.

    Locks: Seller, Sanction.
    """
    sanction = _locked(sanction)
    if sanction.state != SanctionState.IN_FORCE or not clock.is_over(sanction.ends_at, now):
        return sanction
    move(sanction, "end", actor=None, now=now, ended_at=now)
    _open_again(sanction, None, "", now)
    notices.sanction_ended(sanction, now=now)
    return sanction


def set_aside(sanction: Sanction, actor: User | None, note: str, now: datetime) -> None:
    """It was wrong: an appeal says so. One that is over stays as it is. The caller holds the locks of the shop and the
    sanction."""
    if sanction.state == SanctionState.IN_FORCE:
        move(sanction, "set_aside", actor=actor, now=now, note=note, ended_at=now)
        _open_again(sanction, actor, note, now)


def end_due(*, now: datetime) -> int:
    """How many sanctions ended, each by itself."""
    return sweep(
        Sanction.objects.to_end(now).order_by("pk"),
        lambda one: end_sanction(sanction=one, now=now),
        failure="Sanction %s could not end",
    )


def _open_again(sanction: Sanction, actor: User | None, note: str, now: datetime) -> None:
    seller = sanction.seller
    if sanction.level == SanctionLevel.FREEZE and seller.state == SellerState.FROZEN:
        move(seller, "restore", actor=actor, now=now, note=note, frozen_at=None)


def _check_officer(actor: User, seller: Seller) -> None:
    if policies.can_sanction(actor, seller):
        return
    if sellers_policies.can_freeze(actor):
        raise NotAllowed(_("Anda mengurus atau pernah mengurus toko pemilik ini. Minta petugas lain memutuskannya."))
    raise NotAllowed(_("Hanya petugas pembinaan yang dapat memberi atau mencabut sanksi."))


def _check_ladder(seller: Seller, level: str, reason: str, now: datetime) -> None:
    if level == SanctionLevel.FREEZE and policies.is_grave(reason):
        return
    in_force = list(seller.sanctions.in_force())
    following = policies.next_level(in_force)
    require(
        following is not None and level == following,
        _("Sanksi diberikan berurutan; berikutnya %(level)s. Hanya alasan berat yang langsung membekukan toko.")
        % {"level": following.label if following else "–"},
        field="level",
        code="not_the_next",
    )  # fmt: skip
    since = policies.next_from(in_force)
    require(
        since is None or clock.is_over(since, now),
        _("Toko diberi waktu memperbaiki diri. %(level)s dapat diberikan mulai %(day)s.")
        % {"level": following.label if following else "", "day": long_date(since) if since else ""},
        field="level",
        code="too_soon",
    )


def _note(note: str) -> str:
    note = note.strip()
    require(note, _("Tulis penjelasannya. Penjual akan membacanya."), field="note", code="note_missing")
    require(
        len(note) >= LEAST_REASON,
        _("Tulis penjelasannya paling sedikit %(least)d huruf; penjual dan pemutus banding membacanya.")
        % {"least": LEAST_REASON},
        field="note",
        code="note_too_short",
    )
    require(len(note) <= 300, _("Penjelasan paling panjang 300 huruf."), field="note", code="note_too_long")
    return note


def _locked(sanction: Sanction) -> Sanction:
    seller = Seller.objects.locked().get(pk=sanction.seller_id)
    found: Sanction = Sanction.objects.locked().get(pk=sanction.pk)
    found.seller = seller
    return found
