"""What a shop reads of its sanctions. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_date
from umkm.appeals import pages as appeal_pages
from umkm.appeals.pages import AppealStatus
from umkm.sanctions import policies
from umkm.sanctions.models import Sanction
from umkm.sanctions.states import LADDER, SanctionLevel, SanctionState
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState


@dataclass(frozen=True)
class SanctionCard:
    sanction: Sanction
    term: str
    effect: str
    tag: str
    appeal: AppealStatus


def freezing(seller: Seller) -> str:
    """Since when, until when and why the shop is frozen, and what still goes on; "" while it is not."""
    if seller.state != SellerState.FROZEN:
        return ""
    sanction = seller.sanctions.in_force().filter(level=SanctionLevel.FREEZE).first()
    if sanction is None:
        return _("Toko dibekukan sementara. Pesanan yang sedang berjalan tetap diselesaikan.")
    return _(
        "Toko dibekukan sementara sejak %(day)s sampai %(until)s. Alasannya: %(reason)s. %(note)s. Barang Anda tidak "
        "tampil sampai saat itu, lalu toko dibuka kembali dengan sendirinya; pesanan yang sedang berjalan tetap "
        "diselesaikan."
    ) % {
        "day": long_date(sanction.given_at),
        "until": long_date(clock.last_day(sanction.ends_at)),
        "reason": sanction.get_reason_display(),
        "note": sanction.note.rstrip("."),
    }


def warned(seller: Seller) -> str:
    """Which warning of an open shop is in force, and until when; "" without one."""
    if seller.state != SellerState.ACTIVE:
        return ""
    warning = policies.highest(seller.sanctions.in_force())
    if warning is None:
        return ""
    said = {"level": warning.get_level_display(), "until": long_date(clock.last_day(warning.ends_at))}
    return _("%(level)s berlaku sampai %(until)s.") % said


def in_force(seller: Seller) -> list[str]:
    """Each sanction in force, with its number and last day, the newest first."""
    return [
        _("%(level)s %(number)s, berlaku sampai %(until)s")
        % {
            "level": one.get_level_display(), "number": one.number, "until": long_date(clock.last_day(one.ends_at)),
        }
        for one in seller.sanctions.in_force()
    ]  # fmt: skip


def cards(seller: Seller, now: datetime) -> list[SanctionCard]:
    """The newest first."""
    return [_card(one, now) for one in seller.sanctions.select_related("appeal")]


def _card(one: Sanction, now: datetime) -> SanctionCard:
    day = long_date(clock.last_day(one.ends_at))
    if one.state == SanctionState.IN_FORCE and not clock.is_over(one.ends_at, now):
        term = _("Berlaku sampai %(day)s") % {"day": day}
    elif one.ended_at is not None:
        term = _("Tidak berlaku lagi sejak %(day)s") % {"day": long_date(one.ended_at)}
    else:
        term = _("Berakhir %(day)s") % {"day": day}
    effect = _effect(SanctionLevel(one.level)) if one.state == SanctionState.IN_FORCE else ""
    appeal = appeal_pages.status_of(
        getattr(one, "appeal", None),
        decided_at=one.given_at,
        is_standing=one.state == SanctionState.IN_FORCE,
        now=now,
    )
    return SanctionCard(one, term, effect, "no" if one.state == SanctionState.IN_FORCE else "", appeal)


def _effect(level: SanctionLevel) -> str:
    if level == SanctionLevel.FREEZE:
        return _("Barang tidak tampil. Pesanan yang berjalan tetap Anda selesaikan.")
    following = LADDER[LADDER.index(level) + 1]
    return _("Toko tetap buka. Bila terulang selama surat ini berlaku, berikutnya %(level)s.") % {
        "level": following.label
    }
