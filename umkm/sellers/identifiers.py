"""Numbers the state hands out: their structure, nothing about whom they belong to.

Each `read_*` gives the number in the one form it is stored in, or raises RuleBroken with the field, the reason and the
way out.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken, require

# Provinces as coded by the Ministry of Home Affairs run from 11 (Aceh) to 96 (Papua Barat Daya).
PROVINCES = range(11, 97)
# What stands between the groups of a number on a paper or a label: spaces, dots, dashes of every kind.
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015\u2212]")


@dataclass(frozen=True)
class Nik:
    number: str
    born_on: date

    @property
    def first_registered_here(self) -> bool:
        """Where the number was first issued. It says nothing about where the person lives today."""
        return self.number.startswith(settings.CITY.digits)


def read_nik(text: str, day: date) -> Nik:
    """Province, city, district, date of birth (day + 40 for women), serial. Source: Permendagri 108/2019."""
    number = _digits(text)
    require(
        len(number) == 16,
        _("NIK terdiri dari 16 angka. Periksa lagi angka di KTP-nya."),
        field="nik",
        code="nik_length",
    )
    built = int(number[:2]) in PROVINCES and number[2:4] != "00" and number[4:6] != "00" and number[12:] != "0000"
    born = _birth(number, day)
    require(
        built and born is not None,
        _("Susunan NIK ini tidak benar. Salin 16 angka persis seperti di KTP-nya."),
        field="nik",
        code="nik_structure",
    )
    assert born is not None
    return Nik(number, born)


def _birth(number: str, day: date) -> date | None:
    born, month, year = int(number[6:8]), int(number[8:10]), int(number[10:12])
    if born > 40:
        born -= 40
    century = day.year // 100 * 100
    for full in (century + year, century - 100 + year):
        try:
            found = date(full, month, born)
        except ValueError:
            continue
        if found <= day:
            return found
    return None


def read_nib(text: str) -> str:
    """13 digits. Source: PP 5/2021 (OSS)."""
    number = _digits(text)
    require(
        len(number) == 13, _("NIB terdiri dari 13 angka. Kosongkan bila belum punya."), field="nib", code="nib_length"
    )
    return number


def read_npwp(text: str) -> str:
    """15 digits, or 16 since PMK 112/2022."""
    number = _digits(text)
    require(
        len(number) in {15, 16},
        _("NPWP terdiri dari 15 atau 16 angka. Kosongkan bila belum punya."),
        field="npwp",
        code="npwp_length",
    )
    return number


def read_bank_account(text: str) -> str:
    number = _digits(text)
    require(
        6 <= len(number) <= 20,
        _("Nomor rekening terdiri dari 6 sampai 20 angka. Periksa buku tabungan atau aplikasi bank Anda."),
        field="bank_account",
        code="account_length",
    )
    return number


@dataclass(frozen=True)
class Pirt:
    regency: str  # four digits
    ends: int  # the year


def read_pirt(number: str) -> Pirt | None:
    """15 digits: those from the fourth to the seventh name the regency, the last two the year it ends. Else None."""
    digits = _digits(number)
    return Pirt(regency=digits[3:7], ends=2000 + int(digits[13:])) if len(digits) == 15 else None


def read_pirt_number(text: str) -> str:
    """15 digits, kept as `#############-##`."""
    digits = _digits(text)
    require(
        len(digits) == 15,
        _("Nomor P-IRT ditulis 13 angka, tanda hubung, lalu 2 angka."),
        field="pirt_number",
        code="pirt_structure",
    )
    return f"{digits[:13]}-{digits[13:]}"


def read_halal_number(text: str) -> str:
    """`ID` and 17 digits. Observed, not published."""
    number = _BETWEEN.sub("", text).upper()
    require(
        re.fullmatch(r"ID\d{17}", number, flags=re.ASCII) is not None,
        _("Nomor sertifikat halal terdiri dari ID dan 17 angka."),
        field="halal_number",
        code="halal_structure",
    )
    return number


def is_halal(number: str) -> bool:
    """Whether a halal certificate number is built as they are."""
    try:
        return bool(read_halal_number(number))
    except RuleBroken:
        return False


def _digits(text: str) -> str:
    """Only the digits 0–9 of a number typed with spaces, dots or dashes; anything else makes it unusable."""
    squeezed = _BETWEEN.sub("", text)
    return squeezed if re.fullmatch(r"\d*", squeezed, flags=re.ASCII) else ""
