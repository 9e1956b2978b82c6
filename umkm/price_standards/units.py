"""Units as decrees write them, as the market counts."""

import re
from decimal import Decimal

from umkm.catalogue.states import Unit

_WORDS: dict[Unit, dict[str, Decimal]] = {
    Unit.PCS: {
        "buah": Decimal(1), "bh": Decimal(1), "pcs": Decimal(1), "biji": Decimal(1), "unit": Decimal(1),
        "lusin": Decimal(12), "kodi": Decimal(20), "gros": Decimal(144),
    },
    Unit.BOX: {"kotak": Decimal(1), "ktk": Decimal(1), "box": Decimal(1)},
    Unit.PORTION: {"porsi": Decimal(1)},
    Unit.PACK: {"bungkus": Decimal(1), "bks": Decimal(1), "pak": Decimal(1), "pack": Decimal(1)},
    Unit.BOTTLE: {"botol": Decimal(1), "btl": Decimal(1)},
    Unit.GLASS: {"gelas": Decimal(1), "cup": Decimal(1)},
    Unit.SHEET: {"lembar": Decimal(1), "lbr": Decimal(1)},
    Unit.SET: {"set": Decimal(1), "setel": Decimal(1), "stel": Decimal(1)},
    Unit.CARTON: {"dus": Decimal(1), "karton": Decimal(1)},
    Unit.REAM: {"rim": Decimal(1)},
    Unit.KG: {
        "kg": Decimal(1), "kilogram": Decimal(1), "kilo": Decimal(1), "gram": Decimal("0.001"), "gr": Decimal("0.001"),
        "g": Decimal("0.001"), "ons": Decimal("0.1"), "kuintal": Decimal(100), "ton": Decimal(1000),
    },
    Unit.LITRE: {
        "liter": Decimal(1), "ltr": Decimal(1), "lt": Decimal(1), "l": Decimal(1), "mililiter": Decimal("0.001"),
        "ml": Decimal("0.001"),
    },
    Unit.METRE: {"meter": Decimal(1), "m": Decimal(1), "cm": Decimal("0.01")},
}  # fmt: skip
_SIZES = {word: (unit, size) for unit, words in _WORDS.items() for word, size in words.items()}
_COUNTED = re.compile(r"(?:(\d{1,4}(?:[.,]\d{1,2})?)\s*)?([a-z]+)\.?", flags=re.ASCII)
LEAST = Decimal("0.0001")


def read_unit(words: str) -> tuple[Unit, Decimal] | None:
    """The market's unit, and how many of it the words hold: `Lusin` is 12 buah, `500 gram` 0.5 kg.

    None for what names no unit of the market, such as `Orang/Hari`: such a price is not compared.
    """
    found = _COUNTED.fullmatch(words.strip().lower())
    if found is None or found[2] not in _SIZES:
        return None
    unit, size = _SIZES[found[2]]
    size *= Decimal((found[1] or "1").replace(",", "."))
    return (unit, size) if size >= LEAST and size == size.quantize(LEAST) else None
