"""What happened to something of a shop, as the pages list it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from umkm.assisted.models import AssistedRegistration
from umkm.sellers.models import Seller


def event_row(event: Any, words: Mapping[str, str | Promise]) -> dict[str, Any]:
    """`words`: by action. Reads the actor."""
    who = str(event.actor) if event.actor else _("e-Peken")
    return {"title": str(words.get(event.action, event.action)), "who": who, "when": event.at, "note": event.note}


def rows_of(row: Any, words: Mapping[str, str | Promise]) -> list[dict[str, Any]]:
    """For `layouts/_decision_history.html`, the oldest first."""
    return [event_row(event, words) for event in row.events.select_related("actor")]


def looks_at(seller: Seller) -> QuerySet[Any]:
    """Who looked at the data of its owner of today, the newest first; those of an earlier owner are theirs."""
    rows: QuerySet[Any] = seller.views.select_related("viewer")
    return rows if seller.owner_since is None else rows.filter(at__gte=seller.owner_since)


_AREA_WORDS = {
    "create": __("diminta memeriksa tempatnya"),
    "agree": __("sesuai"),
    "object": __("keberatan"),
    "send_back": __("mengembalikan untuk diperbaiki"),
    "keep": __("sesuai menurut pemeriksaan sebelumnya"),
    "pass": __("tidak menjawab sampai tenggat, diteruskan"),
    "skip": __("tidak ada petugas lagi, diteruskan"),
    "end": __("berhenti, pendaftaran sudah diputus"),
}
_SANCTION_WORDS = {
    "create": __("dikeluarkan"),
    "end": __("masanya berakhir"),
    "lift": __("dicabut petugas"),
    "set_aside": __("dibatalkan karena banding"),
}
_WAIVER_WORDS = {
    "create": __("dikecualikan"),
    "end": __("pengecualian berakhir"),
    "withdraw": __("pengecualian dicabut"),
    "replace": __("pengecualian diganti"),
}
_APPEAL_WORDS = {
    "create": __("Banding diajukan"),
    "climb": __("Banding naik ke kepala dinas"),
    "grant": __("Banding dikabulkan"),
    "refuse": __("Banding ditolak"),
    "withdraw": __("Banding ditarik pemohon"),
    "lapse": __("Banding dianggap dikabulkan: tidak diputus pada waktunya"),
}

ASSISTED_WORDS = {
    "create": __("Petugas mulai mengisi"),
    "type": __("Petugas mengisi"),
    "hand_over": __("Warga diminta memastikan"),
    "correct": __("Petugas mengambilnya kembali untuk diperbaiki"),
    "lock": __("Angka NIK tidak cocok terlalu sering; petugas memeriksanya"),
    "confirm": __("Warga memastikan pendaftaran yang diisi petugas"),
}


def history_of(seller: Seller) -> list[dict[str, Any]]:
    """Who did what, oldest first. Events of the shop, its cases, area checks, sanctions, appeals, waivers and of the
    officer who filled it in, each said once."""
    words = {
        "create": _("Pendaftaran dibuat"),
        "submit": _("Dikirim ke dinas"),
        "check": _("Pemeriksaan otomatis selesai"),
        "take": _("Diambil verifikator"),
        "approve": _("Disetujui"),
        "send_back": _("Dikembalikan untuk diperbaiki"),
        "reject": _("Ditolak"),
        "freeze": _("Toko dibekukan"),
        "leave": _("Toko keluar dari pasar"),
        "return": _("Meminta kembali ke pasar"),
        "reopen": _("Diperiksa lagi karena banding"),
        "retry": _("Dicoba lagi dengan isian yang lama"),
        "restore": _("Toko dibuka kembali"),
        "change": _("Data yang diverifikasi diubah"),
        "transfer": _("Toko beralih pemilik"),
        "destroy": _("Dokumen dimusnahkan"),
        "join": _("Mulai membantu toko"),
        "separate": _("Tidak lagi dihitung satu pemilik dengan toko lain"),
        "part": _("Pembantu toko berhenti"),
    }
    found: list[tuple[datetime, int, dict[str, Any]]] = []
    applied = _applied(seller)
    for event in seller.events.select_related("actor"):
        row = event_row(event, words)
        if event.action == "change" and (change := applied.get(event.at)) is not None:
            row |= _change_row(change)
        found.append((event.at, 0, row))
    # A case says only what the shop's own events do not: the checks and who took it.
    cases = seller.cases.prefetch_related(
        "events__actor", "area_checks__events__actor", "area_checks__kelurahan__kecamatan"
    )
    for case in cases:
        for event in case.events.all():
            if event.action in {"check", "take"}:
                found.append((event.at, 1, event_row(event, words)))
        for check in case.area_checks.all():
            for event in check.events.all():
                row = event_row(event, _AREA_WORDS)
                found.append((event.at, 2, {**row, "title": f"{check.place}: {row['title']}"}))
    for sanction in seller.sanctions.prefetch_related("events__actor"):
        for event in sanction.events.all():
            row = event_row(event, _SANCTION_WORDS)
            row["title"] = f"{sanction.get_level_display()} {sanction.number}: {row['title']}"
            found.append(
                (event.at, 3, {**row, "note": row["note"] or (sanction.note if event.action == "create" else "")})
            )
    for appeal in seller.appeals.prefetch_related("events__actor"):
        for event in appeal.events.all():
            found.append((event.at, 4, event_row(event, _APPEAL_WORDS)))
    for waiver in seller.waivers.select_related("category").prefetch_related("events__actor"):
        for event in waiver.events.all():
            row = event_row(event, _WAIVER_WORDS)
            found.append((event.at, 5, {**row, "title": f"{waiver.label}: {row['title']}"}))
    for assisted in AssistedRegistration.objects.filter(seller=seller).prefetch_related("events__actor"):
        for event in assisted.events.all():
            if event.action in ASSISTED_WORDS.keys() - {"create"}:
                found.append((event.at, 0, event_row(event, ASSISTED_WORDS)))
    return [row for _at, _order, row in sorted(found, key=lambda item: (item[0], item[1]))]


def _applied(seller: Seller) -> dict[datetime, Any]:
    """Changes of identity by when they came into force."""
    changes = seller.identity_changes.filter(applied_at__isnull=False).prefetch_related("events__actor")
    return {change.applied_at: change for change in changes}


def _change_row(change: Any) -> dict[str, str]:
    """What of the shop's data changed, and who approved it."""
    approved = [event.actor for event in change.events.all() if event.action == "approve"]
    title = _("Data yang diverifikasi diubah: %(what)s") % {"what": change.get_kind_display()}
    return {"title": title, "who": str(approved[-1]) if approved and approved[-1] else _("e-Peken")}
