"""The code and serial number of a tax invoice."""

from datetime import date

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from epeken.core.text import read_serial
from orders.tax_invoices import rules

# By how many digits it has: where the digits of its status end, and where the two of its year begin.
LAYOUT = {16: (3, 6), 17: (4, 4)}
SAMPLE = {16: "0200022612345678", 17: "02002600123456789"}


def read_number(text: str, day: date, *, is_by_platform: bool = False) -> str:
    """Its digits, as many as the rule of its day says, with the code of PPN that a treasurer collects where one does,
    the year of its day (one that replaces another keeps an earlier year) and a serial that is not nothing.
    `is_by_platform`: who runs the marketplace collects the PPN of its bill; the code of that is not known here [?].

    Source: PER-03/PJ/2022 (16), PER-11/PJ/2025 (17) [?]. Raises: RuleBroken.
    """
    digits = rules.DIGITS.on(day)
    number = read_serial(text, digits, between=r"\s.\-/")
    status_ends, year_begins = LAYOUT[digits]
    if number is None or not number[year_begins + 2 :].strip("0"):
        raise _wrong(
            "tax_invoice_number",
            _("Nomor seri faktur pajak bertanggal itu terdiri dari %(digits)d angka.") % {"digits": digits}
            if is_by_platform
            else _("Nomor seri faktur pajak bertanggal itu terdiri dari %(digits)d angka, misalnya %(sample)s.")
            % {"digits": digits, "sample": SAMPLE[digits]},
        )
    code = rules.COLLECTED_CODE.on(day)
    if not is_by_platform and not number.startswith(code):
        raise _wrong(
            "tax_invoice_code",
            _(
                "Kode transaksinya %(is)s, sedangkan PPN yang dipungut bendahara berkode %(code)s. Batalkan faktur ini "
                "di Coretax, lalu terbitkan yang berkode %(code)s."
            )
            % {"is": number[:2], "code": code},
        )
    year = int(number[year_begins : year_begins + 2])
    is_replacing = bool(number[2:status_ends].strip("0"))
    if year != day.year % 100 and not (is_replacing and year < day.year % 100):
        raise _wrong(
            "tax_invoice_year",
            _("Nomor ini dari tahun %(year)02d, sedangkan fakturnya bertanggal tahun %(of)d. Periksa keduanya.")
            % {"year": year, "of": day.year},
        )
    return number


def _wrong(code: str, words: str) -> RuleBroken:
    return RuleBroken(words, field="number", code=code)
