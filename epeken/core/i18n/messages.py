"""Texts kept as typed parameters and put into words when somebody reads them, in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation

from epeken.core import quantity
from epeken.core.clock import last_day, told_end
from epeken.core.i18n.reference import in_language
from epeken.core.i18n.times import long_date, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.money import check_rupiah

Words = TypeVar("Words")


@dataclass(frozen=True)
class Format:
    """How a parameter is kept in JSON (`keep` raises TypeError or ValueError on anything else) and shown in the
    active language. `sample` is an example of what is given, for tests."""

    keep: Callable[[Any], Any]
    show: Callable[[Any], Any]
    sample: Any


def _of_type(kind: type, turn: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def keep(value: Any) -> Any:
        if not isinstance(value, kind) or isinstance(value, bool):
            raise TypeError(f"Expected {kind.__name__}, not {value!r}")
        return turn(value)

    return keep


def _day(value: Any) -> str:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise TypeError(f"Expected date, not {value!r}")
    return value.isoformat()


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise TypeError(f"Expected an aware moment, not {value!r}")
    return value.isoformat()


def _sentence(words: str) -> str:
    words = words.strip()
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."


# A name, a number of a document, or words a person typed.
TEXT = Format(_of_type(str, str), str, "Dapur Bu Lirih")
# What stands in a translated column of the reference data, such as a category.
REFERENCE = Format(_of_type(str, str), in_language, "Nasi kotak")
# The same of several, in one sentence; a text alone is how they were kept before.
REFERENCES = Format(
    _of_type(list, lambda names: [REFERENCE.keep(name) for name in names]),
    lambda kept: ", ".join(in_language(name) for name in (kept.split(", ") if isinstance(kept, str) else kept)),
    ["Nasi kotak", "Minuman"],
)
# Words a person typed, shown with a full stop.
SENTENCE = Format(_of_type(str, str), _sentence, "Fotonya gelap")
COUNT = Format(_of_type(int, int), int, 3)
RUPIAH = Format(check_rupiah, rupiah, 1_250_000)
QUANTITY = Format(_of_type(Decimal, str), lambda kept: quantity.grouped(Decimal(kept)), Decimal("0.25"))
DAY = Format(_day, lambda kept: long_date(date.fromisoformat(kept)), date(2026, 9, 12))
MOMENT = Format(
    _of_type(datetime, _moment),
    lambda kept: long_time(datetime.fromisoformat(kept)),
    datetime.fromisoformat("2026-09-12T14:30:00+07:00"),
)
# The end of a period, with its hour or as the last day.
END = Format(MOMENT.keep, lambda kept: long_time(told_end(datetime.fromisoformat(kept))), MOMENT.sample)
LAST_DAY = Format(MOMENT.keep, lambda kept: long_date(last_day(datetime.fromisoformat(kept))), MOMENT.sample)


def in_each(words: Callable[[], Words]) -> dict[str, Words]:
    """What `words` gives in each language, by its code."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = words()
    return found


def in_this(kept: Mapping[str, Words]) -> Words:
    """Of `in_each`, in the active language."""
    return kept.get(translation.get_language() or "") or kept[settings.LANGUAGE_CODE]


# A sentence that a function makes of rows in the active language, as it is when it is told: kept in each language.
TOLD = Format(in_each, in_this, lambda: "Tagihan dipotong Rp5.000.")


def choice(choices: type[TextChoices]) -> Format:
    """One of the choices: its value is kept, its label shown."""
    return Format(lambda value: choices(value).value, lambda kept: choices(kept).label, choices.values[0])


class Message:
    """One or more texts (lazily translated, `%(name)s` placeholders) and the formats of their parameters."""

    def __init__(self, *texts: Any, **parameters: Format) -> None:
        self.texts = texts
        self.parameters = parameters

    def keep(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as JSON holds them. Raises TypeError when one is missing, too many or of another type."""
        if values.keys() != self.parameters.keys():
            raise TypeError(f"Expected the parameters {sorted(self.parameters)}, not {sorted(values)}")
        return {name: self.parameters[name].keep(value) for name, value in values.items()}

    def words(self, kept: Mapping[str, Any], language: str) -> tuple[str, ...]:
        """The texts in the language. Raises KeyError when a parameter is missing."""
        with translation.override(language):
            shown = {name: form.show(kept[name]) for name, form in self.parameters.items()}
            return tuple(str(text % shown).strip() for text in self.texts)
