"""Who is told of an appeal: the shop's people, and whoever may decide it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import LAST_DAY, SENTENCE, TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.services import mark_done, notify
from umkm.appeals import policies
from umkm.appeals.models import Appeal
from umkm.appeals.states import OPEN_STATES, AppealState
from umkm.sellers.policies import members_of
from umkm.verification.notices import officers

KINDS = {
    "appeal.filed": notice(
        _("Banding %(shop)s kami terima"),
        _("Diputus petugas lain paling lambat %(due)s. Bila lewat, banding naik ke kepala dinas."),
        shop=TEXT,
        due=LAST_DAY,
    ),
    "appeal.filed_with_head": notice(
        _("Banding %(shop)s kami terima"),
        _("Tidak ada petugas lain yang dapat memutusnya, jadi langsung ke kepala dinas: paling lambat %(due)s."),
        shop=TEXT,
        due=LAST_DAY,
    ),
    "appeal.climbed": notice(
        _("Banding %(shop)s naik ke kepala dinas"),
        _("Petugas tidak memutusnya pada waktunya. Kepala dinas memutus paling lambat %(due)s."),
        shop=TEXT,
        due=LAST_DAY,
    ),
    "appeal.to_decide": notice(
        _("Banding %(shop)s menunggu keputusan Anda"),
        _("Paling lambat %(due)s. Periksa alasannya, lalu kabulkan atau tolak."),
        shop=TEXT,
        due=LAST_DAY,
    ),
    "appeal.near": notice(
        _("Banding %(shop)s belum diputus"),
        _("Putuskan paling lambat %(due)s. Bila lewat, banding naik ke kepala dinas."),
        shop=TEXT,
        due=LAST_DAY,
    ),
    "appeal.near_with_head": notice(
        _("Banding %(shop)s belum diputus"),
        _("Putuskan paling lambat %(due)s. Bila lewat, banding dianggap dikabulkan."),
        shop=TEXT,
        due=LAST_DAY,
    ),
    "appeal.granted": notice(
        _("Banding %(shop)s dikabulkan"),
        _("%(note)s Lihat kelanjutannya di halaman ini."),
        shop=TEXT,
        note=SENTENCE,
    ),
    "appeal.granted_by_silence": notice(
        _("Banding %(shop)s dikabulkan"),
        _("Kepala dinas tidak memutusnya pada waktunya, jadi banding Anda dianggap dikabulkan."),
        shop=TEXT,
    ),
    "appeal.refused": notice(
        _("Banding %(shop)s ditolak"),
        _("%(note)s Keputusan yang pertama tetap berlaku."),
        shop=TEXT,
        note=SENTENCE,
    ),
}


def appeal_filed(appeal: Appeal, *, now: datetime) -> None:
    kind = "filed_with_head" if appeal.state == AppealState.WITH_HEAD else "filed"
    _tell_shop(appeal, kind, now, due=appeal.due_at)


def appeal_climbed(appeal: Appeal, *, now: datetime) -> None:
    _tell_shop(appeal, "climbed", now, due=appeal.due_at)


def appeal_decided(appeal: Appeal, *, now: datetime) -> None:
    if appeal.state == AppealState.REFUSED:
        _tell_shop(appeal, "refused", now, note=appeal.note)
    elif appeal.note:
        _tell_shop(appeal, "granted", now, note=appeal.note)
    else:
        _tell_shop(appeal, "granted_by_silence", now)


def appeal_to_decide(appeal: Appeal, *, now: datetime) -> None:
    """Told again when it climbs, then to the head of the office."""
    _tell_deciders(appeal, "to_decide", f"appeal-{appeal.pk}-{appeal.state}", now)


def appeal_withdrawn(appeal: Appeal, *, now: datetime) -> None:
    """Nobody has to decide it any more."""
    mark_done(*[f"appeal-{appeal.pk}-{state}" for state in OPEN_STATES], now=now)


def appeal_near(appeal: Appeal, *, now: datetime) -> None:
    kind = "near_with_head" if appeal.state == AppealState.WITH_HEAD else "near"
    _tell_deciders(appeal, kind, f"appeal-{appeal.pk}-{appeal.state}-near", now)


def _tell_deciders(appeal: Appeal, what: str, key: str, now: datetime) -> None:
    people = officers(policies.permission_of(appeal))
    notify(
        policies.impartial(people, appeal.seller, appeal.decided_first_by_id),
        kind=f"appeal.{what}",
        url=reverse("admin:umkm_appeal_change", args=[appeal.pk]),
        key=key,
        now=now,
        shop=str(appeal.seller),
        due=appeal.due_at,
    )


def _tell_shop(appeal: Appeal, what: str, now: datetime, **parameters: Any) -> None:
    page = "umkm:application" if appeal.case_id is not None else "umkm:sanction-list"
    notify(
        members_of(appeal.seller_id),
        kind=f"appeal.{what}",
        url=reverse(page, args=[appeal.seller_id]),
        key=f"appeal-{appeal.pk}-{what}",
        now=now,
        shop=str(appeal.seller),
        **parameters,
    )
