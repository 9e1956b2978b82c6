"""How a number of a department's agenda is written: fixed text, and what changes in braces."""

import re
from datetime import date

SERIAL, YEAR, MONTH, CODE = "{urut}", "{tahun}", "{bulan}", "{kode}"
MARKS = (SERIAL, YEAR, MONTH, CODE)
MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
NUMBER_LENGTH = 120


def is_whole(pattern: str) -> bool:
    """With serial and year each once, so that no two papers share a number, and no brace of another meaning."""
    rest = pattern
    for mark in MARKS:
        rest = rest.replace(mark, "")
    return all(pattern.count(mark) == 1 for mark in (SERIAL, YEAR)) and not set(rest) & set("{}")


def series_of(pattern: str, code: str) -> str:
    """What shares one sequence: kinds of papers that are written alike share theirs, in whatever month."""
    return pattern.replace(CODE, code)


def written(pattern: str, code: str, serial: int, day: date) -> str:
    """`027/12/436.7.5/2026`"""
    values = {SERIAL: str(serial), YEAR: str(day.year), MONTH: MONTHS[day.month - 1], CODE: code}
    for mark, value in values.items():
        pattern = pattern.replace(mark, value)
    return pattern


def is_written_so(number: str, pattern: str, code: str) -> bool:
    """Whether a number somebody typed could be one of the sequence."""
    form = re.escape("".join(series_of(pattern, code).split()))
    for mark, found in ((SERIAL, r"0*\d+"), (YEAR, r"\d{4}"), (MONTH, "[IVX]+")):
        form = form.replace(re.escape(mark), found)
    return re.fullmatch(form, "".join(number.split()), re.IGNORECASE) is not None
