"""The letter of a sanction, laid out anew each time from what its row keeps; in Indonesian, as every document."""

from typing import Any

from django.conf import settings
from django.utils import translation

from epeken.core import clock
from epeken.core.i18n.times import full_date, full_time
from orders.documents.layout import facts
from orders.documents.render import qr_svg, render
from umkm.appeals.policies import last_moment
from umkm.sanctions import rules
from umkm.sanctions.models import Sanction
from umkm.sanctions.pages import words_of
from umkm.sanctions.states import SanctionLevel, SanctionState
from umkm.sellers.rules import OFFICE

AFTERWARDS = {
    SanctionLevel.SP1: "Toko tetap buka. Bila terulang selama surat ini berlaku, akan diberikan Surat Peringatan 2.",
    SanctionLevel.SP2: "Toko tetap buka. Bila terulang selama surat ini berlaku, akan diberikan Surat Peringatan 3.",
    SanctionLevel.SP3: "Toko tetap buka. Bila terulang selama surat ini berlaku, toko dibekukan.",
    SanctionLevel.FREEZE: "Barang tidak tampil sampai hari terakhir di bawah, lalu toko dibuka kembali sendiri. "
    "Pesanan yang sedang berjalan tetap diselesaikan.",
}


def make(sanction: Sanction) -> bytes:
    """The PDF."""
    with translation.override("id"):
        data = _data(sanction)
        files = {facts.ARMS: settings.CITY.arms} if data["head"]["arms"] else {}
        files[data["qr"]] = qr_svg(facts.verify_url(sanction.code))
        return render(data, files, title=f"{data['title']} {sanction.number}", moment=sanction.given_at)


def _data(sanction: Sanction) -> dict[str, Any]:
    day = clock.local_date(sanction.given_at)
    office = OFFICE.on(day)
    given = sanction.events.get(action="create")
    earlier = _earlier(sanction)
    rests_on = [words_of(fact) for fact in sanction.facts.all()]
    signer = f"{sanction.given_as}, {office}" if sanction.given_as else office
    return {
        "kind": "letter",
        "void": void_words(sanction),
        "title": str(sanction.get_level_display()),
        "numbers": [sanction.number],
        "head": {
            "over": settings.CITY.government.upper(),
            "name": office.upper(),
            "lines": [],
            "arms": facts.ARMS if settings.CITY.arms else "",
        },
        "to": f"{sanction.owner_name}, pemilik {sanction.shop_name}",
        "opening": f"Dengan surat ini {sanction.shop_name} menerima {sanction.get_level_display()}. "
        f"{AFTERWARDS[SanctionLevel(sanction.level)]}",
        "facts": [
            ("Toko", sanction.shop_name),
            ("Alamat", sanction.address or "–"),
            ("Dasar", rules.BASIS.on(day)),
            ("Alasan", sanction.get_reason_display()),
            ("Penjelasan", sanction.note),
            *([("Bersandar pada", "; ".join(rests_on))] if rests_on else []),
            ("Berlaku", f"{full_date(day)} sampai {full_date(clock.last_day(sanction.ends_at))}"),
            ("Sanksi sebelumnya", "; ".join(earlier) or "Tidak ada yang berlaku pada hari itu"),
            ("Banding", _appeal_words(sanction)),
        ],
        "rows": [],
        "signs": [
            facts.sign(
                signer, given.actor_name, nip=given.actor_nip, head=facts.place_and_date(sanction.given_at),
                note=f"Dikeluarkan lewat e-Peken {full_time(sanction.given_at)}",
            )
        ],
        "qr": f"qr-{sanction.code}.svg",
        "site": facts.verify_url("").removeprefix("https://").removeprefix("http://").rstrip("/"),
        "code": facts.grouped(sanction.code),
        "made": "",
    }  # fmt: skip


def void_words(sanction: Sanction) -> str:
    """Under the mark BATAL; '' while it is in force, or when its days passed."""
    if sanction.state not in (SanctionState.LIFTED, SanctionState.SET_ASIDE) or sanction.ended_at is None:
        return ""
    ended = sanction.events.filter(action__in=["lift", "set_aside"]).last()
    why = f": {ended.note}" if ended is not None and ended.note else "."
    return f"Tidak berlaku sejak {full_time(sanction.ended_at)}. {sanction.get_state_display()}{why}"


def _appeal_words(sanction: Sanction) -> str:
    return (
        f"Dapat diajukan pemilik toko sampai {full_date(clock.last_day(last_moment(sanction.given_at)))}, di halaman "
        "Peringatan dan sanksi toko ini di e-Peken. Petugas lain yang memutusnya, bukan penanda tangan surat ini."
    )


def _earlier(sanction: Sanction) -> list[str]:
    """What was in force when it was given."""
    return [
        f"{one.number} ({full_date(clock.local_date(one.given_at))})"
        for one in sanction.seller.sanctions.filter(given_at__lt=sanction.given_at).order_by("given_at")
        if one.ended_at is None or one.ended_at > sanction.given_at
    ]
