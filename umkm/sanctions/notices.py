"""Who is told of a sanction: everybody of the shop, and nobody else."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import LAST_DAY, SENTENCE, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from umkm.appeals.policies import last_moment
from umkm.sanctions.models import Sanction
from umkm.sanctions.states import SanctionLevel, SanctionReason
from umkm.sellers.policies import members_of

KINDS = {
    "sanction.warned": notice(
        _("%(shop)s menerima %(level)s"),
        _(
            "%(reason)s: %(note)s Berlaku sampai %(until)s. Toko tetap buka. Menurut Anda keliru? Ajukan banding "
            "sampai %(appeal_by)s di halaman Sanksi; suratnya ada di sana juga."
        ),
        shop=TEXT,
        level=choice(SanctionLevel),
        reason=choice(SanctionReason),
        note=SENTENCE,
        until=LAST_DAY,
        appeal_by=LAST_DAY,
    ),
    "sanction.frozen": notice(
        _("%(shop)s dibekukan sampai %(until)s"),
        _(
            "%(reason)s: %(note)s Barang Anda tidak tampil sampai saat itu, lalu toko dibuka kembali dengan "
            "sendirinya. Pesanan yang sedang berjalan tetap diselesaikan. Menurut Anda keliru? Ajukan banding sampai "
            "%(appeal_by)s di halaman Sanksi."
        ),
        shop=TEXT,
        reason=choice(SanctionReason),
        note=SENTENCE,
        until=LAST_DAY,
        appeal_by=LAST_DAY,
    ),
    "sanction.ended": notice(
        _("%(shop)s: %(level)s berakhir"),
        _("Masanya sudah lewat. Tidak ada yang perlu Anda lakukan."),
        shop=TEXT,
        level=choice(SanctionLevel),
    ),
    "sanction.lifted": notice(
        _("%(shop)s: %(level)s dicabut"),
        _("Keterangan petugas: %(note)s"),
        shop=TEXT,
        level=choice(SanctionLevel),
        note=SENTENCE,
    ),
}


def sanction_given(sanction: Sanction, *, now: datetime) -> None:
    said: dict[str, Any] = {
        "reason": sanction.reason, "note": sanction.note, "until": sanction.ends_at,
        "appeal_by": last_moment(sanction.given_at),
    }  # fmt: skip
    if sanction.level == SanctionLevel.FREEZE:
        _tell(sanction, "frozen", now, **said)
    else:
        _tell(sanction, "warned", now, level=sanction.level, **said)


def sanction_ended(sanction: Sanction, *, now: datetime) -> None:
    _tell(sanction, "ended", now, level=sanction.level)


def sanction_lifted(sanction: Sanction, *, note: str, now: datetime) -> None:
    _tell(sanction, "lifted", now, level=sanction.level, note=note)


def _tell(sanction: Sanction, what: str, now: datetime, **parameters: Any) -> None:
    notify(
        members_of(sanction.seller_id),
        kind=f"sanction.{what}",
        url=reverse("umkm:sanction-list", args=[sanction.seller_id]),
        key=f"sanction-{sanction.pk}-{what}",
        now=now,
        shop=str(sanction.seller),
        **parameters,
    )
