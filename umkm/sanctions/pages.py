"""What a shop reads of its sanctions. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import full_time, long_date
from umkm.appeals import pages as appeal_pages
from umkm.appeals.pages import AppealStatus
from umkm.sanctions import policies
from umkm.sanctions.models import Sanction, SanctionFact
from umkm.sanctions.policies import StatedFact
from umkm.sanctions.states import LADDER, FactKind, SanctionLevel, SanctionState
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState


@dataclass(frozen=True)
class SanctionCard:
    sanction: Sanction
    term: str
    effect: str
    tag: str
    appeal: AppealStatus
    facts: list[str]


def freezing(seller: Seller, now: datetime) -> str:
    """Since when, until when and why the shop is frozen, what still goes on and until when one may appeal; "" while it
    is not."""
    if seller.state != SellerState.FROZEN:
        return ""
    sanction = seller.sanctions.in_force().filter(level=SanctionLevel.FREEZE).select_related("appeal").first()
    if sanction is None:
        return _("Toko dibekukan sementara. Pesanan yang sedang berjalan tetap diselesaikan.")
    said = _(
        "Toko dibekukan sementara sejak %(day)s sampai %(until)s. Alasannya: %(reason)s. %(note)s. Barang Anda tidak "
        "tampil sampai saat itu, lalu toko dibuka kembali dengan sendirinya; pesanan yang sedang berjalan tetap "
        "diselesaikan."
    ) % {
        "day": long_date(sanction.given_at),
        "until": long_date(clock.last_day(sanction.ends_at)),
        "reason": sanction.get_reason_display(),
        "note": sanction.note.rstrip("."),
    }
    return " ".join([said, *_appeal_words(sanction, now)])


def warned(seller: Seller, now: datetime) -> str:
    """Which warning of an open shop is in force, until when, and until when one may appeal; "" without one."""
    if seller.state != SellerState.ACTIVE:
        return ""
    warning = policies.highest(seller.sanctions.in_force().select_related("appeal"))
    if warning is None:
        return ""
    said = {"level": warning.get_level_display(), "until": long_date(clock.last_day(warning.ends_at))}
    return " ".join([_("%(level)s berlaku sampai %(until)s.") % said, *_appeal_words(warning, now)])


def _appeal_words(sanction: Sanction, now: datetime) -> list[str]:
    """How far an appeal is, or until when there may be one."""
    status = _appeal_of(sanction, now)
    if status.told:
        return [status.told]
    if status.appeal_by:
        return [_("Menurut Anda keliru? Ajukan banding sampai %(day)s.") % {"day": status.appeal_by}]
    return []


def _appeal_of(sanction: Sanction, now: datetime) -> AppealStatus:
    return appeal_pages.status_of(
        getattr(sanction, "appeal", None),
        seller=sanction.seller,
        decided_at=sanction.given_at,
        is_standing=sanction.state == SanctionState.IN_FORCE,
        now=now,
    )


def in_force(seller: Seller) -> list[str]:
    """Each sanction in force, with its number and last day, the newest first."""
    return [
        _("%(level)s %(number)s, berlaku sampai %(until)s")
        % {
            "level": one.get_level_display(), "number": one.number, "until": long_date(clock.last_day(one.ends_at)),
        }
        for one in seller.sanctions.in_force()
    ]  # fmt: skip


def words_of(fact: StatedFact | SanctionFact) -> str:
    """One line of the page and of the letter, in the active language."""
    said = {"number": fact.number, "at": full_time(fact.at)}
    if fact.kind == FactKind.LATE:
        if fact.promised_at is None:
            return _("%(number)s tiba terlambat, %(at)s") % said
        said["promised"] = full_time(fact.promised_at)
        return _("%(number)s dijanjikan %(promised)s, tiba %(at)s") % said
    if fact.kind == FactKind.UNANSWERED:
        return _("%(number)s tidak dijawab sampai batasnya, %(at)s") % said
    return _("%(number)s dikeluhkan pembeli, %(at)s") % said


def cards(seller: Seller, now: datetime) -> list[SanctionCard]:
    """The newest first."""
    found = seller.sanctions.select_related("appeal").prefetch_related("facts", "appeal__photos")
    return [_card(one, now) for one in found]


def _card(one: Sanction, now: datetime) -> SanctionCard:
    day = long_date(clock.last_day(one.ends_at))
    if one.state == SanctionState.IN_FORCE and not clock.is_over(one.ends_at, now):
        term = _("Berlaku sampai %(day)s") % {"day": day}
    elif one.ended_at is not None:
        term = _("Tidak berlaku lagi sejak %(day)s") % {"day": long_date(one.ended_at)}
    else:
        term = _("Berakhir %(day)s") % {"day": day}
    effect = _effect(SanctionLevel(one.level)) if one.state == SanctionState.IN_FORCE else ""
    tag = "no" if one.state == SanctionState.IN_FORCE else ""
    return SanctionCard(one, term, effect, tag, _appeal_of(one, now), [words_of(fact) for fact in one.facts.all()])


def _effect(level: SanctionLevel) -> str:
    if level == SanctionLevel.FREEZE:
        return _("Barang tidak tampil. Pesanan yang berjalan tetap Anda selesaikan.")
    following = LADDER[LADDER.index(level) + 1]
    return _("Toko tetap buka. Bila terulang selama surat ini berlaku, berikutnya %(level)s.") % {
        "level": following.label
    }
