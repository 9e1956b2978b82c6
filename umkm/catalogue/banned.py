"""Words that keep goods out, and words an officer should look at twice. Dated data: `data/banned_words.csv`."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from epeken.core.clock import is_valid_on

DATA = Path(__file__).resolve().parent.parent / "data" / "banned_words.csv"
REASONS = {
    "precious_metal": _("Emas dan logam mulia tidak dijual di e-Peken."),
    "money": _("Uang dan yang setara uang tidak dijual di e-Peken."),
    "voucher": _("Voucher dan pulsa tidak dijual di e-Peken."),
    "tobacco": _("Rokok dan tembakau tidak dijual di e-Peken."),
    "alcohol": _("Minuman beralkohol tidak dijual di e-Peken."),
    "maybe_beer": _("Pastikan ini bukan minuman beralkohol (bir pletok tidak beralkohol)."),
    "medicine": _("Obat hanya boleh dijual apotek."),
    "narcotic": _("Narkotika dilarang oleh undang-undang."),
    "weapon": _("Senjata tidak dijual di e-Peken."),
    "firework": _("Petasan dan kembang api tidak dijual di e-Peken."),
    "fuel": _("Elpiji dan bahan bakar dijual lewat pangkalan resmi."),
    "maybe_gold": _("Pastikan ini bukan emas: periksa foto dan harganya."),
    "maybe_precious_metal": _("Pastikan ini bukan logam mulia."),
    "maybe_medicine": _("Obat hanya boleh dijual apotek. Pastikan ini bukan obat."),
    "supplement": _("Suplemen perlu izin edar BPOM."),
    "slimming_claim": _("Klaim kesehatan perlu izin edar BPOM."),
    "health_claim": _("Klaim kesehatan tidak boleh dipakai untuk pangan."),
    "maybe_alcohol": _("Pastikan ini bukan minuman beralkohol."),
    "resale": _("UMKM hanya menjual barang buatan sendiri."),
    "trademark": _("Pastikan ini bukan barang bermerek milik orang lain."),
    "pork": _("Periksa pernyataan halalnya."),
    "other_market": _("Pasar atau saluran lain tidak disebut di e-Peken."),
}


@dataclass(frozen=True)
class BannedWord:
    """`level` is `refuse` (never listed) or `alert` (an officer looks); `reason` is one of `REASONS`."""

    word: str
    level: str
    reason: str
    valid_from: date
    valid_until: date | None
    source: str


@cache
def banned_words() -> tuple[BannedWord, ...]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(
            BannedWord(
                word=row["word"],
                level=row["level"],
                reason=row["reason"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
                source=row["source"],
            )
            for row in csv.DictReader(file)
        )


def found_in(text: str, day: date) -> list[BannedWord]:
    """The words in force on `day` that stand in `text` as whole words, in the order of the list.

    Letters set apart ("r o k o k", "ro-kok") and digits for letters ("rok0k") are read as the word they hide.
    """
    plain = " ".join(_words(text))
    joined = "".join(plain.split()) if _is_spelled_out(text) else ""
    return [
        entry
        for entry in banned_words()
        if is_valid_on(entry, day) and (f" {entry.word} " in f" {plain} " or (joined and _tight(entry.word) in joined))
    ]


def refused_in(text: str, day: date) -> BannedWord | None:
    return next((entry for entry in found_in(text, day) if entry.level == "refuse"), None)


_LOOKALIKES = str.maketrans("0134578@$", "oleastbas")


def _words(text: str) -> list[str]:
    words = []
    for word in re.findall(r"[^\W_]+(?:[-.'][^\W_]+)*|[@$\w]+", text.lower()):
        tight = re.sub(r"[-.'_]", "", word)
        # "500" is a number, "rok0k" is not.
        words.append(tight if tight.isdigit() else _mended(tight))
    return words


def _mended(word: str) -> str:
    letters = sum(c.isalpha() for c in word)
    return word.translate(_LOOKALIKES) if letters >= 2 else word


def _is_spelled_out(text: str) -> bool:
    """Four or more letters standing alone in a row."""
    return re.search(r"(?:(?<![^\W_])[^\W\d_][\s.\-_*]+){3,}[^\W\d_](?![^\W_])", text.lower()) is not None


def _tight(word: str) -> str:
    return word.replace(" ", "")
